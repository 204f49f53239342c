"""Whether the program ends in good order, run after run."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta

from bot.alarms import Notice
from bot.state import State, StateError

logger = logging.getLogger(__name__)

LOOP = 3
"""How many runs have to be cut off within WITHIN to be told of."""

WITHIN = timedelta(hours=1)

_EVERY = 60.0

_TO_NOTE = 2.0
"""Seconds that noting an end may take: who sent the signal waits."""


@asynccontextmanager
async def run_noted(state: State | None) -> AsyncIterator[tuple[Notice, ...]]:
    """Note in *state* that the program runs during the block, and that it ends in good order.

    Yields what is to be told of the runs before. A block that raises is no good order.
    """
    if state is None:
        yield ()
        return
    cut_off = await _begin(state)
    noting = asyncio.create_task(_note(state), name="run")
    try:
        yield () if cut_off < LOOP else (Notice("crashes", "alarm-crashes", {"count": cut_off}),)
    finally:
        noting.cancel()
        await asyncio.gather(noting, return_exceptions=True)
    try:
        await state.runs.end(datetime.now(UTC))
    except StateError as error:
        logger.warning("it is not noted that this run ends in good order: %s", error)


@contextmanager
def stopped_at_once(state: State | None) -> Iterator[None]:
    """During the block SIGTERM ends the program at once, as it would by itself, and in good order.

    For the reading of the corpus, which takes long and has nothing in hand to be finished.
    """
    loop = asyncio.get_running_loop()
    ending: list[asyncio.Task[None]] = []
    loop.add_signal_handler(
        signal.SIGTERM, lambda: ending.append(loop.create_task(_end_at_once(state), name="end"))
    )
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


async def _end_at_once(state: State | None) -> None:
    if state is not None:
        with suppress(StateError, TimeoutError):
            await asyncio.wait_for(state.runs.end(datetime.now(UTC)), _TO_NOTE)
    logger.info("stopped before the corpus was read")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)


async def _begin(state: State) -> int:
    try:
        cut_off = await state.runs.begin(datetime.now(UTC), WITHIN)
    except StateError as error:
        logger.warning("it is not noted that a run begins: %s", error)
        return 0
    if cut_off:
        logger.warning("runs that did not end in good order within the last hour: %d", cut_off)
    return cut_off


async def _note(state: State) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        with suppress(StateError):  # whoever needs the state says so
            await state.runs.seen(datetime.now(UTC))
