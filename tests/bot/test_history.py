"""/audit and /rollback in the chat."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.library import Library
from bot.rendering.catalogue import words_for
from bot.snapshots import Snapshots
from bot.state import Action, ReloadOutcome
from tests.bot.administering import KEPT, NEW, OLD, QUESTION, corpus_of, ended
from tests.bot.running import Running, running, write_articles
from tests.standin import Standin, User

ENGLISH = words_for("en")


@pytest.fixture(name="admin")
def _admin(standin: Standin) -> User:
    return standin.user(42, "Adam")


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return corpus_of(tmp_path / "corpus")


def opened(corpus: Path) -> Library:
    """A library that keeps its snapshots beside the corpus, as after a start."""
    snapshots = Snapshots(corpus, folder=corpus.parent / "index")
    return Library(snapshots, snapshots.open())


@pytest.fixture(name="bot")
async def _bot(standin: Standin, admin: User, corpus: Path) -> AsyncIterator[Running]:
    standin.private(admin)
    library = opened(corpus)
    async with running(standin, corpus, admins={admin.id}, library=library) as bot:
        yield bot


async def test_going_back(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """The versions that are kept are on buttons; a press goes back, a command forward again."""
    first = bot.library.snapshot.corpus.version
    write_articles(corpus, NEW, KEPT)
    await ended(standin, standin.say(admin, "/reload"))
    second = bot.library.snapshot.corpus.version

    shown = await standin.wait_for_reply(standin.say(admin, "/rollback"))
    listed = shown.text
    await standin.wait_for_answer(standin.press(admin, shown, first))
    await standin.wait_for_edit(shown, "Reloaded", versions=2)
    back = await standin.wait_for_reply(standin.say(admin, QUESTION))
    await ended_going(standin, standin.say(admin, f"/rollback {second}"))
    forward = await standin.wait_for_reply(standin.say(admin, QUESTION))

    assert first in listed
    assert f"{second}, articles: 2" in listed
    assert listed.count("in use") == 1
    assert back.marked("blockquote") == [OLD["text"]]
    assert forward.marked("blockquote") == [NEW["text"]]
    lines = await bot.state.journal.reloads()
    assert [(each.action, each.old_version, each.new_version) for each in lines] == [
        (Action.ROLLBACK, first, second),
        (Action.ROLLBACK, second, first),
        (Action.RELOAD, first, second),
    ]


async def ended_going(standin: Standin, asked: object) -> None:
    """Wait until a rollback by command has ended."""
    reply = await standin.wait_for_reply(asked)  # type: ignore[arg-type] # a message of the stand-in
    await standin.wait_for_edit(reply, "Version:", versions=1)


async def test_it_outlives_a_restart(standin: Standin, admin: User, corpus: Path) -> None:
    """What was gone back to is what a restart answers from, although the folder holds other articles."""
    standin.private(admin)
    library = opened(corpus)
    first = library.snapshot.corpus.version
    async with running(standin, corpus, admins={admin.id}, library=library):
        write_articles(corpus, NEW, KEPT)
        await ended(standin, standin.say(admin, "/reload"))
        await ended_going(standin, standin.say(admin, f"/rollback {first}"))
    async with running(standin, corpus, admins={admin.id}, library=opened(corpus)):
        after = await standin.wait_for_reply(standin.say(admin, QUESTION))

    assert after.marked("blockquote") == [OLD["text"]]


async def test_a_version_that_is_not_kept(bot: Running, standin: Standin, admin: User) -> None:
    """It says so, and nothing changes; the attempt is on record."""
    reply = await ended(standin, standin.say(admin, "/rollback 0123456789ab"))
    alone = await standin.wait_for_reply(standin.say(admin, "/rollback"))

    assert reply.text.startswith("The reload failed: version 0123456789ab")
    assert ENGLISH("rollback-none") in alone.text
    assert alone.buttons() == []
    (line,) = await bot.state.journal.reloads()
    assert (line.action, line.outcome, line.new_version) == (
        Action.ROLLBACK, ReloadOutcome.FAILED, None,
    )  # fmt: skip


async def test_the_trail(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """/audit tells who did what, when, with versions and the outcome; in pages."""
    empty = await standin.wait_for_reply(standin.say(admin, "/audit"))
    await ended(standin, standin.say(admin, "/reload check"))
    (checked,) = await bot.state.journal.reloads()
    for number in range(1, 10):
        later = checked.began_at + timedelta(minutes=number)
        by_schedule = replace(checked, action=Action.RELOAD, cause="schedule", by=None)
        loaded = replace(by_schedule, outcome=ReloadOutcome.LOADED, new_version="abcdef012345")
        await bot.state.journal.record(replace(loaded, began_at=later))

    shown = await standin.wait_for_reply(standin.say(admin, "/audit"))
    first = shown.text
    await standin.wait_for_answer(standin.press(admin, shown, "More"))
    await standin.wait_for_edit(shown, "Page 2 of 2", versions=2)

    assert empty.text == ENGLISH("audit-none")
    old = checked.old_version
    told = f"Reload: in place\nby schedule\nVersion: {old} before, abcdef012345 now\n"
    assert first.count(told) == 8
    told = f"Check: nothing changed\nUser 42, by a command\nVersion: {old}\n  +0 ~0 -0 !0"
    assert told in shown.text


async def test_others(bot: Running, standin: Standin) -> None:
    """Nobody else sees it, or goes back."""
    eve = standin.user(7, "Eve")
    for command in ("/audit", "/rollback", "/rollback 0123456789ab"):
        reply = await standin.wait_for_reply(standin.say(eve, command))

        name = command.partition(" ")[0]
        assert reply.text == ENGLISH("admin-only", command=name, user="7")
