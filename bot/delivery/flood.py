"""When Telegram asks for patience, or is away for a moment: wait, and ask again what was not done."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter
from typing_extensions import override

from bot.delivery.pace import Chat, Pace
from bot.delivery.turns import place_given_up
from bot.delivery.wire import may_have_been_done, was_not_done

logger = logging.getLogger(__name__)

LONGEST_WAIT = 3600.0
"""Seconds for which a message is tried again. Then whoever sends it has to come again."""

ON_THE_WAY = "on the way"
"""The argument of a cancellation that came while Telegram was being asked, not while waiting to ask."""

_SHORT_WAIT = 30.0
"""The same for what is worth less: an edit, a menu."""

_AT_ONCE = {
    "sendChatAction": 0.0,
    "answerCallbackQuery": 5.0,
    "answerInlineQuery": 5.0,
    "getMe": 0.0,
    "deleteWebhook": 0.0,
    "setWebhook": 0.0,
    "getWebhookInfo": 0.0,
}
"""What is of no use later, or tried again by whoever asks for it: seconds until it is given up."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


class Patience(BaseRateLimiter[None]):
    """Keeps to Telegram's pace, and asks again for what Telegram surely has not done.

    That is what it refused for flooding, after the time that it names; what its servers said they
    could not do; and what never left this machine. After a time-out or a lost connection a message
    may be there already, so it is not repeated; an edit is, which makes it no different, and so is
    the answer to an inline query, of which Telegram takes one.
    A wait holds up its own chat only.
    """

    def __init__(self, longest: float = LONGEST_WAIT, pace: Pace | None = None) -> None:
        self._longest = longest
        self._pace = pace or Pace()
        self._silent = False
        self._under_way = 0

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
        chat = _filled_chat(endpoint, data)
        deadline = time.monotonic() + self._longest_for(endpoint)
        pause = _FIRST_PAUSE
        while True:
            if chat is not None:
                await _wait(self._pace.wait(chat))
            await self._unless_silent()
            self._under_way += 1
            try:
                return await callback(*args, **kwargs)
            except asyncio.CancelledError as ended:
                ended.args = (ON_THE_WAY,)
                raise
            except TelegramError as error:
                wait = _until_next(error, endpoint, pause)
                if wait is None or time.monotonic() + wait > deadline:
                    raise
                logger.warning("%s: %s; again in %g s", endpoint, error, wait)
            finally:
                self._under_way -= 1
            if chat is not None:
                self._pace.hold(chat, wait)
            else:
                await _wait(wait)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def fall_silent(self, seconds: float) -> None:
        """Begin no more requests, ever; return when none is under way, or after so many *seconds*.

        For a program that ends: a request that is cut off may have been executed or not.
        """
        self._silent = True
        deadline = time.monotonic() + seconds
        while self._under_way and time.monotonic() < deadline:  # noqa: ASYNC110 - once in a life
            await asyncio.sleep(0.01)

    async def _unless_silent(self) -> None:
        if self._silent:
            await asyncio.Event().wait()  # until this task is cancelled

    def _longest_for(self, endpoint: str) -> float:
        if endpoint in _AT_ONCE:
            return _AT_ONCE[endpoint]
        return self._longest if endpoint.startswith("send") else min(_SHORT_WAIT, self._longest)


def seconds_of(refusal: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    # An int or a timedelta, as the environment variable PTB_TIMEDELTA says.
    wait = refusal.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _filled_chat(endpoint: str, data: dict[str, Any]) -> Chat | None:
    """The chat that the request puts something into, if it does."""
    fills = endpoint.startswith(("send", "edit", "forward", "copy"))
    return data.get("chat_id") if fills and endpoint != "sendChatAction" else None


def _until_next(error: TelegramError, endpoint: str, pause: float) -> float | None:
    """Seconds until the request may be made again, or None if it may not."""
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    harmless = endpoint.startswith("edit") or endpoint == "answerInlineQuery"
    again = was_not_done(error) or (harmless and may_have_been_done(error))
    return pause if again else None


async def _wait(seconds: float) -> None:
    if seconds > 0:
        async with place_given_up():
            await asyncio.sleep(seconds)
