"""When Telegram asks for patience: wait as long as it says, once, and only where nothing was done."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter
from typing_extensions import override

logger = logging.getLogger(__name__)

LONGEST_WAIT = 30.0
"""Seconds that a request may be put off. Beyond that it fails, so that its chat is not held up."""


class Patience(BaseRateLimiter[None]):
    """Repeats a request that Telegram refused for flooding, after the time that it names.

    Only such a refusal says for sure that nothing was sent. After a time-out or a lost connection
    the message may be there already, so those are never repeated.
    """

    def __init__(self, longest: float = LONGEST_WAIT) -> None:
        self._longest = longest

    @override
    async def initialize(self) -> None:
        pass

    @override
    async def shutdown(self) -> None:
        pass

    @override
    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as refusal:
            wait = seconds_of(refusal)
            if wait > self._longest:
                raise
            logger.warning("Telegram asks to wait %g s before %s", wait, endpoint)
        await asyncio.sleep(wait)
        return await callback(*args, **kwargs)


def seconds_of(refusal: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    # An int or a timedelta, as the environment variable PTB_TIMEDELTA says.
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
