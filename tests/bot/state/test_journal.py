"""What an operator looks back on; what is deleted, for whom and when."""

from dataclasses import replace
from datetime import timedelta

from bot.state import Reload, ReloadOutcome, Removed, Retention, State, Tally, Unanswered, Votes
from bot.state.forgetting import CHUNK
from retrieval.models import Outcome, Reason
from tests.bot.state.made import NOW, citation, incoming, shown

LOADED = Reload(
    began_at=NOW,
    cause="command",
    by=5,
    outcome=ReloadOutcome.LOADED,
    old_version="a",
    new_version="b",
    seconds=1.5,
    detail="3 added",
)
DAY = timedelta(days=1)


async def test_the_trail_of_reloads(state: State) -> None:
    """The newest first, each as it was recorded."""
    failed = Reload(
        began_at=NOW + DAY,
        cause="schedule",
        outcome=ReloadOutcome.FAILED,
        old_version="b",
        detail="no such folder",
    )
    await state.journal.record(failed)
    await state.journal.record(LOADED)

    assert await state.journal.reloads() == [failed, LOADED]
    assert await state.journal.reloads(limit=1) == [failed]


async def test_tallies_add_up(state: State) -> None:
    """By day, kind and name, however they come."""
    today = Tally(NOW.date(), "outcome", "answered")
    before = replace(today, day=NOW.date() - DAY)
    await state.journal.count([today, before, replace(today, count=4)])
    await state.answers.remember(shown(), tallies=[today, Tally(NOW.date(), "language", "de")])
    await state.journal.count([])

    assert await state.journal.tallies(NOW.date()) == [
        Tally(NOW.date(), "language", "de"),
        replace(today, count=6),
    ]
    assert await state.journal.tallies(NOW.date() - DAY, kind="outcome") == [
        before,
        replace(today, count=6),
    ]


async def test_unanswered_questions(keeping: State) -> None:
    """The newest first, with all that was kept of them."""
    state = keeping
    old = Unanswered(question="who?", outcome=Outcome.NOTHING, asked_at=NOW)
    new = Unanswered(
        question="where?",
        outcome=Outcome.RELATED,
        reason=Reason.UNKNOWN_NAME,
        asked_at=NOW + DAY,
        language="en",
        asker_id=5,
    )
    await state.journal.keep(new)
    await state.answers.remember(shown(), unanswered=old)

    assert await state.journal.unanswered() == [new, old]
    assert await state.journal.unanswered(since=NOW + DAY) == [new]
    assert await state.journal.unanswered(limit=1) == [new]


async def test_forget(keeping: State) -> None:
    """All that is stored about one person goes, and nothing of anybody else."""
    state = keeping
    mine, theirs = shown(asker_id=5, chat_id=5), shown(asker_id=6, chat_id=-1)
    for answer in (mine, theirs):
        asked = Unanswered(
            question="who?", outcome=Outcome.NOTHING, asked_at=NOW, asker_id=answer.asker_id
        )
        await state.answers.remember(answer, citations=[citation()], unanswered=asked)
        await state.answers.shown_in(answer.id, [1])
        await state.answers.vote(answer.id, 5, helpful=True, at=NOW)
        await state.answers.vote(answer.id, 6, helpful=True, at=NOW)
    await state.chats.set_language(5, "de")
    await state.chats.set_language(6, "de")
    await state.inbox.receive([incoming(n, chat_id=n, user_id=n) for n in (5, 6)])
    await state.inbox.receive([incoming(7, chat_id=5, user_id=5)])
    await state.inbox.set_aside(5, "why")
    await state.inbox.set_aside(6, "why")
    await state.journal.record(LOADED)

    removed = await state.forget(5)

    assert removed == Removed(answers=1, feedback=3, questions=1, chats=1, updates=1)
    assert removed.total == 7
    assert await state.answers.get(mine.id) is None
    assert await state.answers.by_message(5, 1) is None
    assert await state.answers.by_message(-1, 1) is not None
    assert await state.answers.votes() == Votes(helpful=1)
    assert [one.asker_id for one in await state.journal.unanswered()] == [6]
    assert (await state.chats.get(6)).language == "de"
    aside = {one.update_id: (one.payload, one.user_id) for one in await state.inbox.aside()}
    assert aside == {5: (None, None), 6: ('{"update_id": 6}', 6)}
    assert await state.inbox.waiting() == 1
    assert await state.citations.get(citation().id) == citation()
    assert await state.journal.reloads() == [LOADED]
    assert await state.forget(5) == Removed()


async def test_what_is_done_says_nothing_of_anybody(state: State) -> None:
    """An update that is done is a number, by which a duplicate is known."""
    await state.inbox.receive([incoming(1, chat_id=5, user_id=5)])
    await state.inbox.done(1)

    assert await state.forget(5) == Removed()
    assert await state.inbox.receive([incoming(1)]) == set()


async def test_prune(keeping: State) -> None:
    """What is older than it may be goes, with what hangs on it; what is younger stays."""
    state = keeping
    old, young = shown(asked_at=NOW - 91 * DAY), shown(asked_at=NOW - 89 * DAY)
    for answer in (old, young):
        asked = Unanswered(question="?", outcome=Outcome.NOTHING, asked_at=answer.asked_at)
        await state.answers.remember(answer, citations=[citation()], unanswered=asked)
        await state.answers.vote(answer.id, 1, helpful=True, at=answer.asked_at)
        await state.journal.record(replace(LOADED, began_at=answer.asked_at))
        age = Tally((answer.asked_at - 310 * DAY).date(), "outcome", "answered")
        await state.journal.count([age])
    times = {1: NOW - 3 * DAY, 2: NOW - DAY, 3: NOW - 3 * DAY, 4: NOW - 91 * DAY}
    await state.inbox.receive([incoming(n, received_at=at) for n, at in times.items()])
    await state.inbox.mark_sent(1, 0, 10)
    await state.inbox.done(1, 2)
    await state.inbox.set_aside(4, "why")

    assert await state.prune(NOW) == Removed(
        answers=1, feedback=1, questions=1, updates=2, reloads=1, tallies=1
    )
    assert await state.answers.get(old.id) is None
    assert await state.answers.get(young.id) is not None
    assert await state.answers.votes() == Votes(helpful=1)
    assert await state.inbox.waiting() == 1
    assert await state.inbox.sent(1) == {}
    assert await state.citations.get(citation().id) is not None
    assert await state.prune(NOW) == Removed()
    assert (await state.prune(NOW, Retention(answers=1, updates=0))).total == 5


async def test_prune_more_than_one_transaction_may(state: State) -> None:
    """All goes, however much it is."""
    await state.inbox.receive([incoming(n) for n in range(CHUNK + 1)])
    await state.inbox.done(*range(CHUNK + 1))

    assert (await state.prune(NOW + 3 * DAY)).updates == CHUNK + 1
