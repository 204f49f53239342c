"""The whole examination, in the order in which things are mended."""

import asyncio
import os
from collections.abc import AsyncIterator

from bot.doctor.connection import examine_connection
from bot.doctor.findings import Finding
from bot.doctor.storage import examine_corpus, examine_permissions, examine_state
from bot.settings import Settings


async def examine(settings: Settings) -> AsyncIterator[Finding]:
    """Look at everything that the bot needs, and yield each finding as soon as it is known.

    Changes nothing, but brings the tables of a database that is not in use up to date. A bot that
    runs here is not disturbed. Takes seconds, or as long as the corpus takes to be read.
    """
    for finding in examine_permissions(settings, dict(os.environ)):
        yield finding
    storage, running = await examine_state(settings)
    for finding in storage:
        yield finding
    for finding in (await examine_connection(settings, running=running))[0]:
        yield finding
    for finding in await asyncio.to_thread(examine_corpus, settings):
        yield finding
