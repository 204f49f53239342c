"""What the admins are told without having asked: trouble, at most once an hour for the same cause."""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.rendering.catalogue import Value, words_for
from bot.state import State, StateError

logger = logging.getLogger(__name__)

AGAIN_AFTER = 3600.0
"""Seconds after which the same trouble is told again."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told: the message of the catalogue with its *values*, once for its *cause*."""

    cause: str
    message_id: str
    values: Mapping[str, Value]


class Alarms:
    """Tells *admins*, by their user ids, each in their private chat with the bot.

    *state* knows what was told before a restart, and by other programs that share it. *clock*
    counts seconds.
    """

    def __init__(
        self,
        bot: Bot,
        admins: Collection[int],
        state: State | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bot = bot
        self._admins = sorted(admins)
        self._state = state
        self._clock = clock
        self._told: dict[str, float] = {}

    async def tell(self, notice: Notice) -> None:
        """Send *notice*, unless its cause was told of within the hour. Never fails.

        What reached no admin counts as not told. Admins are not known to speak anything but English.
        """
        cause = notice.cause
        if not self._admins or not await self._claim(cause):
            return
        text = words_for(None)(notice.message_id, **notice.values)
        reached = [await self._send(admin, text) for admin in self._admins]
        if not any(reached):
            await self._give_back(cause)

    async def _send(self, admin: int, text: str) -> bool:
        try:
            await self._bot.send_message(admin, text)
        except TelegramError as error:
            logger.warning("admin %s could not be told: %s", admin, error)
            return False
        return True

    async def _claim(self, cause: str) -> bool:
        """Whether *cause* may be told now. Then it counts as told, so that nobody else does."""
        now = self._clock()
        if now - self._told.get(cause, now - AGAIN_AFTER) < AGAIN_AFTER:
            return False
        self._told = {c: at for c, at in self._told.items() if now - at < AGAIN_AFTER}
        self._told[cause] = now
        if self._state is None:
            return True
        try:
            again = timedelta(seconds=AGAIN_AFTER)
            return await self._state.notices.claim(cause, datetime.now(UTC), again)
        except StateError as error:
            logger.info("not known whether this was told before a restart: %s", error)
            return True

    async def _give_back(self, cause: str) -> None:
        self._told.pop(cause, None)
        if self._state is not None:
            try:
                await self._state.notices.withdraw(cause)
            except StateError as error:
                logger.info("a notice that reached nobody is kept as told: %s", error)
