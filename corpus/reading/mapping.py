"""`mapping.toml` in the corpus folder: which field of a foreign file is which of an article's."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path, PurePath
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from corpus.errors import SourceError
from corpus.reading.records import shown

NAME = "mapping.toml"
LONGEST = 1_000_000
"""Bytes of the file."""

SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
"""Files that a mapping is for. Other formats say themselves what is what."""

PACKED = (".gz", ".zip")
"""Files in which there may be some of these."""

OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)")
EPOCHS: Mapping[str, int] = {"epoch": 1, "epoch_ms": 1000}
"""Formats of dates that are numbers since 1970, and how many of them a second has."""


SAID: Mapping[str, str] = {
    "extra_forbidden": "there is no such setting",
    "missing": "it must be given",
    "too_short": "it names no field",
}
"""What pydantic calls by these names."""


def zone_of(name: str) -> tzinfo:
    """The zone called *name*: `Europe/Berlin`, `+02:00`. Raises ValueError."""
    if match := OFFSET.fullmatch(name):
        sign, hours, minutes = match.groups()
        return timezone(
            (-1 if sign == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes))
        )
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("no such time zone") from None


def _wrong(reason: str) -> PydanticCustomError:
    return PydanticCustomError("wrong", "{reason}", {"reason": reason})


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _table(value: object) -> object:
    return {"field": value} if isinstance(value, str | list) else value


def _known_zone(value: str) -> str:
    try:
        zone_of(value)
    except ValueError as error:
        raise _wrong(f"{error}: {shown(value)}") from None
    return value


def _known_format(value: str) -> str:
    if value in EPOCHS:
        return value
    if "%Z" in value:
        raise _wrong("%Z is not read, for names of zones mean several: say time_zone")
    try:
        moment = datetime(2023, 5, 4, 12, 30, tzinfo=timezone.utc)  # noqa: UP017 (beside timezone above)
        datetime.strptime(moment.strftime(value), value)  # noqa: DTZ007 (nothing is kept of it)
    except (ValueError, re.error):
        raise _wrong(f"not a format: {shown(value)}") from None
    return value


def _character(value: str) -> str:
    if len(value) > 1 or value in {"\r", "\n", "\0"}:
        raise _wrong(f"not a character: {shown(value)}")
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
Character = Annotated[str, AfterValidator(_character)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class FieldRule(_Table):
    """Where a field comes from: the first of the fields named that says something, or a constant."""

    field: Names | None = None
    value: str | None = None


class DateRule(_Table):
    """Where the date comes from. *format*: as strptime has it, or one of EPOCHS.

    *time_zone* is that of dates that name none themselves.
    """

    field: Names
    format: Annotated[str, AfterValidator(_known_format)] | None = None
    time_zone: Annotated[str, AfterValidator(_known_zone)] | None = None


class FileRule(_Table):
    """What is what in the files of one table of mapping.toml.

    Names lead into JSON objects by dots (`source.name`). *text* joins all its fields, each a
    paragraph or more; *html* says that they hold HTML. *items*: where the list of articles stands in
    a JSON document. *columns* names the columns of a table without a header; *delimiter*, *quote*
    and *escape* are single characters, and an empty *quote* says that nothing is quoted.
    """

    title: Annotated[FieldRule, BeforeValidator(_table)]
    text: Names
    id: Annotated[FieldRule, BeforeValidator(_table)] | None = None
    url: Annotated[FieldRule, BeforeValidator(_table)] | None = None
    publisher: Annotated[FieldRule, BeforeValidator(_table)] | None = None
    published_at: Annotated[DateRule, BeforeValidator(_table)] | None = None
    language: Annotated[FieldRule, BeforeValidator(_table)] | None = None
    html: bool = False
    items: str = ""
    columns: tuple[str, ...] | None = None
    delimiter: Annotated[Character, Field(min_length=1)] | None = None
    quote: Character = '"'
    escape: Character = ""

    def names(self) -> dict[str, tuple[str, ...]]:
        """The names that each field of an article comes from, by that field."""
        given = {"text": self.text}
        for field in ("title", "id", "url", "publisher", "published_at", "language"):
            rule: FieldRule | DateRule | None = getattr(self, field)
            if rule is not None and rule.field is not None:
                given[field] = rule.field
        return given


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A table of mapping.toml: *pattern* is its heading. *rule* is None where the table is wrong."""

    pattern: str
    rule: FileRule | None
    fingerprint: str

    def covers(self, path: PurePath) -> bool:
        """Whether *path*, relative to the corpus folder, is one of its files.

        A pattern without a slash is for files of that name in any folder; `**` is any folders.
        """
        name = path.as_posix()
        return bool(_pattern(self.pattern).fullmatch(name if "/" in self.pattern else path.name))

    def refuse(self, reason: str) -> SourceError:
        """The refusal of this table."""
        return SourceError(Path(NAME), None, f"[{self.pattern}] {reason}")


