"""All ways to ask over the wire: claims, follow-ups, edits; questions at bad moments and too many."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from tests.bot.running import Running, running, write_articles
from tests.standin import Chat, Fault, Message, Standin, User, origins

ENGLISH = words_for("en")

QUESTION = "who denied involvement?"
ABOUT_PESKOV = "What did Peskov say about the drones?"
CLAIM = "The White House flatly denied that the United States had been involved."
DENIAL = "John Kirby, its national security spokesman, flatly denied"
NOISE = "lunch is at noon"
STICKER = {
    "file_id": "s",
    "file_unique_id": "u",
    "type": "regular",
    "width": 1,
    "height": 1,
    "is_animated": False,
    "is_video": False,
}
PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "q", "width": 1, "height": 1}]}

Where = tuple[Chat | None, int | None]


@pytest.fixture(name="bob")
def _bob(standin: Standin) -> User:
    return standin.user(12, "Bob")


@pytest.fixture(name="where", params=["private", "group", "supergroup", "topic"])
def _where(request: pytest.FixtureRequest, standin: Standin) -> Where:
    """Each kind of chat, as (chat, thread); no chat is the private one."""
    match request.param:
        case "group":
            return standin.group(-100, "Friends", kind="group"), None
        case "supergroup":
            return standin.group(-1001, "Desk"), None
        case "topic":
            return standin.group(-1002, "Forum", topics=[7]), 7
        case _:
            return None, None


def said_to_be_about(reply: Message) -> str:
    """What the bot says that it has understood."""
    return next((line for line in reply.text.splitlines() if "Understood" in line), "")


async def settle(standin: Standin, user: User) -> None:
    """Return when all is handled that *user* said in private before."""
    await standin.wait_for_reply(standin.say(user, "/help"))


# Claims


async def test_a_forwarded_message(live: Running, standin: Standin, ann: User, bob: User) -> None:
    """What is forwarded in private is taken for a claim, whoever said it first, commands included."""
    news = standin.group(-1003, "News", kind="channel")
    for origin in (bob, news, "Carol"):
        reply = await standin.wait_for_reply(standin.forward(ann, CLAIM, origins(origin)))
        assert any(quotation.startswith(DENIAL) for quotation in reply.marked("blockquote"))

    command = standin.forward(ann, f"/help {CLAIM}", origins(bob))

    assert (await standin.wait_for_reply(command)).marked("blockquote")


async def test_a_caption(live: Running, standin: Standin, ann: User) -> None:
    """The words below a picture are a question."""
    reply = await standin.wait_for_reply(standin.send(ann, PHOTO, caption=QUESTION))

    assert reply.marked("blockquote")


@pytest.mark.parametrize(
    "call", ["/ask", "/ask@on_the_record_bot", "@On_The_Record_Bot", "@on_the_record_bot ?"]
)
async def test_a_claim_in_a_group(
    live: Running, standin: Standin, ann: User, bob: User, call: str
) -> None:
    """Who is called under somebody's message looks for what that says, and replies to the caller."""
    desk = standin.group(-1001, "Desk", topics=[7])
    claim = standin.say(bob, CLAIM, chat=desk, thread=7)
    asked = standin.say(ann, call, chat=desk, thread=7, reply_to=claim)

    reply = await standin.wait_for_reply(asked)

    assert any(quotation.startswith(DENIAL) for quotation in reply.marked("blockquote"))
    assert (reply.reply_to, reply.thread) == (asked, 7)
    assert standin.sent(desk) == [reply]


async def test_the_quoted_part_is_the_claim(
    live: Running, standin: Standin, ann: User, bob: User
) -> None:
    """Who marks a part of the message asks about that part."""
    desk = standin.group(-1001, "Desk")
    claim = standin.say(bob, f"{NOISE}. {CLAIM}", chat=desk)
    asked = standin.say(ann, "/ask", chat=desk, reply_to=claim, quote=CLAIM)
    whole = await standin.wait_for_reply(standin.say(ann, f"/ask {CLAIM}", chat=desk))

    reply = await standin.wait_for_reply(asked)

    assert reply.text == whole.text


