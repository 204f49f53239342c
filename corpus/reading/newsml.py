"""NewsML-G2, the IPTC's exchange format: one item, or a message with several."""

import copy
from collections.abc import Iterator

from corpus.reading import nitf, prose
from corpus.reading.entries import Entry, Origin
from corpus.reading.markup import Document, Element, bare, words
from corpus.reading.wire import WireItem, entry

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(document: Document, origin: Origin) -> Iterator[Entry]:
    """Read each item that is text. Pictures, packages, concepts and plans are passed over.

    An item whose text is not in the file, but only linked, is refused.
    """
    for element in document.elements("newsItem"):
        place = origin.at(element.sourceline)
        news = bare(copy.deepcopy(element))
        if _code(news.find("itemMeta/itemClass")) not in {"", "text"}:
            continue
        text = _text(news)
        remote = news.find("contentSet/remoteContent")
        if not text and remote is not None:
            yield place.refuse("its text is not in the file, it is linked (remoteContent)")
        else:
            yield entry(_item(news, text), place)


def _item(news: Element, text: str) -> WireItem:
    meta = news.find("itemMeta")
    meta = news if meta is None else meta
    return WireItem(
        guid=news.get("guid", ""),
        title=_title(news),
        text=text,
        version=news.get("version", ""),
        dates=(words(meta.find("versionCreated")), words(meta.find("firstCreated"))),
        embargo=words(meta.find("embargoed")),
        status=_code(meta.find("pubStatus")),
        publisher=_publisher(news),
        language=_language(news),
    )


def _code(element: Element | None) -> str:
    """What a controlled value says: of `qcode="ninat:text"` or of a URI the last part."""
    if element is None:
        return ""
    value = element.get("qcode") or element.get("uri") or element.get("literal") or words(element)
    return str(value).rstrip("/").replace("/", ":").rpartition(":")[2].strip()


def _title(news: Element) -> str:
    headlines = news.findall("contentMeta/headline")
    first = [each for each in headlines if _code_of_role(each) in {"", "main", "headline"}]
    for element in (*first, *headlines, news.find("itemMeta/title")):
        if found := prose.line(words(element)):
            return found
    inside = news.find("contentSet/inlineXML/nitf")
    return "" if inside is None else nitf.title(inside)


def _code_of_role(element: Element) -> str:
    return str(element.get("role", "")).rpartition(":")[2].lower()


def _publisher(news: Element) -> str:
    for path in ("itemMeta/provider", "contentMeta/infoSource", "rightsInfo/copyrightHolder"):
        if (element := news.find(path)) is not None:
            name = words(element.find("name")) or element.get("literal") or _code(element)
            if name := name or words(element):
                return str(name)
    return ""


def _language(news: Element) -> str:
    tagged = news.find("contentMeta/language")
    return str((tagged.get("tag") if tagged is not None else "") or news.get(LANGUAGE, ""))


def _text(news: Element) -> str:
    """The text of the item: of several renditions of it the first that has any."""
    for content in news.iterfind("contentSet/*"):
        if found := _content(content):
            return found
    return ""


def _content(content: Element) -> str:
    kind = content.get("contenttype", "").lower()
    if content.tag == "inlineXML":
        story = content.find("nitf")
        if story is not None:
            return nitf.text(story)
        body = content.find(".//body")
        return prose.paragraphs(prose.blocks(content if body is None else body))
    if content.tag == "inlineData" and not content.get("encoding"):
        said = words(content)
        return prose.fragment(said) if "html" in kind else prose.plain(said)
    return ""