@dataclass(frozen=True, slots=True)
class Mappings:
    """All of mapping.toml. *refused*: what is wrong with it, to be shown once."""

    tables: tuple[FileMapping, ...] = ()
    refused: tuple[SourceError, ...] = ()

    def of(self, path: PurePath) -> FileMapping | None:
        """The first table that covers *path*, relative to the corpus folder."""
        if path.suffix.lower() not in SUFFIXES:
            return None
        return next((table for table in self.tables if table.covers(path)), None)

    @property
    def digest(self) -> str:
        """What stands for all of it."""
        return hashlib.sha256(
            "".join(each.fingerprint for each in self.tables).encode()
        ).hexdigest()[:16]

    def fingerprint(self, path: PurePath) -> str:
        """What stands for the way *path* is read: another one, and it is to be read again."""
        if path.suffix.lower() in PACKED:
            return self.digest if self.tables else ""
        table = self.of(path)
        return "" if table is None else table.fingerprint


def load(folder: Path) -> Mappings:
    """Read the mapping.toml of the corpus *folder*. What is wrong with it is in `refused`."""
    path = folder / NAME
    try:
        if not path.is_file():
            return Mappings()
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
    except OSError as error:
        return _refused(f"cannot be read: {(error.strerror or str(error)).lower()}")
    if len(data) > LONGEST:
        return _refused(f"longer than {LONGEST:,} bytes")
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _refused("not UTF-8")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+)", str(error))
        reason = re.sub(r" \(at .*\)$", "", str(error))
        return _refused(
            f"not TOML: {reason[:1].lower()}{reason[1:]}", int(place[1]) if place else None
        )
    return _read(tables)


def fingerprint(folder: Path, file: PurePath) -> str:
    """What stands for the way *file*, relative to the corpus *folder*, is read by its mapping.

    It is empty where no table covers the file. Reads mapping.toml each time; for many files, `load` once.
    """
    return load(folder).fingerprint(file)


def _read(tables: Mapping[str, object]) -> Mappings:
    read: list[FileMapping] = []
    refused: list[SourceError] = []
    for pattern, table in tables.items():
        content = json.dumps([pattern, table], sort_keys=True, default=str).encode()
        digest = hashlib.sha256(content).hexdigest()[:16]
        try:
            rule = FileRule.model_validate(table)
        except ValidationError as error:
            read.append(FileMapping(pattern, None, digest))
            refused += [read[-1].refuse(reason) for reason in _reasons(error)]
        else:
            read.append(FileMapping(pattern, rule, digest))
    return Mappings(tuple(read), tuple(refused))


def _reasons(error: ValidationError) -> list[str]:
    reasons = []
    for problem in error.errors(include_url=False):
        where = ".".join(str(part) for part in problem["loc"])
        what = SAID.get(problem["type"], problem["msg"])
        reasons.append(f"{where}: {what}" if where else f"not a table: {shown(problem['input'])}")
    return reasons


def _refused(reason: str, line: int | None = None) -> Mappings:
    return Mappings(refused=(SourceError(Path(NAME), line, reason),))


def _pattern(pattern: str) -> re.Pattern[str]:
    """`*` and `?` stay inside a folder's name, `**/` stands for any folders, or none."""
    parts = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    written = re.sub(
        r"\*\*/|\*\*|\*|\?|[^*?]+", lambda m: parts.get(m[0]) or re.escape(m[0]), pattern
    )
    return re.compile(written, re.DOTALL)
