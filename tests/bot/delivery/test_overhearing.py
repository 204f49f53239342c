"""What of a group's talk is passed over before anything else is done with it."""

from typing import Any

import pytest
from hypothesis import given, strategies as st

from bot.delivery.overhearing import is_overheard

BOT = 1
NAME = "record_bot"
GROUP = {"type": "supergroup"}


def overheard(**message: Any) -> bool:
    """Whether a message in a group is passed over."""
    return is_overheard({"update_id": 5, "message": {"chat": GROUP, **message}}, BOT, NAME)


def entity(kind: str, **fields: Any) -> dict[str, Any]:
    """An entity somewhere in a text."""
    return {"type": kind, "offset": 0, "length": 1, **fields}


def test_talk() -> None:
    """Words, names and replies of others, pictures and events are passed over."""
    bob = {"from": {"id": 2}}

    assert overheard(text="who?")
    assert overheard(text="@other_bot who?", entities=[entity("mention")])
    assert overheard(text="Bob, who?", entities=[entity("text_mention", user={"id": 2})])
    assert overheard(text="who?", reply_to_message=bob)
    assert overheard(caption="who?", photo=[])
    assert overheard(new_chat_title="News")


def test_the_opening_of_a_topic() -> None:
    """All in a topic replies to the message that opened it, which is no reply to who opened it."""
    opened = {"message_id": 7, "from": {"id": BOT}}
    topic = {"message_thread_id": 7, "is_topic_message": True}

    assert overheard(text="who?", reply_to_message=opened, **topic)
    assert not overheard(text="who?", reply_to_message={**opened, "message_id": 8}, **topic)


@pytest.mark.parametrize(
    "message",
    [
        {"text": "/ask", "entities": [entity("bot_command")]},
        {"caption": "/ask", "caption_entities": [entity("bot_command")]},
        {"text": "well, @Record_Bot?"},
        {"caption": "@record_bot?"},
        {"text": "you", "entities": [entity("text_mention", user={"id": BOT})]},
        {"text": "when?", "reply_to_message": {"from": {"id": BOT}}},
        {"migrate_to_chat_id": -1001},
        {"migrate_from_chat_id": -5},
        {"chat": {"type": "private"}, "text": "who?"},
    ],
)
def test_what_may_be_meant(message: dict[str, Any]) -> None:
    """Commands, the bot's name, replies to it, moves, and private chats are not passed over."""
    assert not overheard(**message)
    assert not is_overheard({"edited_message": {"chat": GROUP, **message}}, BOT, NAME)


IDS = st.sampled_from([1, 2, None, "x"])
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2)
    ),
    max_leaves=4,
)
ENTITY = st.fixed_dictionaries(
    {"type": st.sampled_from(["bold", "mention", "bot_command", "text_mention"])},
    optional={"user": st.fixed_dictionaries({"id": IDS}) | ANYTHING},
)
MESSAGES = st.fixed_dictionaries(
    {},
    optional={
        "chat": st.fixed_dictionaries({"type": st.sampled_from(["private", "group", "supergroup"])})
        | ANYTHING,
        "text": st.sampled_from(["who?", "@Record_Bot who?", "/ask"]) | ANYTHING,
        "caption": ANYTHING,
        "entities": st.lists(ENTITY | ANYTHING, max_size=3) | ANYTHING,
        "reply_to_message": st.fixed_dictionaries({"from": st.fixed_dictionaries({"id": IDS})})
        | ANYTHING,
        "migrate_to_chat_id": IDS,
    },
)


@given(
    update=st.dictionaries(
        st.sampled_from(["message", "edited_message", "callback_query"]), MESSAGES | ANYTHING
    )
    | ANYTHING
)
def test_whatever_comes_is_overheard_or_not(update: Any) -> None:
    """Nothing that Telegram may send breaks the look at it; what may be meant is not passed over."""
    overheard = is_overheard(update, BOT, NAME)

    message = update.get("message", update.get("edited_message")) if overheard else {}
    assert not (overheard and message["chat"]["type"] == "private")
    assert "@record_bot" not in str(message.get("text", "")).casefold()
    assert message.get("migrate_to_chat_id") is None or not overheard
