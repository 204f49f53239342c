"""/privacy and /forget, over the wire."""

from datetime import UTC, datetime

import pytest

from bot.rendering.catalogue import words_for
from bot.state import ShownAnswer
from retrieval.models import Outcome
from tests.bot.running import running
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")


def answer_for(user: User) -> ShownAnswer:
    """An answer that *user* once got."""
    return ShownAnswer(
        id=f"answer-{user.id}",
        outcome=Outcome.ANSWERED,
        snippets=(),
        corpus_version="1",
        asked_at=datetime.now(UTC),
        asker_id=user.id,
    )


async def pressed(standin: Standin, user: User, message: Message, button: str) -> str:
    """What *user* is told in passing after pressing a button."""
    answer = await standin.wait_for_answer(standin.press(user, message, ENGLISH(button)))
    return str(answer["text"])


async def test_privacy_in_a_file(
    standin: Standin, ann: User, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It tells what is kept, and for how long, as the settings are."""
    file = tmp_path_factory.mktemp("state") / "state.sqlite3"
    async with running(standin, state=str(file), keep_days=17, keep_questions=True):
        said = await standin.wait_for_reply(standin.say(ann, "/privacy"))

    assert "17 days" in said.text
    assert ENGLISH("privacy-questions", kept="true") in said.text


async def test_privacy_in_memory(standin: Standin, ann: User) -> None:
    """Where nothing outlasts the program, it says so."""
    async with running(standin):
        said = await standin.wait_for_reply(standin.say(ann, "/privacy"))

    assert said.text == ENGLISH("privacy-memory")


async def test_forget(standin: Standin, ann: User) -> None:
    """What is stored about somebody is deleted when they confirm it, and counted; of others nothing."""
    bob = standin.user(12, "Bob")
    async with running(standin) as bot:
        for user in (ann, bob):
            await bot.state.answers.remember(answer_for(user))
        sure = await standin.wait_for_reply(standin.say(ann, "/forget"))
        assert sure.text == ENGLISH("forget-sure")
        assert await bot.state.answers.get("answer-11")
        await pressed(standin, ann, sure, "forget-yes")
        done = await standin.wait_for_edit(sure)

        assert ENGLISH("forgotten-answers", count=1) in done.text
        assert await bot.state.answers.get("answer-11") is None
        assert await bot.state.answers.get("answer-12")


async def test_forget_after_all_not(standin: Standin, ann: User) -> None:
    """Whoever thinks better of it keeps everything."""
    async with running(standin) as bot:
        await bot.state.answers.remember(answer_for(ann))
        sure = await standin.wait_for_reply(standin.say(ann, "/forget"))
        await pressed(standin, ann, sure, "forget-no")
        done = await standin.wait_for_edit(sure)

        assert done.text == ENGLISH("forget-kept")
        assert await bot.state.answers.get("answer-11")


async def test_forget_by_another(standin: Standin, ann: User) -> None:
    """In a group nobody can delete, or keep, in the place of somebody else."""
    bob = standin.user(12, "Bob")
    desk = standin.group(-1001, "Desk")
    async with running(standin) as bot:
        await bot.state.answers.remember(answer_for(ann))
        sure = await standin.wait_for_reply(standin.say(ann, "/forget", chat=desk))
        for button in ("forget-yes", "forget-no"):
            assert await pressed(standin, bob, sure, button) == ENGLISH("forget-not-yours")

        assert await bot.state.answers.get("answer-11")
        assert sure.versions == [ENGLISH("forget-sure")]


async def test_nothing_to_forget(standin: Standin, ann: User) -> None:
    """Somebody of whom nothing is known is told so, and may press twice."""
    async with running(standin):
        sure = await standin.wait_for_reply(standin.say(ann, "/forget"))
        await pressed(standin, ann, sure, "forget-yes")
        done = await standin.wait_for_edit(sure)

    assert ENGLISH("forgotten-answers", count=1) not in done.text


async def test_forget_anonymously(standin: Standin) -> None:
    """An anonymous admin is nobody in particular, so nothing can be deleted for them."""
    desk = standin.group(-1001, "Desk")
    async with running(standin):
        said = await standin.wait_for_reply(standin.say_anonymously(desk, "/forget"))

    assert said.text == ENGLISH("forget-anonymous")
