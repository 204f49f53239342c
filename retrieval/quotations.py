"""Where an article quotes: which of its characters stand between quotation marks."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

_CLOSING = {
    "\u201c": re.compile("\u201d"),
    "\u201e": re.compile("[\u201c\u201d]"),
    "\u00ab": re.compile("\u00bb"),
    "\u201d": re.compile("\u201d"),
    '"': re.compile('"'),
    "''": re.compile("''"),
}
"""Each double mark that opens -> the marks that close it."""
_OPENER = re.compile(
    r"""[\u201c\u201e\u00ab]
    | (?:(?<=[\s(])|^)\u201d(?=\w)                                # Nordic style: behind a blank
    | (?:(?<=[\s(\[\-\u2014\u2013:'\u2018\x00])|^)(?:"|''(?!'))   # straight ones: behind a blank
    | (?:(?<=[\s(\[\-\u2014\u2013])|^)[\u2018'](?=[\w\u201c"])    # British style: before a word
      (?!(?:em|tis|twas|til|cause|n|\d0s)\b)                      # but no elision: 'em, the '90s
    """,
    re.VERBOSE | re.MULTILINE,
)
_CERTAIN = re.compile(r"(?<=[.,!?\u2026;])['\u2019](?!\w)|(?<=\w)['\u2019](?=[,;:)]|[.!?]?$)")
"""A single mark that closes: behind a stop, or before one."""
_LIKELY = re.compile(r"(?<=\w)['\u2019](?=\s)")
"""A single mark that closes, or a plural's possessive."""
_REACH = 2000
"""How far a single mark's closing one is looked for."""
_LONGEST_TERM = 4
"""Quoted words up to this number are a term in somebody's sentence rather than a sentence of theirs."""
_SENTENCE_ENDS = (".", ",", "!", "?", "\u2026")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks: from behind the opening mark to before the closing one.

    *open_ended* when the paragraph ends before the quotation does: it goes on in the next one.
    """

    start: int
    end: int
    open_ended: bool


def all_quotations(text: str) -> list[Quotation]:
    """Return the quotations of every paragraph of *text*, in order and apart."""
    found: list[Quotation] = []
    for match in re.finditer(r"[^\n]+", text):
        found.extend(quotations(text, match.start(), match.end()))
    return found


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of one paragraph, in order and apart.

    A double mark that nothing closes opens a quotation up to the paragraph's end, as is usual where
    a quotation goes on. Marks inside a quotation belong to it.
    """
    found: list[Quotation] = []
    position = start
    singles = _Singles(text, start, end)
    while (opener := _OPENER.search(text, position, end)) is not None:
        mark, begin = opener.group(), opener.end()
        if mark in ("'", "\u2018"):
            close = singles.closing(begin)
            position = begin if close is None else close + 1
        else:
            closing = _CLOSING[mark].search(text, begin, end)
            close = closing.start() if closing is not None else end
            position = closing.end() if closing is not None else end
        if close is not None and close > begin:
            found.append(Quotation(begin, close, open_ended=position == close))
    return found


class _Singles:
    """The places of a paragraph where a single mark may close; found once, when first asked."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    @cached_property
    def _certain(self) -> list[int]:
        return [m.start() for m in _CERTAIN.finditer(self._text, self._start, self._end)]

    @cached_property
    def _likely(self) -> list[int]:
        return [m.start() for m in _LIKELY.finditer(self._text, self._start, self._end)]

    def closing(self, begin: int) -> int | None:
        """Return where the single quotation that begins at *begin* closes, or None."""
        certain = _next(self._certain, begin)
        likely = _next(self._likely, begin)
        if likely is None or (certain is not None and certain < likely):
            return certain
        if self._text[likely - 1] != "s" or certain is None:
            return likely
        # "his cats' names,'": a possessive, unless another quotation opens before the sure end.
        opener = _OPENER.search(self._text, likely + 1, certain)
        return certain if opener is None else likely


def _next(places: list[int], begin: int) -> int | None:
    at = bisect_left(places, begin + 1)
    return places[at] if at < len(places) and places[at] < begin + _REACH else None


def is_statement(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation is somebody's sentence rather than a term in quotation marks."""
    if text.count(" ", quotation.start, quotation.end) >= _LONGEST_TERM:
        return True
    inside = text[quotation.start : quotation.end].rstrip()
    if " " in inside and inside[:1].isupper() and _is_paragraph(text, quotation):
        return True
    return inside.endswith(_SENTENCE_ENDS) and (inside[:1].isupper() or quotation.open_ended)


def _is_paragraph(text: str, quotation: Quotation) -> bool:
    """Tell whether a paragraph is nothing but a quotation."""
    before = text[max(0, quotation.start - 2) : quotation.start - 1]
    behind = text[quotation.end + 1 : quotation.end + 2]
    return before in ("", "\n") and behind in ("", "\n")
