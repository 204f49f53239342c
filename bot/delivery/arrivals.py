"""How updates come: what every way has in common."""

import asyncio
import logging
from typing import Protocol

from telegram import Update

from bot.delivery.handling import SUSPECT, Handling
from bot.delivery.inbox import Inbox

logger = logging.getLogger(__name__)

WANTED = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
    Update.GUEST_MESSAGE,
]
"""The kinds of updates that some handler is there for."""

LIMIT = 100
"""Updates that are taken up at a time."""

_ALONE = 30.0
"""Seconds for which an update is handled alone during which the program has ended time and again."""

_LOOK_AGAIN = 3.0
"""Seconds between looks for what another program, that has ended since, had in hand."""


class Arrivals(Protocol):
    """A way by which updates come: polls, or a webhook."""

    async def connect(self) -> None:
        """Agree with Telegram on the way. Raises TelegramError; may be tried again then."""

    async def run(self) -> None:
        """Take updates for ever. Raises InvalidToken when the token is refused."""

    async def stop(self) -> None:
        """Take no more, now that `run` was cancelled."""

    async def confirm(self) -> None:
        """Tell Telegram, at the very end, what need not come again. Never fails."""


class LeftBehind:
    """Takes up what a program that has ended did not finish, and gives it to *handling*."""

    def __init__(self, inbox: Inbox, handling: Handling) -> None:
        self._inbox = inbox
        self._handling = handling

    async def take_up(self) -> None:
        """Begin to handle all of it. Returns when the last of it is in hand."""
        while left := await self._inbox.left_behind(LIMIT):
            logger.info("taking up %d updates that were left behind", len(left))
            for suspect in (each for each in left if each.attempts >= SUSPECT):
                self._handling.take([suspect], patient=True)
                await self._handling.in_hand.progress(_ALONE)
            self._handling.take([each for each in left if each.attempts < SUSPECT], patient=True)
            await self._handling.in_hand.has_room()

    async def watch(self) -> None:
        """Go on to look for it where programs share an inbox; where not, wait for ever."""
        if not self._inbox.shared:
            await asyncio.Event().wait()
        while True:
            await asyncio.sleep(_LOOK_AGAIN)
            await self.take_up()
