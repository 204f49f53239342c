"""What is in hand: the tasks that handle updates, so many and no more."""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine
from contextvars import copy_context
from functools import partial
from typing import Any

from bot.logs import about_update

logger = logging.getLogger(__name__)

WAITING = 1_000
"""Updates that may be in hand. Who asks beyond that is told that the bot is busy."""

WAITING_IN_A_CHAT = 50
"""The same for one chat, so that none takes all the room."""


class InHand:
    """Runs a task for each update, and for what goes on beside. Belongs to one event loop."""

    def __init__(self) -> None:
        # By task, the update that it handles; None for what goes on beside.
        self._tasks: dict[asyncio.Task[None], int | None] = {}
        self._in_chats: Counter[int | None] = Counter()

    def __len__(self) -> int:
        """How many updates are being handled, or wait for their turn."""
        return sum(number is not None for number in self._tasks.values())

    @property
    def oldest(self) -> int | None:
        """The smallest number of an update that is in hand, if one is."""
        return min((number for number in self._tasks.values() if number is not None), default=None)

    def is_full(self, chat: int | None) -> bool:
        """Whether another update of *chat* is too much."""
        return len(self._tasks) >= WAITING or (
            chat is not None and self._in_chats[chat] >= WAITING_IN_A_CHAT
        )

    def begin(
        self, work: Coroutine[Any, Any, None], number: int | None, chat: int | None = None
    ) -> None:
        """Begin *work* on the update *number* of *chat*, or beside. What it raises is logged."""
        _ = self.begun(work, number, chat)

    def begun(
        self, work: Coroutine[Any, Any, None], number: int | None, chat: int | None
    ) -> asyncio.Task[None]:
        """Begin *work* in the same way, and return its task."""
        context = copy_context()
        context.run(about_update, number)
        loop = asyncio.get_running_loop()
        task = loop.create_task(work, name=f"update {number}", context=context)
        self._tasks[task] = number
        self._in_chats[chat] += 1
        task.add_done_callback(partial(self._ended, chat), context=context)
        return task

    async def handled(self, number: int) -> None:
        """Return when an update is not in hand, or no more."""
        while number in self._tasks.values():
            await self.progress()

    async def has_room(self) -> None:
        """Return when something may be taken."""
        while len(self._tasks) >= WAITING:
            await self.progress()

    async def progress(self, seconds: float | None = None) -> None:
        """Return when something that is in hand is handled, or after so many *seconds*."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        elif seconds is not None:
            await asyncio.sleep(seconds)

    async def ended(self, seconds: float) -> bool:
        """Wait for all of it, for so many *seconds* at most; return whether nothing is left."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        return not self._tasks

    async def stop(self) -> bool:
        """Stop what is left; return whether nothing was."""
        unfinished = [*self._tasks]
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        return not unfinished

    def _ended(self, chat: int | None, task: asyncio.Task[None]) -> None:
        number = self._tasks.pop(task)
        self._in_chats[chat] -= 1
        if not self._in_chats[chat]:
            del self._in_chats[chat]
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("update %s was left unfinished", number, exc_info=error)
