"""Groups over the wire: who is answered and where, the hello, moves, and what is left alone."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.groups import PAUSE
from bot.rendering.catalogue import words_for
from tests.bot.running import Running, running
from tests.standin import Chat, Message, Standin, User, origins
from tests.standin.messages import found_entities

ENGLISH = words_for("en")
GERMAN = words_for("de")
NAME = "@on_the_record_bot"

QUESTION = "who denied involvement?"
GOSSIP = "Lunchtime gossip about Dora"


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(1_111_111_111, "Ann")


@pytest.fixture(name="bob")
def _bob(standin: Standin) -> User:
    return standin.user(2_222_222_222, "Bob", language_code="de")


@pytest.fixture(name="desk", params=["group", "supergroup", "forum"])
def _desk(request: pytest.FixtureRequest, standin: Standin) -> Chat:
    """Each kind of group; the forum has a topic 7."""
    match request.param:
        case "group":
            return standin.group(-100, "Friends", kind="group")
        case "forum":
            return standin.group(-1002, "Forum", topics=[7])
        case _:
            return standin.group(-1001, "Desk")


def thread_of(chat: Chat) -> int | None:
    """The topic in which a test talks."""
    return next(iter(chat.topics), None)


def contents(folder: Path) -> list[bytes]:
    """What the files of a folder hold."""
    return [each.read_bytes() for each in folder.iterdir() if each.is_file()]


def cited(reply: Message) -> bool:
    """Whether it is an answer."""
    return bool(reply.marked("blockquote"))


# Who is answered


@pytest.mark.parametrize(
    "text",
    [
        f"/ask {QUESTION}",
        f"/ask{NAME} {QUESTION}",
        f"{NAME} {QUESTION}",
        f"{NAME.upper()}, {QUESTION}",
        f"😀👩‍👩‍👧 tell us {NAME} {QUESTION}",
        f"{QUESTION} {NAME}",
    ],
)
async def test_called(live: Running, standin: Standin, ann: User, desk: Chat, text: str) -> None:
    """By a command or by its name, anywhere, the bot answers the asker, in the asker's topic."""
    asked = standin.say(ann, text, chat=desk, thread=thread_of(desk))

    reply = await standin.wait_for_reply(asked)

    assert cited(reply)
    assert (reply.reply_to, reply.thread) == (asked, thread_of(desk))


@pytest.mark.parametrize("all_is_heard", [False, True], ids=["privacy mode", "all is heard"])
async def test_talk_is_left_alone(
    standin: Standin, ann: User, bob: User, desk: Chat, all_is_heard: bool
) -> None:
    """Talk, other bots' commands and names, forwards and pictures get no reply, heard or not."""
    if all_is_heard:
        standin.promote(ann, desk)
    thread = thread_of(desk)
    async with running(standin):
        talk = standin.say(bob, QUESTION, chat=desk, thread=thread)
        for text in ("/ask@another_bot who?", "see /ask", "/nonsense", f"a{NAME}", "@dora who?"):
            standin.say(ann, text, chat=desk, thread=thread)
        standin.say(ann, QUESTION, chat=desk, thread=thread, reply_to=talk)
        standin.forward(ann, f"/ask{NAME} {QUESTION}", origins(bob), chat=desk)
        standin.send(ann, {"dice": {"emoji": "🎲", "value": 3}}, chat=desk)
        asked = standin.say(ann, f"/ask {QUESTION}", chat=desk, thread=thread)
        reply = await standin.wait_for_reply(asked)
        standin.say(ann, "👍", chat=desk, thread=thread, reply_to=reply)
        last = await standin.wait_for_reply(standin.say(ann, "/help", chat=desk, thread=thread))

    assert standin.sent(desk) == [reply, last]


async def test_answers_in_the_language_of_who_asks(
    live: Running, standin: Standin, ann: User, bob: User, desk: Chat
) -> None:
    """Each asker in a group reads their own language around the quotations."""
    english, german = [
        await standin.wait_for_reply(standin.say(each, "/ask", chat=desk)) for each in (ann, bob)
    ]

    assert english.text == ENGLISH("ask-how")
    assert german.text == GERMAN("ask-how")


async def test_no_persons(live: Running, standin: Standin, ann: User) -> None:
    """Anonymous admins and channels that are members are answered like anybody; nobody shares a limit."""
    desk = standin.group(-1001, "Desk")
    news = standin.group(-1003, "News", kind="channel")
    anonymous = standin.say_anonymously(desk, f"/ask {QUESTION}")
    channel = standin.say_as(news, desk, f"{NAME} {QUESTION}")

    answer = await standin.wait_for_reply(anonymous)
    assert cited(answer)
    assert cited(await standin.wait_for_reply(channel))
    assert cited(
        await standin.wait_for_reply(standin.say_anonymously(desk, "where?", reply_to=answer))
    )


