"""RSS (0.9 to 2.0) and Atom (0.3 and 1.0)."""

import copy
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from corpus.reading import prose
from corpus.reading.entries import Entry, Origin
from corpus.reading.markup import Document, Element, bare, local, words
from corpus.reading.wire import identifier, made

RSS = frozenset(
    """http://purl.org/rss/1.0/ http://my.netscape.com/rdf/simple/0.9/
    http://channel.netscape.com/rdf/simple/0.9/ http://backend.userland.com/rss2
    http://backend.userland.com/RSS2 http://blogs.law.harvard.edu/tech/rss""".split()
)
ATOM = frozenset({"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"})
CORE = RSS | ATOM | {""}
"""Namespaces of a feed's own elements; beside them, `media:title` is not the title."""

# Each also as it is where a feed forgets to declare its prefix.
CONTENT = ("{http://purl.org/rss/1.0/modules/content/}encoded", "content:encoded")
BODY = ("{http://www.w3.org/1999/xhtml}body", "xhtml:body")
DATE = ("{http://purl.org/dc/elements/1.1/}date", "dc:date")
TONGUE = ("{http://purl.org/dc/elements/1.1/}language", "dc:language")
PUBLISHER = ("{http://purl.org/dc/elements/1.1/}publisher", "dc:publisher")
ORIGINAL = ("{http://rssnamespace.org/feedburner/ext/1.0}origLink", "feedburner:origLink")
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

MARKED = re.compile(r"<[a-zA-Z/]|&#?\w+;")
NAMED = frozenset({"title", "language", "link", "pubDate", "lastBuildDate", "updated", "modified"})


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself, by the local names of its elements; *base*: its own address."""

    said: dict[str, str] = field(default_factory=dict)

    @property
    def date(self) -> str | None:
        """When it was published, as written."""
        names = ("pubDate", "date", "lastBuildDate", "updated", "modified")
        return next((self.said[name] for name in names if self.said.get(name)), None)


def read(document: Document, origin: Origin) -> Iterator[Entry]:
    """Read the items of a feed one by one. An item without content has its summary for text."""
    feed = _feed(document)
    for item in document.elements("item", "entry"):
        place = origin.at(item.sourceline)
        yield _atom(item, feed, place) if local(item) == "entry" else _rss(item, feed, place)


def _feed(document: Document) -> Feed:
    """Go through the whole file for what a feed says of itself: it may say it behind its items."""
    feed = Feed()
    root: Element | None = None
    try:
        for item in document.elements("item", "entry"):
            root = item.getroottree().getroot()
            _note(feed, item.itersiblings(preceding=True))
            _note_root(feed, root)
    except (OSError, ValueError):
        pass  # reading the items says so, at its place
    if root is not None:
        _note_root(feed, root)
        for element in root:
            _note(feed, element if local(element) == "channel" else [element])
    return feed


def _note_root(feed: Feed, root: Element) -> None:
    if language := root.get(LANGUAGE):
        feed.said.setdefault("language", language)
    for channel in root.iterchildren("{*}channel"):
        _note(feed, channel)


def _note(feed: Feed, elements: Iterable[Element]) -> None:
    for element in elements:
        name = local(element)
        known = name in NAMED and _is_core(element)
        if not known and element.tag not in (*TONGUE, *DATE):
            continue
        if said := _link(element) if name == "link" else _said(element):
            feed.said.setdefault(name, said)


def _said(element: Element) -> str:
    return _title(element) if local(element) == "title" else words(element)


def _link(element: Element) -> str:
    """The address that a link element gives, where it leads to a page."""
    if element.get("rel", "alternate") != "alternate":
        return ""
    address = element.get("href") or words(element)
    return _joined(element.base, address)


def _rss(item: Element, feed: Feed, place: Origin) -> Entry:
    text = _html(_tagged(item, CONTENT)) or _html(_tagged(item, BODY))
    summary = "" if text else _html(_child(item, "description"))
    guid = words(_child(item, "guid"))
    url = words(_tagged(item, ORIGINAL)) or words(_child(item, "link"))
    if not url and _is_permalink(_child(item, "guid")):
        url = guid
    publisher = words(_child(item, "source")) or words(_tagged(item, PUBLISHER))
    fields = {
        "id": identifier(guid or item.get(ABOUT), url),
        "title": _title(_child(item, "title")),
        "text": text or summary,
        "is_summary": bool(summary),
        "url": _joined(item.base or feed.said.get("link"), url),
        "publisher": publisher or feed.said.get("title"),
        "published_at": words(_child(item, "pubDate")) or words(_tagged(item, DATE)) or feed.date,
        "language": words(_tagged(item, TONGUE)) or _language(item, feed),
    }
    return made(fields, place)


def _atom(entry: Element, feed: Feed, place: Origin) -> Entry:
    text = _construct(_child(entry, "content"))
    summary = "" if text else _construct(_child(entry, "summary"))
    source = _child(entry, "source")
    publisher = _title(_child(source, "title")) if source is not None else ""
    dates = (words(_child(entry, name)) for name in ("published", "issued", "updated", "modified"))
    links = (_link(link) for link in entry if local(link) == "link" and _is_core(link))
    url = next(filter(None, links), "")
    fields = {
        "id": identifier(words(_child(entry, "id")), url),
        "title": _title(_child(entry, "title")),
        "text": text or summary,
        "is_summary": bool(summary),
        "url": _joined(entry.base or feed.said.get("link"), url),
        "publisher": publisher or feed.said.get("title"),
        "published_at": next(filter(None, dates), None) or feed.date,
        "language": _language(entry, feed),
    }
    return made(fields, place)


def _is_core(element: Element) -> bool:
    space, _, name = str(element.tag).rpartition("}")
    return space.removeprefix("{") in CORE and ":" not in name


def _tagged(item: Element, tags: Collection[str]) -> Element | None:
    return next((each for each in item if each.tag in tags), None)


def _child(element: Element, name: str) -> Element | None:
    return next((each for each in element if local(each) == name and _is_core(each)), None)


def _is_permalink(guid: Element | None) -> bool:
    return (
        guid is not None
        and guid.get("isPermaLink", "true").strip().lower() == "true"
        and words(guid).startswith(("http://", "https://"))
    )


def _language(item: Element, feed: Feed) -> str | None:
    return item.get(LANGUAGE) or feed.said.get("language")


def _joined(base: str | None, address: str) -> str:
    """An address that may be relative to *base*."""
    address = address.strip()
    try:
        return address if not address or urlsplit(address).scheme else urljoin(base or "", address)
    except ValueError:
        return address


def _title(element: Element | None) -> str:
    if element is None:
        return ""
    if len(element):
        return prose.line(" ".join(prose.blocks(bare(copy.deepcopy(element)))))
    said = words(element)
    plain = element.get("type") == "text"
    return prose.line(prose.fragment(said) if MARKED.search(said) and not plain else said)


def _html(element: Element | None) -> str:
    """The paragraphs of an element that holds HTML, as text or as elements."""
    if element is None:
        return ""
    if len(element):
        return prose.paragraphs(prose.blocks(bare(copy.deepcopy(element))))
    return prose.fragment(words(element))


def _construct(element: Element | None) -> str:
    """The paragraphs of what Atom calls a text construct; content that is elsewhere has none."""
    if element is None or element.get("src"):
        return ""
    kind = element.get("type", "text").lower()
    if len(element) or "html" in kind or element.get("mode") == "escaped":
        return _html(element)
    return prose.plain(words(element)) if kind in {"text", "text/plain"} else ""
