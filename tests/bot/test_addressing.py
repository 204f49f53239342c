"""Whom a message is for and what it asks, for every kind of message."""

from typing import Any

import pytest
import telegram
from hypothesis import given, strategies as st
from telegram.ext import ExtBot

from bot.handlers.addressing import Addressed, asker_of, read_address
from tests.bot.recording import ANN, BOT, Recorder
from tests.standin.messages import found_entities
from tests.standin.rules import units

Json = dict[str, Any]

GROUP: Json = {"id": -9, "type": "supergroup", "title": "Desk"}
BOB: Json = {"id": 8, "is_bot": False, "first_name": "Bob"}
NAME = f"@{BOT['username']}"
ASKED = Addressed(words="who?")
CALLED = Addressed(words="who?", called=True)


@pytest.fixture(name="bot", scope="module")
def _bot() -> telegram.Bot:
    """A bot that knows who it is."""
    bot: ExtBot = ExtBot("42:test", request=Recorder(), get_updates_request=Recorder())
    bot._bot_user = telegram.User.de_json(BOT, bot)
    return bot


def told(
    text: str = "", *, number: int = 5, caption: str = "", by: Json = ANN, **fields: Any
) -> Json:
    """A message, Ann's if nobody else's, in the group, as Telegram gives it, with the entities that it finds."""
    words, entities = ("caption", "caption_entities") if caption else ("text", "entities")
    said = {words: caption or text, entities: found_entities(caption or text)}
    basic = {"message_id": number, "date": 1, "chat": GROUP, "from": by}
    return {**basic, **{name: value for name, value in said.items() if value}, **fields}


def private(text: str = "", **fields: Any) -> Json:
    """The same in Ann's own chat with the bot."""
    return told(text, chat={"id": ANN["id"], "type": "private"}, **fields)


def read(bot: telegram.Bot, content: Json) -> Addressed | None:
    """What a message with this content says to the bot."""
    message = telegram.Message.de_json(content, bot)
    return read_address(message)


BY_BOT: Json = told("An answer.", number=3, by=BOT)
BY_BOB: Json = told("The mayor denied it.", number=4, by=BOB)
PICTURE: Json = {"photo": [{"file_id": "p", "file_unique_id": "q", "width": 1, "height": 1}]}
OPENED: Json = told(number=2, forum_topic_created={"name": "T", "icon_color": 7322096}, by=BOT)
TOPIC: Json = {"message_thread_id": 2, "is_topic_message": True, "reply_to_message": OPENED}
QUOTE: Json = {"text": "denied", "position": 10, "is_manual": True}
ELSEWHERE: Json = {"origin": {"type": "user", "date": 1, "sender_user": BOB}}
ORIGIN: Json = {"forward_origin": {"type": "user", "date": 1, "sender_user": BOB}}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (private("who?"), ASKED),
        (private("/ask who?"), CALLED),
        (private("/ASK who?"), CALLED),
        (private(f"{NAME}: who?"), CALLED),
        (told("/ask who?"), CALLED),
        (told(f"/ask{NAME} who?"), CALLED),
        (told(f"/ask{NAME.upper()}\n who?"), CALLED),
        (told(f"{NAME} /ask who?"), CALLED),
        (told(f"{NAME} who?"), CALLED),
        (told(f"{NAME.upper()}, who?"), CALLED),
        (told(f"who? {NAME}"), CALLED),
        (told(f"well {NAME} who?"), Addressed(words="well who?", called=True)),
        (told(caption=f"{NAME} who?", **PICTURE), CALLED),
        (told("/ask who? https://example.org/a"), CALLED),
    ],
)
def test_questions(bot: telegram.Bot, content: Json, expected: Addressed) -> None:
    """A question is what is left without the bot's name, its command and links."""
    assert read(bot, content) == expected


