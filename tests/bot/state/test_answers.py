"""Answers that were shown: found again by what points to them, and what readers said of them."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.settings.address import Address
from bot.state import ShownAnswer, State, Unanswered, Votes, new_id
from retrieval.models import Outcome
from tests.bot.state import made
from tests.bot.state.made import NOW, citation, shown

one_state = settings(
    max_examples=50,
    # All examples go into one state, as all answers do.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def test_ids_are_short_and_never_the_same() -> None:
    """They fit callback data and links, and none comes twice."""
    ids = {new_id() for _ in range(1_000)}

    assert len(ids) == 1_000
    assert all(re.fullmatch(r"[\w-]{11}", name, re.ASCII) for name in ids)


@one_state
@given(answer=made.answers)
async def test_what_is_remembered_comes_back(state: State, answer: ShownAnswer) -> None:
    """Any answer, whatever is in its names and titles, but without its question."""
    await state.answers.remember(answer)

    assert await state.answers.get(answer.id) == replace(answer, question=None)


async def test_a_question_is_kept_only_if_the_operator_says_so(address: Address) -> None:
    """The same calls leave no question behind unless the state was opened to keep them."""
    asked = Unanswered(question="who?", outcome=Outcome.NOTHING, asked_at=NOW)
    for keep in (False, True):
        answer = shown(question="who?")
        async with await State.open(address, keep_questions=keep) as state:
            await state.answers.remember(answer, unanswered=asked)
            await state.journal.keep(asked)
            kept = await state.answers.get(answer.id)

            assert kept is not None
            assert kept.question == ("who?" if keep else None)
            assert len(await state.journal.unanswered()) == (2 if keep else 0)


async def test_after_a_restart(address: Address) -> None:
    """Another process finds what one remembered."""
    answer = shown(chat_id=5, page=1)
    async with await State.open(address) as state:
        await state.answers.remember(answer)
        await state.answers.shown_in(answer.id, [11, 12])

    async with await State.open(address) as state:
        assert await state.answers.by_message(5, 12) == answer


async def test_forged_ids_find_nothing(state: State) -> None:
    """Whatever a button of a forger sends, nothing is found and nothing is changed."""
    for forged in ("", "x" * 64, "' OR 1=1 --", "\0", "\ud800", "%"):
        assert await state.answers.get(forged) is None
        assert not await state.answers.turn(forged, 1)
        assert not await state.answers.vote(forged, 1, helpful=True, at=NOW)
        assert not await state.answers.shown_in(forged, [1])


async def test_messages_lead_to_their_answer(state: State) -> None:
    """Each message of an answer, in its chat only; an edited message leads to its new answer."""
    first, second = shown(chat_id=-100), shown(chat_id=-100)
    await state.answers.remember(first)
    await state.answers.remember(second)
    await state.answers.shown_in(first.id, [1, 2])
    await state.answers.shown_in(second.id, [2])

    assert await state.answers.by_message(-100, 1) == first
    assert await state.answers.by_message(-100, 2) == second
    assert await state.answers.by_message(-101, 1) is None
    assert await state.answers.messages_of(first.id) == (1,)


async def test_the_newest_answer_to_a_message_counts(state: State) -> None:
    """An edited question has several; the newest is found."""
    old = shown(chat_id=1, asked_in=9)
    new = shown(chat_id=1, asked_in=9, asked_at=NOW + timedelta(seconds=30))
    for answer in (new, old, shown(chat_id=1, asked_in=10), shown(chat_id=2, asked_in=9)):
        await state.answers.remember(answer)

    assert await state.answers.by_question(1, 9) == new
    assert await state.answers.by_question(3, 9) is None


async def test_turning_the_page(state: State) -> None:
    """Which page is shown is remembered."""
    answer = shown()
    await state.answers.remember(answer)

    assert await state.answers.turn(answer.id, 3)
    assert await state.answers.get(answer.id) == replace(answer, page=3)


async def test_remembering_again_replaces(state: State) -> None:
    """An answer that is given anew under its id keeps its messages and votes."""
    answer = shown(chat_id=1)
    await state.answers.remember(answer)
    await state.answers.shown_in(answer.id, [4])
    await state.answers.vote(answer.id, 8, helpful=True, at=NOW)
    anew = replace(answer, outcome=Outcome.RELATED, snippets=())
    await state.answers.remember(anew)

    assert await state.answers.by_message(1, 4) == anew
    assert await state.answers.votes(answer.id) == Votes(helpful=1)


async def test_one_vote_each_and_the_last_counts(state: State) -> None:
    """Somebody who changes their mind is counted once."""
    answer, other = shown(), shown()
    await state.answers.remember(answer)
    await state.answers.remember(other)
    for user, helpful in [(1, True), (2, True), (1, False), (1, False)]:
        assert await state.answers.vote(answer.id, user, helpful=helpful, at=NOW)
    await state.answers.vote(other.id, 1, helpful=True, at=NOW + timedelta(days=1))

    assert await state.answers.votes(answer.id) == Votes(helpful=1, not_helpful=1)
    assert await state.answers.votes() == Votes(helpful=2, not_helpful=1)
    assert await state.answers.votes(since=NOW + timedelta(hours=1)) == Votes(helpful=1)


async def test_many_at_once(state: State) -> None:
    """A hundred that arrive together are all written."""
    answers = [shown(chat_id=n) for n in range(100)]
    await asyncio.gather(*(state.answers.remember(answer) for answer in answers))

    found = await asyncio.gather(*(state.answers.get(answer.id) for answer in answers))
    assert found == answers


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 10])
async def test_a_call_that_is_cancelled_is_finished(address: Address, steps: int) -> None:
    """Whenever a caller gives up, what was begun is whole, and the next call works."""
    answer = shown()
    cited = [citation(start=n) for n in range(5)]
    async with await State.open(address) as state:
        call = asyncio.create_task(state.answers.remember(answer, citations=cited))
        for _ in range(steps):
            await asyncio.sleep(0)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await state.answers.turn(answer.id, 1)

    async with await State.open(address) as state:
        assert await state.answers.get(answer.id) is not None
        assert await state.citations.get(cited[-1].id) == cited[-1]
