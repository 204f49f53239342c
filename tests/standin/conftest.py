"""A real client for the stand-in."""

from collections.abc import AsyncIterator

import pytest
import telegram

from tests.standin import Standin


@pytest.fixture(name="bot")
async def _bot(standin: Standin) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot's own bot, talking to the stand-in."""
    bot = telegram.Bot(standin.token, base_url=f"{standin.url}/bot")
    async with bot:
        yield bot
