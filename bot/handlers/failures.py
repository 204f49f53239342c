"""When something goes wrong: the log gets the cause, the asker an apology, never a traceback."""

import logging

import telegram
from telegram import Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.delivery.flood import seconds_of
from bot.delivery.sent import in_hand
from bot.delivery.wire import may_have_been_done, was_not_done, was_shut_out
from bot.handlers.replies import reply, words_of

logger = logging.getLogger(__name__)

_AWAY = 60.0
"""Seconds until the next try when Telegram has been away for as long as a request is repeated."""


async def report(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log what a handler raised, and apologise where that can be heard and is true."""
    error = context.error
    delivery = in_hand()
    if context.coroutine is None:  # else it was a task that goes on beside the handlers
        delivery.error = error
    number = update.update_id if isinstance(update, Update) else None
    if error is None:
        return
    if nobody_to_answer(error):
        logger.info("update %s: nobody to answer any more: %s", number, error)
    elif is_uncertain(error):
        # The reply may have been delivered; one more message would be one too many.
        logger.warning("update %s: the reply may be lost: %r", number, error)
    elif is_for_later(error):
        logger.error("update %s: not answered, Telegram is not there: %s", number, error)
    elif worth_another_try(error) and not delivery.last_try:
        logger.warning("update %s: failed, to be tried again: %r", number, error)
    else:
        logger.error("update %s: not handled", number, exc_info=error)
        await _apologise(update)


def nobody_to_answer(error: Exception) -> bool:
    """Whether *error* means that the bot may not write into the chat."""
    return isinstance(error, TelegramError) and was_shut_out(error)


def is_uncertain(error: Exception) -> bool:
    """Whether what was asked of Telegram may have been done, so that it must not be asked again."""
    return isinstance(error, TelegramError) and may_have_been_done(error)


def is_for_later(error: Exception) -> bool:
    """Whether Telegram was not to be spoken with, so that nothing was done but can be one day."""
    away = isinstance(error, TelegramError) and was_not_done(error)
    return away or isinstance(error, InvalidToken | RetryAfter)


def seconds_until_later(error: Exception) -> float | None:
    """Return when to try again what is for later; None if *error* is something else, or for good."""
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    return None if isinstance(error, InvalidToken) or not is_for_later(error) else _AWAY


def worth_another_try(error: Exception) -> bool:
    """Whether it may go well next time. What Telegram finds wrong, it will again."""
    return not isinstance(error, BadRequest)


async def _apologise(update: object) -> None:
    # Where the bot is a guest it can post one answer, and the chat's number may be another's.
    if not isinstance(update, Update) or update.guest_message is not None:
        return
    message = update.effective_message
    if not isinstance(message, telegram.Message):
        return
    try:
        await reply(message, words_of(update)("apology"))
    except TelegramError as error:
        logger.warning("could not apologise: %s", error)
