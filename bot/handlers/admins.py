"""Who may change the corpus: admins, by their numeric user ids, in any chat."""

import logging
from collections.abc import Collection

import telegram
from telegram import CallbackQuery, Update

from bot.handlers.replies import reply, toast, words_of
from bot.rendering.catalogue import Words

logger = logging.getLogger(__name__)


class Admins:
    """The people with the *ids* that the operator has set."""

    def __init__(self, ids: Collection[int]) -> None:
        self._ids = frozenset(ids)

    async def message(self, update: Update, command: str) -> tuple[telegram.Message, Words] | None:
        """Return the message of an admin, and their words. Anybody else is told, and gets None."""
        if (message := update.message) is None:
            return None
        words = words_of(update)
        # Who writes in the name of a group or a channel has the id of a placeholder.
        if message.from_user is None or message.sender_chat is not None:
            await reply(message, words("admin-anonymous", command=command))
            return None
        user = message.from_user.id
        if user not in self._ids:
            logger.info("user %s may not use %s", user, command)
            # Their id as it is, for an operator to copy: no number to be written in groups of three.
            await reply(message, words("admin-only", command=command, user=str(user)))
            return None
        return message, words

    async def press(self, update: Update) -> tuple[CallbackQuery, Words] | None:
        """Return the press of an admin, not answered yet. Anybody else is told, and gets None."""
        if (query := update.callback_query) is None:
            return None
        words = words_of(update)
        if query.from_user.id not in self._ids:
            logger.info("user %s may not press what is for admins", query.from_user.id)
            await toast(query, words("admins-press"))
            return None
        return query, words
