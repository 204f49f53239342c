"""Dates as sources write them -> aware datetimes."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

OLDEST = datetime(1600, 1, 1, tzinfo=UTC)
"""Before the first newspapers: an older date is a placeholder of some database."""
AHEAD = timedelta(days=366)
"""How far in the future a date may lie: embargoed articles and wrong clocks, not wrong centuries."""

ISO_DATE = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)?)?"
    r"|\d{8}(?:T\d{6}(?:Z|[+-]\d{4})?)?",
    re.ASCII,
)
"""Narrower than what the standard library reads: it takes some Unix timestamps for dates."""

MAIL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2},\s*)?\d{1,2}\s+[A-Z][a-z]{2}\s+(?:\d\d){1,2}\s+\d\d:\d\d(?::\d\d)?"
    r"\s+(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)",
    re.ASCII,
)
"""With a zone that the standard library knows: it reads any other as if it were UTC. RFC 822 wrote
years with two digits, feeds still may; those from 69 on are of the last century."""


class FutureError(ValueError):
    """A date is further ahead than news can be; from *until* on it is not any more."""

    def __init__(self, until: datetime) -> None:
        super().__init__("in the future")
        self.until = until


def parse_date(written: str, *, now: datetime | None = None, zone: tzinfo = UTC) -> datetime:
    """Read an ISO 8601 date or time, or a date as in mail and feeds (RFC 2822).

    A time zone is kept as written; without one, *zone* is meant; a plain date is its midnight.
    Raises ValueError whose text is the reason: `not a date`, `out of range`, or FutureError.
    """
    moment = _moment(written.strip())
    return checked(moment if moment.tzinfo else moment.replace(tzinfo=zone), now=now)


def checked(moment: datetime, *, now: datetime | None = None) -> datetime:
    """The aware *moment*, if news can be of then. Raises ValueError as `parse_date` does."""
    if moment < OLDEST:
        raise ValueError("out of range")
    if moment > (now or datetime.now(UTC)) + AHEAD:
        raise FutureError(moment - AHEAD)
    return moment


def _moment(written: str) -> datetime:
    try:
        if MAIL_DATE.fullmatch(written):
            return parsedate_to_datetime(written)
        iso = re.sub(r"\s*(?:UTC|GMT)$", "Z", written)
        if ISO_DATE.fullmatch(iso):
            return datetime.fromisoformat(re.sub(r"\s+(?=[Z+-])", "", iso))
    except (ValueError, OverflowError):
        pass
    raise ValueError("not a date")
