"""No secret comes through, whichever form it takes."""

import json
from collections.abc import Callable
from urllib.parse import quote

from hypothesis import given, strategies as st

from bot.redaction import Redaction, shape_of


@given(
    before=st.text(),
    after=st.text(),
    secret=st.from_regex(r"[0-9]{3,10}:[\w-]{8,40}", fullmatch=True),
)
def test_any_secret_in_any_text(before: str, after: str, secret: str) -> None:
    """Whatever stands around it, a secret does not come through."""
    redacted = Redaction([secret]).redact(f"{before}{secret}{after}")

    assert secret not in redacted


def test_a_short_secret() -> None:
    """One of a few characters is blotted out as a whole only, not wherever its half occurs."""
    redaction = Redaction(["1:abc"])

    assert redaction.redact("1:abc and abc") == "[redacted] and abc"


@given(
    secret=st.text(min_size=8).filter(lambda text: text not in "[redacted]"),
    form=st.sampled_from([str, json.dumps, repr, lambda text: quote(text, safe="")]),
)
def test_any_form(secret: str, form: Callable[[str], str]) -> None:
    """In a URL, in JSON and in a representation it does not come through, either."""
    redacted = Redaction([secret]).redact(f"<{form(secret)}>")

    assert form(secret) not in redacted


def test_nested() -> None:
    """Whatever it is hidden in: keys, lists, errors."""
    hidden = "a secret of some length"
    nested = {hidden: [1, None, (hidden, {"deep": ValueError(hidden)})]}

    assert hidden not in str(Redaction([hidden]).redact_all(nested))


def test_the_shape_tells_nothing_that_was_said() -> None:
    """Keys and numbers are told, texts are not, and neither is what kind of thing cannot be JSON."""
    shape = shape_of({"chat_id": 7, "text": "who denied it?", "parts": ("said", object())})

    assert shape == (
        '{"chat_id": 7, "text": "<14 characters>", "parts": ["<4 characters>", "<object>"]}'
    )
