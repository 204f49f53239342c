"""A program that is killed while it writes: the database opens, and what was accepted is there."""

import asyncio
import random
import sys
from pathlib import Path

import pytest

from bot.settings.address import Address
from bot.state import State
from tests.bot.state.made import citation

ROOT = Path(__file__).parents[3]
KILLS = 5

WRITER = """
import asyncio, sys
from bot.settings.address import Address
from bot.state import State
from tests.bot.state.made import citation, incoming, shown

async def main(address, first):
    async with await State.open(address) as state:
        for number in range(first, first + 100_000):
            await state.inbox.receive([incoming(number)])
            await state.answers.remember(
                shown(chat_id=1, asked_in=number), citations=[citation(start=number)]
            )
            await state.inbox.done(number)
            print(number, flush=True)

asyncio.run(main(Address.parse(sys.argv[1]), int(sys.argv[2])))
"""


async def killed(address: str, first: int, seconds: float) -> int:
    """Write from *first* on, be killed, and return the last number that was said to be done."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WRITER, address, str(first)),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    said = await process.stdout.readline()
    await asyncio.sleep(seconds)
    process.kill()
    said += await process.stdout.read()
    await process.wait()
    return int(said.split()[-1]) if said.endswith(b"\n") else int(said.split()[-2])


async def test_a_program_that_forgets_to_close(file: Address) -> None:
    """It ends all the same, when its work is done or an error ends it."""
    program = WRITER.replace("print(number, flush=True)", "raise SystemExit(3)")
    program = program.replace(
        "async with await State.open(address) as state",
        "state = await State.open(address)\n    if state",
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", program, str(file), "0"),
        cwd=ROOT,
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(30):
        assert await process.wait() == 3


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_killed_at_any_moment(address: Address) -> None:
    """Nothing that was accepted is lost, no transaction is there by half, and nothing is damaged."""
    first = 0
    for _ in range(KILLS):
        last = await killed(str(address), first, random.uniform(0, 0.3))  # noqa: S311 - no secret
        async with await State.open(address) as state:
            await state.check()
            for number in range(first, last + 1):
                assert await state.answers.by_question(1, number) is not None
                assert await state.citations.get(citation(start=number).id) is not None
            next_answer = await state.answers.by_question(1, last + 1)
            next_citation = await state.citations.get(citation(start=last + 1).id)
            assert (next_answer is None) == (next_citation is None)
            waiting = [one.update_id for one in await state.inbox.pending()]
            assert waiting in ([], [last + 1])
            await state.inbox.done(*waiting)
        first = last + 2
