"""`.pdf`: one article a file; needs the extra `documents`."""

import io
import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from corpus.reading import prose
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.records import RecordError, to_article
from corpus.reading.text import words

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LARGEST = 32_000_000
"""Bytes of a file, pictures and all."""
MOST_PAGES = 300
LONGEST_PAGE = 2_000_000
"""Bytes of the instructions that draw one page, unpacked. Pages of text have some thousands."""
LONGEST = 1_000_000
"""Characters of the text."""

INSTALL = "is a PDF, to read which a part is missing. Install it with: pip install 'on-the-record[documents]'"

LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
     "\ufb05": "st", "\ufb06": "st"}
)  # fmt: skip
"""Two letters that a font draws as one."""

PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|sur)\s*\d{1,4})?\W*", re.IGNORECASE
)
ENDED = (".", "!", "?", "…", ".”", ".“", '."', "?”", "!”", ".’", ".»", ":", "。", "؟")

# What it would say of a file is in the refusal.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class PortableError(ValueError):
    """A PDF that cannot be read. The message is the reason."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. *x*, *y*: where it starts, in points from the lower left; *size*: of its letters."""

    text: str
    x: float
    y: float
    size: float


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read the text of the file, without what stands at the head or the foot of every page.

    The title is what is set largest on the first page, else that of the file's properties, else the
    file's name in words. Lines are put together to paragraphs by where they stand. A PDF without
    text, such as a scan, is refused.
    """
    try:
        yield Found(to_article(_fields(file, origin), source=str(origin)), origin)
    except (PortableError, RecordError) as error:
        yield origin.refuse_for(error)


def _fields(file: BinaryIO, origin: Origin) -> dict[str, object]:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise PortableError(f"longer than {LARGEST:,} bytes")
    try:
        import pypdf  # noqa: PLC0415 - an extra
    except ImportError:
        raise PortableError(INSTALL) from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = list(_pages(reader))
        named = str((reader.metadata and reader.metadata.title) or "")
    except PortableError:
        raise
    except Exception as error:  # broken files meet the library with errors of any kind
        raise PortableError(f"not a PDF that can be read: {type(error).__name__}") from error
    return _article(pages, named, words(origin.path.with_suffix("").as_posix()))


def _article(pages: list[list[Line]], named: str, default: str) -> dict[str, object]:
    kept = _without_margins(pages)
    size = statistics.median([line.size for page in kept for line in page] or [0])
    title = _headline(kept[0] if kept else [], size)
    text = "\n".join(_paragraphs(kept[:1] and [kept[0][len(title) :], *kept[1:]]))
    if not text:
        raise PortableError("no text in it: is it a scan?")
    shown = prose.line(" ".join(line.text for line in title) or named)
    return {"title": shown or default, "text": text}


def _pages(reader: "PdfReader") -> Iterator[list[Line]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise PortableError("encrypted: save it without its password")
    if len(reader.pages) > MOST_PAGES:
        raise PortableError(f"{len(reader.pages):,} pages, at most {MOST_PAGES:,}")
    total = 0
    for page in reader.pages:
        content = page.get_contents()
        if content and len(content.get_data()) > LONGEST_PAGE:
            raise PortableError(f"a page of more than {LONGEST_PAGE:,} bytes")
        lines = _lines(page)
        total += sum(len(line.text) for line in lines)
        if total > LONGEST:
            raise PortableError(f"longer than {LONGEST:,} characters")
        yield lines


def _lines(page: "PageObject") -> list[Line]:
    """The lines of *page*, in its order."""
    pieces: list[Line] = []

    def visit(
        text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float
    ) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        pieces.append(Line(text, x, y, abs(size * tm[3] * cm[3]) or size))

    page.extract_text(visitor_text=visit)
    lines: list[Line] = []
    begun: Line | None = None
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n")):
            if number and begun:
                lines.append(begun)
                begun = None
            if begun:
                begun = Line(begun.text + text, begun.x, begun.y, begun.size)
            elif text.strip():
                begun = Line(text, piece.x, piece.y, piece.size)
    return [*lines, begun] if begun else lines


def _without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """Without page numbers, and what is repeated at the head or the foot of the pages."""
    edges = [_edges(page) for page in pages]
    often = Counter(key for edge in edges for key in {_key(line) for line in edge})
    least = max(2, len(pages) // 2)
    return [
        [
            line
            for line in page
            if line not in edge
            or (often[_key(line)] < least and not PAGE_NUMBER.fullmatch(line.text.strip()))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[Line]) -> list[Line]:
    """The two highest lines of a page and the two lowest."""
    by_height = sorted(page, key=lambda line: line.y)
    return by_height[:2] + by_height[-2:]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", "".join(line.text.split()))


def _headline(page: list[Line], usual: float) -> list[Line]:
    """The lines at the head of the first page that are set larger than the others."""
    head: list[Line] = []
    for line in page:
        if line.size < usual * 1.2 or (head and abs(line.size - head[0].size) > 1):
            break
        head.append(line)
    return head


def _paragraphs(pages: list[list[Line]]) -> Iterator[str]:
    lines = [line for page in pages for line in page]
    steps = [a.y - b.y for a, b in pairwise(lines) if a.y > b.y]
    step = statistics.median(steps or [0])
    vocabulary = Counter(word for line in lines for word in re.findall(r"\w+", line.text.lower()))
    gathered = ""
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or _begins(before, line, step):
            yield from _finished(gathered)
            gathered = line.text
        else:
            gathered = _joined(gathered.rstrip(), line.text.lstrip(), vocabulary)
    yield from _finished(gathered)


def _finished(text: str) -> Iterator[str]:
    if paragraph := prose.line(text.translate(LIGATURES)):
        yield paragraph


def _begins(before: Line, line: Line, step: float) -> bool:
    """Whether a paragraph begins with *line*."""
    down = before.y - line.y
    if abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return True
    if down <= 0 or down > 8 * step:  # the next column, or the next page
        return before.text.rstrip().endswith(ENDED)
    indented = line.x > before.x + 0.8 * line.size and before.text.rstrip().endswith(ENDED)
    return down > 1.3 * step or indented


def _joined(text: str, following: str, vocabulary: Counter[str]) -> str:
    """Two lines as one. A hyphen at the end goes only if the word stands elsewhere without it."""
    if text.endswith("\u00ad"):
        return text + following
    head, tail = re.search(r"(\w+)[-\u2010]$", text[-100:]), re.match(r"\w+", following)
    if not head or not tail or following[:1].isupper():
        return text + following if head else f"{text} {following}"
    is_one_word = vocabulary[(head[1] + tail[0]).lower()] > 0
    return (text[:-1] if is_one_word else text) + following