async def test_words_of_ones_own_are_the_question(
    live: Running, standin: Standin, ann: User, bob: User
) -> None:
    """With words beside the call, the message replied to is not what is asked."""
    desk = standin.group(-1001, "Desk")
    claim = standin.say(bob, CLAIM, chat=desk)
    alone = await standin.wait_for_reply(standin.say(ann, f"/ask {ABOUT_PESKOV}", chat=desk))

    reply = await standin.wait_for_reply(
        standin.say(ann, f"@on_the_record_bot {ABOUT_PESKOV}", chat=desk, reply_to=claim)
    )

    assert reply.text == alone.text


# What is no question


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("https://example.org/news", "hint-link"),
        ("/ask https://example.org/news", "hint-link"),
        ("👍", "hint-words"),
        ("@on_the_record_bot", "ask-how"),
        ("/ask", "ask-how"),
    ],
)
async def test_hints(live: Running, standin: Standin, ann: User, text: str, hint: str) -> None:
    """What holds no words gets a hint that fits it."""
    reply = await standin.wait_for_reply(standin.say(ann, text))

    assert reply.text == ENGLISH(hint)


async def test_files_in_private(live: Running, standin: Standin, ann: User, bob: User) -> None:
    """A sticker gets a hint, an album one for all its pictures, a forwarded picture another."""
    album = [standin.send(ann, {**PHOTO, "media_group_id": "1"}) for _ in range(3)]
    sticker = standin.send(ann, {"sticker": STICKER})
    forwarded = standin.send(ann, {**PHOTO, "forward_origin": origins(bob)})

    first, second, third = [
        await standin.wait_for_reply(each) for each in (album[0], sticker, forwarded)
    ]

    assert first.text == second.text == ENGLISH("hint-file")
    assert third.text == ENGLISH("hint-claim")
    assert standin.sent(ann) == [first, second, third]


async def test_claims_without_words(live: Running, standin: Standin, ann: User, bob: User) -> None:
    """Under a picture without words a call finds nothing to look for, and says so."""
    desk = standin.group(-1001, "Desk")
    picture = standin.send(bob, PHOTO, chat=desk)
    link = standin.say(bob, "https://example.org/news", chat=desk)

    of_picture = standin.say(ann, "/ask", chat=desk, reply_to=picture)
    of_link = standin.say(ann, "/ask", chat=desk, reply_to=link)

    assert (await standin.wait_for_reply(of_picture)).text == ENGLISH("hint-claim")
    assert (await standin.wait_for_reply(of_link)).text == ENGLISH("hint-link")


# Follow-ups


async def test_follow_up(live: Running, standin: Standin, ann: User, where: Where) -> None:
    """A reply to an answer carries over whom and what it was about, again and again, and says so."""
    chat, thread = where
    ask = "/ask " if chat else ""
    asked = standin.say(ann, f"{ask}{ABOUT_PESKOV}", chat=chat, thread=thread)
    first = await standin.wait_for_reply(asked)

    following = standin.say(
        ann, "and what did he say about the damage?", chat=chat, thread=thread, reply_to=first
    )
    second = await standin.wait_for_reply(following)
    third = await standin.wait_for_reply(
        standin.say(ann, "when?", chat=chat, thread=thread, reply_to=second)
    )

    assert said_to_be_about(first) == ""
    assert "about Dmitry Peskov" in said_to_be_about(second)
    assert "damage" in second.marked("blockquote")[0]
    assert "Peskov" in said_to_be_about(third)
    assert (second.reply_to, second.thread) == (following, thread)


async def test_follow_up_to_anothers_answer(
    live: Running, standin: Standin, ann: User, bob: User
) -> None:
    """In a group anybody may go on asking; another's question stays another's."""
    desk = standin.group(-1001, "Desk")
    answer = await standin.wait_for_reply(standin.say(ann, f"/ask {ABOUT_PESKOV}", chat=desk))

    reply = await standin.wait_for_reply(standin.say(bob, "when?", chat=desk, reply_to=answer))
    alone = await standin.wait_for_reply(standin.say(bob, "/ask when?", chat=desk))

    assert "Peskov" in said_to_be_about(reply)
    assert said_to_be_about(alone) == ""