async def test_posts_of_the_linked_channel_and_of_bots(
    live: Running, standin: Standin, ann: User
) -> None:
    """They name the bot in vain: nobody asks. A reply to such a post may."""
    desk = standin.group(-1001, "Desk")
    basic: dict[str, Any] = {"date": 1, "chat": desk.json(), "text": f"{NAME} {QUESTION}"}
    basic["entities"] = found_entities(basic["text"])
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    telegrams = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    channel = {"id": -1003, "type": "channel", "title": "News"}
    post = {"from": telegrams, "sender_chat": channel, "is_automatic_forward": True}
    standin.deliver_raw("message", {**basic, "message_id": 901, **post})
    standin.deliver_raw("message", {**basic, "message_id": 902, "from": robot})
    via = {"from": ann.json(), "via_bot": standin.world.bot.json()}
    standin.deliver_raw("message", {**basic, "message_id": 903, **via})

    asked = standin.say(ann, f"/ask {QUESTION}", chat=desk)
    reply = await standin.wait_for_reply(asked)

    assert standin.sent(desk) == [reply]


async def test_own_inline_posts_in_private(live: Running, standin: Standin, ann: User) -> None:
    """What somebody posts through the bot, into its own chat even, is no question."""
    content = {"chat": standin.private(ann).json(), "from": ann.json(), "text": QUESTION, "date": 1}
    content["via_bot"] = standin.world.bot.json()
    standin.deliver_raw("message", {**content, "message_id": 900})

    last = await standin.wait_for_reply(standin.say(ann, "/help"))

    assert standin.sent(ann) == [last]


# Hello


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_hello(standin: Standin, bob: User, kind: str) -> None:
    """The bot says hello once when it is added, in the language of whoever added it."""
    desk = standin.group(-1001, "Desk", kind=kind, joined=False)
    async with running(standin):
        standin.invite(bob, desk)
        hello = await standin.wait_for_message(desk)
        standin.promote(bob, desk)
        standin.promote(bob, desk, "member")
        answer = await standin.wait_for_reply(standin.say(bob, f"{NAME} {QUESTION}", chat=desk))

    assert hello.text == GERMAN("greeting", name=NAME)
    assert NAME in hello.text
    assert "/ask" in hello.text
    assert standin.sent(desk) == [hello, answer]


async def test_hello_again(standin: Standin, ann: User) -> None:
    """Thrown out and added again, the bot says hello again, and only then."""
    desk = standin.group(-100, "Friends", kind="group", joined=False)
    async with running(standin):
        standin.invite(ann, desk)
        first = await standin.wait_for_message(desk)
        standin.expel(ann, desk)
        standin.invite(ann, desk)
        await standin.wait_for_call("sendMessage", 2)
        answer = await standin.wait_for_reply(standin.say(ann, f"/ask {QUESTION}", chat=desk))

    said = standin.sent(desk)
    assert [each.text for each in said] == [first.text, first.text, answer.text]


