"""When something goes wrong: the log gets the cause, the asker an apology, never a traceback."""

import logging

import telegram
from telegram import Update
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ContextTypes

from bot.handlers.replies import reply, words_of

logger = logging.getLogger(__name__)


async def report(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log what a handler raised, and apologise where that can be heard and is true."""
    error = context.error
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(error, Forbidden):
        logger.info("update %s: nobody to answer any more: %s", number, error)
    elif _was_on_the_way(error):
        # The reply may have been delivered; one more message would be one too many.
        logger.warning("update %s: the reply may be lost: %r", number, error)
    else:
        logger.error("update %s: not handled", number, exc_info=error)
        await _apologise(update)


def _was_on_the_way(error: BaseException | None) -> bool:
    if isinstance(error, BadRequest):  # a NetworkError by birth, but Telegram has refused it
        return False
    return isinstance(error, NetworkError | RetryAfter | InvalidToken)


async def _apologise(update: object) -> None:
    if not isinstance(update, Update):
        return
    message = update.effective_message
    if not isinstance(message, telegram.Message):
        return
    try:
        await reply(message, words_of(update)("apology"))
    except TelegramError as error:
        logger.warning("could not apologise: %s", error)
