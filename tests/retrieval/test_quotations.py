"""Which characters of a paragraph stand between quotation marks."""

import pytest

from retrieval.quotations import all_quotations, is_statement, quotations


def _quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “we won” and “we go”.", ["we won", "we go"]),
        ('He said "we won" and "we go".', ["we won", "we go"]),
        ("He said „wir gehen“ and left.", ["wir gehen"]),
        ("He said « nous restons » again.", [" nous restons "]),
        ("'We won,' he said, 'and we go.'", ["We won,", "and we go."]),
        ("‘We won,’ he said.", ["We won,"]),
        ("'He knew his cats' names, and ours,' she said.", ["He knew his cats' names, and ours,"]),
        ("'I saw him run', an officer said.", ["I saw him run"]),
        ("“She said ‘no’ to me,” he said.", ["She said ‘no’ to me,"]),
        ("'He told me \"stay here\" and I did,' he said.", ['He told me "stay here" and I did,']),
        ("The boys' dog doesn't bark, it's old.", []),
        ("Rock 'n' roll of the '90s and 'em all.", []),
        ('A 5" pipe and a 7" pipe.', []),
    ],
)
def test_quotation_marks(text: str, quoted: list[str]) -> None:
    """Curly, straight, low, angle and single marks quote; apostrophes, elisions and inches don't."""
    assert _quoted(text) == quoted


def test_an_unclosed_quotation_goes_on_to_the_end_of_its_paragraph() -> None:
    """A quotation that the paragraph does not close is open-ended and stops at the line's end."""
    first, second = all_quotations("“We won. We go.\n“We stay.”")

    assert first.open_ended
    assert not second.open_ended


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("the “false flag” story", False),
        ("“No comment,” he said", True),
        ("“we had nothing to do with it” she said", True),
        ("the “Tiger” of Rome", False),
    ],
)
def test_a_statement_is_more_than_a_term(text: str, statement: bool) -> None:
    """A few words in marks are a term, unless they are punctuated as a sentence."""
    [quotation] = quotations(text, 0, len(text))

    assert is_statement(text, quotation) is statement


@pytest.mark.parametrize(
    ("text", "stated"),
    [("He left.\n“Very cold”\nShe left.", True), ("He was “Very cold” then.", False)],
)
def test_a_paragraph_of_its_own_is_a_statement(text: str, stated: bool) -> None:
    """A few quoted words are a statement when they are all of a paragraph, and a term elsewhere."""
    (quotation,) = all_quotations(text)

    assert is_statement(text, quotation) is stated
