"""How late the event loop is: whatever holds it up holds everybody up."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

EVERY = 0.25
"""Seconds between two looks."""


@asynccontextmanager
async def lag_watched(note: Callable[[float], object], every: float = EVERY) -> AsyncIterator[None]:
    """During the block, tell *note* by how many seconds later than it should a timer comes."""
    watching = asyncio.create_task(_watch(note, every), name="lag")
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


async def _watch(note: Callable[[float], object], every: float) -> None:
    while True:
        began = time.monotonic()
        await asyncio.sleep(every)
        note(max(time.monotonic() - began - every, 0.0))
