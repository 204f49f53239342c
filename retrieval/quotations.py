"""Where an article quotes: which of its characters stand between quotation marks."""

import re
from dataclasses import dataclass

_OPENING = "\u201c\u201e\u00ab"
_CLOSING = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb"}
_MARK = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\"]|''|(?<![^\\W_])\u2018(?=\\w)|\u2019(?!\\w)")
_LONGEST_TERM = 4
"""Quoted words up to this number are a term in somebody's sentence rather than a sentence of theirs."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks: from behind the opening mark to before the closing one.

    *open_ended* when the paragraph ends before the quotation does: it goes on in the next one.
    """

    start: int
    end: int
    open_ended: bool


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of one paragraph, in order and apart.

    A mark that nothing closes opens a quotation up to the paragraph's end, as is usual where a
    quotation goes on; straight marks open and close by turns.
    """
    found: list[Quotation] = []
    opened: tuple[str, int] | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if _opens(text, match, start):
                opened = (mark, match.end())
        elif _closes(opened[0], mark):
            found.append(Quotation(opened[1], match.start(), open_ended=False))
            opened = None
    if opened is not None and opened[0] != "\u2018":
        found.append(Quotation(opened[1], end, open_ended=True))
    return found


def _opens(text: str, match: re.Match[str], start: int) -> bool:
    mark = match.group()
    if mark in _OPENING or mark == "\u2018":
        return True
    # A straight mark behind a letter or a stop closes something whose opening was lost.
    before = text[match.start() - 1] if match.start() > start else " "
    return mark in ('"', "''") and (before.isspace() or before in "([-\u2014\u2013:\u2018'")


def _closes(opening: str, mark: str) -> bool:
    if opening == "\u2018":
        return mark == "\u2019"
    return mark in _CLOSING.get(opening, opening)


def is_statement(text: str, quotation: Quotation) -> bool:
    """Tell whether a quotation is somebody's sentence rather than a term in quotation marks."""
    return text.count(" ", quotation.start, quotation.end) >= _LONGEST_TERM
