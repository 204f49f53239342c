"""The inbox: every update once, whoever handles it and whenever they are killed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.settings.address import Address
from bot.state import Incoming, SentPart, State
from tests.bot.state import made
from tests.bot.state.made import NOW, incoming, shown


@asynccontextmanager
async def _second(state: State) -> AsyncIterator[State]:
    """Another program's hands on the same database, which a SQLite file does not allow in earnest."""
    second = State(state.database, None, keep_questions=False, bot_id=0)
    yield second


async def test_an_update_comes_once(state: State) -> None:
    """A repeated one is not new: in the same batch, in another, nor when it is done."""
    assert await state.inbox.receive([]) == set()
    assert await state.inbox.receive([incoming(1), incoming(2), incoming(1)]) == {1, 2}
    await state.inbox.done(1)
    assert await state.inbox.receive([incoming(1), incoming(2), incoming(3)]) == {3}
    assert await state.inbox.waiting() == 2


async def test_what_a_killed_program_had_in_hand_is_taken_up(file: Address) -> None:
    """The next one gets all that is not done, once, in the order of arrival, as it was sent."""
    sent = [incoming(n, payload=f"payload {n}", chat_id=n, user_id=-n) for n in (3, 1, 2, 4)]
    async with await State.open(file) as state:
        await state.inbox.receive(sent)
        await state.inbox.done(2)
        assert await state.inbox.pending() == []  # it has them in hand

    async with await State.open(file) as state:
        first, rest = await state.inbox.pending(limit=2), await state.inbox.pending()

        assert [waiting.update_id for waiting in first + rest] == [1, 3, 4]
        assert [waiting.payload for waiting in rest] == ["payload 4"]
        assert (first[0].chat_id, first[0].user_id, first[0].received_at) == (1, -1, NOW)
        assert await state.inbox.pending() == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(made.updates, unique_by=lambda update: update.update_id, max_size=8))
async def test_any_update_comes_back(file: Address, batch: list[Incoming]) -> None:
    """Whatever it says, it is given back as it was received."""
    async with await State.open(file) as state:
        new = await state.inbox.receive(batch)
        await state.inbox.release(*new)
        found = {waiting.update_id: waiting for waiting in await state.inbox.pending()}

        assert found.keys() == new
        for update in batch:
            if waiting := found.get(update.update_id):
                assert all(
                    getattr(waiting, name) == getattr(update, name) for name in Incoming.__slots__
                )
        await state.inbox.done(*new)


async def test_giving_back(state: State) -> None:
    """What is released is there to be taken again."""
    await state.inbox.receive([incoming(1), incoming(2)])
    await state.inbox.release()
    assert await state.inbox.pending() == []
    await state.inbox.release(2)

    assert [waiting.update_id for waiting in await state.inbox.pending()] == [2]


async def test_attempts_are_counted_over_restarts(address: Address) -> None:
    """So that what kills the program is known by it."""
    for attempt in (1, 2, 3):
        async with await State.open(address) as state:
            await state.inbox.receive([incoming(1)])
            assert await state.inbox.attempt(1) == attempt
            await state.inbox.release(1)
    async with await State.open(address) as state:
        (waiting,) = await state.inbox.pending()
        assert waiting.attempts == 3
        assert await state.inbox.attempt(99) == 1


async def test_set_aside(state: State) -> None:
    """It is not given out any more; why and what it said is kept."""
    await state.inbox.receive([incoming(1), incoming(2)])
    await state.inbox.set_aside(1, "KeyError: 'x'")
    await state.inbox.release(1)

    (aside,) = await state.inbox.aside()
    assert (aside.update_id, aside.payload, aside.note) == (1, '{"update_id": 1}', "KeyError: 'x'")
    assert await state.inbox.pending() == []
    assert await state.inbox.waiting() == 1


async def test_replies_are_recorded_part_by_part(state: State) -> None:
    """What was sent is known, the first message of a part counts, and unknown updates do no harm."""
    await state.inbox.receive([incoming(1), incoming(2)])
    await state.inbox.mark_sent(1, 0, 100)
    await state.inbox.mark_sent(1, 1, None)
    await state.inbox.mark_sent(1, 0, 999)
    await state.inbox.mark_sent(55, 0, 100)

    assert await state.inbox.sent(1) == {0: 100, 1: None}
    assert await state.inbox.sent(2) == await state.inbox.sent(55) == {}


