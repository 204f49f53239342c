"""Denials that use no verb of denying."""

import pytest
from hypothesis import given, strategies as st

from retrieval.denial import denies


@pytest.mark.parametrize(
    "text",
    [
        "We had nothing to do with this.",
        "There was no involvement of our country.",
        "It wasn’t us.",
        "They weren't behind it.",
        "She has never been there.",
        "The claim is baseless.",
        "That is a lie, he said, and a fabrication.",
        "None of it happened.",
        "We are in no way to blame.",
    ],
)
def test_words_by_which_something_is_denied(text: str) -> None:
    """Plain negations and the words for untruth."""
    assert denies(text, 0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "They know how dangerous such direct involvement is.",
        "We did it.",
        "The falsetto was fine.",
        "Nobility and notions.",
        "He had a part in it.",
        "",
    ],
)
def test_words_that_deny_nothing(text: str) -> None:
    """An accuser may well speak of involvement."""
    assert not denies(text, 0, len(text))


def test_only_the_sentence_is_read() -> None:
    """What its neighbours deny is theirs."""
    text = "We did it. We had nothing to do with it."

    assert not denies(text, 0, 10)
    assert denies(text, 11, len(text))


@given(st.text())
def test_any_text(text: str) -> None:
    """Nothing that an article holds is an error, and an empty part denies nothing."""
    assert denies(text, 0, len(text)) in (True, False)
    assert not denies(text, len(text), len(text))
