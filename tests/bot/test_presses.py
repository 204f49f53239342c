"""Presses of buttons where the bot has something else to do, or had: none is lost, none looks dead."""

from pathlib import Path

import pytest

from bot.handlers.waiting import MOMENT
from bot.rendering.catalogue import words_for
from tests.bot.running import running, write_articles
from tests.bot.troubled import slow
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")


async def asked(standin: Standin, user: User, text: str) -> Message:
    """The bot's reply to a message."""
    return await standin.wait_for_reply(standin.say(user, text))


async def test_an_example_in_a_busy_chat(standin: Standin, ann: User) -> None:
    """Pressed while a question is looked for, it is acknowledged at once and answered afterwards."""
    async with running(standin, library=slow(4 * MOMENT, word="slowly")):
        welcome = await asked(standin, ann, "/start")
        label = welcome.buttons()[0]["text"]
        question = standin.say(ann, "slowly, who denied involvement?")
        press = standin.press(ann, welcome, label)
        acknowledged = await standin.wait_for_answer(press)
        first = not question.replies
        answer = await standin.wait_for_message(ann, f"{label}\n")
        order = [message.text for message in standin.sent(ann)]

    assert acknowledged == {"text": "", "show_alert": False}
    assert first
    assert order.index(answer.text) == len(order) - 1 == 2
    assert standin.refusals() == []


async def test_what_is_shown_already(standin: Standin, ann: User) -> None:
    """The button of the quotation that is picked already changes nothing, before and after others."""
    async with running(standin):
        answer = await asked(standin, ann, "who denied involvement?")
        await standin.wait_for_answer(standin.press(ann, answer, "• 1 •"))
        await standin.wait_for_answer(standin.press(ann, answer, "2"))
        await standin.wait_for_edit(answer)
        await standin.wait_for_answer(standin.press(ann, answer, "• 2 •"))
        await asked(standin, ann, "/help")

    assert len(answer.versions) == 2
    assert standin.refusals() == []


async def test_too_many_examples(standin: Standin, ann: User) -> None:
    """Examples count as questions: who presses too many is told so at each press, and by no message."""
    async with running(standin, questions_per_user=2):
        welcome = await asked(standin, ann, "/start")
        label = welcome.buttons()[0]["text"]
        told = [await standin.wait_for_answer(standin.press(ann, welcome, label)) for _ in range(4)]
        await asked(standin, ann, "/help")

    notice = ENGLISH("too-many", questions=2, seconds=30)
    assert [each["text"] for each in told[:3]] == ["", "", notice]
    assert told[3]["text"].startswith("That was too fast")
    assert len(standin.sent(ann)) == 4


async def test_what_a_press_in_a_short_queue_says(standin: Standin, ann: User) -> None:
    """A press that waits for less than a moment is still told in its own way."""
    async with running(standin):
        answer = await asked(standin, ann, "who denied involvement?")
        standin.say(ann, "/help")
        press = standin.press(ann, answer, ENGLISH("button-helpful"))
        told = await standin.wait_for_answer(press)

    assert told["text"] in {ENGLISH("voted-helpful"), ""}  # "" on a machine that is very slow
    assert standin.refusals() == []


@pytest.mark.parametrize("late", [False, True])
async def test_an_alert_that_cannot_be_shown(
    standin: Standin, ann: User, tmp_path: Path, late: bool
) -> None:
    """What must be said is said in the chat where the press was acknowledged before, or is too old."""
    folder = tmp_path / "news"
    lines = "\n".join(f"Paragraph {n}. {'It rained on the harbour. ' * 30}" for n in range(9))
    write_articles(folder, {"id": "long", "text": lines})
    async with running(standin, folder):
        message = await asked(standin, ann, "/article long")
    write_articles(folder, {"id": "other", "text": "It is sunny."})
    if late:
        standin.press(ann, message, "More").old = True
    async with running(standin, library=slow(4 * MOMENT, folder, word="slowly")):
        if not late:
            standin.say(ann, "slowly, is it sunny?")
            standin.press(ann, message, "More")
        said = await standin.wait_for_message(ann, ENGLISH("article-left"))

    assert said.reply_to is message
    assert len(message.versions) == 1
