"""The members of a big JSON document, one at a time: the document is never in memory as a whole."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from corpus.reading.encoding import LONGEST
from corpus.reading.jsonl import DECODER
from corpus.reading.streams import pieces

BLANK = re.compile(r"[ \t\r\n]*")


class BrokenError(ValueError):
    """The document is not JSON from here on; *line* is where, from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True, slots=True)
class Member:
    """A value of the document. *path*: the names that lead to it; *line*: where it starts, from 1.

    *listed* says that it is one of a list.
    """

    path: tuple[str, ...]
    value: object
    line: int
    listed: bool = False


def members(file: BinaryIO, path: Sequence[str] = ()) -> Iterator[Member]:
    """Yield what the document holds, in its order.

    Where the value at *path* is a list, each of its elements is a member of its own; elsewhere a
    list, or an object that does not lie on the way to *path*, is one member as a whole. Raises
    BrokenError after what was whole, UnreadableError where the file is not text.
    """
    window = _Window(pieces(file))
    yield from _walk(window, (), tuple(path))
    if window.ahead():
        raise window.broken("extra data")


class _Window:
    """The part of the text that is being looked at: *ahead* is the next character, '' at the end."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0  # the line is that of this place in the text
        self._ended = False

    @property
    def line(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def ahead(self) -> str:
        """Go over blanks to the next character."""
        while True:
            match = BLANK.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(1):
                return ""

    def step(self, wanted: str) -> str:
        """Go over one of the characters *wanted*, and return it."""
        found = self.ahead()
        if not found or found not in wanted:
            raise self.broken(f"{' or '.join(wanted)} expected")
        self._at += 1
        return found

    def value(self) -> object:
        """Go over a whole value, and return it."""
        self.ahead()
        wanted = 1 << 16
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise self.broken("nested too deeply") from None
            except json.JSONDecodeError as error:
                if not self._more(wanted):
                    raise self._fault(error) from None
            except ValueError as error:
                raise self.broken(str(error)) from None
            else:
                # A number may go on where the text that was read ends.
                if end < len(self._text) or not self._more(1):
                    self._at = end
                    return value
            wanted *= 2

    def broken(self, reason: str) -> BrokenError:
        cut = "" if self._text[self._at :] else "; is the file cut off here?"
        return BrokenError(f"not JSON: {reason}{cut}", self.line)

    def _fault(self, error: json.JSONDecodeError) -> BrokenError:
        if len(self._text) - self._at > LONGEST:
            return BrokenError(f"longer than {LONGEST:,} characters, or not JSON", self.line)
        what = re.sub(r"( starting)? at$", "", error.msg)
        line = self.line + self._text.count("\n", self._at, error.pos)
        cut = "; is the file cut off here?" if self._cut(error) else ""
        return BrokenError(f"not JSON: {what[:1].lower()}{what[1:]}{cut}", line)

    def _cut(self, error: json.JSONDecodeError) -> bool:
        return self._ended and (
            error.msg.startswith("Unterminated") or error.pos >= len(self._text)
        )

    def _more(self, wanted: int) -> bool:
        """Read on by some *wanted* characters; tell whether there were any, and room for them."""
        if len(self._text) - self._at > LONGEST:
            return False
        got: list[str] = []
        while wanted > 0 and (text := next(self._texts, None)) is not None:
            got.append(text)
            wanted -= len(text)
        self._line = self.line
        self._text = self._text[self._at :] + "".join(got)
        self._at = self._counted = 0
        self._ended = not got
        return bool(got)


def _walk(window: _Window, here: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Member]:
    """The members at and below *here*; *path* is the rest of the way."""
    first = window.ahead()
    if first == "[" and not path:
        yield from _elements(window, here)
    elif first == "{" and path:
        yield from _names(window, here, path)
    else:
        line = window.line
        yield Member(here, window.value(), line)


def _elements(window: _Window, here: tuple[str, ...]) -> Iterator[Member]:
    window.step("[")
    if window.ahead() == "]":
        window.step("]")
        return
    while True:
        window.ahead()
        line = window.line
        yield Member(here, window.value(), line, listed=True)
        if window.step(",]") == "]":
            return


def _names(window: _Window, here: tuple[str, ...], path: tuple[str, ...]) -> Iterator[Member]:
    window.step("{")
    if window.ahead() == "}":
        window.step("}")
        return
    while True:
        if window.ahead() != '"':
            raise window.broken('a name in " expected')
        line = window.line
        name = str(window.value())
        window.step(":")
        if name == path[0]:
            yield from _walk(window, (*here, name), path[1:])
        else:
            window.ahead()
            yield Member((*here, name), window.value(), line)
        if window.step(",}") == "}":
            return