def test_a_mention_without_a_username(bot: telegram.Bot) -> None:
    """The bot's name as a link to it calls it, somebody else's does not."""
    mention = {"type": "text_mention", "offset": 0, "length": 3}

    assert read(bot, told("Rec who?", entities=[{**mention, "user": BOT}])) == CALLED
    assert read(bot, told("Bob who?", entities=[{**mention, "user": BOB}])) is None


@pytest.mark.parametrize(
    "content",
    [
        told("who?"),
        told("see /ask"),
        told(f"see /ask{NAME}"),
        told("/ask@other_bot who?"),
        told(f"/ask@other_bot who, {NAME}?"),
        told("@other_bot who?"),
        told(f"mail to a{NAME}"),
        told("/help"),
        private("/help"),
        private("/ask@other_bot who?"),
        told("who?", reply_to_message=BY_BOB),
        told("/roll", reply_to_message=BY_BOT),
        told("👍", reply_to_message=BY_BOT),
        told(reply_to_message=BY_BOT, **PICTURE),
        told("who?", **TOPIC),
        told(f"/ask{NAME} who?", **ORIGIN),
        told(f"{NAME} who?", is_automatic_forward=True, sender_chat={"id": -5, "type": "channel"}),
        told(f"{NAME} who?", by={**BOB, "is_bot": True}),
        told(f"{NAME} who?", via_bot=BOT),
        private("who?", via_bot=BOT),
        told(new_chat_members=[BOT]),
        private(pinned_message=private("who?")),
    ],
)
def test_what_is_not_for_the_bot(bot: telegram.Bot, content: Json) -> None:
    """Talk, other bots and their commands, its own posts by others' hands, events: not for it."""
    assert read(bot, content) is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (told("/ask", reply_to_message=BY_BOB), "The mayor denied it."),
        (told(NAME, reply_to_message=BY_BOB), "The mayor denied it."),
        (told(f"{NAME}?!", reply_to_message=BY_BOB), "The mayor denied it."),
        (told("/ask", reply_to_message=BY_BOB, quote=QUOTE), "denied"),
        (told("/ask", reply_to_message=BY_BOT, quote=QUOTE), "denied"),
        (told("/ask", reply_to_message=BY_BOB, quote=QUOTE | {"is_manual": False}), BY_BOB["text"]),
        (told("/ask", external_reply=ELSEWHERE, quote=QUOTE), "denied"),
        (told("/ask", external_reply=ELSEWHERE), ""),
        (told("/ask", reply_to_message=told("See https://a.org now", by=BOB)), "See now"),
        (told("/ask", reply_to_message=told(caption="A fire.", **PICTURE)), "A fire."),
        (told("/ask", reply_to_message=told(**PICTURE)), ""),
        (private("A fire.", **ORIGIN), "A fire."),
        (private("/ask A fire.", **ORIGIN), "/ask A fire."),
        (private(caption="A fire.", **PICTURE, **ORIGIN), "A fire."),
        (private(**PICTURE, **ORIGIN), ""),
    ],
)
def test_claims(bot: telegram.Bot, content: Json, expected: str | None) -> None:
    """The bot called without a word, under somebody's message, or a message forwarded to it."""
    said = read(bot, content)

    assert said is not None
    assert said.claim == expected
    assert said.words == ""


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (told("when?", reply_to_message=BY_BOT), Addressed(words="when?", follows=3)),
        (private("when?", reply_to_message=BY_BOT), Addressed(words="when?", follows=3)),
        (
            told(f"{NAME} when?", reply_to_message=BY_BOT),
            Addressed(words="when?", follows=3, called=True),
        ),
        (
            told("when?", reply_to_message=BY_BOT, message_thread_id=2, is_topic_message=True),
            Addressed(words="when?", follows=3),
        ),
        (told("/ask", reply_to_message=BY_BOT), Addressed(follows=3, called=True)),
        (
            told("/ask who?", reply_to_message=BY_BOB),
            CALLED,
        ),
        (private("who?", reply_to_message=BY_BOB), ASKED),
    ],
)
def test_replies(bot: telegram.Bot, content: Json, expected: Addressed) -> None:
    """A reply to the bot follows what it said; words under somebody else's are the question."""
    assert read(bot, content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (private("😀 ?!"), Addressed()),
        (private("https://example.org/a"), Addressed(linked=True)),
        (private(**PICTURE), Addressed(file=True)),
        (private(location={"latitude": 1.0, "longitude": 2.0}), Addressed(file=True)),
        (told("/ask"), Addressed(called=True)),
        (told("/ask", **TOPIC), Addressed(called=True)),
        (told(f"{NAME} https://example.org/a"), Addressed(linked=True, called=True)),
        (
            told("https://example.org/a", reply_to_message=BY_BOT),
            Addressed(linked=True, follows=3),
        ),
    ],
)
def test_no_question(bot: telegram.Bot, content: Json, expected: Addressed) -> None:
    """What is for the bot and holds no words is told apart, for a fitting hint."""
    assert read(bot, content) == expected


