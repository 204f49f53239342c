"""NITF, the IPTC's News Industry Text Format: a document of its own, or inside a NewsML-G2 item."""

import copy
from collections.abc import Iterator

from corpus.errors import Withdrawal
from corpus.reading import prose
from corpus.reading.entries import Entry, Origin
from corpus.reading.markup import Document, Element, bare, words
from corpus.reading.records import shown
from corpus.reading.wire import WITHDRAWN, WireItem, entry

UNREAD = ("media", "table", "nitf-table", "fn", "ednote", "nitf-colgroup", "bibliography")
"""What stands in the body and is not part of the story: pictures with captions, tables, notes."""


def read(document: Document, origin: Origin) -> Iterator[Entry]:
    """Read a NITF document: one article, or a notice that takes one back, or both."""
    for element in document.elements("nitf"):
        yield from _kill(element, origin)
        yield entry(item(element), origin)


def _kill(element: Element, origin: Origin) -> Iterator[Entry]:
    """What the document says of the status of another one."""
    data = bare(copy.deepcopy(element)).find("head/docdata")
    if data is None:
        return
    other = str(data.get("management-doc-idref", "")).strip()
    status = str(data.get("management-idref-status", "")).strip().lower()
    if other and status in WITHDRAWN:
        reason = f"takes back {shown(other)}: its publishing status is {shown(status)}"
        yield origin.refuse(reason, withdraws=Withdrawal(other))


def item(element: Element) -> WireItem:
    """What a `nitf` element says of itself."""
    nitf = bare(copy.deepcopy(element))
    data = nitf.find("head/docdata")
    data = nitf if data is None else data
    publication = nitf.find("head/pubdata")
    return WireItem(
        guid=_said(data, "doc-id", "id-string"),
        title=title(nitf),
        text=text(nitf),
        version=_said(data, "du-key", "version"),
        dates=(
            "" if publication is None else publication.get("date.publication", ""),
            _said(data, "date.release", "norm"),
            _said(data, "date.issue", "norm"),
        ),
        embargo=_said(data, "date.release", "norm"),
        status=_status(data),
        publisher=_publisher(nitf, data),
        language=nitf.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        url="" if publication is None else publication.get("ex-ref", ""),
    )


def title(nitf: Element) -> str:
    """The headline, else the title in the head, of a `nitf` element without namespaces."""
    for path in ("body/body.head/hedline/hl1", "body/body.head//hl1", "body//hl1", "head/title"):
        if found := prose.line(words(nitf.find(path))):
            return found
    return ""


def text(nitf: Element) -> str:
    """The paragraphs of the body of a `nitf` element without namespaces."""
    return "\n".join(filter(None, map(_body, nitf.iterfind("body/body.content"))))


def _body(content: Element) -> str:
    story = copy.deepcopy(content)
    for each in list(story.iter(*UNREAD)):
        each.getparent().remove(each)
    return prose.paragraphs(prose.blocks(story))


def _said(data: Element, name: str, attribute: str) -> str:
    found = data.find(name)
    return "" if found is None else str(found.get(attribute, ""))


def _status(data: Element) -> str:
    """The status, save one of which the date of release says whether it still holds."""
    status = str(data.get("management-status", "")).lower()
    until_told = status == "embargoed" and _said(data, "date.release", "norm")
    return "" if status == "info" or until_told else status


def _publisher(nitf: Element, data: Element) -> str:
    publication = nitf.find("head/pubdata")
    name = "" if publication is None else publication.get("name", "")
    distributor = words(nitf.find("body/body.head/distributor"))
    return name or distributor or _said(data, "doc.copyright", "holder")
