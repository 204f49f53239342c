"""Whether the program ends in good order, run after run."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from bot.alarms import Notice
from bot.state import State, StateError

logger = logging.getLogger(__name__)

LOOP = 3
"""How many runs have to be cut off within WITHIN to be told of."""

WITHIN = timedelta(hours=1)

_EVERY = 60.0


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
