"""The one shape in which articles enter, whatever the format: checked fields -> Article."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from corpus.models import SUMMARY, Article
from corpus.reading.dates import FutureError, parse_date

LONGEST_ID = 500
LONGEST_TITLE = 1_000
LONGEST_URL = 4_000

HALF = re.compile("[\ud800-\udfff]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class RecordError(ValueError):
    """A record is no article: *field* is the first field at fault, the message names each.

    *until*: the moment from which on it may be one, where time alone changes that.
    """

    def __init__(self, field: str, reason: str, *, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.field = field
        self.until = until


def shown(value: object, limit: int = 60) -> str:
    """*value* as JSON writes it, cut to about *limit* characters: fit for a message of one line."""
    if isinstance(value, str):
        value = HALF.sub("\ufffd", value[: limit + 1])
        return json.dumps(value if len(value) <= limit else value[:limit] + "…", ensure_ascii=False)
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    written = json.dumps(value, default=str)
    return written if len(written) <= limit else written[:limit] + "…"


def _refuse(reason: str, until: datetime | None = None) -> PydanticCustomError:
    # Braces would be read as a template.
    return PydanticCustomError("refused", "{reason}", {"reason": reason, "until": until})


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _refuse(f"not a text: {shown(value)}")
    if "\0" in value:
        raise _refuse(f"NUL at character {value.index(chr(0)) + 1}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        code = f"U+{ord(value[error.start]):04X}"
        raise _refuse(f"half a character ({code}) at character {error.start + 1}") from None
    return value


def _text(value: object) -> str:
    text = _string(value)
    if not text or text.isspace():
        raise _refuse("empty")
    return text


def _line(value: object) -> str:
    return _short(" ".join(_text(value).split()), LONGEST_TITLE)


def _short(value: str, limit: int) -> str:
    if len(value) > limit:
        raise _refuse(f"{len(value):,} characters, at most {limit:,}")
    return value


def _identifier(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    identifier = _text(value).strip()
    if CONTROL.search(identifier):
        raise _refuse(f"control character in {shown(identifier)}")
    return _short(identifier, LONGEST_ID)


def _optional(value: object) -> str | None:
    """Exports write an unknown value as null or as an empty text."""
    return None if value is None or not _string(value).strip() else _line(value)


def _address(value: object) -> str | None:
    if value is None or not (address := _string(value).strip()):
        return None
    if not _is_address(address):
        raise _refuse(f"not a web address (http or https): {shown(address)}")
    return _short(address, LONGEST_URL)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and named and address.split() == [address]


def _date(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _refuse(f"not a date: {shown(value)}")
    try:
        return parse_date(value)
    except ValueError as error:
        until = error.until if isinstance(error, FutureError) else None
        raise _refuse(f"{error}: {shown(value)}", until) from None


class Record(BaseModel):
    """The fields of an article as sources give them. Other fields are ignored: exports have many.

    *text* is kept to the character. White space in *title* and *publisher* is folded, they go
    on one line. An *id* may be a whole number. *is_summary* is true, or it does not count.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: Annotated[str, BeforeValidator(_line)]
    text: Annotated[str, BeforeValidator(_text)]
    id: Annotated[str | None, BeforeValidator(_identifier)] = None
    url: Annotated[str | None, BeforeValidator(_address)] = None
    publisher: Annotated[str | None, BeforeValidator(_optional)] = None
    published_at: Annotated[datetime | None, BeforeValidator(_date)] = None
    language: Annotated[str | None, BeforeValidator(_optional)] = None
    is_summary: Annotated[bool, BeforeValidator(lambda value: value in (True, "true"))] = False


def to_article(fields: Mapping[str, object], *, source: str) -> Article:
    """Check *fields* and make an article of them; *source* is the address it was read at.

    Without an id the article gets one that does not depend on its place in the file: from its
    url and date, so that a corrected text keeps it, and an update of another date stands beside
    the version before it; else from its text. Raises RecordError.
    """
    try:
        record = Record.model_validate(fields)
    except ValidationError as error:
        raise _record_error(error) from None
    identifier = record.id or _derived_id(record)
    given = {**dict(record), "id": identifier}
    where = f"{source}{SUMMARY}" if given.pop("is_summary") else source
    return Article(**given, source=where)


def _derived_id(record: Record) -> str:
    kind, key = ("url", record.url) if record.url else ("text", record.text)
    if record.url and record.published_at:
        key = f"{key} {record.published_at.astimezone(UTC).isoformat()}"
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _record_error(error: ValidationError) -> RecordError:
    problems = [(str(item["loc"][0]), item["msg"]) for item in error.errors(include_url=False)]
    reason = "; ".join(f"{field}: {why}" for field, why in problems)
    # Time mends the date only: what else is wrong stays so.
    until = error.errors()[0].get("ctx", {}).get("until") if len(problems) == 1 else None
    return RecordError(problems[0][0], reason, until=until)