async def test_thanks_in_a_group(live: Running, standin: Standin, ann: User, bob: User) -> None:
    """Who thanks the bot for an answer, or only smiles, is not answered; who asks on is."""
    desk = standin.group(-1001, "Desk")
    answer = await standin.wait_for_reply(standin.say(ann, f"/ask {ABOUT_PESKOV}", chat=desk))

    said = [
        standin.say(bob, text, chat=desk, reply_to=answer)
        for text in ("Thanks!", "ok", "\U0001f44d", "Danke schön", "شكرا جزيلا")
    ]
    await standin.wait_for_reply(standin.say(bob, "ok, and when?", chat=desk, reply_to=answer))

    assert not any(message.replies for message in said)


@pytest.mark.parametrize("said", ["Thanks!", "ok", "Danke schön"])
async def test_thanks_in_private(live: Running, standin: Standin, ann: User, said: str) -> None:
    """Who is courteous to the bot in private is answered kindly, and not told of the corpus."""
    reply = await standin.wait_for_reply(standin.say(ann, said))

    assert reply.text == ENGLISH("hint-courtesy")


async def test_follow_up_after_a_restart(standin: Standin, ann: User, tmp_path: Path) -> None:
    """What an answer was about is known as long as its buttons work."""
    state = str(tmp_path / "state.sqlite3")
    async with running(standin, state=state):
        answer = await standin.wait_for_reply(standin.say(ann, ABOUT_PESKOV))
    async with running(standin, state=state):
        reply = await standin.wait_for_reply(standin.say(ann, "when?", reply_to=answer))

    assert "Peskov" in said_to_be_about(reply)


async def test_replies_to_what_is_no_answer(live: Running, standin: Standin, ann: User) -> None:
    """Under a help text or under "nothing found" a question is plain."""
    alone = await standin.wait_for_reply(standin.say(ann, QUESTION))
    said = [await standin.wait_for_reply(standin.say(ann, text)) for text in ("/help", "zyxwv?")]

    replies = [
        await standin.wait_for_reply(standin.say(ann, QUESTION, reply_to=each)) for each in said
    ]

    assert "Nothing found." in said[1].text
    assert [reply.text for reply in replies] == [alone.text] * 2


async def test_replies_to_oneself(live: Running, standin: Standin, ann: User) -> None:
    """A reply to one's own message in private is a plain question."""
    asked = standin.say(ann, ABOUT_PESKOV)
    await standin.wait_for_reply(asked)

    reply = await standin.wait_for_reply(standin.say(ann, QUESTION, reply_to=asked))

    assert said_to_be_about(reply) == ""


# Edits


async def test_edited_question(live: Running, standin: Standin, ann: User, where: Where) -> None:
    """Who edits a question has its answer edited, where it stands, again and again."""
    chat, thread = where
    ask = "/ask " if chat else ""
    asked = standin.say(ann, f"{ask}{QUESTION}", chat=chat, thread=thread)
    reply = await standin.wait_for_reply(asked)
    before = reply.text

    standin.edit(asked, f"{ask}{ABOUT_PESKOV}")
    await standin.wait_for_edit(reply, "Peskov")
    between = reply.text
    standin.edit(asked, f"{ask}{QUESTION}")
    await standin.wait_for_edit(reply, versions=3)

    assert between != before == reply.text
    assert reply.marked("blockquote")
    assert asked.replies == [reply]


async def test_edited_to_what_has_no_answer(live: Running, standin: Standin, ann: User) -> None:
    """An answer may become one without quotations and buttons, and again one with."""
    asked = standin.say(ann, QUESTION)
    reply = await standin.wait_for_reply(asked)

    standin.edit(asked, "zyxwv qponm?")
    await standin.wait_for_edit(reply, "Nothing found.")
    standin.edit(asked, QUESTION)
    await standin.wait_for_edit(reply, DENIAL)

    assert any(button["text"].startswith("More") for button in reply.buttons())


