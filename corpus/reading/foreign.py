"""Files of other makes, read as their table in mapping.toml says: JSON, lines of JSON, tables."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import BinaryIO, TypeAlias

from corpus.errors import SourceError
from corpus.reading import formats, jsonl, prose, tables
from corpus.reading.dates import FutureError, checked, parse_date
from corpus.reading.encoding import UnreadableError
from corpus.reading.entries import Entry, Origin
from corpus.reading.formats import Reader
from corpus.reading.mapping import (
    EPOCHS,
    NAME,
    PACKED,
    DateRule,
    FieldRule,
    FileMapping,
    FileRule,
    Mappings,
    zone_of,
)
from corpus.reading.members import BrokenError, members
from corpus.reading.records import RecordError, shown
from corpus.reading.wire import made, said

Fields: TypeAlias = Mapping[str, object]

SHOWN = 12
"""Names of a file's own that a message lists."""


def reader_of(path: PurePath, mappings: Mappings) -> tuple[Reader | None, str]:
    """The reader of *path*, relative to the corpus folder, and what stands for its mapping.

    Files are read by mapping.toml where it covers them, also packed ones; else as `formats` has it.
    """
    suffix = path.suffix.lower()
    if mappings.tables and suffix in PACKED and formats.reader_for(path):
        return PackedReader(mappings, suffix), mappings.fingerprint(path)
    if table := mappings.of(path):
        return ForeignReader(table, suffix), table.fingerprint
    return formats.reader_for(path), ""


@dataclass(frozen=True, slots=True)
class PackedReader:
    """Reads packed files, by mapping.toml where it covers what is packed in them.

    The path of `news.csv.gz` is then that without `.gz`, of a member of a zip `bundle.zip/news.csv`.
    """

    mappings: Mappings
    suffix: str

    def __call__(self, file: BinaryIO, origin: Origin) -> Iterator[Entry]:
        """Read all that is packed in *file*."""
        if self.suffix == ".gz":
            inner = origin.path.with_suffix("")
            return formats.read_gzip(file, origin, lambda _: self._chosen(inner))
        return formats.read_zip(file, origin, lambda name: self._chosen(origin.path / name))

    def _chosen(self, path: PurePath) -> Reader | None:
        return reader_of(path, self.mappings)[0]


@dataclass(frozen=True, slots=True)
class ForeignReader:
    """Reads the files of one table of mapping.toml; *suffix* says of which format they are."""

    mapping: FileMapping
    suffix: str

    def __call__(self, file: BinaryIO, origin: Origin) -> Iterator[Entry]:
        """Read *file* by the mapping."""
        rule = self.mapping.rule
        if rule is None:
            yield origin.refuse(f"not read, for [{self.mapping.pattern}] in {NAME} is wrong")
        elif self.suffix in {".csv", ".tsv"}:
            yield from self._table(file, origin, rule)
        elif self.suffix == ".json":
            yield from self._document(file, origin, rule)
        else:
            for found in jsonl.objects(file, origin):
                yield found if isinstance(found, SourceError) else entry(*found, rule)

    def _table(self, file: BinaryIO, origin: Origin, rule: FileRule) -> Iterator[Entry]:
        try:
            table = tables.Table.opened(file, origin, _dialect(rule, self.suffix))
        except UnreadableError as error:
            yield origin.at(error.line).refuse(str(error))
            return
        missing = list(_missing(rule, table.columns))
        for field, name in missing:
            yield self._wrong(field, f"no such column {shown(name)}", origin, table.columns)
        if not missing:
            for row in table.rows():
                yield row if isinstance(row, SourceError) else entry(*row, rule)

    def _document(self, file: BinaryIO, origin: Origin, rule: FileRule) -> Iterator[Entry]:
        path = rule.items.split(".") if rule.items else []
        seen: list[str] = []
        listed = not path
        try:
            for member in members(file, path):
                place = origin.at(member.line)
                if member.listed or not path:
                    listed = True
                    yield _object(member.value, place, rule)
                elif len(seen) < SHOWN:
                    seen.append(".".join(member.path))
        except (BrokenError, UnreadableError) as error:
            yield origin.at(error.line).refuse(str(error))
        else:
            if not listed:
                yield self._wrong("items", f"no list {shown(rule.items)}", origin, seen)

    def _wrong(self, field: str, what: str, origin: Origin, names: Iterable[str]) -> SourceError:
        given = list(names)
        more = ", …" if len(given) > SHOWN else ""
        listed = ", ".join(shown(name).strip('"') for name in given[:SHOWN])
        path = Path(origin.path).as_posix()
        return self.mapping.refuse(f"{field}: {what}; {path} has: {listed or 'nothing'}{more}")


def entry(fields: Fields, place: Origin, rule: FileRule) -> Entry:
    """The article that a record of another make is by *rule*, or why it is none."""
    try:
        return made(_article(fields, rule), place)
    except RecordError as error:
        return place.refuse_for(error)


