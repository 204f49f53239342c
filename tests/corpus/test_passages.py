"""Paragraphs, which are counted, and passages, which are searched."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from corpus.models import Article
from corpus.passages import PASSAGE_WORDS, paragraph_number, paragraphs, passages
from corpus.sentences import sentences

LONG = "The river rose again and the town waited for help that did not come. "
"""A sentence of 14 words."""


def article(text: str) -> Article:
    """An article that is only its text."""
    return Article(id="a", title="A", text=text)


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    """Without the blanks around them, however many lines are empty."""
    found = paragraphs(article("\n One two. \n\n\r\n\tThree.\n"))

    assert [span.text for span in found] == ["One two.", "Three."]


@pytest.mark.parametrize(
    ("offset", "number"), [(0, 1), (4, 1), (9, 1), (10, 2), (19, 2), (20, 3), (500, 3)]
)
def test_a_paragraph_is_counted_from_one(offset: int, number: int) -> None:
    """As a reader counts, also before the first word and behind the last."""
    assert paragraph_number([4, 10, 20], offset) == number


def test_a_text_without_paragraphs_has_the_first() -> None:
    """A number is shown in any case."""
    assert paragraph_number([], 7) == 1


def test_a_passage_ends_with_the_sentence_that_fills_it() -> None:
    """Sentences are gathered, over paragraphs as well, until the words are enough."""
    cut = list(passages(article(LONG * 10 + "\n" + LONG * 10)))

    assert [len(passage) for passage in cut] == [9, 9, 2]
    assert 9 * 14 >= PASSAGE_WORDS > 8 * 14


def test_a_short_article_is_one_passage() -> None:
    """And one without a word is none."""
    assert len(list(passages(article("It rained. It stopped.")))) == 1
    assert list(passages(article(" \n "))) == []


@given(st.lists(st.sampled_from(["It rained. ", LONG, "\n", "“No.” ", "水。"]), max_size=60))
def test_every_sentence_is_in_just_one_passage(parts: list[str]) -> None:
    """In order; no passage is empty; all but the last are full; so no word is lost."""
    whole = article("".join(parts))

    cut = list(passages(whole))

    assert [bounds for passage in cut for bounds in passage] == list(sentences(whole.text))
    assert all(cut)
    for passage in cut[:-1]:
        words = sum(len(whole.text[start:end].split()) for start, end in passage)
        assert words >= PASSAGE_WORDS


@given(st.text())
def test_paragraphs_hold_every_word(text: str) -> None:
    """Whatever the text, in order and apart."""
    found = paragraphs(article(text))

    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
    assert all(one.end < other.start for one, other in pairwise(found))


@given(st.text())
def test_a_sentence_has_the_number_of_the_paragraph_that_holds_it(text: str) -> None:
    """The number under a snippet leads a reader to the right paragraph."""
    found = paragraphs(article(text))
    starts = [paragraph.start for paragraph in found]

    for start, end in sentences(text):
        paragraph = found[paragraph_number(starts, start) - 1]
        assert paragraph.start <= start
        assert end <= paragraph.end