async def test_no_second_hello_after_a_restart(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Telegram may tell twice that the bot was added; it was greeted all the same."""
    desk = standin.group(-100, "Friends", kind="group", joined=False)
    state = str(tmp_path / "state.sqlite3")
    async with running(standin, state=state):
        standin.invite(ann, desk)
        hello = await standin.wait_for_message(desk)
        await standin.wait_for_reply(standin.say(ann, "/ask", chat=desk))
    async with running(standin, state=state):
        standin._become(ann, desk, "left")
        standin.world.updates.clear()
        standin._become(ann, desk, "member")
        answer = await standin.wait_for_reply(standin.say(ann, f"/ask {QUESTION}", chat=desk))

    assert standin.sent(desk)[0] is hello
    assert standin.sent(desk)[-1] is answer
    assert sum(each.text == hello.text for each in standin.sent(desk)) == 1


async def test_hello_where_it_may_not_write(
    standin: Standin, ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Added to a group where it may not write, the bot is silent, and nothing breaks."""
    desk = standin.group(-100, "Friends", kind="group", joined=False)
    desk.muted = True
    async with running(standin):
        standin.invite(ann, desk)
        await standin.wait_for_call("sendMessage")
        await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert standin.sent(desk) == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_no_hello_in_channels_and_private_chats(
    live: Running, standin: Standin, ann: User
) -> None:
    """A channel that the bot is added to, and somebody who unblocks it, hear nothing."""
    news = standin.group(-1003, "News", kind="channel", joined=False)
    standin._become(ann, news, "administrator")
    await standin.wait_for_reply(standin.say(ann, "/help"))
    standin.block(ann)
    standin.unblock(ann)

    await standin.wait_for_reply(standin.say(ann, "/status"))

    assert len(standin.sent(ann)) == 2
    assert standin.sent(news) == []


# A group becomes a supergroup


async def test_migration(standin: Standin, ann: User) -> None:
    """What is known of a group is known of its supergroup: it is not greeted anew, and is answered."""
    old = standin.group(-100, "Friends", kind="group", joined=False)
    async with running(standin) as live:
        standin.invite(ann, old)
        await standin.wait_for_message(old)
        await live.state.chats.set_language(old.id, "de")
        new = standin.migrate(old, -1001, ann)
        answer = await standin.wait_for_reply(standin.say(ann, f"/ask {QUESTION}", chat=new))
        await asyncio.sleep(PAUSE)
        known = await live.state.chats.get(new.id)
        left = await live.state.chats.get(old.id)

    assert cited(answer)
    assert standin.sent(new) == [answer]
    assert (known.kind, known.language, known.greeted) == ("supergroup", "de", True)
    assert left.migrated_to == new.id


async def test_a_question_just_before_the_migration(standin: Standin, ann: User) -> None:
    """A question whose group is gone when the answer is ready is answered in the supergroup."""
    old = standin.group(-100, "Friends", kind="group")
    standin.say(ann, f"/ask {QUESTION}", chat=old)
    new = standin.migrate(old, -1001, ann)
    async with running(standin, ready=False):
        answer = await standin.wait_for_message(new)

    assert cited(answer)
    assert standin.sent(old) == []
    assert standin.sent(new) == [answer]


async def test_groups_without_a_memory(live: Running, standin: Standin, ann: User) -> None:
    """When the state cannot be used, the bot says hello all the same, and goes along."""
    await live.state.close()
    group = standin.group(-100, "Friends", kind="group", joined=False)

    standin.invite(ann, group)
    hello = await standin.wait_for_message(group)
    new = standin.migrate(group, -1001, ann)
    answer = await standin.wait_for_reply(standin.say(ann, f"/ask {QUESTION}", chat=new))
    standin.expel(ann, new)
    await standin.wait_for_reply(standin.say(ann, "/help"))

    assert hello.text == ENGLISH("greeting", name=NAME)
    assert cited(answer)


# No traces


async def test_no_trace_of_others(
    standin: Standin,
    ann: User,
    bob: User,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Where the bot hears all, nothing of what others say is stored or logged, not for a moment."""
    caplog.set_level(logging.DEBUG)
    desk = standin.group(-1001, "Desk", topics=[7])
    standin.promote(ann, desk)
    file = tmp_path / "state.sqlite3"
    async with running(standin, state=str(file)):
        gossip = standin.say(bob, GOSSIP, chat=desk, thread=7)
        standin.edit(gossip, f"{GOSSIP}, and more")
        standin.say(bob, f"{GOSSIP}?", chat=desk, reply_to=gossip)
        standin.send(bob, {"dice": {"emoji": "🎲", "value": 3}}, chat=desk, caption=GOSSIP)
        await standin.wait_for_reply(standin.say(ann, f"/ask {QUESTION}", chat=desk))
        await standin.wait_until_read()
        written = contents(tmp_path)

    with closing(sqlite3.connect(file)) as connection:
        kept = "\n".join(connection.iterdump())
    assert not any(GOSSIP.encode() in content for content in written)
    assert "Lunchtime" not in kept
    assert str(bob.id) not in kept
    assert str(ann.id) in kept
    assert GOSSIP not in caplog.text


async def test_no_trace_of_a_claim(standin: Standin, ann: User, bob: User, tmp_path: Path) -> None:
    """The message that somebody asks about is not kept, nor is who wrote it."""
    desk = standin.group(-1001, "Desk")
    file = tmp_path / "state.sqlite3"
    async with running(standin, state=str(file)):
        claim = standin.say(bob, GOSSIP, chat=desk)
        await standin.wait_for_reply(standin.say(ann, "/ask", chat=desk, reply_to=claim))

    with closing(sqlite3.connect(file)) as connection:
        assert "Lunchtime" not in "\n".join(connection.iterdump())
