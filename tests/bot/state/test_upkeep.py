"""What is done for the state while the bot runs."""

import asyncio
import logging
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings.address import Address
from bot.state import Retention, State
from bot.upkeep import kept_up
from tests.bot.state.made import incoming, shown
from tests.standin import Standin

DAYS = timedelta(days=1)


async def test_what_is_old_goes_at_the_start_and_every_day(state: State) -> None:
    """By the days that the operator chose."""
    now = datetime.now(UTC)
    old, young = shown(asked_at=now - 8 * DAYS), shown(asked_at=now - 6 * DAYS)
    for answer in (old, young):
        await state.answers.remember(answer)
    async with kept_up(state, Retention(answers=7), day=0.01):
        await _gone(state, old.id)
        later = shown(asked_at=now - 9 * DAYS)
        await state.answers.remember(later)
        await _gone(state, later.id)

    assert await state.answers.get(young.id) is not None


async def test_trouble_ends_nothing(
    state: State, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is logged, and tried again."""
    old = shown(asked_at=datetime.now(UTC) - 100 * DAYS)
    await state.answers.remember(old)
    await state.database.run(lambda c: c.exec_driver_sql("ALTER TABLE tallies RENAME TO away"))
    async with kept_up(state, Retention(), day=0.01), asyncio.timeout(60):
        while "upkeep of the state" not in caplog.text:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
        await state.database.run(lambda c: c.exec_driver_sql("ALTER TABLE away RENAME TO tallies"))
        caplog.set_level(logging.INFO)
        await state.answers.remember(old)
        await _gone(state, old.id)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_what_is_in_hand_is_held_on_to(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server another instance does not take what this one works at, however long it takes."""
    monkeypatch.setattr("bot.state.inbox.LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr("bot.upkeep.LEASE", timedelta(seconds=0.6))
    async with await State.open(address) as one, await State.open(address) as two:
        async with kept_up(one, Retention()):
            await one.inbox.receive([incoming(1)])
            for _ in range(12):
                await asyncio.sleep(0.1)
                assert await two.inbox.pending() == []
        await asyncio.sleep(0.7)
        assert [each.update_id for each in await two.inbox.pending()] == [1]


async def test_without_a_state() -> None:
    """There is nothing to do."""
    async with kept_up(None, Retention()):
        assert len(asyncio.all_tasks()) == 1


async def _gone(state: State, answer_id: str) -> None:
    async with asyncio.timeout(60):
        while await state.answers.get(answer_id) is not None:  # noqa: ASYNC110 - no event either
            await asyncio.sleep(0.01)


async def test_a_second_bot_ends(file: Address, standin: Standin, tmp_path: Path) -> None:
    """`onrecord run` on a state that is in use says so in one line, and Telegram never hears of it."""
    environ = {name: value for name, value in os.environ.items() if "ONRECORD_" not in name}
    environ |= {
        "TELEGRAM_BOT_TOKEN": standin.token,
        "TELEGRAM_API_URL": standin.url,
        "ONRECORD_STATE": str(file),
    }
    async with await State.open(file):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
            cwd=tmp_path,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate()

    assert process.returncode == 1
    assert said.decode().splitlines()[-1].startswith(f"onrecord: {file}: is in use by another bot")
    assert standin.calls == []
