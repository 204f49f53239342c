"""People talk to the bot over the wire: what they ask, what they see."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Update

from bot.rendering.catalogue import words_for
from corpus.loading import SAMPLE, load
from tests.bot.running import running, write_articles
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")

ADMIN = 42
ARTICLES = load(SAMPLE).articles


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann <b>*_`[&amp;")


@pytest.fixture(name="live")
async def _live(standin: Standin) -> AsyncIterator[Standin]:
    """The stand-in, with the bot polling it over the sample corpus."""
    standin.private(standin.user(ADMIN, "Adam"))
    async with running(standin, admins={ADMIN}):
        yield standin


def assert_cited(reply: Message) -> None:
    """Every quotation is verbatim, words are in bold, and a source's address leads to the place."""
    quotations = reply.marked("blockquote")
    sources = [next(a for a in ARTICLES if quotation in a.text) for quotation in quotations]
    assert sources
    assert all(source.title in reply.text for source in sources)
    assert reply.marked("bold")
    # Not every source has an address.
    places = [address for address in reply.links().values() if ":~:text=" in address]
    assert len(places) == len({source.id for source in sources if source.url})


async def test_question(live: Standin, ann: User) -> None:
    """A question gets a cited reply under it: verbatim, highlighted, linked, without a preview."""
    asked = live.say(ann, "who denied involvement?")

    reply = await live.wait_for_reply(asked)

    assert_cited(reply)
    assert reply.reply_to is asked
    assert reply.preview == {"is_disabled": True}
    assert any(bold.startswith("den") for bold in reply.marked("bold"))
    assert "Sample Wire, 4 May 2023, paragraph" in reply.text
    assert reply.sender is live.world.bot


async def test_nothing_found(live: Standin, ann: User) -> None:
    """A question about something else gets no quotation, but what was searched."""
    reply = await live.wait_for_reply(live.say(ann, "zyxwv qponm?"))

    assert reply.marked("blockquote") == []
    assert "Nothing found." in reply.text
    assert "Searched 20 articles" in reply.text


async def test_start_and_its_buttons(live: Standin, ann: User) -> None:
    """/start says what this is; a pressed example is acknowledged and answered, each time."""
    welcome = await live.wait_for_reply(live.say(ann, "/start"))

    assert ENGLISH("welcome") in welcome.text
    labels = [button["text"] for button in welcome.buttons()]
    assert len(labels) == 3
    for label in labels:
        press = live.press(ann, welcome, label)
        reply = await live.wait_for_reply(welcome, label)
        assert await live.wait_for_answer(press) == {"text": "", "show_alert": False}
        assert_cited(reply)


async def test_forged_buttons(live: Standin, ann: User) -> None:
    """Callback data that no button has does nothing, and the client stops waiting."""
    welcome = await live.wait_for_reply(live.say(ann, "/start"))

    gone = live.forge(ann, welcome, "example:0123456789abcdef")
    junk = live.forge(ann, welcome, "x' OR 1=1 --")

    assert (await live.wait_for_answer(gone))["text"] == ENGLISH("example-gone")
    assert (await live.wait_for_answer(junk))["text"] == ""
    assert live.sent(ann) == [welcome]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/help", ENGLISH("help")),
        ("/ask", ENGLISH("ask-how")),
        ("/ask  ", ENGLISH("ask-how")),
        ("/nonsense", ENGLISH("unknown-command")),
    ],
)
async def test_commands(live: Standin, ann: User, command: str, expected: str) -> None:
    """Commands say how to ask."""
    reply = await live.wait_for_reply(live.say(ann, command))

    assert reply.text == expected


async def test_status(live: Standin, ann: User) -> None:
    """/status says what is searched."""
    reply = await live.wait_for_reply(live.say(ann, "/status"))

    assert "Articles: 20" in reply.text
    assert "Newest article: 5 May 2023" in reply.text
    assert f"Corpus version: {load(SAMPLE).version}" in reply.text


async def test_ask_is_the_same_as_asking(live: Standin, ann: User) -> None:
    """/ask, the bare question and the question on the command's next line get the same reply."""
    replies = [
        await live.wait_for_reply(live.say(ann, f"{before}who denied involvement?"))
        for before in ("", "/ask ", "/ask\n", "/ask@on_the_record_bot ")
    ]

    assert len({reply.text for reply in replies}) == 1
    assert_cited(replies[0])


async def test_group(live: Standin, ann: User) -> None:
    """In a forum /ask is answered in its topic; what isn't addressed to the bot is left alone."""
    forum = live.group(-1001, "Desk & <Co>", topics=[7])
    live.say(ann, "who denied involvement?", chat=forum, thread=7)
    live.say(ann, "/ask@another_bot who denied involvement?", chat=forum, thread=7)
    live.say(ann, "/nonsense", chat=forum, thread=7)
    asked = live.say(ann, "/ask who denied involvement?", chat=forum, thread=7)

    reply = await live.wait_for_reply(asked)

    assert_cited(reply)
    assert reply.thread == 7
    assert live.sent(forum) == [reply]


async def test_what_is_no_question(live: Standin, ann: User) -> None:
    """Channel posts, events and edited commands get no reply and stop nothing."""
    channel = live.group(-1002, "News", kind="channel")
    live.deliver_everything()
    first = live.say(ann, "/help")
    await live.wait_for_reply(first)
    live.edit(first, "/status")
    live.edit(live.post(channel, "/ask who denied involvement?"), "/ask who accused whom?")
    live.send(ann, {"new_chat_members": [ann.json()]})
    last = live.say(ann, "who accused whom?")

    await live.wait_for_reply(last)

    assert live.sent(channel) == []
    assert [reply.reply_to for reply in live.sent(ann)] == [first, last]


async def test_kinds_of_updates(live: Standin, ann: User) -> None:
    """The bot asks Telegram for no more kinds of updates than it handles."""
    await live.wait_for_reply(live.say(ann, "/help"))

    assert live.world.allowed is not None
    assert set(live.world.allowed) == {
        Update.MESSAGE,
        Update.EDITED_MESSAGE,
        Update.CALLBACK_QUERY,
        Update.MY_CHAT_MEMBER,
        Update.INLINE_QUERY,
        Update.GUEST_MESSAGE,
    }


async def test_empty_corpus(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Without articles the bot says so, and /start has no examples."""
    async with running(standin, write_articles(tmp_path)):
        welcome = await standin.wait_for_reply(standin.say(ann, "/start"))
        reply = await standin.wait_for_reply(standin.say(ann, "who denied involvement?"))

    assert welcome.buttons() == []
    assert reply.text.startswith("Nothing found.")
