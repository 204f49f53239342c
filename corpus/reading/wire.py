"""What the formats of news agencies have in common: versions, embargoes, withdrawals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.reading import prose
from corpus.reading.dates import parse_date
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.records import RecordError, shown, to_article


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

    An item that its agency withdrew, or that is under embargo at *now*, is refused. A first version
    has the guid for its id, a later one the guid and its number (`urn:newsml:x:3`). The time of
    publication is that of the version, but never one before the embargo's end.
    """
    status = item.status.strip().lower()
    if status and status != "usable":
        return place.refuse(f"not to be used: its publishing status is {shown(status)}")
    try:
        published = _published(item, now or datetime.now(UTC))
    except RecordError as error:
        return place.refuse(str(error))
    fields = {
        "id": _identifier(item),
        "title": item.title,
        "text": item.text,
        "url": item.url or (item.guid if item.guid.startswith(("http://", "https://")) else None),
        "publisher": prose.line(item.publisher),
        "published_at": published,
        "language": prose.line(item.language),
    }
    return made(fields, place)


def made(fields: Mapping[str, object], place: Origin, *, note: str = "") -> Entry:
    """The article that *fields* make, found at *place*, or why they make none.

    *note* is put behind the address the article keeps.
    """
    try:
        return Found(to_article(fields, source=f"{place}{note}"), place)
    except RecordError as error:
        return place.refuse(str(error))


def _identifier(item: WireItem) -> str | None:
    guid, version = item.guid.strip(), item.version.strip()
    if not guid:
        return None
    return (
        guid if version in {"", "0", "1"} or guid.endswith(f":{version}") else f"{guid}:{version}"
    )


def _published(item: WireItem, now: datetime) -> str | None:
    written = next((date.strip() for date in item.dates if date.strip()), None)
    if not item.embargo.strip():
        return written
    ends = _moment(item.embargo, "embargoed")
    if ends > now:
        raise RecordError(
            "embargoed", f"under embargo until {ends.isoformat(sep=' ')}: reload it then"
        )
    if written is None or _moment(written, "published_at") < ends:
        return item.embargo
    return written


def _moment(written: str, field_: str) -> datetime:
    try:
        return parse_date(written)
    except ValueError as error:
        raise RecordError(field_, f"{field_}: {error}: {shown(written)}") from None
