"""Who is there in most tests of the bot."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.running import Running, running
from tests.standin import Standin, User


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    """Somebody who writes to the bot, in English."""
    return standin.user(11, "Ann")


@pytest.fixture(name="live")
async def _live(standin: Standin) -> AsyncIterator[Running]:
    """The bot over the sample, polling the stand-in."""
    async with running(standin) as bot:
        yield bot
