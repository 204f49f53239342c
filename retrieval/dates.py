"""The time that a question is about: "yesterday", "in May 2023", "since March", "latest"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from retrieval.models import DateRange

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {"sept": 9}
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = rf"(?P<weekday>{'|'.join(_DAYS)})"
_COUNT = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "ten": 10,
}

RECENT = re.compile(
    r"\b(?:what(?:['\u2019]s|\s+is)\s+(?:new|happening|going\s+on)|any\s+news|latest|newest|most\s+recent(?:ly)?|recent(?:ly)?|current(?:ly)?|right\s+now|at\s+the\s+moment|these\s+days|"
    r"so\s+far|now|breaking|today|tonight|this\s+(?:week|month|year|morning|evening|weekend)|"
    r"last\s+(?:week|night|month|weekend)|yesterday|past\s+(?:few\s+)?(?:days?|weeks?))\b",
    re.IGNORECASE,
)
"""Words by which a question asks for what is new."""


PERFECT = re.compile(
    r"\b(?:who|what|which|how\s+many|why|where|\w+)\s+(?:\w+\s+){0,4}?(?:has|have)\s+(?:(?:not|just|now|also|ever)\s+)?(?!to\b|the\b|a\b|an\b|any\b|no\b)\w+(?:ed|en|wn|ne|ld|ht|de|id|un|um|ot|ft|ade|ost|ent|ept)\b"
    r"|^\W*(?:has|have)\s+\w+",
    re.IGNORECASE,
)
"""The present perfect ("who has resigned?"): English asks so for what is still news."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says of time: the days asked for, how strictly, and whether the newest counts.

    *span* are the offsets of the words that only say which articles are meant; empty for none.
    """

    range: DateRange | None
    strict: bool
    recent: bool
    span: tuple[int, int]

    @property
    def newest_first(self) -> bool:
        """Whether the question says in so many words that it is about what is new."""
        return self.recent and self.range is None and self.span != (0, 0)


NO_DATES = Asked(None, strict=False, recent=False, span=(0, 0))
"""A question that says nothing of time."""


def read_dates(question: str, now: datetime | None) -> Asked:
    """Return what *question* says of time. Without *now*, words such as "yesterday" say nothing.

    A strict range leaves out articles of other days; another only prefers those of its days, for
    "in May 2023" may be when it happened as well as when it was reported.
    """
    word = RECENT.search(question)
    recent = word is not None or PERFECT.search(question) is not None
    for pattern, reader, strict in _READERS:
        match = pattern.search(question)
        found = reader(match, now) if match is not None else None
        if match is not None and found is not None:
            return Asked(found, strict, recent, match.span())
    return Asked(None, strict=False, recent=recent, span=word.span() if word else (0, 0))


def _day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _days(first: datetime, last: datetime) -> DateRange:
    """Return the days from *first* to *last*, both whole."""
    until = _day(last) + timedelta(days=1) - timedelta(microseconds=1)
    return DateRange(since=_day(first), until=until)


def _relative(match: re.Match[str], now: datetime | None) -> DateRange | None:
    if now is None:
        return None
    word = " ".join(match.group().lower().split())
    # What happened yesterday is also reported today, as with the days of the week.
    back = {"yesterday": (1, 0), "last night": (1, 0), "this week": (now.weekday(), 0)}
    back |= {"last week": (now.weekday() + 7, now.weekday() + 1), "this month": (now.day - 1, 0)}
    first, last = back.get(word, (0, 0))
    return _days(now - timedelta(days=first), now - timedelta(days=last))


def _last_month(_: re.Match[str], now: datetime | None) -> DateRange | None:
    if now is None:
        return None
    last = _day(now).replace(day=1) - timedelta(days=1)
    return _days(last.replace(day=1), last)


def _last_days(match: re.Match[str], now: datetime | None) -> DateRange | None:
    if now is None:
        return None
    word = match["count"].lower()
    count = int(word) if word.isdigit() else _COUNT.get(word, 3)
    days = {"day": 1, "week": 7, "month": 31}[match["unit"].lower()] * min(count, 10_000)
    return _days(now - timedelta(days=days), now)


def _weekday(match: re.Match[str], now: datetime | None) -> DateRange | None:
    """Return the last day of that name, today included; stories of the day after tell of it, too."""
    if now is None:
        return None
    back = (now.weekday() - _DAYS[match["weekday"].lower()]) % 7
    day = now - timedelta(days=back)
    return _days(day, min(now, day + timedelta(days=1)))


def _since(match: re.Match[str], now: datetime | None) -> DateRange | None:
    found = _date(match, now)
    if found is None or found.since is None:
        return None
    return DateRange(since=found.since, until=None)


def _since_then(match: re.Match[str], now: datetime | None) -> DateRange | None:
    """Return the time since "yesterday" or "last week" began."""
    found = read_dates(f"on {match['then']}", now).range
    if found is None or found.since is None:
        return None
    return DateRange(since=found.since, until=None)


def _before(match: re.Match[str], now: datetime | None) -> DateRange | None:
    # "Before June", asked in May, is before the June to come: what is past is before either.
    end_of_year = now and now.replace(month=12, day=31)
    found = _date(match, end_of_year)
    if found is None or found.since is None:
        return None
    last = found.since - timedelta(microseconds=1)
    return DateRange(since=None, until=last)


def _date(match: re.Match[str], now: datetime | None) -> DateRange | None:
    """Return the day or the month named; a year that is not said is the last that fits *now*."""
    parts = match.groupdict()
    month = _MONTHS[parts["month"].lower()] if parts.get("month") else 0
    year = int(parts["year"]) if parts.get("year") else 0
    if not year:
        if now is None:
            return None
        year = now.year if month <= now.month else now.year - 1
    zone = now.tzinfo if now is not None else UTC
    try:
        if parts.get("day"):
            day = datetime(year, month, int(parts["day"]), tzinfo=zone)
            return _days(day, day)
        first = datetime(year, month or 1, 1, tzinfo=zone)
        last_month = month or 12
        last = datetime(year, last_month, calendar.monthrange(year, last_month)[1], tzinfo=zone)
    except ValueError:
        return None
    return _days(first, last)


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WHEN = rf"(?:(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}(?:,?\s+{_YEAR})?"

_Reader = Callable[[re.Match[str], datetime | None], DateRange | None]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b{text}\b", re.IGNORECASE)


_READERS: tuple[tuple[re.Pattern[str], _Reader, bool], ...] = (
    (_pattern(rf"(?:since|after|from)\s+{_WHEN}"), _since, True),
    (_pattern(rf"since\s+{_YEAR}"), _since, True),
    (_pattern(rf"before\s+{_WHEN}"), _before, True),
    (
        _pattern(
            rf"since\s+(?P<then>(?:yesterday|last\s+(?:night|week|month)|(?:last\s+)?{_DAY}))"
        ),
        _since_then,
        True,
    ),
    (
        _pattern(
            r"(?:yesterday|today|this\s+week|last\s+week|this\s+month|last\s+night|this\s+morning)"
        ),
        _relative,
        True,
    ),
    (_pattern(r"last\s+month"), _last_month, True),
    (
        _pattern(
            r"(?:in|over|during)\s+the\s+(?:last|past)\s+(?P<count>\d+|[a-z]+)\s+(?P<unit>day|week|month)s?"
        ),
        _last_days,
        True,
    ),
    (_pattern(rf"(?:on|last)\s+{_DAY}"), _weekday, False),
    (_pattern(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"), _date, False),
    (_pattern(rf"(?:in|on|during|of)\s+{_WHEN}"), _date, False),
)
