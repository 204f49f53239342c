"""Several instances of the bot over one database: when one puts a corpus in place, the others follow."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import ReloadFailedError, ReloadRunningError
from bot.library import Library
from bot.state import State, StateError

logger = logging.getLogger(__name__)

LOOK_EVERY = 20.0
"""Seconds between two looks into the audit trail."""


@asynccontextmanager
async def instances_followed(
    state: State | None, library: Library, *, every: float = LOOK_EVERY
) -> AsyncIterator[None]:
    """Let *library* follow what other instances decide, until the end of the block.

    Only where *state* is on a server: a file has one instance.
    """
    if state is None or not state.address.is_server:
        yield
        return
    watching = asyncio.create_task(_watch(state, library, every))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _watch(state: State, library: Library, every: float) -> None:
    seen = await _decided(state)
    while True:
        await asyncio.sleep(every)
        newest = await _decided(state)
        if newest is None or newest == seen:
            continue
        if newest[1] == library.snapshot.corpus.version:
            seen = newest
            continue
        try:
            await library.follow(newest[1])
        except ReloadRunningError:
            continue  # looked at again when that is over
        except ReloadFailedError as error:
            logger.warning("another instance is at version %s: %s", newest[1], error)
        seen = newest


async def _decided(state: State) -> tuple[int, str] | None:
    try:
        return await state.journal.decided()
    except StateError as error:
        logger.warning("not known what other instances do: %s", error)
        return None
