"""Several bots behind one webhook, with one PostgreSQL: each update is one bot's, in its chat's order."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings.address import Address
from bot.state import State
from tests.bot.delivered import PUBLIC, SECRET, URL, Balancer, delivered, free_port
from tests.bot.state.made import incoming
from tests.bot.test_process import Program, started
from tests.standin import Fault, Standin

QUESTION = "who denied involvement?"

pytestmark = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


@asynccontextmanager
async def behind(
    standin: Standin, address: Address, folder: Path
) -> AsyncIterator[tuple[Balancer, list[Program]]]:
    """Two programs on the database at *address*, with a balancer in front of them, at work."""
    assert address.server is not None
    async with AsyncExitStack() as stack:
        balancer = await stack.enter_async_context(Balancer(free_port(), free_port()))
        standin.route(PUBLIC, balancer.address)
        programs = []
        for number, port in enumerate(balancer.taken):
            own = folder / str(number)
            own.mkdir()
            settings = {
                "ONRECORD_STATE": address.server.replace("+psycopg", ""),
                "ONRECORD_WEBHOOK_URL": URL,
                "ONRECORD_WEBHOOK_SECRET": SECRET,
                "ONRECORD_WEBHOOK_LISTEN": str(port),
            }
            programs.append(await stack.enter_async_context(started(standin, own, **settings)))
        for program in programs:
            await program.wait_for_line("is at work")
        yield balancer, programs


async def test_shared_work(standin: Standin, address: Address, tmp_path: Path) -> None:
    """Two programs share the questions: none is lost, none answered twice, each chat's order kept."""
    people = [standin.user(100 + number, f"P{number}") for number in range(10)]
    async with behind(standin, address, tmp_path) as (balancer, programs):
        # Whoever has the first ones has to wait, while the other gets what comes behind them.
        standin.fail_next("sendMessage", *[Fault.flood(1)] * 5)
        asked = [standin.say(person, QUESTION) for _ in range(4) for person in people]
        for each in asked:
            await standin.wait_for_reply(each, seconds=60)
        codes = [await program.end() for program in programs]

    assert standin.lost() == standin.doubled() == []
    assert min(balancer.taken.values()) >= 5
    for person in people:
        replied = [sent.reply_to.id for sent in standin.sent(person) if sent.reply_to]
        assert replied == sorted(replied)
    assert codes == [0, 0]
    assert SECRET not in programs[0].output


async def test_one_of_two_ends(standin: Standin, address: Address, tmp_path: Path) -> None:
    """What a program that is told to stop could not finish, the other answers at once."""
    people = [standin.user(100 + number, f"P{number}") for number in range(10)]
    async with behind(standin, address, tmp_path) as (_, programs):
        standin.fail_next("sendMessage", *[Fault.flood(12)] * 10)
        asked = [standin.say(person, QUESTION) for person in people]
        await standin.wait_until_read()
        code = await programs[0].end(signal.SIGTERM)
        for each in asked:
            await standin.wait_for_reply(each, seconds=60)

    assert code == 0
    assert standin.lost() == standin.doubled() == []


async def test_what_a_killed_program_had_in_hand(
    standin: Standin, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered by another as soon as its lease is over, without a restart, before what follows."""
    ann = standin.user(11, "Ann")
    monkeypatch.setattr("bot.state.inbox.LEASE", timedelta(seconds=2))
    monkeypatch.setattr("bot.delivery.arrivals._LOOK_AGAIN", 0.2)
    async with (
        await State.open(address) as killed,
        delivered(standin, state=(address.server or "").replace("+psycopg", "")),
    ):
        first = standin.say(ann, QUESTION)
        # As if another program had taken it in hand, which is never heard of again.
        update = standin.world.updates.pop()
        number = update["update_id"]
        await killed.inbox.receive(
            [incoming(number, payload=json.dumps(update), chat_id=ann.id, user_id=ann.id)]
        )
        second = standin.say(ann, QUESTION)
        await asyncio.sleep(0.5)
        assert not first.replies
        assert not second.replies
        await standin.wait_for_reply(second)

    assert [sent.reply_to for sent in standin.world.sent] == [first, second]
