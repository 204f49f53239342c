"""JSON Feed, versions 1.0 and 1.1."""

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from corpus.reading import prose
from corpus.reading.entries import Entry, Origin
from corpus.reading.records import RecordError, shown
from corpus.reading.wire import identifier, made, said

VERSION = "jsonfeed.org/version/"


def is_feed(head: Mapping[str, object]) -> bool:
    """Whether a JSON document with these fields at its top is a JSON Feed."""
    return VERSION in str(head.get("version"))


def read(item: object, feed: Mapping[str, object], place: Origin) -> Iterator[Entry]:
    """Read one of the *items* of *feed*. Where it has no content, its summary is the text."""
    if not isinstance(item, dict):
        yield place.refuse(f"not an item in braces {{...}}: {shown(item)}")
        return
    try:
        text = _content(item)
        summary = "" if text else prose.plain(_text(item, "summary"))
        url = _address(item, feed)
        given = item.get("id")
        fields = {
            "id": identifier(str(given) if type(given) is int else _text(item, "id"), url),
            "title": prose.line(_text(item, "title")),
            "text": text or summary,
            "is_summary": bool(summary),
            "url": url,
            "publisher": prose.line(_text(feed, "title")),
            "published_at": item.get("date_published") or item.get("date_modified"),
            "language": item.get("language") or feed.get("language"),
        }
    except RecordError as error:
        yield place.refuse_for(error)
    else:
        yield made(fields, place)


def _content(item: Mapping[str, object]) -> str:
    """The HTML of the item has its paragraphs marked, so it is taken where there are both."""
    return prose.fragment(_text(item, "content_html")) or prose.plain(_text(item, "content_text"))


def _address(item: Mapping[str, object], feed: Mapping[str, object]) -> str | None:
    base = _text(feed, "home_page_url") or _text(feed, "feed_url")
    address = _text(item, "url").strip() or _text(item, "external_url").strip()
    try:
        return urljoin(base.strip(), address) if address else None
    except ValueError:
        return address


def _text(fields: Mapping[str, object], name: str) -> str:
    return said(name, fields.get(name))
