"""What was told, and how runs ended: on each kind of database."""

import asyncio
from datetime import timedelta

from bot.settings.address import Address
from bot.state import Retention, State
from bot.state.notices import ALIVE
from tests.bot.state.made import NOW

HOUR = timedelta(hours=1)


async def test_claims(state: State) -> None:
    """One of many that ask at once may tell; a moment of the future, of a wrong clock, is no bar."""
    claims = [state.notices.claim("c", NOW, HOUR) for _ in range(10)]

    assert sum(await asyncio.gather(*claims)) == 1
    assert not await state.notices.claim("c", NOW + HOUR - timedelta(seconds=1), HOUR)
    assert await state.notices.claim("another", NOW, HOUR)
    assert await state.notices.claim("c", NOW + HOUR, HOUR)
    assert await state.notices.claim("c", NOW, HOUR)


async def test_what_was_not_told_after_all(state: State) -> None:
    """It may be told at once."""
    await state.notices.claim("c", NOW, HOUR)
    await state.notices.withdraw("c")

    assert await state.notices.claim("c", NOW, HOUR)


async def test_runs_that_were_cut_off(address: Address) -> None:
    """Those begun within the time are counted; those that ended in order, or are another bot's, not."""
    later = NOW + ALIVE + timedelta(seconds=1)
    for bot_id, ends in ((7, False), (7, True), (8, False)):
        async with await State.open(address, bot_id=bot_id) as state:
            await state.runs.begin(NOW, HOUR)
            if ends:
                await state.runs.end(NOW)

    async with await State.open(address, bot_id=7) as state:
        assert await state.runs.begin(later, HOUR) == 1
        await state.runs.end(later)
    async with await State.open(address, bot_id=7) as state:
        assert await state.runs.begin(NOW + 2 * HOUR, HOUR) == 0


async def test_a_program_beside(address: Address) -> None:
    """On a server one that was seen lately may be running, until it has not been seen for a while.

    A file has one program at a time: whatever has not ended was cut off.
    """
    async with await State.open(address) as state:
        await state.runs.begin(NOW - HOUR / 2, HOUR)
        await state.runs.seen(NOW - ALIVE / 2)
    async with await State.open(address) as state:
        soon = await state.runs.begin(NOW, HOUR)
        await state.runs.end(NOW)
    async with await State.open(address) as state:
        late = await state.runs.begin(NOW + ALIVE, HOUR)

    assert (soon, late) == (0 if address.is_server else 1, 1)


async def test_prune(state: State) -> None:
    """Both go when they have been kept long enough."""
    await state.notices.claim("c", NOW, HOUR)
    await state.runs.begin(NOW, HOUR)

    assert (await state.prune(NOW + timedelta(days=1))).total == 0
    removed = await state.prune(NOW + timedelta(days=8), Retention(answers=7))

    assert (removed.notices, removed.runs) == (1, 1)
