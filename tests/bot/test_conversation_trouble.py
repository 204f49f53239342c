"""The network fails, Telegram refuses, handlers break: what the bot does about it."""

import asyncio
import logging

import pytest

from bot.errors import TokenRefusedError
from bot.rendering.catalogue import words_for
from tests.bot.running import running
from tests.bot.troubled import failing
from tests.standin import Fault, Standin, User

ENGLISH = words_for("en")

QUESTION = "who denied involvement?"


async def test_handler_error(standin: Standin, ann: User, caplog: pytest.LogCaptureFixture) -> None:
    """An error in a handler is logged with its cause; the asker gets an apology and no detail."""
    async with running(standin, library=failing()):
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION))
        after = await standin.wait_for_reply(standin.say(ann, "/help"))

    assert reply.text == ENGLISH("apology")
    assert after.text == ENGLISH("help")
    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert errors[0].exc_info
    assert "the disk is on fire" in str(errors[0].exc_info[1])


async def test_order_within_a_chat(standin: Standin, ann: User) -> None:
    """A slow chat holds up itself only, and its replies keep the order of its questions."""
    bob = standin.user(12, "Bob")
    async with running(standin):
        standin.fail_next("sendMessage", Fault.slow(0.5))
        asked = [standin.say(ann, question) for question in (QUESTION, "/help", "/status")]
        await standin.wait_for_reply(asked[0])
        bobs = await standin.wait_for_reply(standin.say(bob, QUESTION))
        await standin.wait_for_reply(asked[-1])

    order = [(message.chat.id, message.reply_to) for message in standin.world.sent]
    assert order == [(ann.id, asked[0]), (bob.id, bobs.reply_to), *((ann.id, m) for m in asked[1:])]


async def test_many_questions_at_once(standin: Standin) -> None:
    """Every question of many chats gets exactly one reply."""
    people = [standin.user(100 + number, f"P{number}") for number in range(30)]
    async with running(standin):
        asked = [standin.say(person, QUESTION) for person in people for _ in range(3)]
        for message in asked:
            await standin.wait_for_reply(message)

    assert sorted(sent.reply_to.id for sent in standin.world.sent if sent.reply_to) == sorted(
        message.id for message in asked
    )


async def test_flood(standin: Standin, ann: User) -> None:
    """A reply that Telegram refuses for flooding is sent after the time that it names, once."""
    async with running(standin):
        standin.fail_next("sendMessage", Fault.flood(1))
        await standin.wait_for_reply(standin.say(ann, QUESTION))
        calls = await standin.wait_for_call("sendMessage", 2)

    assert len(standin.sent(ann)) == 1
    assert calls[1].at - calls[0].at >= 1


@pytest.mark.parametrize("executed", [True, False])
async def test_lost_connection_while_sending(
    standin: Standin, ann: User, executed: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """What may have been sent is never sent twice, and no apology follows it; the log says so."""
    async with running(standin):
        standin.fail_next("sendMessage", Fault.dropped(executed=executed))
        asked = standin.say(ann, QUESTION)
        await standin.wait_for_call("sendMessage")
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert [sent.reply_to is asked for sent in standin.sent(ann)] == [True, False][not executed :]
    assert "the reply may be lost" in caplog.text


async def test_blocked_bot(standin: Standin, ann: User, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody who blocks the bot meanwhile is no error, and nobody else notices."""
    async with running(standin):
        standin.say(ann, QUESTION)
        standin.private(ann).blocked = True
        await standin.wait_for_call("sendMessage")
        await standin.wait_for_reply(standin.say(standin.user(12, "Bob"), QUESTION))

    assert standin.sent(ann) == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_deleted_question(standin: Standin, ann: User) -> None:
    """A question that is deleted before the reply is answered all the same."""
    async with running(standin):
        asked = standin.say(ann, QUESTION)
        del asked.chat.messages[asked.id]
        await standin.wait_for_call("sendMessage")

    assert len(standin.sent(ann)) == 1
    assert standin.sent(ann)[0].reply_to is None


async def test_pressed_too_late(standin: Standin, ann: User) -> None:
    """A press that Telegram has given up on doesn't stop the bot."""
    async with running(standin):
        welcome = await standin.wait_for_reply(standin.say(ann, "/start"))
        late = standin.press(ann, welcome, welcome.buttons()[0]["text"])
        late.old = True
        await standin.wait_for_call("answerCallbackQuery")
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert reply.marked("blockquote")


async def test_polling_trouble(standin: Standin, ann: User) -> None:
    """Polling goes on after errors, garbage and dropped connections, and loses no question."""
    async with running(standin):
        standin.fail_next(
            "getUpdates", Fault.gateway(), Fault.dropped(executed=True), Fault.answer(500, "Oops")
        )
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION), seconds=20)

    assert reply.marked("blockquote")


async def test_telegram_is_down_at_the_start(standin: Standin, ann: User) -> None:
    """Without a network the bot waits and tries again until Telegram is there."""
    await standin.stop()
    async with running(standin, ready=False) as bot:
        await asyncio.sleep(0.3)
        assert not bot.serving.done()
        await standin.start()
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert reply.marked("blockquote")


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteWebhook", "getUpdates"])
async def test_token_refused_at_the_start(standin: Standin, method: str) -> None:
    """A token that Telegram refuses ends the bot, with a message that doesn't hold it."""
    standin.fail_next(method, *[Fault.answer(401, "Unauthorized")] * 2)

    async with running(standin, ready=False) as bot:
        with pytest.raises(TokenRefusedError) as refused:
            await asyncio.wait_for(bot.serving, 60)

    assert "TELEGRAM_BOT_TOKEN" in str(refused.value)
    assert standin.token not in repr(refused.getrepr(style="long"))


async def test_token_revoked_while_polling(standin: Standin, ann: User) -> None:
    """A token that is revoked ends the bot; it doesn't live on deaf."""
    async with running(standin) as bot:
        await standin.wait_for_reply(standin.say(ann, QUESTION))
        standin.fail_next("getUpdates", *[Fault.answer(401, "Unauthorized")] * 2)
        standin.say(ann, "/help")
        with pytest.raises(TokenRefusedError):
            await asyncio.wait_for(bot.serving, 60)


async def test_another_program_polls(
    standin: Standin, ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    """A second program with the same token is named as what it is."""
    async with running(standin):
        standin.fail_next("getUpdates", Fault.answer(409, "Conflict: terminated by other"))
        standin.say(ann, "/help")
        await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert "another program polls with the same token" in caplog.text
