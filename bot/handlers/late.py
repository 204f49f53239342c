"""Questions that waited while the bot was away: too old to be answered, not too old for a word."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import telegram

from bot.handlers.replies import reply
from bot.rendering.catalogue import Words

_ONCE_IN = 600.0
"""Seconds for which a chat that was told is not told again: all that waited comes in that time."""

_MANY = 10_000


class Late:
    """Tells a chat once that what was asked longer than *after* ago is not answered any more.

    *clock* counts seconds.
    """

    def __init__(self, after: timedelta, clock: Callable[[], float] = time.monotonic) -> None:
        self._after = after
        self._clock = clock
        self._told: dict[int, float] = {}

    async def excuses(self, asked: telegram.Message, words: Words) -> bool:
        """Tell whether *asked* comes too late, and say so in its chat if nothing was said yet."""
        if datetime.now(UTC) - asked.date < self._after:
            return False
        now = self._clock()
        if now - self._told.get(asked.chat_id, now - _ONCE_IN) >= _ONCE_IN:
            if len(self._told) >= _MANY:
                self._told.clear()
            self._told[asked.chat_id] = now
            await reply(asked, words("late"))
        return True
