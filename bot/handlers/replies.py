"""How the bot speaks in a chat: the only place that sends, edits and answers presses.

Replies go under the asker's message and into their topic, as text and entities. What was sent
for an update is numbered and noted, so that an update that is handled again is not answered twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import telegram
from telegram import CallbackQuery, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.delivery.flood import ON_THE_WAY
from bot.delivery.sent import in_hand
from bot.delivery.wire import may_have_been_done
from bot.rendering.catalogue import Said, Words, words_for
from bot.rendering.composing import Message, Piece, compose

logger = logging.getLogger(__name__)

UNKNOWN = 0
"""The id of a message of which nobody knows whether Telegram took it."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be sent; a *picture* is shown as one."""

    name: str
    content: bytes = field(repr=False)
    picture: bool = False


def words_of(update: Update) -> Words:
    """Return the words for whoever wrote or pressed: in their language, also in a group."""
    user = update.effective_user
    return words_for(user.language_code if user is not None else None)


async def reply(
    to: telegram.Message,
    answer: Message | Said,
    buttons: InlineKeyboardMarkup | None = None,
    *,
    answer_id: str | None = None,
) -> telegram.Message:
    """Send *answer* as a reply to *to*, also if that was deleted meanwhile. Return what was sent.

    Where *to* has the id UNKNOWN, *answer* replies to nothing in its chat.
    If it was sent already, when the same update was handled before, it is not sent again, and what
    is returned has the id, the chat and the text only. Its id is UNKNOWN when the connection was
    lost while sending: it is not sent again, for it may have arrived. *answer_id* is the answer in
    the state that the message shows. Raises TelegramError when it surely was not sent.
    """
    message = _composed(answer)
    return await _once(to, message, lambda: _send(to, message, buttons), answer_id)


async def reply_with_file(to: telegram.Message, file: File, caption: Said) -> telegram.Message:
    """Send *file* as a reply to *to*, with at most 1024 UTF-16 units of *caption*. As `reply` does."""
    message = _composed(caption)
    return await _once(to, message, lambda: _send_file(to, file, message), None)


async def _once(
    to: telegram.Message,
    message: Message,
    send: Callable[[], Awaitable[telegram.Message]],
    answer_id: str | None,
) -> telegram.Message:
    """Send the next part of what is in hand, unless that was done before."""
    delivery = in_hand()
    part = delivery.next_part()
    if (earlier := delivery.sent(part)) is not None:
        return _as_sent(to, message, earlier.message_id)
    try:
        sent = await send()
    except asyncio.CancelledError as ended:
        if ON_THE_WAY in ended.args:  # the program ends before Telegram has answered
            delivery.accepted(part, None)
        raise
    except TelegramError as error:
        if not may_have_been_done(error):
            raise
        logger.warning("update %s: the reply may be lost: %r", delivery.update_id, error)
        delivery.accepted(part, None)
        return _as_sent(to, message, None)
    delivery.accepted(part, sent.message_id, answer_id)
    return sent


async def edit(
    shown: telegram.Message | CallbackQuery,
    answer: Message | Said,
    buttons: InlineKeyboardMarkup | None = None,
) -> bool:
    """Make the bot's message *shown*, or the one whose button was pressed, say *answer*.

    Return whether it does now; false when it is gone or too old to be edited. Raises TelegramError
    when Telegram cannot be reached, or refuses for another reason.
    """
    message = _composed(answer)
    change = shown.edit_text if isinstance(shown, telegram.Message) else shown.edit_message_text
    try:
        await change(message.text, entities=message.entities, reply_markup=buttons)
    except BadRequest as error:
        if "not modified" in error.message:
            return True
        if not _is_gone(error):
            raise
        logger.info("not edited: %s", error)
        return False
    return True


async def toast(query: CallbackQuery, text: Said | None = None, *, alert: bool = False) -> None:
    """Answer a press, with a *text* that is shown for a moment (or until dismissed: *alert*).

    To be called before any work: the button shows that it is pressed until then. Never fails. A
    press that was answered already, because its chat is busy, or that is too old, takes no text:
    an *alert* is then said in the chat.
    """
    delivery = in_hand()
    if not delivery.acknowledged:
        delivery.acknowledged = True
        try:
            await query.answer(text, show_alert=alert)
        except TelegramError as error:
            logger.info("the press was not answered: %s", error)
            if may_have_been_done(error):
                return
        else:
            return
    if alert and text is not None and isinstance(query.message, telegram.Message):
        try:
            await reply(query.message, text)
        except TelegramError as error:
            logger.info("nor was it said in the chat: %s", error)


def _composed(answer: Message | Said) -> Message:
    return compose([Piece(answer)]) if isinstance(answer, str) else answer


def _under(to: telegram.Message) -> ReplyParameters | None:
    if to.message_id == UNKNOWN:
        return None
    return ReplyParameters(to.message_id, allow_sending_without_reply=True)


async def _send_file(to: telegram.Message, file: File, caption: Message) -> telegram.Message:
    bot, thread = to.get_bot(), to.message_thread_id if to.is_topic_message else None
    if file.picture:
        return await bot.send_photo(
            to.chat_id,
            file.content,
            caption=caption.text,
            caption_entities=caption.entities,
            filename=file.name,
            reply_parameters=_under(to),
            message_thread_id=thread,
        )
    return await bot.send_document(
        to.chat_id,
        file.content,
        caption=caption.text,
        caption_entities=caption.entities,
        filename=file.name,
        reply_parameters=_under(to),
        message_thread_id=thread,
    )


async def _send(
    to: telegram.Message, message: Message, buttons: InlineKeyboardMarkup | None
) -> telegram.Message:
    try:
        return await to.get_bot().send_message(
            to.chat_id,
            message.text,
            entities=message.entities,
            reply_markup=buttons,
            reply_parameters=_under(to),
            message_thread_id=to.message_thread_id if to.is_topic_message else None,
        )
    except ChatMigrated as moved:
        # The group became a supergroup while it waited. Its messages have other numbers there.
        return await to.get_bot().send_message(
            moved.new_chat_id, message.text, entities=message.entities, reply_markup=buttons
        )


def _as_sent(to: telegram.Message, message: Message, message_id: int | None) -> telegram.Message:
    sent = telegram.Message(
        UNKNOWN if message_id is None else message_id,
        datetime.now(UTC),
        to.chat,
        text=message.text,
        message_thread_id=to.message_thread_id,
    )
    sent.set_bot(to.get_bot())
    return sent


def _is_gone(error: BadRequest) -> bool:
    gone = ("message to edit not found", "can't be edited", "message_id_invalid")
    return any(reason in error.message.lower() for reason in gone)
