"""Notices to admins: once an hour for the same cause, also across restarts and instances."""

import signal
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot

from bot.alarms import AGAIN_AFTER, Alarms, Notice
from bot.monitoring.monitor import Monitor
from bot.monitoring.runs import LOOP, WITHIN, run_noted
from bot.rendering.catalogue import words_for
from bot.settings.address import Address
from bot.state import Reload, ReloadOutcome, State
from tests.bot.recording import Recorder, refusal
from tests.bot.running import running
from tests.bot.test_process import START, started
from tests.standin import Standin, User

TROUBLE = Notice("state", "alarm-state", {"reason": "the disk is full"})
OTHER = Notice("polling", "alarm-polling", {"reason": "it ended"})
NOW = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)


class Clock:
    """Seconds that pass when a test says so."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def a_bot(wire: Recorder) -> Bot:
    """A bot over a recorded wire."""
    return Bot("1:A", request=wire, get_updates_request=Recorder())


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Address:
    return Address.of_file(tmp_path / "state.sqlite3")


@pytest.fixture(name="adam")
def _adam(standin: Standin) -> User:
    """An admin with a private chat."""
    adam = standin.user(42, "Adam")
    standin.private(adam)
    return adam


async def test_once_an_hour() -> None:
    """The same cause is told once an hour, to each admin; another one at once."""
    wire, clock = Recorder(), Clock()
    alarms = Alarms(a_bot(wire), {7, 8}, clock=clock)

    for _ in range(3):
        await alarms.tell(TROUBLE)
    await alarms.tell(OTHER)
    assert [call["chat_id"] for call in wire.of("sendMessage")] == [7, 8, 7, 8]
    clock.now += AGAIN_AFTER
    await alarms.tell(TROUBLE)

    assert len(wire.texts()) == 6
    assert wire.texts()[-1] == words_for("en")("alarm-state", reason="the disk is full")


async def test_across_restarts(file: Address) -> None:
    """A program that is started again does not repeat what the one before has told."""
    told = []
    for _ in range(3):
        wire = Recorder()
        async with await State.open(file) as state:
            await Alarms(a_bot(wire), {7}, state).tell(TROUBLE)
        told.append(len(wire.texts()))

    assert told == [1, 0, 0]


async def test_what_reached_nobody_is_told_again(file: Address) -> None:
    """A notice that Telegram does not take is not lost for an hour."""
    wire = Recorder(sendMessage=[refusal(403, "Forbidden: bot was blocked by the user")])
    async with await State.open(file) as state:
        alarms = Alarms(a_bot(wire), {7}, state)
        await alarms.tell(TROUBLE)
        await alarms.tell(TROUBLE)
        await alarms.tell(TROUBLE)

    assert len(wire.of("sendMessage")) == 2


async def test_without_admins() -> None:
    """Nobody is told anything."""
    wire = Recorder()
    await Alarms(a_bot(wire), ()).tell(TROUBLE)

    assert wire.calls == []


async def test_a_state_in_trouble(file: Address) -> None:
    """Who cannot know whether it was told before a restart tells it."""
    wire = Recorder()
    async with await State.open(file) as state:
        assert file.path is not None
        with sqlite3.connect(file.path) as database:
            database.execute("DROP TABLE notices")
        alarms = Alarms(a_bot(wire), {7}, state)
        await alarms.tell(TROUBLE)
        await alarms.tell(TROUBLE)

    assert len(wire.texts()) == 1


async def cut_off(file: Address) -> Sequence[Notice]:
    """A run that ends suddenly; what was told of those before."""
    async with await State.open(file) as state:
        noted = run_noted(state)
        notices = await noted.__aenter__()
        assert not await noted.__aexit__(RuntimeError, RuntimeError("cut"), None)
        return notices


async def test_runs_that_are_cut_off(file: Address) -> None:
    """Those of the last hour are counted, and told of when they are so many; ends in order are not."""
    told = [[notice.values for notice in await cut_off(file)] for _ in range(LOOP + 2)]
    assert told == [[]] * LOOP + [[{"count": LOOP}], [{"count": LOOP + 1}]]

    async with await State.open(file) as state, run_noted(state):
        pass
    async with await State.open(file) as state:
        assert await state.runs.begin(datetime.now(UTC), WITHIN) == LOOP + 2
    async with await State.open(file) as state:
        assert await state.runs.begin(datetime.now(UTC), timedelta()) == 0


async def test_without_a_state() -> None:
    """Nothing is known of earlier runs."""
    async with run_noted(None) as notices:
        assert notices == ()


async def test_a_crash_loop(standin: Standin, adam: User, tmp_path: Path) -> None:
    """A program that was killed time and again tells the admins, once."""
    state = str(tmp_path / "state.sqlite3")
    for _ in range(LOOP):
        async with started(standin, tmp_path, ONRECORD_STATE=state) as program:
            await program.wait_for_line("is at work")
            await program.end(signal.SIGKILL)
    for _ in range(2):
        async with started(standin, tmp_path, ONRECORD_STATE=state) as program:
            await standin.wait_for_message(adam, "sudden ends", seconds=START)
            await program.wait_for_line("is at work")
            assert await program.end() == 0

    assert len(standin.sent(adam)) == 1
    assert f"after {LOOP} sudden ends" in standin.sent(adam)[0].text


async def test_a_state_that_cannot_be_opened(standin: Standin, adam: User, tmp_path: Path) -> None:
    """The admins hear of it, and questions are answered all the same."""
    broken = tmp_path / "state.sqlite3"
    broken.write_bytes(b"no database at all" * 1_000)
    async with started(standin, tmp_path, ONRECORD_STATE=str(broken)) as program:
        told = await standin.wait_for_message(adam, "without my database", seconds=START)
        asked = standin.say(standin.user(11, "Ann"), "who denied involvement?")
        reply = await standin.wait_for_reply(asked)
        assert await program.end() == 0

    assert "put a backup in its place" in told.text
    assert reply.marked("blockquote")


async def test_reloads_that_nobody_waits_for(standin: Standin, adam: User) -> None:
    """One by schedule that fails is told; one by command, whose chat hears of it, is not."""
    failed = Reload(
        began_at=NOW,
        cause="command",
        outcome=ReloadOutcome.FAILED,
        old_version="a",
        detail="news: no such file or folder",
    )
    scheduled = Reload(
        began_at=NOW,
        cause="schedule",
        outcome=ReloadOutcome.FAILED,
        old_version="a",
        detail="news: gone",
    )
    async with running(standin, admins={adam.id}) as bot:
        for line in (failed, scheduled, scheduled):
            await bot.monitor.reloaded(line)
        told = await standin.wait_for_message(adam, "news")
        value = bot.monitor.metrics.registry.get_sample_value

    assert [told.text] == [each.text for each in standin.sent(adam)]
    assert "news: gone" in told.text
    labels = {"outcome": "failed", "cause": "schedule"}
    assert value("onrecord_reloads_total", labels) == 2
    assert value("onrecord_reload_seconds_count") == 3


async def test_a_cause_that_is_not_known() -> None:
    """What asks for a reload may be called anything; as a label it is one of a few."""
    monitor = Monitor()
    monitor.metrics.reloaded(ReloadOutcome.LOADED, "somebody's words", 1.0)
    value = monitor.metrics.registry.get_sample_value

    assert value("onrecord_reloads_total", {"outcome": "loaded", "cause": "other"}) == 1
