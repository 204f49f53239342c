"""Dates as sources write them."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from corpus.loading import load
from corpus.reading.dates import AHEAD, parse_date

NOW = datetime(2024, 1, 1, tzinfo=UTC)
MIDDAY = datetime(2023, 5, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2023-05-04", datetime(2023, 5, 4, tzinfo=UTC)),
        ("20230504", datetime(2023, 5, 4, tzinfo=UTC)),
        ("2023-05-04T12:30", MIDDAY),
        (" 2023-05-04 12:30:00 ", MIDDAY),
        ("2023-05-04T12:30:00Z", MIDDAY),
        ("2023-05-04 12:30:00 UTC", MIDDAY),
        ("2023-05-04T12:30:00.000+00:00", MIDDAY),
        ("2023-05-04 15:30:00 +0300", MIDDAY),
        ("20230504T123000Z", MIDDAY),
        ("Thu, 04 May 2023 12:30:00 GMT", MIDDAY),
        ("4 May 2023 08:30 EDT", MIDDAY),
    ],
)
def test_dates_of_many_makes_are_read(written: str, moment: datetime) -> None:
    """ISO 8601 and the dates of mail are read; without a zone UTC is meant."""
    assert parse_date(written, now=NOW) == moment


def test_the_zone_stays_as_written() -> None:
    """A reader in Kyiv is shown the hour that the Kyiv source printed."""
    assert parse_date("2023-05-04T15:30:00+03:00", now=NOW).utcoffset() == timedelta(hours=3)


@pytest.mark.parametrize(
    "written",
    [
        "", "Wednsday", "yesterday", "2023", "2023-05", "2023-13-45", "2023-02-30", "0000-01-01",
        "1683223200", "1612122000", "2023-W18", "04/05/2023", "2023-05-04T25:00",
        "2023-05-04T12:30:00+99:00", "2023-05-04T12:30:60", "Thu, 04 May 2023 12:30:00 CET",
        "Thu, 99 May 2023 12:30:00 GMT", "4 Mai 2023 12:30 GMT", "\uff12\uff10\uff12\uff13-05-04", "2023-05-04\x00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(written: str) -> None:
    """Half a date, a timestamp, an unknown zone: refused rather than read as some other day."""
    with pytest.raises(ValueError, match=r"^not a date$"):
        parse_date(written, now=NOW)


@pytest.mark.parametrize("written", ["0001-01-01", "1599-12-31", "0001-01-01T00:00:00+14:00"])
def test_dates_before_newspapers_are_out_of_range(written: str) -> None:
    """The placeholder dates of databases are refused."""
    with pytest.raises(ValueError, match=r"^out of range$"):
        parse_date(written, now=NOW)


@pytest.mark.parametrize("written", ["2025-06-01", "9999-12-31T23:59:59-14:00"])
def test_dates_of_another_century_are_in_the_future(written: str) -> None:
    """More than a year ahead is a mistake; an article under embargo is not."""
    with pytest.raises(ValueError, match=r"^in the future$"):
        parse_date(written, now=NOW)

    assert parse_date("2024-03-01", now=NOW).year == 2024


@given(
    st.datetimes(min_value=datetime(1601, 1, 1), max_value=datetime(2024, 12, 30)),  # noqa: DTZ001 (hypothesis wants them naive)
    st.integers(-14 * 60, 14 * 60),
)
def test_what_python_writes_is_read_back(moment: datetime, minutes: int) -> None:
    """Any aware time survives being written as ISO 8601."""
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert parse_date(aware.isoformat(), now=NOW) == aware
    assert parse_date(str(aware), now=NOW) == aware


@given(st.text())
def test_any_text_is_a_date_or_a_value_error(written: str) -> None:
    """Nothing but ValueError comes out, whatever goes in."""
    try:
        moment = parse_date(written, now=NOW)
    except ValueError:
        return
    assert moment.tzinfo is not None


AHEAD_OF_TIME = {
    "a.jsonl": '{"title": "T", "text": "Quiet.", "published_at": "2199-01-01"}',
    "b.md": "---\ntitle: T\npublished_at: 2199-01-01\n---\nQuiet.",
    "c.json": '{"uri": "urn:x:1", "headline": "T", "body_text": "Quiet.", "versioncreated": "2199-01-01T00:00:00Z"}',
    "d.csv": "Head,Body,Day\nT,Quiet.,2199-01-01\n",
    "mapping.toml": '["d.csv"]\ntitle = "Head"\ntext = "Body"\npublished_at = "Day"\n',
}


def test_what_is_dated_too_far_ahead_is_read_when_its_time_has_come(tmp_path: Path) -> None:
    """In any format: the refusal says when that is, so that an unchanged file is read again then."""
    for name, content in AHEAD_OF_TIME.items():
        (tmp_path / name).write_text(content)

    refused = load(tmp_path).refused

    assert [each.path.as_posix() for each in refused] == ["a.jsonl", "b.md", "c.json", "d.csv"]
    assert {each.until for each in refused} == {datetime(2199, 1, 1, tzinfo=UTC) - AHEAD}


def test_time_mends_a_date_only(tmp_path: Path) -> None:
    """A record that is wrong in another way, too, stays wrong: nobody waits for it."""
    (tmp_path / "a.jsonl").write_text('{"title": "T", "text": "", "published_at": "2199-01-01"}')
    (tmp_path / "b.jsonl").write_text('{"title": "T", "text": "x", "published_at": "soon"}')

    assert [each.until for each in load(tmp_path).refused] == [None, None]
