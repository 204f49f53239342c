"""Long polling from the first connection to the last reply."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.alarms import Alarms
from bot.errors import TokenRefusedError
from bot.fetching import Fetching
from bot.handling import Handling
from bot.inbox import Inbox
from bot.state import State
from bot.turns import Turns
from bot.wire import Wire

logger = logging.getLogger(__name__)

GRACE = 7.0
"""Seconds in which what is in hand is finished after the signal to stop."""

_FOR_TASKS = 1.0
_FOR_THE_REST = 1.0
_LONGEST_PAUSE = 30.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True)
class _Parts:
    """What works together while the bot is polling."""

    application: Application
    request: BaseRequest
    inbox: Inbox
    handling: Handling
    fetching: Fetching


async def serve(
    application: Application,
    refused: asyncio.Event,
    *,
    state: State | None = None,
    places: int = 8,
    admins: Collection[int] = (),
) -> None:
    """Poll until SIGTERM or SIGINT; then finish what is in hand, in less than 10 s, and return.

    What is not finished by then waits in the *state* for the next start. A second signal ends the
    program at once. *places* is how many chats are served at the same time; *admins* are told of
    trouble. Waits for a network that is not there yet. Raises TokenRefusedError when Telegram does
    not take the token, at once or later; *refused* is to be set when that happens while polling.
    """
    parts = _assembled(application, refused, state, places, admins)
    stop = asyncio.Event()
    with _stopped_by_signals(stop):
        try:
            await _unless((stop, refused), _poll(parts))
        except InvalidToken:
            # Not chained: the library's message holds the token.
            raise TokenRefusedError from None
        finally:
            logger.info("finishing what is in hand")
            await _finish(parts)
            if not refused.is_set():
                await _within(_FOR_THE_REST, parts.fetching.confirm())
            await _shut_down(parts)
            logger.info("stopped")
    if refused.is_set():
        raise TokenRefusedError


def _assembled(
    application: Application,
    refused: asyncio.Event,
    state: State | None,
    places: int,
    admins: Collection[int],
) -> _Parts:
    alarms = Alarms(application.bot, admins)
    request = Wire(refused.set, connection_pool_size=1)
    inbox = Inbox(state)
    handling = Handling(application, inbox, Turns(places), alarms)
    inbox.on_trouble = handling.tell_of_trouble
    return _Parts(
        application,
        request,
        inbox,
        handling,
        Fetching(application.bot, request, inbox, handling),
    )


async def _poll(parts: _Parts) -> None:
    application = parts.application
    await _patiently(application.initialize)
    await parts.request.initialize()
    if application.post_init is not None:
        await application.post_init(application)
    # Telegram gives nothing to polls while it is told to deliver elsewhere.
    await _patiently(application.bot.delete_webhook)
    await application.start()
    logger.info("@%s is polling", application.bot.username)
    await parts.fetching.run()


async def _patiently(connect: Callable[[], Coroutine[Any, Any, Any]]) -> None:
    wait = 1.0
    while True:
        try:
            await connect()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.warning("Telegram is out of reach, trying again in %g s: %s", wait, error)
        else:
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, _LONGEST_PAUSE)


async def _finish(parts: _Parts) -> None:
    if not await parts.handling.finish(GRACE):
        logger.warning("not all was finished; the rest waits for the next start")
    if parts.application.running:
        # It waits for tasks that go on beside the handlers: a reload may take minutes.
        await _within(_FOR_TASKS, parts.application.stop())
    await _within(_FOR_THE_REST, parts.inbox.written())


async def _shut_down(parts: _Parts) -> None:
    application = parts.application
    if application.running:  # its tasks were cancelled while it waited for them
        await application.stop()
    await application.shutdown()
    # One whose token was refused was never initialised, and leaves its bot's connections open.
    await application.bot.shutdown()
    await parts.request.shutdown()


async def _within(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(work, seconds)


async def _unless(events: Iterable[asyncio.Event], work: Coroutine[Any, Any, None]) -> None:
    """Do *work* until it ends or one of *events* is set."""
    working = asyncio.ensure_future(work)
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait({working, *waiting}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, *waiting):
            task.cancel()
        await asyncio.gather(working, *waiting, return_exceptions=True)


@contextlib.contextmanager
def _stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, _stop_or_end, stop, number)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)


def _stop_or_end(stop: asyncio.Event, number: int) -> None:
    if stop.is_set():
        logger.warning("told a second time: ending at once")
        logging.shutdown()
        os._exit(128 + number)
    stop.set()
