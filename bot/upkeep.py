"""What the state needs while the bot runs: old things deleted, and what is in hand held on to."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.state import LEASE, Retention, State, StateError

logger = logging.getLogger(__name__)

DAY = 86_400.0
"""Seconds between two times of deleting what has been kept long enough."""


@asynccontextmanager
async def kept_up(
    state: State | None, retention: Retention, *, day: float = DAY
) -> AsyncIterator[None]:
    """Look after *state* until the end of the block.

    What fails is logged and tried again the next time. *day* is in seconds.
    """
    tasks = []
    if state is not None:
        tasks.append(asyncio.create_task(_every(day, lambda: _prune(state, retention))))
        if state.address.is_server:
            third = LEASE.total_seconds() / 3
            tasks.append(asyncio.create_task(_every(third, state.inbox.renew)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _every(seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await do()
        except StateError as error:
            logger.warning("upkeep of the state: %s", error)
        await asyncio.sleep(seconds)


async def _prune(state: State, retention: Retention) -> None:
    removed = await state.prune(datetime.now(UTC), retention)
    if removed.total:
        logger.info("kept long enough and deleted: %s", removed)
