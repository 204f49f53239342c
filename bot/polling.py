"""Long polling from the first connection to the last reply."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine, Iterator
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application

from bot.errors import TokenRefusedError

logger = logging.getLogger(__name__)

WANTED = [Update.MESSAGE, Update.CALLBACK_QUERY]
"""The kinds of updates that some handler is there for."""

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_LONGEST_WAIT = 30.0


async def serve(application: Application, refused: asyncio.Event) -> None:
    """Poll until SIGTERM or SIGINT; then finish what is in hand and return.

    Waits for a network that is not there yet. Raises TokenRefusedError when Telegram does not take
    the token, at once or later; *refused* is to be set when that happens while polling.
    """
    stop = asyncio.Event()
    with _stopped_by_signals(stop):
        try:
            if await _unless(stop, _connect(application)):
                logger.info("@%s is polling", application.bot.username)
                await _unless(stop, refused.wait())
        except InvalidToken:
            # Not chained: the library's message holds the token.
            raise TokenRefusedError from None
        finally:
            await _finish(application)
    if refused.is_set():
        raise TokenRefusedError


async def _connect(application: Application) -> None:
    await _initialize(application)
    if application.post_init is not None:
        await application.post_init(application)
    assert application.updater is not None  # noqa: S101 -- built with one, see bot.app
    await application.updater.start_polling(
        bootstrap_retries=-1, allowed_updates=WANTED, error_callback=_log_failed_poll
    )
    await application.start()


async def _initialize(application: Application) -> None:
    wait = 1.0
    while True:
        try:
            return await application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            logger.warning("Telegram is out of reach, trying again in %g s: %s", wait, error)
        await asyncio.sleep(wait)
        wait = min(2 * wait, _LONGEST_WAIT)


async def _finish(application: Application) -> None:
    logger.info("finishing what is in hand")
    if application.updater is not None and application.updater.running:
        with contextlib.suppress(InvalidToken):  # told already
            await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    # One whose token was refused was never initialised, and leaves its bot's connections open.
    await application.bot.shutdown()
    logger.info("stopped")


def _log_failed_poll(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        logger.error("another program polls with the same token: stop it, or use another token")
    else:
        logger.warning("polling failed, trying again: %s", error)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, Any]) -> bool:
    """Do *work* until it ends or *stop* is set; return whether it ended by itself."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
        return working.done()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)


@contextlib.contextmanager
def _stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
