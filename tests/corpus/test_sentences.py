"""Where sentences end: the traps of news prose, and what holds for every text."""

import pytest
from hypothesis import example, given, strategies as st

from corpus.sentences import LONGEST, lines, sentences

MARKS = st.text(alphabet="aA1 .!?…\"'“”’()\n。—", max_size=60)
"""Texts that are mostly what a splitter decides by."""


def cut(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "one",
    [
        "He thanked Mr. Brown and Mrs. Green of St. Ives.",
        "Lt. Gen. Ann Ross met Sen. Lee and Prof. Kim.",
        "The U.S. Navy and J. S. Bach Ltd. of Leeds agreed.",
        "U.S. officials and E.U. envoys met in Washington, D.C. on Monday.",
        "It rose 3.5 per cent to 1.2 million.",
        "See p. 14 and No. 7 of vol. 2.",
        "They wrote to Smith & Co. about it.",
        "The train leaves at 9 a.m. on Sat. from Leeds.",
        "“We waited . . . and then we left,” she said.",
        "“Why?” he asked.",
        "“Stop!” shouted the guard.",
        "He paused … then went on.",
        "The parade on May 9 goes ahead.",
        "Visit example.org for more.",
        "Prices (incl. tax) fell.",
        "Yahoo! shares fell and the i.e. of old stayed.",
    ],
)
def test_a_full_stop_that_ends_nothing(one: str) -> None:
    """Titles, initials, figures, ellipses and questions inside a sentence leave it whole."""
    assert cut(one) == [one]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The bridge closed.", "Nobody was hurt."),
        ("“It is over.”", "She sat down."),
        ("“It is over,” she said.", "“We lost.”"),
        ("He said: “It is over.”", "“Is it?” she asked."),
        ("Was anyone hurt?", "No."),
        ("It was over!", "Everybody left."),
        ("They waited . . .", "Nobody came."),
        ("They waited…", "Nobody came."),
        ("The parade is on 9 May.", "It goes ahead."),
        ("The parade is on May 9.", "It goes ahead."),
        ("It happened in the U.S.", "The police were late."),
        ("He works for Smith & Co.", "She does not."),
        ("It began at 9 a.m.", "They were late."),
        ("(Nobody was hurt.)", "The bridge closed."),
        ("He lives in St Ives.", "1984 was a good year."),
        ("It is plan B.", "The other failed."),
        ("He said no.", "She said yes."),
        ("«C’est fini.»", "Elle est partie."),
        ("He was told to see vol.", "The number was missing."),
        ("The vote was 5 to 3.", "— The chair abstained."),
    ],
)
def test_where_a_sentence_ends(first: str, second: str) -> None:
    """Closing quotation marks stay with the sentence that they close."""
    assert cut(f"{first} {second}") == [first, second]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("桥关闭了。没有人受伤。", ["桥关闭了。", "没有人受伤。"]),
        ("「終わった。」彼は言った。", ["「終わった。」", "彼は言った。"]),
        ("هل وصل؟ نعم.", ["هل وصل؟", "نعم."]),
        ("पुल बंद है। कोई घायल नहीं।", ["पुल बंद है।", "कोई घायल नहीं।"]),
    ],
    ids=["Chinese", "Japanese", "Arabic", "Hindi"],
)
def test_other_scripts_have_other_marks(text: str, parts: list[str]) -> None:
    """Not every script has capitals, nor blanks between sentences."""
    assert cut(text) == parts


def test_a_line_break_ends_a_sentence() -> None:
    """Headings and list items have no full stop; a paragraph is never left."""
    assert cut("Damage\nTwo sheets burnt\r\n\n\u2029Both were copper.") == [
        "Damage",
        "Two sheets burnt",
        "Both were copper.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0\t\u2028"])
def test_blank_text_has_none(text: str) -> None:
    """Neither sentences nor lines."""
    assert cut(text) == []
    assert list(lines(text, 0, len(text))) == []


def test_a_part_of_a_text() -> None:
    """Offsets are those of the whole text, and the bounds are kept."""
    text = "One. Two. Three. Four."

    assert [text[a:b] for a, b in sentences(text, 5, 16)] == ["Two.", "Three."]


@pytest.mark.parametrize("unit", ["and the rain went on ", "a\t ", "x", "\u00e9\u00a0", "桥"])
def test_no_sentence_is_endless(unit: str) -> None:
    """Text without an end is cut at a blank, or anywhere if it has none, and loses no word."""
    text = unit * (5 * LONGEST // len(unit)) + "over."

    parts = cut(text)

    assert len(parts) > 1
    assert all(len(part) <= LONGEST for part in parts)
    assert " ".join(parts).split() == text.split() or "".join(parts) == text


@given(st.one_of(st.text(), MARKS))
@example(". .\u00a0. “a. B.” ")
def test_nothing_is_lost(text: str) -> None:
    """Sentences stand in order and apart, and hold every character that is no blank."""
    bounds = list(sentences(text))

    flat = [offset for pair in bounds for offset in pair]
    assert flat == sorted(flat)
    assert all(start < end for start, end in bounds)
    kept = "".join("".join(text[start:end].split()) for start, end in bounds)
    assert kept == "".join(text.split())


@given(st.one_of(st.text(), MARKS))
def test_no_sentence_has_a_blank_edge_or_a_line_break(text: str) -> None:
    """So that each can be quoted as it is, on one line."""
    for part in cut(text):
        assert part == part.strip()
        assert len(part.splitlines()) == 1


@given(st.lists(st.one_of(st.text(), MARKS), max_size=5))
def test_a_paragraph_is_cut_as_if_it_stood_alone(parts: list[str]) -> None:
    """What stands in other paragraphs changes nothing."""
    assert cut("\n".join(parts)) == [part for text in parts for part in cut(text)]


@pytest.mark.parametrize(
    "unit",
    [".", "?!", "…”", "a. ", "A.", "Mr. ", "J. S. ", ". ", '."', "x", "。", " ", "\n", "“A. B” "],
)
@pytest.mark.timeout(60)
def test_a_megabyte_on_one_line(unit: str) -> None:
    """Time is linear in the length: were it quadratic, each of these would take hours."""
    text = unit * (1_000_000 // len(unit)) + "x"

    bounds = list(sentences(text))

    assert bounds[-1][1] == len(text)
