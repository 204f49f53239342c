"""Dates as sources write them -> aware datetimes."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

OLDEST = datetime(1600, 1, 1, tzinfo=UTC)
"""Before the first newspapers: an older date is a placeholder of some database."""
AHEAD = timedelta(days=366)
"""How far in the future a date may lie: embargoed articles and wrong clocks, not wrong centuries."""

# Only zones that the standard library knows: it reads any other as if it were UTC.
MAIL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2},\s*)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d{2}:\d{2}(?::\d{2})?"
    r"\s+(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)",
    re.ASCII,
)


def parse_date(written: str, *, now: datetime | None = None) -> datetime:
    """Read an ISO 8601 date or time, or a date as in mail and feeds (RFC 2822).

    A time zone is kept as written; without one, UTC is meant; a plain date is its midnight.
    Raises ValueError whose text is the reason: `not a date`, `out of range`, `in the future`.
    """
    moment = _moment(written.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if moment < OLDEST:
        raise ValueError("out of range")
    if moment > (now or datetime.now(UTC)) + AHEAD:
        raise ValueError("in the future")
    return moment


def _moment(written: str) -> datetime:
    try:
        if MAIL_DATE.fullmatch(written):
            return parsedate_to_datetime(written)
        return datetime.fromisoformat(written)
    except (ValueError, OverflowError):
        raise ValueError("not a date") from None
