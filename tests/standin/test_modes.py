"""Inline mode, guest mode and links work as Telegram's do."""

from typing import Any

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle
from telegram.error import BadRequest

from tests.standin import Standin, User
from tests.standin.test_refusals import refusal

TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann")


def article(id: str, text: str = "text", **more: Any) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id, "Title", telegram.InputTextMessageContent(text), **more)


async def test_inline_query(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """What is typed arrives; the answer is seen, scrolled, and asked for once."""
    typed = standin.type_inline(ann, "who denied", chat_type="supergroup")
    (update,) = await bot.get_updates()
    assert update.inline_query
    results = [article(str(number)) for number in range(70)]
    await update.inline_query.answer(results, auto_pagination=True)

    assert update.inline_query.query == "who denied"
    assert update.inline_query.chat_type == "supergroup"
    assert len(await standin.wait_for_results(typed)) == 50
    assert standin.scroll(typed).offset == "1"
    with pytest.raises(BadRequest, match=TOO_OLD):
        await update.inline_query.answer(results[:1])


async def test_inline_cache(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """An answer serves everybody for five minutes, unless it is for less or for one person."""
    bob = standin.user(12, "Bob")
    first = standin.type_inline(ann, "a")
    await bot.answer_inline_query(first.id, [article("1")])
    brief = standin.type_inline(ann, "b")
    await bot.answer_inline_query(brief.id, [article("1")], cache_time=0)
    personal = standin.type_inline(ann, "c")
    await bot.answer_inline_query(personal.id, [article("1")], is_personal=True)

    assert standin.type_inline(bob, "a").cached
    assert not standin.type_inline(ann, "b").cached
    assert standin.type_inline(ann, "c").cached
    assert not standin.type_inline(bob, "c").cached
    standin.pass_time(301)
    assert not standin.type_inline(bob, "a").cached


async def test_chosen_result(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A chosen result is posted in the user's name; the bot may edit it by its inline id."""
    standin.world.modes.inline_feedback = True
    typed = standin.type_inline(ann, "who denied")
    more = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="m")]])
    await bot.answer_inline_query(typed.id, [article("1", "They did", reply_markup=more)])
    message = standin.choose(typed, 0)
    press = standin.press(ann, message, "More")

    _, chosen, pressed = await bot.get_updates()
    assert chosen.chosen_inline_result
    assert pressed.callback_query
    await pressed.callback_query.answer()
    await pressed.callback_query.edit_message_text("They all did")

    assert chosen.chosen_inline_result.inline_message_id == message.inline_id
    assert pressed.callback_query.message is None
    assert press.answer
    assert message.versions == ["They did", "They all did"]
    assert message.sender is ann
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await bot.edit_message_text("a", inline_message_id="BAAA1")


async def test_result_chosen_in_a_known_chat(
    standin: Standin, ann: User, bot: telegram.Bot
) -> None:
    """What is posted via the bot where the bot is arrives there as a message, too."""
    group = standin.group(-1001, "Desk")
    typed = standin.type_inline(ann, "who denied", chat_type="supergroup")
    await bot.answer_inline_query(typed.id, [article("1", "They did")])
    standin.choose(typed, 0, group)

    _, posted = await bot.get_updates()

    assert posted.message
    assert posted.message.via_bot == await bot.get_me()
    assert standin.lost() == []


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"results": [article(str(each)).to_dict() for each in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article("1").to_dict()] * 2}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("é" * 33).to_dict()]}, "RESULT_ID_INVALID"),
        ({"results": [article("1").to_dict() | {"title": " "}]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article("1", "a" * 4097).to_dict()]}, "MESSAGE_TOO_LONG"),
        ({"results": [article("1", "").to_dict()]}, "message text is empty"),
        ({"results": [article("1", url="nowhere").to_dict()]}, "WEBDOCUMENT_URL_INVALID"),
        ({"results": [{"type": "article", "id": "1"}]}, "can't parse inline query result: Can't find field \"message_text\""),
        ({"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "Ask", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "Ask"}}, "START_PARAM_EMPTY"),
    ],
)  # fmt: skip
async def test_refused_answers(
    standin: Standin, ann: User, changes: dict[str, Any], description: str
) -> None:
    """An answer that breaks a rule of inline mode is refused."""
    typed = standin.type_inline(ann, "who")
    whole = {"results": [article("1").to_dict()], **changes}

    said = await refusal(standin, "answerInlineQuery", inline_query_id=typed.id, **whole)

    assert said == f"Bad Request: {description}"
    assert typed.answer is None


async def test_start_button(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """The button above the results leads to the private chat."""
    typed = standin.type_inline(ann, "zyx")
    button = telegram.InlineQueryResultsButton("Nothing found", start_parameter="inline")
    await bot.answer_inline_query(typed.id, [], button=button)

    assert typed.start_button
    pressed = standin.press_start(ann, typed.start_button["start_parameter"])
    assert pressed.text == "/start inline"
    assert pressed.chat.kind == "private"


async def test_links_and_shares(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A link starts the bot with its payload; a share button starts an inline query."""
    standin.private(ann)
    link = telegram.helpers.create_deep_linked_url("on_the_record_bot", "c_17")
    share = InlineKeyboardButton("Share", switch_inline_query="#17")
    await bot.send_message(11, "a", reply_markup=InlineKeyboardMarkup([[share]]))

    assert standin.open_link(ann, link).text == "/start c_17"
    assert standin.share(ann, standin.sent(ann)[0], "Share").query == "#17"


async def test_share_without_inline_mode(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A share button of a bot without inline mode would do nothing, which is written down."""
    standin.private(ann)
    standin.world.modes.inline = False
    share = InlineKeyboardButton("Share", switch_inline_query="#17")

    await bot.send_message(11, "a", reply_markup=InlineKeyboardMarkup([[share]]))

    assert standin.take_violations() == ["the button 'Share' needs inline mode, which is off"]


async def test_guest(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Where it is not a member, the bot answers a mention once, and can't write otherwise."""
    there = standin.elsewhere(-1077, "Strangers")
    query = standin.summon(ann, "@on_the_record_bot who denied it?", chat=there)
    (update,) = await bot.get_updates()
    assert update.guest_message
    sent = await update.guest_message.answer_guest_query(article("1", "They did"))

    reply = await standin.wait_for_guest(query)
    assert (reply.text, reply.chat, reply.inline_id) == ("They did", there, sent.inline_message_id)
    with pytest.raises(BadRequest, match=TOO_OLD):
        await update.guest_message.answer_guest_query(article("1", "They did"))
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(there.id, "a")
    assert await bot.edit_message_text("All", inline_message_id=sent.inline_message_id) is True


async def test_guest_between_two_people(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A guest's chat may have the number of another chat: what is sent there goes astray."""
    standin.private(ann)
    query = standin.summon(ann, "@on_the_record_bot who denied it?")
    (update,) = await bot.get_updates()
    assert update.effective_chat

    await bot.send_message(update.effective_chat.id, "They did")

    assert query.reply is None
    assert [message.text for message in standin.sent(ann)] == ["They did"]


async def test_what_the_owner_switched_off(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """The bot can find out which modes are on."""
    me = await bot.get_me()
    assert (me.supports_inline_queries, me.supports_guest_queries) == (True, True)
    assert me.can_read_all_group_messages is False

    standin.world.modes.inline = standin.world.modes.guest = False
    me = await bot.get_me()
    assert (me.supports_inline_queries, me.supports_guest_queries) == (False, False)
