"""An article into what is searched and what is counted: passages and paragraphs."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from corpus.models import Article, Span
from corpus.sentences import lines, sentences

PASSAGE_WORDS = 120
"""How many words a passage gathers before it is closed."""


def paragraphs(article: Article) -> tuple[Span, ...]:
    """Return the paragraphs: the lines of the text that are not blank."""
    return tuple(Span(article, *bounds) for bounds in lines(article.text, 0, len(article.text)))


def paragraph_number(starts: Sequence[int], offset: int) -> int:
    """Return the number, from 1, of the paragraph that holds *offset*.

    *starts* are the offsets at which the article's paragraphs start, ascending.
    """
    return max(1, bisect_right(starts, offset))


def passages(article: Article) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Yield each passage as its (start, end) and the (start, end) of its sentences.

    Paragraphs are gathered until a passage has PASSAGE_WORDS words; one that is longer by itself is
    cut between sentences. Every sentence is in just one passage.
    """
    gathered: list[tuple[int, int]] = []
    words = 0
    for start, end in sentences(article.text):
        gathered.append((start, end))
        words += article.text.count(" ", start, end) + 1
        if words >= PASSAGE_WORDS:
            yield gathered[0][0], gathered[-1][1], gathered
            gathered, words = [], 0
    if gathered:
        yield gathered[0][0], gathered[-1][1], gathered
