"""/remove and /restore in the chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from bot.state import Action
from tests.bot.administering import KEPT, OLD, QUESTION, corpus_of, ended
from tests.bot.running import Running, running, write_articles
from tests.standin import Standin, User

ENGLISH = words_for("en")


@pytest.fixture(name="admin")
def _admin(standin: Standin) -> User:
    return standin.user(42, "Adam")


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return corpus_of(tmp_path / "corpus")


@pytest.fixture(name="bot")
async def _bot(standin: Standin, admin: User, corpus: Path) -> AsyncIterator[Running]:
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id}) as bot:
        yield bot


async def test_away_and_back(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """The article is shown; taken away it answers no more, also after a /reload; restored it does."""
    before = (corpus / "articles.jsonl").read_bytes()
    shown = await standin.wait_for_reply(standin.say(admin, "/remove old"))
    text = shown.text
    await standin.wait_for_answer(standin.press(admin, shown, "Take away"))
    await standin.wait_for_edit(shown, "Reloaded", versions=2)
    gone = await standin.wait_for_reply(standin.say(admin, QUESTION))
    reloaded = await ended(standin, standin.say(admin, "/reload"))
    listed = await standin.wait_for_reply(standin.say(admin, "/restore"))
    await ended(standin, standin.say(admin, "/restore old"))
    back = await standin.wait_for_reply(standin.say(admin, QUESTION))

    assert "Old story" in text
    assert OLD["text"] in text
    assert "Removed: 1 article\n  Old story" in shown.text
    assert gone.marked("blockquote") == []
    assert "as before" in reloaded.text
    assert listed.text.endswith("\n  old")
    assert back.marked("blockquote") == [OLD["text"]]
    assert (corpus / "articles.jsonl").read_bytes() == before
    lines = await bot.state.journal.reloads()
    assert [each.action for each in lines] == [Action.RESTORE, Action.RELOAD, Action.REMOVE]
    assert (lines[2].detail or "").startswith("old ")


async def test_after_all_not(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """Cancel leaves it; so does who is no admin."""
    shown = await standin.wait_for_reply(standin.say(admin, "/remove old"))
    eve = standin.user(7, "Eve")

    pressed = await standin.wait_for_answer(standin.press(eve, shown, "Take away"))
    await standin.wait_for_answer(standin.press(admin, shown, "Cancel"))
    await standin.wait_for_edit(shown, ENGLISH("remove-kept"), versions=2)
    forged = await standin.wait_for_answer(standin.forge(admin, shown, "remove:yes:0123"))

    assert pressed["text"] == ENGLISH("admins-press")
    assert forged["text"] == ENGLISH("remove-gone")
    assert not (corpus / ".removed.jsonl").exists()


async def test_the_last_one_stays(standin: Standin, admin: User, tmp_path: Path) -> None:
    """A corpus without articles is hardly meant: the last one is not taken away, nor listed as such."""
    corpus = write_articles(tmp_path / "one", KEPT)
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id}):
        shown = await standin.wait_for_reply(standin.say(admin, "/remove kept"))
        await standin.wait_for_answer(standin.press(admin, shown, "Take away"))
        await standin.wait_for_edit(shown, "The reload failed", versions=2)
        listed = await standin.wait_for_reply(standin.say(admin, "/restore"))

    assert listed.text == ENGLISH("restore-none")


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("/remove", ENGLISH("remove-how")),
        ("/remove nothing of that name", ENGLISH("remove-unknown", id="nothing of that name")),
        ("/restore", ENGLISH("restore-none")),
        ("/restore old", ENGLISH("restore-unknown", id="old")),
    ],
)
async def test_what_is_not_there(
    bot: Running, standin: Standin, admin: User, command: str, reply: str
) -> None:
    """Without an id, or with one that no article has, it says what to do."""
    answer = await standin.wait_for_reply(standin.say(admin, command))
    refused = await standin.wait_for_reply(standin.say(standin.user(7, "Eve"), command))

    assert answer.text == reply
    assert refused.text == ENGLISH("admin-only", command=command.partition(" ")[0], user="7")
