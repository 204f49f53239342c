"""When more is asked than can be answered: a word to each chat, so that nobody waits in vain."""

import logging
import time
from collections.abc import Callable

import telegram
from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.handlers.replies import reply, toast, words_of

logger = logging.getLogger(__name__)

QUIET = 60.0
"""Seconds for which a chat that was told is not told again."""

_MANY = 10_000


class Busy:
    """Turns away who asks too much, or too late to be served. *clock* counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[int, float] = {}

    async def turn_away(self, update: Update) -> None:
        """Say that there is too much to do, once a minute in a chat. Never fails."""
        if (query := update.callback_query) is not None:
            await toast(query, words_of(update)("busy"))
            return
        message = update.message
        if message is None or not _to_the_bot(message) or not self._is_to_be_told(message.chat_id):
            return
        try:
            await reply(message, words_of(update)("busy"))
        except TelegramError as error:
            logger.info("could not say that there is too much to do: %s", error)

    def _is_to_be_told(self, chat: int) -> bool:
        now = self._clock()
        if now - self._told.get(chat, now - QUIET) < QUIET:
            return False
        if len(self._told) >= _MANY:
            self._told = {each: at for each, at in self._told.items() if now - at < QUIET}
        self._told[chat] = now
        return True


def _to_the_bot(message: telegram.Message) -> bool:
    """Whether *message* plainly wants an answer from the bot; in doubt not."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    text = (message.text or message.caption or "").casefold()
    name = f"@{message.get_bot().username}".casefold()
    replied = message.reply_to_message
    answered = replied is not None and replied.from_user is not None
    return (
        name in text
        or (text.startswith("/") and "@" not in text.split()[0])
        or (answered and replied is not None and replied.from_user == message.get_bot().bot)
    )
