"""The time that a question is about."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, strategies as st

from retrieval.dates import Asked, read_dates
from retrieval.models import DateRange, Note, NoteKind

NOW = datetime(2023, 5, 5, 9, 30, tzinfo=UTC)
"""A Friday."""


def day(number: int, month: int = 5, year: int = 2023, *, last: bool = False) -> datetime:
    """The first moment of a day, or its *last*."""
    first = datetime(year, month, number, tzinfo=UTC)
    return first + timedelta(days=1, microseconds=-1) if last else first


def days(asked: Asked) -> tuple[str | None, str | None]:
    """The first and the last day asked for, as ISO dates; None where it is open."""
    assert asked.range is not None
    ends = (asked.range.since, asked.range.until)
    since, until = (moment.date().isoformat() if moment else None for moment in ends)
    return since, until


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("What happened today?", "2023-05-05", "2023-05-05"),
        ("what happened YESTERDAY", "2023-05-04", "2023-05-05"),
        ("Who was arrested last night?", "2023-05-04", "2023-05-05"),
        ("Who spoke this week?", "2023-05-01", "2023-05-05"),
        ("Who spoke last week?", "2023-04-24", "2023-04-30"),
        ("Who spoke this month?", "2023-05-01", "2023-05-05"),
        ("Who spoke last month?", "2023-04-01", "2023-04-30"),
        ("Who spoke in the last 3 days?", "2023-05-02", "2023-05-05"),
        ("Who spoke over the past two weeks?", "2023-04-21", "2023-05-05"),
        ("Who spoke during the last few months?", "2023-02-01", "2023-05-05"),
        ("What is new since March?", "2023-03-01", None),
        ("What is new since 2 March 2022?", "2022-03-02", None),
        ("What is new since 2021?", "2021-01-01", None),
        ("What is new since yesterday?", "2023-05-04", None),
        ("What is new since last week?", "2023-04-24", None),
        ("What is new since Wednesday?", "2023-05-03", None),
        ("What happened after 3 May 2023?", "2023-05-03", None),
        ("What happened before 1 May?", None, "2023-04-30"),
        ("What happened before June?", None, "2023-05-31"),
    ],
)
def test_days_that_leave_others_out(words: str, since: str | None, until: str | None) -> None:
    """The asker means articles of those days, and no others."""
    asked = read_dates(words, NOW)

    assert asked.strict
    assert days(asked) == (since, until)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("What happened on Friday?", "2023-05-05", "2023-05-05"),
        ("What happened on Thursday?", "2023-05-04", "2023-05-05"),
        ("What happened last Saturday?", "2023-04-29", "2023-04-30"),
        ("What happened in May 2023?", "2023-05-01", "2023-05-31"),
        ("What happened in February 2024?", "2024-02-01", "2024-02-29"),
        ("What happened in Sept. 2022?", "2022-09-01", "2022-09-30"),
        ("What happened on 4 May?", "2023-05-04", "2023-05-04"),
        ("What happened on the 4th of May?", "2023-05-04", "2023-05-04"),
        ("What happened on May 4th, 2023?", "2023-05-04", "2023-05-04"),
        ("What happened in June?", "2022-06-01", "2022-06-30"),
    ],
)
def test_days_that_are_only_preferred(words: str, since: str, until: str) -> None:
    """What happened on a day may be reported later; a month without a year is the last one."""
    asked = read_dates(words, NOW)

    assert not asked.strict
    assert days(asked) == (since, until)


@pytest.mark.parametrize(
    "words",
    [
        "Who may have been there?",
        "How did the march end?",
        "What happened on 31 February 2023?",
        "What has changed since the war?",
        "Who was first?",
        "",
    ],
)
def test_words_that_name_no_day(words: str) -> None:
    """Nothing is narrowed down by mistake."""
    asked = read_dates(words, NOW)

    assert asked.range is None
    assert not asked.strict


@pytest.mark.parametrize(
    "words",
    [
        "What is the latest news?",
        "Who resigned recently?",
        "How many have died so far?",
        "Who is president now?",
        "Who has resigned?",
        "Which banks have failed?",
        "Has he resigned?",
        "What happened yesterday?",
    ],
)
def test_a_question_for_news(words: str) -> None:
    """The newest counts where the question says so, or asks in the present perfect."""
    assert read_dates(words, NOW).recent
    assert read_dates(words, None).recent


@pytest.mark.parametrize(
    "words",
    [
        "Who resigned?",
        "Who has to resign?",
        "Who has a dog?",
        "What happened in May 2023?",
        "Who knows him?",
    ],
)
def test_no_question_for_news(words: str) -> None:
    """The newest is never preferred unasked."""
    assert not read_dates(words, NOW).recent


@pytest.mark.parametrize(
    "words",
    [
        "yesterday",
        "on Thursday",
        "last month",
        "in the last 3 days",
        "since March",
        "since yesterday",
        "before March",
    ],
)
def test_without_a_now_such_words_say_nothing(words: str) -> None:
    """The clock is not read here: the same question has the same answer."""
    assert read_dates(f"What happened {words}?", None).range is None


def test_without_a_now_a_whole_date_is_read() -> None:
    """It needs no present."""
    assert days(read_dates("What happened in May 2023?", None)) == ("2023-05-01", "2023-05-31")


def test_words_that_only_choose_articles_are_marked() -> None:
    """Articles of yesterday needn't say "yesterday", nor those of a May "May"."""
    for question, words in [("What did he say yesterday?", "yesterday"), ("And in May?", "in May")]:
        begin, end = read_dates(question, NOW).span

        assert question[begin:end] == words


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("yesterday", Note(NoteKind.DAYS, {"first": day(4), "last": day(5, last=True)})),
        ("in May 2023", Note(NoteKind.DAYS, {"first": day(1), "last": day(31, last=True)})),
        ("since 2021", Note(NoteKind.SINCE, {"day": day(1, month=1, year=2021)})),
        ("since yesterday", Note(NoteKind.SINCE, {"day": day(4)})),
        ("before 1 May 2023", Note(NoteKind.BEFORE, {"day": day(1)})),
        ("on 3 May 2023", Note(NoteKind.DAY, {"day": day(3)})),
    ],
)
def test_what_was_understood_is_said(words: str, note: Note) -> None:
    """The reply tells the days, so that an asker sees a misunderstanding."""
    found = read_dates(words, NOW).range

    assert found is not None
    assert found.note == note


