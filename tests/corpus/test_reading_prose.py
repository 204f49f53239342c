"""Foreign text as a reader sees it: characters, blanks, paragraphs."""

import pytest
from hypothesis import given, strategies as st

from corpus.reading.prose import clean, fragment, line, plain


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("quay\u00adside", "quayside"),
        ("12\u00a0000\u202fkm", "12 000 km"),
        ("ham\u200bmer\ufeff", "hammer"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("  one \t two  \n three", "one two\nthree"),
        ("a\0b\x07c", "abc"),
    ],
)
def test_what_nobody_sees_is_dropped(written: str, seen: str) -> None:
    """Soft hyphens, zero-width characters and controls go; every blank is a plain one."""
    assert clean(written) == seen


@pytest.mark.parametrize("kept", ["“Yes”, she said", "«Да»", "„Ja“", "l’eau — là", "न\u200dम"])
def test_what_is_seen_stays(kept: str) -> None:
    """Quotation marks, dashes, apostrophes and joiners are the source's."""
    assert clean(kept) == kept


def test_a_paragraph_ends_at_a_blank_line_or_at_a_line_break() -> None:
    """Both are in use, and the lines of either are kept apart."""
    assert plain("One.\n\nTwo.\n \nThree.") == "One.\nTwo.\nThree."
    assert plain("One.\nTwo.\nThree.") == "One.\nTwo.\nThree."


def test_lines_broken_to_a_width_are_put_together() -> None:
    """The break is the program's, and would part a sentence."""
    first = "The ferry to the island was cancelled on Tuesday because of the\nstrong wind."
    second = "The company said that it would sail again as soon as the sea was\ncalm."

    assert plain(f"{first}\n\n{second}") == f"{line(first)}\n{line(second)}"


def test_a_fragment_of_html_becomes_paragraphs() -> None:
    """Blocks and line breaks end a paragraph, inline elements do not; entities are read."""
    markup = (
        "<p>The&nbsp;har&shy;bour &amp; <b>the</b> quay.</p>Loose<br>text<ul><li>one<li>two</ul>"
    )

    assert fragment(markup) == "The harbour & the quay.\nLoose\ntext\none\ntwo"


def test_what_is_not_shown_is_not_read() -> None:
    """Scripts, styles, comments and hidden elements are no text of the article."""
    markup = (
        "<p>Seen<script>alert(1)</script> and<style>p{}</style> heard<!-- no --></p>"
        "<p hidden>no</p><p style='display: none'>no</p><noscript>no</noscript>end"
    )

    assert fragment(markup) == "Seen and heard\nend"


def test_text_without_markup_is_plain_text() -> None:
    """With an entity or without, its lines are its paragraphs."""
    assert fragment("Salt &amp; pepper\n\nOil") == "Salt & pepper\nOil"
    assert fragment("Salt\nOil") == "Salt\nOil"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """So it does not matter how many hands a text goes through."""
    assert clean(clean(text)) == clean(text)
    assert plain(plain(text)) == plain(text)


pieces = st.sampled_from(
    "<p> </p> <b> </div> <div <br/> <!-- --> <? ]]> &amp; & &#0; &#x110000; < > \0 \ud800 text".split()
)


@given(st.lists(pieces | st.text(max_size=5)).map("".join))
def test_no_fragment_is_an_error(markup: str) -> None:
    """Whatever comes, there is text or none, and it is clean."""
    text = fragment(markup)

    assert clean(text) == text
