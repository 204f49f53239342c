"""What people do with messages arrives as Telegram tells it."""

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from tests.standin import Standin, User, origins

MORE = InlineKeyboardMarkup([[InlineKeyboardButton("More (3)", callback_data="m:1")]])


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    ann = standin.user(11, "Ann")
    standin.private(ann)
    return ann


async def test_forwarded_messages(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A forwarded message says where it comes from, as far as may be known."""
    news = standin.group(-1002, "News", kind="channel")
    desk = standin.group(-1001, "Desk")
    for source in (standin.user(12, "Bob"), "Hidden", news, desk):
        standin.forward(ann, "They denied it", origins(source))

    updates = await bot.get_updates()

    kinds = [
        each.message.forward_origin.type
        for each in updates
        if each.message and each.message.forward_origin
    ]
    assert kinds == ["user", "hidden_user", "channel", "chat"]


async def test_old_messages(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A message can have waited."""
    old, new = standin.say(ann, "old", ago=3600), standin.say(ann, "new")

    assert 3599 <= new.date - old.date <= 3601


async def test_edited_question(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """An edited message comes with its new text, its old number and the time of the edit."""
    asked = standin.say(ann, "/ask who?")
    standin.edit(asked, "/ask when?")

    _, edited = await bot.get_updates()

    assert edited.edited_message
    assert edited.edited_message.message_id == asked.id
    assert edited.edited_message.parse_entities(["bot_command"])
    assert standin.lost() == [asked]


async def test_press(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A press brings the message with it; buttons can be found by a part of their label."""
    await bot.send_message(ann.id, "a", reply_markup=MORE)
    press = standin.press(ann, standin.sent(ann)[0], "More")
    (update,) = await bot.get_updates()
    assert update.callback_query
    await update.callback_query.answer("ok")
    await update.callback_query.edit_message_reply_markup(None)

    assert await standin.wait_for_answer(press) == {"text": "ok", "show_alert": False}
    assert standin.sent(ann)[0].buttons() == []
    with pytest.raises(AssertionError, match="no button 'More'"):
        standin.press(ann, standin.sent(ann)[0], "More")


async def test_press_on_a_message_that_is_gone(
    standin: Standin, ann: User, bot: telegram.Bot
) -> None:
    """A press may come from a message that can't be edited any more."""
    await bot.send_message(ann.id, "a", reply_markup=MORE)
    message = standin.sent(ann)[0]
    standin.delete(message)
    standin.press(ann, message, "More")
    (update,) = await bot.get_updates()
    assert update.callback_query
    await update.callback_query.answer()

    assert update.callback_query.message
    assert not update.callback_query.message.is_accessible
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("b", ann.id, message.id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ann.id, "b", reply_to_message_id=message.id)


async def test_late_answer(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A press that was not answered for a minute can't be answered."""
    await bot.send_message(ann.id, "a", reply_markup=MORE)
    press = standin.press(ann, standin.sent(ann)[0], "More")
    standin.pass_time(61)

    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(press.id)
    assert standin.take_violations() == ["the press 'm:1' was never answered"]
    press.old = True


async def test_deleting(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """The bot can take away its own messages, for two days."""
    said = standin.say(ann, "hello")
    first, second = [await bot.send_message(ann.id, text) for text in "ab"]
    assert await first.delete()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await first.delete()
    standin.pass_time(49 * 3600)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await second.delete()
    assert standin.take_violations() == []
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(ann.id, said.id)
    assert len(standin.take_violations()) == 1


async def test_waiting(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A test can wait for a message, for an edit, and until nothing is unanswered."""
    asked = standin.say(ann, "who?")
    with pytest.raises(AssertionError, match="no reply to"):
        await standin.wait_until_all_answered(0.01)
    sent = await bot.send_message(ann.id, "They", reply_to_message_id=asked.id)
    await sent.edit_text("They all")

    await standin.wait_until_all_answered()
    shown = await standin.wait_for_message(ann, "They")
    assert await standin.wait_for_edit(shown, "all") is shown


async def test_forgetting(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A long run can drop what is over; what still waits for its reply stays."""
    done, waiting = (standin.say(ann, text) for text in ("one", "two"))
    await bot.send_message(ann.id, "a", reply_to_message_id=done.id)
    standin.forget()

    assert (standin.calls, standin.sent(ann), standin.lost()) == ([], [], [waiting])
    assert list(standin.private(ann).messages.values()) == [waiting]


async def test_descriptions(standin: Standin, bot: telegram.Bot) -> None:
    """Descriptions are kept by language; a language that has none shows the one for all."""
    await bot.set_my_description("Ask me", language_code="")
    await bot.set_my_description("Frag mich", language_code="de")
    await bot.set_my_short_description("Quotes")

    assert (await bot.get_my_description("de")).description == "Frag mich"
    assert (await bot.get_my_description("ar")).description == "Ask me"
    assert standin.world.descriptions["short_description", ""] == "Quotes"
    with pytest.raises(BadRequest, match="Short_description_too_long"):
        await bot.set_my_short_description("a" * 121)
    with pytest.raises(BadRequest, match="Lang_code_invalid"):
        await bot.set_my_description("a", language_code="de-AT")
    assert len(standin.take_violations()) == 2