def test_days_are_those_of_the_asker() -> None:
    """Today begins at midnight in the time zone of *now*."""
    now = datetime(2023, 5, 5, 0, 30, tzinfo=timezone(timedelta(hours=3)))

    found = read_dates("today", now).range

    assert found is not None
    assert found.since == datetime(2023, 5, 4, 21, tzinfo=UTC)
    assert found.holds(datetime(2023, 5, 5, 20, 59, tzinfo=UTC))
    assert not found.holds(datetime(2023, 5, 5, 21, tzinfo=UTC))


def test_an_undated_article_is_in_no_range() -> None:
    """Not even in one that is open on both sides."""
    assert not DateRange(since=None, until=None).holds(None)
    assert DateRange(since=None, until=None).holds(NOW)


@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(
                "since before in on the last past 31 30 0 99999 february may sept. 2023 1900 days "
                "months few week yesterday thursday of has resigned".split()
            ),
            max_size=8,
        ).map(" ".join),
    ),
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # the strategy wants naive bounds
)
def test_any_words_at_any_time(question: str, now: datetime) -> None:
    """Nothing that somebody writes is an error; a range never ends before it begins."""
    asked = read_dates(question, now)

    assert 0 <= asked.span[0] <= asked.span[1] <= len(question)
    if asked.range is not None and asked.range.since and asked.range.until:
        assert asked.range.since <= asked.range.until
