"""A sign of life for whoever supervises the program: a file that is touched again and again."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

logger = logging.getLogger(__name__)

EVERY = 10.0
"""Seconds between two touches. The event loop makes them, so one that hangs makes none."""


@contextlib.asynccontextmanager
async def beating(file: Path | None, every: float = EVERY) -> AsyncIterator[None]:
    """Touch *file*, if there is one, until the end of the block; then remove it.

    A file that cannot be touched is logged once, and is no trouble otherwise.
    """
    beat = None if file is None else asyncio.create_task(_beat(file, every), name="heartbeat")
    try:
        yield
    finally:
        if beat is not None and file is not None:
            beat.cancel()
            await asyncio.gather(beat, return_exceptions=True)
            _remove(file)


async def _beat(file: Path, every: float) -> None:
    well = True
    while True:
        try:
            _touch(file)
            well = True
        except OSError as error:
            if well:
                logger.warning("no sign of life: %s: %s", file, error.strerror)
            well = False
        await asyncio.sleep(every)


def _touch(file: Path) -> None:
    # In the event loop on purpose: a thread would go on while the loop hangs.
    file.touch()


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