async def test_follow_up_that_is_edited(live: Running, standin: Standin, ann: User) -> None:
    """An edited reply to an answer still follows it."""
    answer = await standin.wait_for_reply(standin.say(ann, ABOUT_PESKOV))
    asked = standin.say(ann, "where?", reply_to=answer)
    reply = await standin.wait_for_reply(asked)

    standin.edit(asked, "and what did he say about the damage?")
    await standin.wait_for_edit(reply, "damage")

    assert "about Dmitry Peskov" in said_to_be_about(reply)


@pytest.mark.parametrize("edited", ["/help", "/status", "👍", "https://example.org/a"])
async def test_edits_that_ask_nothing(
    live: Running, standin: Standin, ann: User, edited: str
) -> None:
    """A question that becomes a command or loses its words keeps its answer."""
    asked = standin.say(ann, QUESTION)
    reply = await standin.wait_for_reply(asked)

    standin.edit(asked, edited)
    await settle(standin, ann)

    assert len(reply.versions) == 1
    assert asked.replies == [reply]


async def test_edit_that_takes_the_call_away(live: Running, standin: Standin, ann: User) -> None:
    """In a group a question without the call is none any more, also where the bot hears all."""
    desk = standin.group(-1001, "Desk")
    standin.promote(ann, desk)
    asked = standin.say(ann, f"/ask {QUESTION}", chat=desk)
    reply = await standin.wait_for_reply(asked)

    standin.edit(asked, ABOUT_PESKOV)
    await standin.wait_for_reply(standin.say(ann, "/help", chat=desk))

    assert len(reply.versions) == 1


async def test_edits_that_come_late(standin: Standin, ann: User) -> None:
    """After the set minutes an answer stands as it is."""
    async with running(standin, edit_minutes=2):
        asked = standin.say(ann, QUESTION)
        reply = await standin.wait_for_reply(asked)
        standin.pass_time(119)
        standin.edit(asked, ABOUT_PESKOV)
        await standin.wait_for_edit(reply, "Peskov")
        standin.pass_time(10)
        standin.edit(asked, QUESTION)
        await settle(standin, ann)

    assert len(reply.versions) == 2


async def test_edit_before_the_answer_is_out(live: Running, standin: Standin, ann: User) -> None:
    """An edit waits until its question is answered, and then changes that answer."""
    standin.fail_next("sendMessage", Fault.slow(0.5))
    asked = standin.say(ann, QUESTION)
    await standin.wait_until_read()
    standin.edit(asked, ABOUT_PESKOV)

    reply = await standin.wait_for_reply(asked)
    await standin.wait_for_edit(reply, "Peskov")

    assert asked.replies == [reply]


async def test_edit_of_what_was_no_question(live: Running, standin: Standin, ann: User) -> None:
    """What got a hint is answered once it becomes a question, and edited from then on."""
    asked = standin.say(ann, "/ask")
    await standin.wait_for_reply(asked, ENGLISH("ask-how"))

    standin.edit(asked, f"/ask {QUESTION}")
    reply = await standin.wait_for_reply(asked, DENIAL)
    standin.edit(asked, f"/ask {ABOUT_PESKOV}")
    await standin.wait_for_edit(reply, "Peskov")

    assert len(asked.replies) == 2


async def test_edit_that_changes_nothing(live: Running, standin: Standin, ann: User) -> None:
    """Telegram tells of edits that change no word: the answer stands, and only Telegram is asked so."""
    asked = standin.say(ann, QUESTION)
    reply = await standin.wait_for_reply(asked)

    standin.edit(asked, QUESTION)
    await settle(standin, ann)

    assert reply.text == reply.versions[0]
    assert asked.replies == [reply]
    assert all("message is not modified" in refused for refused in standin.take_violations())


