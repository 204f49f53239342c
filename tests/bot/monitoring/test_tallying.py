"""The counts of each day: written now and then, lost by nothing but a kill, summed up for a reader."""

import sqlite3
import statistics
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from bot.delivery.sent import Ending
from bot.monitoring.handled import NO_LANGUAGE, Handled, language
from bot.monitoring.summary import by_day, most_asked, summed_up
from bot.monitoring.tallying import ANSWER_MS, QUESTION, Tallying, bound_of
from bot.rendering.plot import plot
from bot.settings.address import Address
from bot.state import State, Tally

DAY = date(2024, 3, 5)
ANSWERED = Handled(
    kind="message", chat="private", language="de", ending=Ending.ANSWERED, seconds=0.07
)


def counted(tallies: Sequence[Tally]) -> dict[tuple[str, str], int]:
    """How often each thing happened, however many tallies tell it."""
    found: dict[tuple[str, str], int] = {}
    for tally in tallies:
        key = (tally.kind, tally.name)
        found[key] = found.get(key, 0) + tally.count
    return found


@pytest.fixture(name="file")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Address:
    return Address.of_file(tmp_path_factory.mktemp("state") / "state.sqlite3")


async def test_written_and_not_written_yet(file: Address) -> None:
    """What is asked for holds both, and a restart changes nothing once it is written."""
    async with await State.open(file) as state:
        tallying = Tallying(state, lambda: DAY)
        async with tallying.written(every=3600):
            tallying.handled(ANSWERED)
            await tallying.write()
            tallying.handled(ANSWERED)
            before = counted(await tallying.since(DAY))
    async with await State.open(file) as state:
        after = counted(await Tallying(state).since(DAY))

    assert before == after
    assert before == {(QUESTION, "answered"): 2, ("language", "de"): 2, (ANSWER_MS, "79"): 2}


async def test_a_database_in_trouble(file: Address, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that was counted is lost by it, and it is said once."""
    async with await State.open(file) as state:
        tallying = Tallying(state, lambda: DAY)
        assert file.path is not None
        with sqlite3.connect(file.path) as database:
            database.execute("ALTER TABLE tallies RENAME TO elsewhere")
        for _ in range(3):
            tallying.handled(ANSWERED)
            await tallying.write()
        with sqlite3.connect(file.path) as database:
            database.execute("ALTER TABLE elsewhere RENAME TO tallies")
        await tallying.write()
        found = counted(await state.journal.tallies(DAY))

    assert found[QUESTION, "answered"] == 3
    assert caplog.text.count("not written yet") == 1


async def test_without_a_state() -> None:
    """It counts since the start, and keeps no more than the last days."""
    today = DAY
    tallying = Tallying(None, lambda: today)
    tallying.handled(ANSWERED)
    await tallying.write()
    assert counted(await tallying.since(DAY))[QUESTION, "answered"] == 1

    today = DAY + timedelta(days=30)
    await tallying.write()
    assert await tallying.since(DAY) == []


def test_what_is_no_question_is_not_counted() -> None:
    """A command, a press: they are no questions; an inline search is counted apart."""
    tallying = Tallying(None, lambda: DAY)
    tallying.handled(Handled(kind="message", chat="private", language="de"))
    tallying.handled(
        Handled(kind="inline_query", chat="inline", language="de", ending=Ending.NOTHING)
    )

    summary = summed_up([Tally(d, k, n, c) for (d, k, n), c in tallying._counts.items()], DAY, DAY)
    assert (summary.questions, summary.inline) == (0, 1)


@pytest.mark.parametrize(
    ("code", "known"),
    [
        *(("de-AT", "de"), ("pt_BR", "pt"), ("EN", "en"), ("zh-hans", "zh"), (None, NO_LANGUAGE)),
        *(("", NO_LANGUAGE), ("qq", NO_LANGUAGE), ("my secret", NO_LANGUAGE)),
    ],
)
def test_languages(code: str | None, known: str) -> None:
    """A language is one that the world knows, whatever a client says of itself."""
    assert language(code) == known


@given(st.text())
def test_languages_are_few(code: str) -> None:
    """Whatever is said, it is a short name of letters."""
    assert len(language(code)) <= 8
    assert language(code).isalpha()


@given(st.lists(st.floats(0.0, 600.0), min_size=1, max_size=50))
def test_times_are_within_what_is_told(seconds: list[float]) -> None:
    """Half of all times are within the median that is told, which is not a quarter too great."""
    tallies = [Tally(DAY, ANSWER_MS, bound_of(each)) for each in seconds]
    told = summed_up(tallies, DAY, DAY)
    true = statistics.median_low(seconds)

    assert told.median is not None
    assert told.p95 is not None
    assert true <= told.median <= max(true * 1.27 + 0.001, 0.010)
    assert told.median <= told.p95
    assert sum(each <= told.p95 for each in seconds) >= 0.95 * len(seconds)


def test_days_are_in_order() -> None:
    """One summary a day, those without a question among them."""
    tallies = [Tally(DAY, QUESTION, "answered", 2), Tally(DAY, QUESTION, "who knows", 5)]

    days = by_day(tallies, DAY - timedelta(days=1), DAY + timedelta(days=1))

    assert [(day.first, day.questions) for day in days] == [
        *((DAY - timedelta(days=1), 0), (DAY, 2), (DAY + timedelta(days=1), 0)),
    ]
    assert days[1].median is None


def test_words_that_are_asked_most() -> None:
    """Forms of one word count together, once a question; empty words do not count."""
    asked = ["Who flooded the valleys?", "the FLOODS, floods and the floods", "when is the vote?"]

    found = most_asked(asked, 2)

    assert found[0] in {("floods", 2), ("flooded", 2)}
    assert len(found) == 2
    assert most_asked([], 5) == []


def test_the_plot() -> None:
    """It is a picture of some size, with a colour for each part, also where nothing was asked."""
    image = pytest.importorskip("PIL.Image")
    tallies = [
        *(Tally(DAY, QUESTION, ending.value, 10) for ending in Ending),
        Tally(DAY, ANSWER_MS, "100", 10),
    ]

    full = image.open(BytesIO(plot(by_day(tallies, DAY - timedelta(days=6), DAY))))
    empty = image.open(BytesIO(plot(by_day([], DAY, DAY))))

    assert full.size == (900, 640)
    colours = {colour for _, colour in full.convert("RGB").getcolors(1 << 20)}
    for wanted in ("#2f7d4f", "#d9a421", "#a8463c", "#7a828a", "#24527a"):
        assert tuple(bytes.fromhex(wanted[1:])) in colours
    assert len(empty.convert("RGB").getcolors(1 << 20)) < len(colours)