async def test_much_at_once(state: State) -> None:
    """What was sent and what is done, of several updates, in one transaction."""
    answer = shown(chat_id=5)
    await state.answers.remember(answer)
    await state.inbox.receive([incoming(n) for n in range(5)])
    await state.inbox.settle([])
    parts = [
        SentPart(1, 0, 70, answer.id),
        SentPart(1, 1, 71, answer.id),
        SentPart(2, 0),
        SentPart(9, 0),
    ]
    await state.inbox.settle(parts, done=[0, 1, 9])

    assert await state.answers.messages_of(answer.id) == (70, 71)
    assert await state.inbox.sent(1) == {0: 70, 1: 71}
    assert await state.inbox.sent(2) == {0: None}
    assert await state.inbox.waiting() == 3


async def test_a_reply_that_shows_an_answer_leads_to_it(state: State) -> None:
    """Sent and shown are one transaction."""
    answer = shown(chat_id=5)
    await state.answers.remember(answer)
    await state.inbox.receive([incoming(1)])
    await state.inbox.mark_sent(1, 0, 77, answer_id=answer.id)
    await state.inbox.mark_sent(99, 0, 78, answer_id=answer.id)

    assert await state.answers.by_message(5, 77) == answer
    assert await state.answers.messages_of(answer.id) == (77, 78)


async def test_bots_do_not_share_an_inbox(address: Address) -> None:
    """Another bot's updates have numbers of their own."""
    async with await State.open(address, bot_id=1) as state:
        await state.inbox.receive([incoming(1)])
        await state.inbox.mark_sent(1, 0, 100)
        await state.inbox.release(1)
    async with await State.open(address, bot_id=2) as state:
        assert await state.inbox.pending() == []
        assert await state.inbox.receive([incoming(1)]) == {1}
        assert await state.inbox.sent(1) == {}


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_two_instances_on_one_server(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only one gets an update; the other takes it up when the first has not renewed its lease."""
    async with (
        await State.open(address) as one,
        await State.open(address) as two,
    ):
        assert await one.inbox.receive([incoming(1)]) == {1}
        assert await two.inbox.receive([incoming(1)]) == set()
        assert await two.inbox.pending() == []

        monkeypatch.setattr(
            "bot.state.inbox._now", lambda: datetime.now(UTC) + timedelta(seconds=20)
        )
        await one.inbox.renew()
        monkeypatch.setattr(
            "bot.state.inbox._now", lambda: datetime.now(UTC) + timedelta(seconds=45)
        )
        assert await two.inbox.pending() == []
        monkeypatch.setattr(
            "bot.state.inbox._now", lambda: datetime.now(UTC) + timedelta(seconds=60)
        )
        (taken,) = await two.inbox.pending()
        assert taken.update_id == 1
        assert await one.inbox.pending() == []


async def test_order_across_instances(address: Address) -> None:
    """What another program has in hand of the same chat is known, until it is done or set aside."""
    async with await State.open(address) as one:
        await one.inbox.receive([incoming(1, chat_id=5), incoming(3, chat_id=5)])
        async with _second(one) as two:
            await two.inbox.receive([incoming(2, chat_id=5), incoming(4, chat_id=6)])

            assert await two.inbox.elsewhere(5, before=2)
            assert not await two.inbox.elsewhere(5, before=1)
            assert not await two.inbox.elsewhere(6, before=4)
            assert await one.inbox.elsewhere(5, before=3)

            await one.inbox.done(1)
            await two.inbox.set_aside(2, "no good")

            assert not await two.inbox.elsewhere(5, before=2)
            assert not await one.inbox.elsewhere(5, before=3)


async def test_given_back(address: Address) -> None:
    """What a program lets go of as it ends is another's at once, in order."""
    async with await State.open(address) as one:
        await one.inbox.receive([incoming(2), incoming(1), incoming(3)])
        async with _second(one) as two:
            await two.inbox.receive([incoming(4)])
            await one.inbox.done(3)
            await one.inbox.let_go()

            assert [each.update_id for each in await two.inbox.pending()] == [1, 2]