async def test_edit_that_changes_nothing_of_a_deleted_answer(
    live: Running, standin: Standin, ann: User
) -> None:
    """Who took the answer away and asks the same in other words has it again."""
    asked = standin.say(ann, QUESTION)
    first = await standin.wait_for_reply(asked)
    standin.delete(first)

    standin.edit(asked, f"{QUESTION} ")
    await standin.world.until(lambda: len(asked.replies) > 1 or None, 10)

    assert asked.replies[-1].text == first.text


async def test_edit_after_a_restart(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Which message answers a question is known after a restart, too."""
    state = str(tmp_path / "state.sqlite3")
    async with running(standin, state=state):
        asked = standin.say(ann, QUESTION)
        reply = await standin.wait_for_reply(asked)
    async with running(standin, state=state):
        standin.edit(asked, ABOUT_PESKOV)
        await standin.wait_for_edit(reply, "Peskov")

    assert asked.replies == [reply]


async def test_edit_of_a_deleted_answer(live: Running, standin: Standin, ann: User) -> None:
    """Where the answer was taken away, the edited question is answered anew; then that is edited."""
    asked = standin.say(ann, QUESTION)
    standin.delete(await standin.wait_for_reply(asked))

    standin.edit(asked, ABOUT_PESKOV)
    await standin.world.until(lambda: len(asked.replies) > 1 or None, 10)
    anew = asked.replies[-1]
    standin.edit(asked, QUESTION)
    await standin.wait_for_edit(anew)

    assert len(asked.replies) == 2


# Bad moments


async def test_questions_while_it_starts(standin: Standin, ann: User) -> None:
    """What was asked before the bot polls is answered once it does."""
    asked = [standin.say(ann, QUESTION) for _ in range(3)]
    async with running(standin, ready=False):
        await standin.wait_until_all_answered()

    assert standin.doubled() == []
    assert [reply.reply_to for reply in standin.sent(ann)] == asked


async def test_an_empty_corpus(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Without articles every way to ask hears that there are none."""
    desk = standin.group(-1001, "Desk")
    async with running(standin, write_articles(tmp_path)):
        first = await standin.wait_for_reply(standin.say(ann, f"/ask {QUESTION}", chat=desk))
        second = await standin.wait_for_reply(
            standin.say(ann, "who lied?", chat=desk, reply_to=first)
        )

    assert ENGLISH("reason-empty_corpus") in first.text
    assert ENGLISH("reason-empty_corpus") in second.text


async def test_a_question_of_4000_characters(
    live: Running, standin: Standin, ann: User, bob: User, where: Where
) -> None:
    """A very long question, and a very long claim, get one reply each."""
    chat, thread = where
    long = ("who denied involvement in the drone strike? " * 100)[:4000]
    ask = "/ask " if chat else ""
    asked = standin.say(ann, f"{ask}{long}", chat=chat, thread=thread)
    forwarded = standin.forward(bob, long, origins(ann))

    for message in (asked, forwarded):
        assert (await standin.wait_for_reply(message)).marked("blockquote")
        assert len(message.replies) == 1


async def test_blocked_in_between(live: Running, standin: Standin, ann: User, bob: User) -> None:
    """Who blocks the bot before the answer comes gets none, and all others theirs."""
    standin.say(ann, QUESTION)
    standin.block(ann)
    await standin.wait_for_reply(standin.say(bob, QUESTION))
    await standin.wait_for_call("sendMessage", 2)
    standin.unblock(ann)

    reply = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert standin.sent(ann) == [reply]


async def test_deleted_in_between(
    live: Running, standin: Standin, ann: User, where: Where, caplog: pytest.LogCaptureFixture
) -> None:
    """A question that is deleted before the answer comes is answered, replying to nothing, once."""
    chat, thread = where
    asked = standin.say(ann, f"/ask {QUESTION}", chat=chat, thread=thread)
    standin.delete(asked)

    reply = await standin.wait_for_message(asked.chat, DENIAL)
    await standin.wait_until_read()

    assert (reply.reply_to, reply.thread) == (None, thread)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


# Too many


async def test_ten_questions_at_once(live: Running, standin: Standin, ann: User) -> None:
    """Ten questions at once by one person are all answered, once each, in their order."""
    asked = [standin.say(ann, QUESTION) for _ in range(10)]
    await standin.wait_until_all_answered(30)

    assert standin.doubled() == []
    assert [reply.reply_to for reply in standin.sent(ann)] == asked
    assert all(reply.marked("blockquote") for reply in standin.sent(ann))


async def test_more_questions_than_are_fair(standin: Standin, ann: User, bob: User) -> None:
    """Beyond the limit one notice says when to go on; then answers come again, and others wait for nobody."""
    async with running(standin, questions_per_user=4):
        asked = [standin.say(ann, QUESTION) for _ in range(8)]
        notice = await standin.wait_for_reply(asked[4])
        await standin.wait_for_reply(standin.say(bob, QUESTION))
        await settle(standin, ann)
        silent = [message for message in asked if not message.replies]
        standin.pass_time(31)
        later = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert notice.text == ENGLISH("too-many", questions=4, seconds=30)
    assert silent == asked[5:]
    assert later.marked("blockquote")


async def test_a_group_that_asks_too_much(
    standin: Standin, ann: User, caplog: pytest.LogCaptureFixture
) -> None:
    """A group has a limit of its own; it is told so once, in the topic of the question too many."""
    desk = standin.group(-1001, "Desk", topics=[7])
    people = [standin.user(100 + number, f"P{number}") for number in range(6)]
    async with running(standin, questions_per_chat=4):
        asked = [standin.say(each, f"/ask {QUESTION}", chat=desk, thread=7) for each in people]
        notice = await standin.wait_for_reply(asked[4])
        elsewhere = await standin.wait_for_reply(standin.say(people[5], QUESTION))

    assert notice.text == ENGLISH("too-many-in-chat", questions=4, seconds=30)
    assert notice.thread == 7
    assert asked[5].replies == []
    assert elsewhere.marked("blockquote")


async def test_edits_count_as_questions(standin: Standin, ann: User) -> None:
    """Who edits a question again and again is not served without end."""
    async with running(standin, questions_per_user=3):
        asked = standin.say(ann, QUESTION)
        reply = await standin.wait_for_reply(asked)
        for number in range(5):
            standin.edit(asked, f"{ABOUT_PESKOV} {number}")
        notice = await standin.wait_for_reply(asked, "too fast")
        await settle(standin, ann)

    assert len(reply.versions) == 3
    assert asked.replies == [reply, notice]


async def test_what_waited_is_no_haste(standin: Standin, ann: User) -> None:
    """Questions of many minutes that waited for the bot are answered all, whatever a minute allows."""
    for minutes in range(6, 0, -1):
        standin.say(ann, QUESTION, ago=60.0 * minutes)
    async with running(standin, ready=False, questions_per_user=1):
        await standin.wait_until_all_answered(20)

    assert standin.doubled() == []
    assert all(reply.marked("blockquote") for reply in standin.sent(ann))


async def test_a_notice_that_fails_is_sent_again(standin: Standin, ann: User) -> None:
    """A question too many is not counted afresh when its notice has to be sent again."""
    async with running(standin, questions_per_user=1):
        await standin.wait_for_reply(standin.say(ann, QUESTION))
        standin.fail_next("sendMessage", Fault.gateway())
        await asyncio.sleep(0)
        notice = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert notice.text == ENGLISH("too-many", questions=1, seconds=60)


async def test_asking_without_a_memory(live: Running, standin: Standin, ann: User) -> None:
    """When the state cannot be used, a follow-up is a plain question, and an edit still finds its answer."""
    answer = await standin.wait_for_reply(standin.say(ann, ABOUT_PESKOV))
    await live.state.close()

    asked = standin.say(ann, QUESTION, reply_to=answer)
    plain = await standin.wait_for_reply(asked)
    standin.edit(asked, ABOUT_PESKOV)
    await standin.wait_for_edit(plain, "Peskov")

    assert asked.replies == [plain]
    assert said_to_be_about(plain) == ""
