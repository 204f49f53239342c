"""The watchdog: polling that hangs or dies is noticed, told, started afresh, and at last given up."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot.alarms import Notice
from bot.delivery import fetching
from bot.errors import PollingDeadError
from bot.monitoring import watchdog
from bot.monitoring.monitor import Monitor
from bot.monitoring.pulse import Pulse
from bot.monitoring.watchdog import LIVES, WINDOW, Watchdog
from tests.bot.running import running
from tests.standin import Fault, Standin, User

SOON = 0.3
"""Seconds without a sign of life that these tests take for death."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "_BEFORE_NEXT", 0.01)
    # A poll that waits for longer than the watchdog would be taken for one that hangs.
    monkeypatch.setattr(fetching, "_LONG", 0)


@pytest.fixture(name="adam")
def _adam(standin: Standin) -> User:
    """An admin with a private chat."""
    adam = standin.user(42, "Adam")
    standin.private(adam)
    return adam


class Clock:
    """Seconds that pass when a test says so."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def _nothing() -> None:
    """Nothing is to be made afresh."""


def guarding(
    runs: list[Callable[[], Awaitable[None]]], patience: float = SOON
) -> tuple[Watchdog, Callable[[], Coroutine[Any, Any, None]], list[Notice], Clock]:
    """A watchdog over these runs, one after another, the last one for ever."""
    clock, told = Clock(), list[Notice]()
    monitor = Monitor(pulse=Pulse(patience))
    monitor.tell = told.append
    left = [*runs]

    async def run() -> None:
        await (left.pop(0) if len(left) > 1 else left[0])()

    return Watchdog(monitor, _nothing, clock), run, told, clock


async def die() -> None:
    """End as no polling should."""
    raise RuntimeError("the wire is cut")


async def hang() -> None:
    """Give no sign of life."""
    await asyncio.Event().wait()


async def test_polling_that_hangs(
    standin: Standin, adam: User, caplog: pytest.LogCaptureFixture
) -> None:
    """It is cut off and begun afresh, the admins are told, and who asked meanwhile is answered."""
    monitor = Monitor(pulse=Pulse(SOON))
    async with running(standin, admins={adam.id}, monitor=monitor):
        standin.fail_next("getUpdates", Fault.slow(60))
        await standin.wait_for_message(adam, "no sign of life", seconds=10)
        asked = standin.say(standin.user(11, "Ann"), "who denied involvement?")
        reply = await standin.wait_for_reply(asked)

    assert reply.marked("blockquote")
    assert monitor.metrics.registry.get_sample_value("onrecord_polling_restarts_total") == 1
    assert "the polling is started afresh" in caplog.text


async def test_polling_that_is_of_no_use_any_more(standin: Standin, adam: User) -> None:
    """After some lives the program ends with what to show an operator; the admins were told once."""
    monitor = Monitor(pulse=Pulse(SOON))
    async with running(standin, admins={adam.id}, monitor=monitor) as bot:
        standin.fail_next("getUpdates", *[Fault.slow(60)] * (LIVES + 1))
        async with asyncio.timeout(20):
            with pytest.raises(PollingDeadError, match=f"died {LIVES} times"):
                await asyncio.shield(bot.serving)

    alarms = [each for each in standin.sent(adam) if "no sign of life" in each.text]
    assert len(alarms) == 1


async def test_telegram_that_is_away_is_no_death(standin: Standin, adam: User) -> None:
    """Whoever goes on trying is alive: nothing is begun afresh, and nobody is told."""
    monitor = Monitor(pulse=Pulse(SOON))
    async with running(standin, admins={adam.id}, monitor=monitor):
        standin.fail_next("getUpdates", Fault.gateway(), Fault.flood(2))
        await standin.wait_for_call("getUpdates", 3)
        await standin.wait_for_reply(standin.say(standin.user(11, "Ann"), "/help"))

    assert monitor.metrics.registry.get_sample_value("onrecord_polling_restarts_total") == 0
    assert standin.sent(adam) == []


async def test_polling_that_dies(caplog: pytest.LogCaptureFixture) -> None:
    """It is run again; the log has what it died of, the admins only the kind of it."""
    caplog.set_level(logging.ERROR)
    done = asyncio.Event()

    async def well() -> None:
        done.set()
        await hang()

    dog, run, told, _ = guarding([die, well], patience=60)
    guard = asyncio.create_task(dog.guard(run))
    async with asyncio.timeout(60):
        await done.wait()
    guard.cancel()
    await asyncio.gather(guard, return_exceptions=True)

    assert [notice.values["reason"] for notice in told] == ["RuntimeError"]
    assert "the wire is cut" in caplog.text


async def test_the_lives_come_back() -> None:
    """What dies seldom may die for ever: only so many deaths in half an hour are too many."""
    deaths = 0

    async def die_seldom() -> None:
        nonlocal deaths
        deaths += 1
        clock.now += WINDOW / (LIVES - 1) if deaths < 3 * LIVES else 0.0
        await die()

    dog, run, _, clock = guarding([die_seldom])

    with pytest.raises(PollingDeadError):
        await dog.guard(run)
    assert deaths == 3 * LIVES


async def test_a_refused_token_is_no_death() -> None:
    """It is for the operator to mend, and starting afresh is of no use."""

    async def refused() -> None:
        raise InvalidToken

    dog, run, told, _ = guarding([refused])

    with pytest.raises(InvalidToken):
        await dog.guard(run)
    assert told == []


async def test_what_cannot_be_cancelled_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that does not let go holds nobody up."""
    monkeypatch.setattr(watchdog, "_TO_END", 0.05)
    let_go, begun = asyncio.Event(), asyncio.Event()

    async def stubborn() -> None:
        while not let_go.is_set():
            try:
                await let_go.wait()
            except asyncio.CancelledError:
                continue

    async def well() -> None:
        begun.set()
        await hang()

    dog, run, told, _ = guarding([stubborn, well], patience=0.1)
    guard = asyncio.create_task(dog.guard(run))
    async with asyncio.timeout(60):
        await begun.wait()
    let_go.set()
    guard.cancel()
    await asyncio.gather(guard, return_exceptions=True)

    assert told[0].values["reason"] == "no sign of life for 0 s"


def test_the_pulse() -> None:
    """A sign of life is due after the patience, and after a pause that was told of; never at rest."""
    clock = Clock()
    pulse = Pulse(10, clock)
    assert (pulse.left, pulse.silence) == (10, None)

    pulse.answered()
    clock.now += 4
    assert (pulse.left, pulse.silence) == (6, 4)
    pulse.beat(pause=30)
    assert pulse.left == 40
    clock.now += 50
    assert pulse.left == -10
    with pulse.resting():
        assert (pulse.left, pulse.silence) == (10, 0)
    assert (pulse.left, pulse.silence) == (10, 54)