def _article(fields: Fields, rule: FileRule) -> dict[str, object]:
    title = _first(fields, "title", rule.title)
    texts = [_paragraphs(fields, name, html=rule.html) for name in rule.text]
    text = "\n".join(filter(None, texts))
    if title is None:
        raise _lacking("title", rule.title.field or (), fields)
    if not text:
        raise _lacking("text", rule.text, fields)
    made_of: dict[str, object] = {"title": _line(title, html=rule.html), "text": text}
    for name in ("id", "url", "publisher", "language"):
        if (given := getattr(rule, name)) is not None:
            made_of[name] = _first(fields, name, given)
    if rule.published_at is not None:
        made_of["published_at"] = _date(fields, rule.published_at)
    return made_of


def _lacking(field: str, names: Iterable[str], fields: Fields) -> RecordError:
    wanted = " or ".join(shown(name) for name in names)
    has = ", ".join(shown(name).strip('"') for name in list(fields)[:SHOWN])
    return RecordError(field, f"{field}: nothing in {wanted}; it has: {has or 'no fields'}")


def _object(value: object, place: Origin, rule: FileRule) -> Entry:
    if isinstance(value, dict):
        return entry(value, place, rule)
    return place.refuse(f"not an article in braces {{...}}: {shown(value)}")


def _at(fields: object, name: str) -> object:
    """What stands at a name, which may lead into objects and lists by dots."""
    if isinstance(fields, Mapping) and name in fields:
        return fields[name]
    head, dot, rest = name.partition(".")
    if not dot:
        return None
    if isinstance(fields, list) and head.isdecimal() and int(head) < len(fields):
        return _at(fields[int(head)], rest)
    return _at(fields[head], rest) if isinstance(fields, Mapping) and head in fields else None


def _first(fields: Fields, field: str, rule: FieldRule) -> object:
    if rule.field is None:
        return rule.value
    for name in rule.field:
        value = _at(fields, name)
        if isinstance(value, str) and not value.strip():
            continue
        if value is not None:
            return str(value) if field == "title" and isinstance(value, int) else value
    return rule.value


def _line(value: object, *, html: bool) -> str:
    written = said("title", value)
    return prose.line(prose.fragment(written) if html else written)


def _paragraphs(fields: Fields, name: str, *, html: bool) -> str:
    value = _at(fields, name)
    pieces = value if isinstance(value, list) else [] if value is None else [value]
    read = prose.fragment if html else prose.plain
    return "\n".join(filter(None, (read(said("text", piece)) for piece in pieces)))


def _date(fields: Fields, rule: DateRule) -> str | None:
    value = _first(fields, "published_at", FieldRule(field=rule.field))
    if value is None:
        return None
    try:
        moment = _moment(value, rule)
    except (ValueError, OverflowError, OSError) as error:
        known = str(error) if str(error) in {"out of range", "in the future"} else "not a date"
        like = f" like {shown(rule.format)}" if rule.format and known == "not a date" else ""
        hint = "" if rule.format or isinstance(value, str) else "; if it is a time, say format"
        until = error.until if isinstance(error, FutureError) else None
        raise RecordError(
            "published_at", f"published_at: {known}{like}: {shown(value)}{hint}", until=until
        ) from None
    # Offsets of days before time zones have seconds, which ISO 8601 has not.
    offset = moment.utcoffset()
    odd = offset is not None and offset.seconds % 60
    return (moment.astimezone(UTC) if odd else moment).isoformat()


def _moment(value: object, rule: DateRule) -> datetime:
    zone = zone_of(rule.time_zone) if rule.time_zone else UTC
    if per_second := EPOCHS.get(rule.format or ""):
        return checked(datetime.fromtimestamp(_number(value) / per_second, zone))
    written = value if isinstance(value, str) else ""
    if rule.format is None:
        return parse_date(written, zone=zone)
    moment = datetime.strptime(written.strip(), rule.format)  # noqa: DTZ007 (the zone is put in below)
    return checked(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def _number(value: object) -> float:
    return float(value) if isinstance(value, str | float) or type(value) is int else float("nan")


def _dialect(rule: FileRule, suffix: str) -> tables.Dialect:
    names = frozenset(name for given in rule.names().values() for name in given)
    return tables.Dialect.of(
        suffix,
        wanted=names,
        columns=rule.columns,
        delimiter=rule.delimiter,
        marks=(rule.quote, rule.escape),
    )


def _missing(rule: FileRule, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each (field, name) that the mapping has and the table has not. Of alternatives one is enough."""
    has = set(columns)
    for field, names in rule.names().items():
        lacking = [name for name in names if name not in has]
        if field == "text" or len(lacking) == len(names):
            yield from ((field, name) for name in lacking)
