"""What is said at the start of what the bot's owner switched on or off."""

import logging

import pytest
from telegram import User

from bot.modes import log_modes
from tests.bot.running import running
from tests.standin import Standin


async def test_all_on(standin: Standin, caplog: pytest.LogCaptureFixture) -> None:
    """With BotFather's best choices the log says what works, and warns of nothing."""
    caplog.set_level(logging.INFO)
    async with running(standin):
        pass

    said = [record for record in caplog.records if record.name == "bot.modes"]
    assert [record.levelno for record in said] == [logging.INFO] * 3
    assert "privacy mode is on" in caplog.text
    assert "inline mode is on: @on_the_record_bot" in caplog.text
    assert "guest mode is on" in caplog.text


async def test_all_off(standin: Standin, caplog: pytest.LogCaptureFixture) -> None:
    """What does not work is a warning that says how to change it; the bot starts all the same."""
    modes = standin.world.modes
    modes.privacy, modes.inline, modes.guest = False, False, False
    async with running(standin):
        reply = await standin.wait_for_reply(standin.say(standin.user(11, "Ann"), "/help"))

    warnings = [record.message for record in caplog.records if record.name == "bot.modes"]
    assert any("privacy mode is off" in each and "/setprivacy" in each for each in warnings)
    assert any("inline mode is off" in each and "/setinline" in each for each in warnings)
    assert reply.text


def test_no_groups(caplog: pytest.LogCaptureFixture) -> None:
    """A bot that cannot be added to groups says so."""
    log_modes(User(1, "Record", is_bot=True, username="record_bot", can_join_groups=False))

    assert "cannot be added to groups" in caplog.text
    assert "/setjoingroups" in caplog.text
