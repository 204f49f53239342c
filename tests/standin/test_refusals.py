"""The stand-in refuses what Telegram refuses, with Telegram's words."""

from typing import Any

import httpx
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.standin import Standin


async def refusal(standin: Standin, method: str, **parameters: Any) -> str:
    """Call *method* with raw *parameters*, expect a refusal, and return its description."""
    async with httpx.AsyncClient() as client:
        address = f"{standin.url}/bot{standin.token}/{method}"
        answer = (await client.post(address, json=parameters)).json()
    assert answer["ok"] is False
    standin.take_violations()
    return str(answer["description"])


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> int:
    """The id of a private chat that exists."""
    return standin.private(standin.user(11, "Ann")).id


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "Bad Request: message text is empty"),
        (" \n\t ", "Bad Request: text must be non-empty"),
        ("\u202e\u2028", "Bad Request: text must be non-empty"),
        ("a" * 4097, "Bad Request: message is too long"),
        ("😀" * 2049, "Bad Request: message is too long"),
    ],
)
async def test_text(standin: Standin, ann: int, text: str, description: str) -> None:
    """Nothing, blanks and more than 4096 UTF-16 units are refused."""
    assert await refusal(standin, "sendMessage", chat_id=ann, text=text) == description


async def test_longest_text(standin: Standin, ann: int, bot: telegram.Bot) -> None:
    """4096 units go through, and blanks around them don't count."""
    sent = await bot.send_message(ann, " " + "😀" * 2048 + "\n")

    assert sent.text == "😀" * 2048


@pytest.mark.parametrize(
    ("entity", "description"),
    [
        ({"type": "bold", "offset": 1, "length": 1}, "entity begins in a middle of a UTF-16 symbol at byte offset 4"),
        ({"type": "bold", "offset": 0, "length": 1}, "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4"),
        ({"type": "bold", "offset": 2, "length": 9}, "entity beginning at UTF-16 offset 2 ends after the end of the text at UTF-16 offset 11"),
        ({"type": "bold", "offset": 9, "length": 1}, "entity begins after the end of the text at UTF-16 offset 9"),
        ({"type": "bold", "offset": -1, "length": 1}, "receive an entity with incorrect offset -1"),
        ({"type": "bold", "offset": 0, "length": -1}, "receive an entity with incorrect length -1"),
        ({"type": "shiny", "offset": 0, "length": 2}, "can't parse MessageEntity: Unsupported type specified"),
        ({"type": "bold", "offset": 0}, 'can\'t parse MessageEntity: Can\'t find field "length"'),
        ({"type": "date_time", "offset": 0, "length": 2}, 'can\'t parse MessageEntity: Can\'t find field "unix_time"'),
        ({"type": "date_time", "offset": 0, "length": 2, "unix_time": 1, "date_time_format": "ymd"}, "can't parse MessageEntity: Invalid date format specified"),
        ({"type": "date_time", "offset": 0, "length": 2, "unix_time": -1}, "can't parse MessageEntity: Invalid date specified"),
        ({"type": "text_link", "offset": 0, "length": 2, "url": "nodot"}, "entity URL 'nodot' is invalid: Wrong HTTP URL"),
        ({"type": "text_link", "offset": 0, "length": 2, "url": "http://a.b/c d"}, "entity URL 'http://a.b/c d' is invalid: Wrong HTTP URL"),
    ],
)  # fmt: skip
async def test_entities(
    standin: Standin, ann: int, entity: dict[str, Any], description: str
) -> None:
    """Entities that leave the text, split a character or have no known type are refused."""
    said = await refusal(standin, "sendMessage", chat_id=ann, text="😀 abc", entities=[entity])

    assert said == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "url": "nowhere"}, "BUTTON_URL_INVALID"),
        ({"text": "a", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "switch_inline_query": "x" * 257}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "switch_inline_query_chosen_chat": {"query": "x" * 257}}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "callback_data": "x", "style": "gold"}, "can't parse inline keyboard button: invalid button style specified"),
        ({"text": "a", "callback_data": "x", "url": "https://example.org"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": "a"}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "x"}, "can't parse inline keyboard button: text must be non-empty"),
    ],
)  # fmt: skip
async def test_buttons(
    standin: Standin, ann: int, button: dict[str, Any], description: str
) -> None:
    """A button needs a text and exactly one action within its limits."""
    said = await refusal(
        standin, "sendMessage", chat_id=ann, text="a", reply_markup=keyboard(button)
    )

    assert said == f"Bad Request: {description}"


async def test_too_many_buttons(standin: Standin, ann: int) -> None:
    """More than eight buttons in a row, or a hundred in all, are refused."""
    button = {"text": "a", "callback_data": "a"}
    wide = keyboard(*[button] * 9)
    tall = {"inline_keyboard": [[button]] * 101}

    for markup in (wide, tall):
        said = await refusal(standin, "sendMessage", chat_id=ann, text="a", reply_markup=markup)
        assert said == "Bad Request: reply markup is too long"


