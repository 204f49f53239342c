"""What the formats of news agencies have in common: versions, embargoes, withdrawals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.errors import Withdrawal
from corpus.items import item_of, version_id
from corpus.reading import prose
from corpus.reading.dates import FutureError, parse_date
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.records import RecordError, shown, to_article

WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
"""Statuses of an item by which its agency takes back the versions before, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireItem:
    """One item of a news agency, as it says of itself. *title* and *text* are what a reader sees.

    *guid* names all versions of the item; *dates* come in the order in which they are believed.
    """

    guid: str
    title: str
    text: str
    version: str = ""
    dates: tuple[str, ...] = ()
    embargo: str = ""
    status: str = ""
    publisher: str = ""
    language: str = ""
    url: str = ""


def entry(item: WireItem, place: Origin, *, now: datetime | None = None) -> Entry:
    """The article that *item* is, or why it is none.

    An item that its agency withdrew, with the versions before, or that is under embargo at *now*, is
    refused. A first version
    has the guid for its id, a later one the guid and its number (`urn:x:item#3`). The time of
    publication is that of the version, but never one before the embargo's end.
    """
    status = item.status.strip().lower()
    if status and status != "usable":
        reason = f"not to be used: its publishing status is {shown(status)}"
        return place.refuse(reason, withdraws=_withdrawn(item) if status in WITHDRAWN else None)
    try:
        ends = _moment(item.embargo, "embargoed") if item.embargo.strip() else None
        published = _published(item, ends)
    except RecordError as error:
        return place.refuse_for(error)
    if ends and ends > (now or datetime.now(UTC)):
        return place.refuse(f"under embargo until {ends.isoformat(sep=' ')}", until=ends)
    fields = {
        "id": _identifier(item),
        "title": item.title,
        "text": _story(item),
        "url": item.url or (item.guid if item.guid.startswith(("http://", "https://")) else None),
        "publisher": prose.line(item.publisher),
        "published_at": published,
        "language": prose.line(item.language),
    }
    return made(fields, place)


def _withdrawn(item: WireItem) -> Withdrawal | None:
    """The versions up to that of *item*, which is withdrawn."""
    if not item.guid.strip():
        return None
    guid, version = item_of(item.guid.strip())
    said = item.version.strip()
    if version is None and re.fullmatch(r"[0-9]{1,9}", said):
        version = int(said)
    return Withdrawal(guid, version)


def made(fields: Mapping[str, object], place: Origin) -> Entry:
    """The article that *fields* make, found at *place*, or why they make none."""
    try:
        return Found(to_article(fields, source=str(place)), place)
    except RecordError as error:
        return place.refuse_for(error)


def said(name: str, value: object) -> str:
    """The text that the field *name* holds, "" for none. Raises RecordError if it is no text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(name, f"{name}: not a text: {shown(value)}")
    if "\0" in value:
        raise RecordError(name, f"{name}: NUL at character {value.index(chr(0)) + 1}")
    return value


def identifier(given: str | None, url: str | None) -> str | None:
    """The id of an item that is called *given* in its feed.

    What is no URI, such as a number, another feed may use, too: then the *url* is to name the item.
    """
    given = " ".join((given or "").split())
    return given or None if ":" in given or not url else None


def _identifier(item: WireItem) -> str | None:
    guid, version = item.guid.strip(), item.version.strip()
    return version_id(guid, version) if guid else None


def _story(item: WireItem) -> str:
    """The text, without the headline that some bodies begin with."""
    first, _, rest = item.text.partition("\n")
    return rest if rest and first == item.title else item.text


def _published(item: WireItem, embargo: datetime | None) -> str | None:
    written = next((date.strip() for date in item.dates if date.strip()), None)
    if embargo is None or (written and _moment(written, "published_at") >= embargo):
        return written
    return item.embargo


def _moment(written: str, field_: str) -> datetime:
    try:
        return parse_date(written)
    except ValueError as error:
        until = error.until if isinstance(error, FutureError) else None
        raise RecordError(field_, f"{field_}: {error}: {shown(written)}", until=until) from None
