"""`.docx`: a document of a word processor, one article a document."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from lxml import etree

from corpus.reading import prose
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.records import RecordError, to_article
from corpus.reading.text import words

LARGEST = 32_000_000
"""Bytes of a document, pictures and all."""
LARGEST_PART = 16_000_000
"""Bytes of its text, unpacked, with all marks of form."""

UNSEEN = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr"})
"""Elements that hold nothing to be read: what was struck out, what other programs show instead."""
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
OLDER = b"\xd0\xcf\x11\xe0"
"""How files of Word up to 2003 begin, and newer ones that have a password."""


class DocumentError(ValueError):
    """A document that cannot be read. The message is the reason."""


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read the paragraphs of the document; headers, footers, notes and comments are left out.

    The title is the paragraph in the style Title, else that of the document's properties, else the
    file's name in words. A document does not say when it was published.
    """
    try:
        yield Found(to_article(_fields(file, origin), source=str(origin)), origin)
    except (DocumentError, RecordError) as error:
        yield origin.refuse_for(error)


def _fields(file: BinaryIO, origin: Origin) -> dict[str, object]:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DocumentError(f"longer than {LARGEST:,} bytes")
    if data.startswith(OLDER):
        raise DocumentError("an older file of Word, or one with a password: save it as .docx anew")
    styles, core, document = _parts(data)
    titles = {_attribute(each, "styleId") for each in styles.iter("{*}style") if _is_title(each)}
    blocks = [(_style(each), _text(each)) for each in document.iter("{*}p")]
    title = next((text for style, text in blocks if style in titles and text.strip()), "")
    said = {etree.QName(each).localname: each.text for each in core.iterchildren("{*}*")}
    name = words(origin.path.with_suffix("").as_posix())
    return {
        "title": prose.line(title or said.get("title") or "") or name,
        "language": said.get("language"),
        "text": prose.paragraphs(
            line for _, text in blocks if text != title for line in text.split("\n")
        ),
    }


def _parts(data: bytes) -> list[etree._Element]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return [
                _parsed(archive, "word/styles.xml", needed=False),
                _parsed(archive, "docProps/core.xml", needed=False),
                _parsed(archive, "word/document.xml", needed=True),
            ]
    except DocumentError:
        raise
    # What the standard library says of a damaged or encrypted zip is of many kinds.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise DocumentError("not a .docx, or a damaged one") from error


def _parsed(archive: ZipFile, name: str, *, needed: bool) -> etree._Element:
    """The root of a part; an empty element for one that there need not be."""
    if name not in archive.namelist():
        if needed:
            raise DocumentError(f"not a .docx: it has no {name}")
        return etree.Element("none")
    with archive.open(name) as part:
        data = part.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise DocumentError(f"{name} unpacks to more than {LARGEST_PART:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"{name} is damaged at line {error.lineno}") from None
    if root.getroottree().docinfo.doctype:
        raise DocumentError(f"{name} declares entities")  # no word processor does
    return root


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((v for k, v in element.items() if etree.QName(k).localname == name), None)


def _is_title(style: etree._Element) -> bool:
    """Identifiers of styles are translated, this name is not."""
    named = style.find("{*}name")
    return named is not None and str(_attribute(named, "val")).lower() == "title"


def _style(paragraph: etree._Element) -> str | None:
    style = paragraph.find("{*}pPr/{*}pStyle")
    return None if style is None else _attribute(style, "val")


def _text(paragraph: etree._Element) -> str:
    """What is seen of a paragraph, without the paragraphs that stand in a frame inside of it."""
    parts: list[str] = []
    waiting = list(paragraph)[::-1]
    if any(etree.QName(each).localname == "Fallback" for each in paragraph.iterancestors()):
        return ""
    while waiting:
        element = waiting.pop()
        name = etree.QName(element).localname if isinstance(element.tag, str) else "comment"
        if name == "t":
            parts.append(element.text or "")
        elif name in SIGNS:
            parts.append(SIGNS[name])
        elif name not in UNSEEN and name != "p" and not _is_vanished(element):
            waiting += list(element)[::-1]
    return "".join(parts)


def _is_vanished(run: etree._Element) -> bool:
    mark = run.find("{*}rPr/{*}vanish")
    return mark is not None and _attribute(mark, "val") not in {"0", "false"}
