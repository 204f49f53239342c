"""What of a snippet is shown when there is room for so many characters: always verbatim slices."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.models import Span
from retrieval.models import Snippet

CONTEXT = 600
"""Characters of a context that is still shown whole; beyond it the sentence stands alone."""

_BEFORE = 60
"""Characters shown before the first highlight when the beginning of a long sentence is left out."""

_JOINED = ("Mn", "Me", "Mc")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim slice to show, and whether more of what was chosen stands before or after it."""

    span: Span
    cut_before: bool
    cut_after: bool
    bold: tuple[tuple[int, int], ...]

    @property
    def text(self) -> str:
        """The slice."""
        return self.span.text


def quotation(snippet: Snippet, room: int, *, alone: bool = False) -> Quotation:
    """Return what to quote of *snippet* in at most *room* code points.

    The sentence with its context if that is short, fits and is not to stand *alone*; else the
    sentence; else as much of it as fits, cut between words and around the first highlight.
    """
    context, span = snippet.context, snippet.span
    if not alone and context.end - context.start <= min(CONTEXT, room):
        chosen = whole = context
    else:
        whole = span
        chosen = span if span.end - span.start <= room else _part(snippet, room)
    bold = tuple(
        (max(h.start, chosen.start) - chosen.start, min(h.end, chosen.end) - chosen.start)
        for h in snippet.highlights
        if h.start < chosen.end and h.end > chosen.start
    )
    return Quotation(chosen, chosen.start > whole.start, chosen.end < whole.end, bold)


def slice_around(whole: Span, middle: Span, room: int) -> Span:
    """Return at most *room* code points of *whole*: as much as fits, *middle* in the midst of it.

    *middle* lies inside *whole*. Cut between words; of a *middle* that does not fit, the beginning.
    """
    if whole.end - whole.start <= room:
        return whole
    text = whole.article.text
    spare = max(room - (middle.end - middle.start), 0)
    start = max(whole.start, min(middle.start - spare // 2, whole.end - room))
    if start > whole.start:
        start = _between_words(text, start, whole.start, middle.start)
    end = min(start + room, whole.end)
    if end < whole.end:
        end = max(_last_boundary(text, start, end), min(middle.end, end))
    return Span(whole.article, start, end)


def parts(whole: Span, room: int) -> Iterator[Span]:
    """Yield *whole* in parts of at most *room* code points, cut between words where there are any.

    Only blanks are left out, between two parts.
    """
    text, start = whole.article.text, whole.start
    while whole.end - start > room:
        end = _last_boundary(text, start, start + room)
        yield Span(whole.article, start, end)
        start = end
        while start < whole.end and text[start].isspace():
            start += 1
    if start < whole.end:
        yield Span(whole.article, start, whole.end)


def _part(snippet: Snippet, room: int) -> Span:
    span = snippet.span
    text = span.article.text
    start = span.start
    if snippet.highlights and snippet.highlights[0].end > span.start + room:
        near = max(snippet.highlights[0].start - _BEFORE, span.start)
        start = _between_words(text, near, span.start, snippet.highlights[0].start)
    end = min(start + room, span.end)
    if end < span.end:
        end = _last_boundary(text, start, end)
    return Span(span.article, start, end)


def _between_words(text: str, near: int, low: int, high: int) -> int:
    """The start of the first word after *near*, or *high* if no word starts before it."""
    for place in range(near, high):
        if place == low or text[place - 1].isspace():
            return place
    return high


def _last_boundary(text: str, start: int, end: int) -> int:
    """The end of the last whole word in text[start:end], or else of the last whole character."""
    for place in range(end, start + (end - start) // 2, -1):
        if text[place].isspace() and (kept := len(text[start:place].rstrip())):
            return start + kept
    while end > start + 1 and _belongs_to_the_one_before(text, end):
        end -= 1
    return end


def _belongs_to_the_one_before(text: str, place: int) -> bool:
    after, before = text[place], text[place - 1]
    return (
        unicodedata.category(after) in _JOINED
        or "\u200d" in (after, before)
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U0001f1e6" <= after <= "\U0001f1ff"
        or (before, after) == ("\r", "\n")
    )