async def test_unknown_chat_message_and_method(standin: Standin, ann: int) -> None:
    """What isn't there is named, and whoever blocked the bot gets nothing."""
    lost = {"message_id": 999}

    assert (
        await refusal(standin, "sendMessage", chat_id=5, text="a") == "Bad Request: chat not found"
    )
    assert (
        await refusal(standin, "sendMessage", chat_id=ann, text="a", reply_parameters=lost)
        == "Bad Request: message to be replied not found"
    )
    assert (
        await refusal(standin, "editMessageText", chat_id=ann, message_id=999, text="a")
        == "Bad Request: message to edit not found"
    )
    assert await refusal(standin, "sendPigeon", chat_id=ann) == "Not Found"
    standin.world.chats[ann].blocked = True
    assert (
        await refusal(standin, "sendMessage", chat_id=ann, text="a")
        == "Forbidden: bot was blocked by the user"
    )


async def test_replies_and_quotes(standin: Standin, bot: telegram.Bot) -> None:
    """A reply may do without its message when asked to; a quote is part of that message."""
    said = standin.say(standin.user(11, "Ann"), "who denied it?")
    lost = telegram.ReplyParameters(999, allow_sending_without_reply=True)
    wrong = {"message_id": said.id, "quote": "who accused"}

    assert (await bot.send_message(11, "a", reply_parameters=lost)).reply_to_message is None
    assert (await bot.send_message(11, "b", reply_to_message_id=said.id)).reply_to_message
    assert standin.sent(said.chat)[-1].reply_to is said
    assert (
        await refusal(standin, "sendMessage", chat_id=11, text="a", reply_parameters=wrong)
        == "Bad Request: QUOTE_TEXT_INVALID"
    )


async def test_edits(standin: Standin, bot: telegram.Bot) -> None:
    """Only the bot's own messages can be edited, to something else, and within the limits."""
    said = standin.say(standin.user(11, "Ann"), "hello")
    sent = await bot.send_message(11, "one")

    await sent.edit_text("two")

    assert standin.sent(said.chat)[0].versions == ["one", "two"]
    edit = {"chat_id": 11, "message_id": sent.message_id}
    assert await refusal(standin, "editMessageText", **edit, text="two ") == (
        "Bad Request: message is not modified: specified new message content and reply markup are "
        "exactly the same as a current content and reply markup of the message"
    )
    assert (
        await refusal(standin, "editMessageText", **edit, text="a" * 4097)
        == "Bad Request: MESSAGE_TOO_LONG"
    )
    assert (
        await refusal(standin, "editMessageText", chat_id=11, message_id=said.id, text="mine")
        == "Bad Request: message can't be edited"
    )


async def test_callback_queries(standin: Standin, bot: telegram.Bot) -> None:
    """A press is answered once, while it is young, and each press needs its answer."""
    ann = standin.user(11, "Ann")
    standin.say(ann, "hello")
    button = InlineKeyboardButton("More", callback_data="m:1")
    await bot.send_message(11, "a", reply_markup=InlineKeyboardMarkup([[button]]))
    first, late = (standin.press(ann, standin.sent(ann)[0], "More") for _ in range(2))
    late.old = True

    assert standin.take_violations() == ["the press 'm:1' was never answered"]
    await bot.answer_callback_query(first.id, "ok")

    assert first.answer == {"text": "ok", "show_alert": False}
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    for gone in (first.id, late.id, "17"):
        said = await refusal(standin, "answerCallbackQuery", callback_query_id=gone)
        assert said == too_old


@pytest.mark.parametrize(
    ("command", "description"),
    [
        ({"command": "Ask", "description": "ask"}, "BOT_COMMAND_INVALID"),
        ({"command": "a" * 33, "description": "ask"}, "BOT_COMMAND_INVALID"),
        ({"command": "ask", "description": "a" * 257}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_commands(standin: Standin, command: dict[str, str], description: str) -> None:
    """A menu's commands are short and lower case, their descriptions at most 256 units."""
    said = await refusal(standin, "setMyCommands", commands=[command])

    assert said == f"Bad Request: {description}"


async def test_menu_of_a_chat_that_never_began(standin: Standin, bot: telegram.Bot) -> None:
    """A menu can't be scoped to somebody who never wrote to the bot."""
    scope = telegram.BotCommandScopeChat(11)

    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.set_my_commands([("ask", "Ask")], scope=scope)
    standin.say(standin.user(11, "Ann"), "hello")
    await bot.set_my_commands([("ask", "Ask")], scope=scope)

    assert [each.command for each in await bot.get_my_commands(scope=scope)] == ["ask"]
    assert await bot.get_my_commands() == ()
