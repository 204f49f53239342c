"""What the admins are told without having asked: trouble, at most once an hour for the same cause."""

import logging
import time
from collections.abc import Callable, Collection

from telegram import Bot
from telegram.error import TelegramError

from bot.rendering.catalogue import Value, words_for

logger = logging.getLogger(__name__)

AGAIN_AFTER = 3600.0
"""Seconds after which the same trouble is told again."""


class Alarms:
    """Tells *admins*, by their user ids, each in their private chat with the bot.

    *clock* counts seconds.
    """

    def __init__(
        self, bot: Bot, admins: Collection[int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bot = bot
        self._admins = sorted(admins)
        self._clock = clock
        self._told: dict[str, float] = {}

    async def tell(self, cause: str, message_id: str, /, **values: Value) -> None:
        """Send the message of the catalogue, unless *cause* was told within the hour. Never fails.

        Admins are not known to speak anything but English.
        """
        now = self._clock()
        if now - self._told.get(cause, now - AGAIN_AFTER) < AGAIN_AFTER:
            return
        self._told[cause] = now
        text = words_for(None)(message_id, **values)
        for admin in self._admins:
            try:
                await self._bot.send_message(admin, text)
            except TelegramError as error:
                logger.warning("admin %s could not be told: %s", admin, error)