def test_a_poll(bot: telegram.Bot) -> None:
    """What a poll asks is a question in private, and a claim where it is pointed to."""
    poll: Json = {"id": "1", "question": "Did the mayor deny it?", "options": [], "type": "regular"}
    poll |= {"total_voter_count": 0, "is_closed": False, "is_anonymous": True}
    poll |= {"allows_multiple_answers": False, "allows_revoting": False, "members_only": False}

    asked = read(bot, private(poll=poll))
    pointed = read(bot, told("/ask", reply_to_message=told(poll=poll)))

    assert asked == Addressed(words="Did the mayor deny it?")
    assert pointed == Addressed(claim="Did the mayor deny it?", called=True)


@pytest.mark.parametrize(
    ("fields", "person"),
    [
        ({}, True),
        ({"by": {**ANN, "id": 1087968824, "is_bot": True}, "sender_chat": GROUP}, False),
        ({"sender_chat": {"id": -5, "type": "channel", "title": "News"}}, False),
    ],
    ids=["a person", "an anonymous admin", "a channel"],
)
def test_who_asks(bot: telegram.Bot, fields: Json, person: bool) -> None:
    """Who writes in the name of a group or a channel may ask, and is nobody in particular."""
    message = telegram.Message.de_json(told("/ask who?", **fields), bot)

    assert read_address(message) == CALLED
    assert (asker_of(message) is not None) == person


WORDS = st.text(st.characters(codec=None, exclude_characters="@/:"), max_size=40)
"""Any text without what Telegram makes a link or a name of; halves of pairs, too."""


@given(before=WORDS, after=WORDS, calls=st.lists(st.sampled_from([NAME, NAME.upper()]), min_size=1))
def test_names_anywhere(bot: telegram.Bot, before: str, after: str, calls: list[str]) -> None:
    """The bot's name is taken out whatever stands before it, emoji and halves of them included."""
    text = f"{before} {' '.join(calls)} {after}"
    entities = _names(text, calls)

    said = read(bot, told(text, entities=entities))

    assert said is not None
    assert said.called
    assert NAME not in said.words.casefold()
    assert list(filter(str.isalnum, said.words)) == list(filter(str.isalnum, before + after))


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _names(text: str, calls: list[str]) -> list[Json]:
    found, start = [], 0
    for call in calls:
        start = text.index(call, start)
        found.append({"type": "mention", "offset": units(text[:start]), "length": units(call)})
        start += len(call)
    return found


ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["mention", "bot_command", "url", "bold", "text_mention"]),
            "offset": st.integers(0, 60),
            "length": st.integers(1, 60),
            "user": st.sampled_from([ANN, BOT]),
        }
    ),
    max_size=6,
)


@given(text=st.text(st.characters(codec=None), max_size=60), entities=ENTITIES)
def test_any_entities(bot: telegram.Bot, text: str, entities: list[Json]) -> None:
    """Entities that overlap, end beyond the text or cut a character in two break nothing."""
    said = read(bot, private(text, entities=entities))

    assert said is None or len(said.words) <= len(text) + 6
    assert said is None or not said.words or _has_words(said.words)
