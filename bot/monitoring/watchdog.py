"""Keeps the polling going: notices when it has died or hangs, and starts it afresh."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from telegram.error import InvalidToken

from bot.alarms import Notice
from bot.errors import BotError, PollingDeadError
from bot.monitoring.monitor import Monitor

logger = logging.getLogger(__name__)

LIVES = 5
"""How often it is started afresh within WINDOW. Then the program ends, for its supervisor to start."""

WINDOW = 1800.0
"""Seconds in which that counts."""

_BEFORE_NEXT = 1.0
_TO_END = 5.0
"""Seconds that what hangs may take to let go when it is cancelled."""


class Watchdog:
    """Guards what brings the updates. *afresh* makes new connections for it.

    What is down with Telegram or the network is no matter for it: whoever polls goes on trying, and
    says so by the pulse of *monitor*. *clock* counts seconds.
    """

    def __init__(
        self,
        monitor: Monitor,
        afresh: Callable[[], Awaitable[object]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monitor = monitor
        self._afresh = afresh
        self._clock = clock
        self._deaths: deque[float] = deque(maxlen=LIVES)

    async def guard(self, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run *run*, which is meant for ever, and run it again when it dies or hangs.

        Raises PollingDeadError when that is of no use. A refused token, and what else is fit to be
        shown to an operator, is raised as it is.
        """
        while True:
            self._monitor.pulse.beat()
            reason = await self._watched(asyncio.ensure_future(run()))
            self._count(reason)
            await self._afresh()
            await asyncio.sleep(_BEFORE_NEXT)

    async def _watched(self, running: asyncio.Future[None]) -> str:
        """Return why *running* is no more."""
        try:
            while not running.done():
                left = self._monitor.pulse.left
                if left <= 0:
                    await self._end(running)
                    return f"no sign of life for {self._monitor.pulse.patience:.0f} s"
                await asyncio.wait({running}, timeout=left)
        finally:
            running.cancel()
        return self._why(running)

    async def _end(self, hanging: asyncio.Future[None]) -> None:
        hanging.cancel()
        done, _ = await asyncio.wait({hanging}, timeout=_TO_END)
        if not done:
            logger.error("what hangs cannot be cancelled; it is left behind")

    def _why(self, ended: asyncio.Future[None]) -> str:
        error = None if ended.cancelled() else ended.exception()
        if isinstance(error, InvalidToken | BotError):
            raise error
        logger.error("the polling died", exc_info=error)
        return "it ended" if error is None else type(error).__name__

    def _count(self, reason: str) -> None:
        self._deaths.append(self._clock())
        self._monitor.metrics.restarts.inc()
        if len(self._deaths) == LIVES and self._deaths[-1] - self._deaths[0] < WINDOW:
            raise PollingDeadError(LIVES, reason)
        logger.error("the polling is started afresh: %s", reason)
        self._monitor.tell(Notice("polling", "alarm-polling", {"reason": reason}))
