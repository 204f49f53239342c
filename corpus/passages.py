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


def passages(article: Article) -> Iterator[list[tuple[int, int]]]:
    """Yield each passage as the (start, end) of its sentences, never none.

    Sentences are gathered until a passage has PASSAGE_WORDS words. Every sentence is in just one.
    """
    gathered: list[tuple[int, int]] = []
    words = 0
    for start, end in sentences(article.text):
        gathered.append((start, end))
        words += article.text.count(" ", start, end) + 1
        if words >= PASSAGE_WORDS:
            yield gathered
            gathered, words = [], 0
    if gathered:
        yield gathered
