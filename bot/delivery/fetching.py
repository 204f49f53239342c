"""Fetching updates by long polls.

Telegram forgets an update when a later poll confirms it. So only what was written down is
confirmed; or, where nothing can be written, only what was handled.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.delivery.arrivals import LIMIT, WANTED
from bot.delivery.arrived import Json, numbered
from bot.delivery.flood import seconds_of
from bot.delivery.handling import Handling
from bot.delivery.inbox import Inbox
from bot.delivery.overhearing import is_overheard
from bot.monitoring.pulse import Pulse

logger = logging.getLogger(__name__)

_LONG = 30
"""Seconds that Telegram keeps a poll open while there is nothing to tell."""

_ANSWERS_WITHIN = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_NOTHING_NEW = 0.1
"""Seconds until the next poll when this one brought only what is in hand."""


class Fetching:
    """Fetches updates through *request* and gives them to *handling*, by way of *inbox*."""

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        inbox: Inbox,
        handling: Handling,
        pulse: Pulse | None = None,
    ) -> None:
        """*pulse* is told of each poll."""
        self._bot = bot
        self._pulse = pulse or Pulse()
        self._url = f"{bot.base_url}/getUpdates"
        self._request = request
        self._inbox = inbox
        self._handling = handling
        self._next: int | None = None

    async def connect(self) -> None:
        """Have Telegram wait for polls: it gives them nothing while it is to deliver elsewhere."""
        await self._bot.delete_webhook()
        self._pulse.answered()

    async def run(self) -> None:
        """Fetch for ever, whatever happens. Raises InvalidToken when the token is refused."""
        behind = True
        pause = _FIRST_PAUSE
        while True:
            try:
                if behind:
                    with self._pulse.resting():
                        await self._handling.in_hand.has_room()
                behind = await self._fetch(patient=behind) and behind
                pause = _FIRST_PAUSE
            except InvalidToken:
                raise
            except TelegramError as error:
                _log(error)
                wait = seconds_of(error) if isinstance(error, RetryAfter) else pause
                self._pulse.beat(wait)
                await asyncio.sleep(wait)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def stop(self) -> None:
        """There is nothing to stop: no poll is under way any more."""

    async def confirm(self) -> None:
        """Tell Telegram what need not be delivered again, for a program that ends. Never fails."""
        if self._next is not None:
            try:
                await self._poll(self._offset, seconds=0, limit=1)
            except TelegramError as error:
                logger.info("the last updates were not confirmed: %s", error)

    async def _fetch(self, *, patient: bool) -> bool:
        """Fetch and take one batch; return whether more may be waiting at once."""
        offset = self._offset
        batch = await self._poll(offset, seconds=_LONG, limit=LIMIT)
        self._pulse.answered()
        bot = self._bot
        meant = [each for each in batch if not is_overheard(each, bot.id, bot.username)]
        arrived = await self._inbox.receive(meant)
        if numbers := [*numbered(batch)]:
            # Not the greatest ever: after a quiet week Telegram counts from anywhere.
            self._next = max(numbers) + 1
        self._handling.take(arrived, patient=patient)
        if meant and not arrived:
            await self._handling.in_hand.progress(_NOTHING_NEW)
        return len(batch) == LIMIT

    @property
    def _offset(self) -> int | None:
        """The first update that is not to be forgotten."""
        oldest = None if self._inbox.durable else self._handling.in_hand.oldest
        # One that takes for ever must not stand in the way of those behind it.
        in_reach = oldest is not None and (self._next is None or self._next - oldest < LIMIT)
        return oldest if in_reach else self._next

    async def _poll(self, offset: int | None, *, seconds: int, limit: int) -> Sequence[Json]:
        asked: dict[str, Any] = {"timeout": seconds, "limit": limit}
        asked["allowed_updates"] = json.dumps(WANTED)
        if offset is not None:
            asked["offset"] = offset
        batch = await self._request.post(
            f"{self._url}?{urlencode(asked)}", read_timeout=seconds + _ANSWERS_WITHIN
        )
        if not isinstance(batch, list):
            raise TelegramError("Invalid server response")
        return batch


def _log(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        logger.error("another program polls with the same token: stop it, or use another token")
    else:
        logger.warning("polling failed, trying again: %s", error)
