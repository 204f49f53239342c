"""From the first connection to the last reply, whichever way updates come."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.alarms import Alarms, Notice
from bot.delivery.arrivals import Arrivals, LeftBehind
from bot.delivery.fetching import Fetching
from bot.delivery.handling import Handling
from bot.delivery.inbox import Inbox
from bot.delivery.turns import Turns
from bot.delivery.webhook import Deliveries, Webhook
from bot.delivery.wire import Wire
from bot.errors import TokenRefusedError
from bot.monitoring.monitor import Monitor
from bot.monitoring.watchdog import Watchdog
from bot.state import State

logger = logging.getLogger(__name__)

GRACE = 6.0
"""Seconds in which what is in hand is finished after the signal to stop."""

_FOR_TASKS = 1.0
_FOR_THE_REST = 1.0
_LONGEST_PAUSE = 30.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Service:
    """How the bot serves.

    *places* is how many chats are served at the same time; *admins* are told of trouble, and of
    *notices* once there is a connection. Updates are delivered to *webhook*, or fetched by polling
    without one.
    """

    places: int = 8
    admins: Collection[int] = ()
    webhook: Webhook | None = None
    notices: Sequence[Notice] = ()


@dataclass(frozen=True)
class _Parts:
    """What works together while the bot is serving."""

    application: Application
    request: BaseRequest
    inbox: Inbox
    handling: Handling
    left_behind: LeftBehind
    arrivals: Arrivals
    monitor: Monitor
    watchdog: Watchdog
    notices: Sequence[Notice]


async def serve(
    application: Application,
    refused: asyncio.Event,
    *,
    state: State | None = None,
    service: Service | None = None,
    monitor: Monitor | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; then finish what is in hand, in less than 10 s, and return.

    What is not finished by then waits in the *state* for the next start. A second signal ends the
    program at once. Waits for a network that is not there yet. Raises TokenRefusedError when
    Telegram does not take the token, at once or later; *refused* is to be set when that happens
    while serving. Raises ListenError or WebhookRefusedError where there can be no webhook, and
    PollingDeadError when no updates come any more. *monitor* is told what happens.
    """
    parts = _assembled(application, refused, state, service or Service(), monitor or Monitor())
    stop = asyncio.Event()
    with _stopped_by_signals(stop):
        try:
            await _unless((stop, refused), _work(parts))
        except InvalidToken:
            # Not chained: the library's message holds the token.
            raise TokenRefusedError from None
        finally:
            logger.info("finishing what is in hand")
            parts.monitor.at_work = False
            await parts.arrivals.stop()
            await _finish(parts)
            if not refused.is_set():
                await _within(_FOR_THE_REST, parts.arrivals.confirm())
            await _shut_down(parts)
            logger.info("stopped")
    if refused.is_set():
        raise TokenRefusedError


def _assembled(
    application: Application,
    refused: asyncio.Event,
    state: State | None,
    service: Service,
    monitor: Monitor,
) -> _Parts:
    alarms = Alarms(application.bot, service.admins, state)
    request = Wire(refused.set, monitor.metrics.called, connection_pool_size=1)
    inbox = Inbox(state)
    handling = Handling(application, inbox, Turns(service.places), alarms)
    inbox.on_trouble = handling.tell_of_trouble
    handling.on_end, handling.on_set_aside = monitor.handled, monitor.metrics.set_aside.inc
    monitor.in_hand, monitor.tell = (lambda: len(handling.in_hand)), handling.tell
    arrivals: Arrivals
    if service.webhook is None:
        arrivals = Fetching(application.bot, request, inbox, handling, monitor.pulse)
    else:
        arrivals = Deliveries(application.bot, service.webhook, inbox, handling, monitor.pulse)
    left_behind = LeftBehind(inbox, handling)
    watchdog = Watchdog(monitor, partial(_afresh, request))
    return _Parts(
        *(application, request, inbox, handling, left_behind, arrivals, monitor, watchdog),
        notices=service.notices,
    )


async def _afresh(request: BaseRequest) -> None:
    """Let go of connections that may be what is wrong."""
    await request.shutdown()
    await request.initialize()


async def _work(parts: _Parts) -> None:
    application = parts.application
    await _patiently(application.initialize)
    await parts.request.initialize()
    if application.post_init is not None:
        await application.post_init(application)
    await _patiently(parts.arrivals.connect)
    await application.start()
    await parts.left_behind.take_up()
    logger.info("@%s is at work", application.bot.username)
    parts.monitor.at_work = True
    for notice in parts.notices:
        parts.handling.tell(notice)
    watching = asyncio.ensure_future(parts.left_behind.watch())
    try:
        await parts.watchdog.guard(parts.arrivals.run)
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


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
    await _within(_FOR_THE_REST, parts.inbox.let_go())


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
