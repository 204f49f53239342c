"""Shows that the bot is at work, when an answer or the turn of a press takes longer than a moment."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import telegram
from telegram import CallbackQuery
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.handlers.replies import toast

logger = logging.getLogger(__name__)

MOMENT = 0.3
"""Seconds within which an answer needs no sign that it will come."""

_LASTS = 4.0
"""Seconds after which the sign is given again; a client shows it for five."""


@asynccontextmanager
async def typing(to: telegram.Message) -> AsyncIterator[None]:
    """Show "typing" in the chat and topic of *to* for as long as the block takes, from MOMENT on.

    That it cannot be shown is logged and harms nothing.
    """
    showing = asyncio.create_task(_show(to), name="typing")
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)


@asynccontextmanager
async def acknowledging(query: CallbackQuery | None) -> AsyncIterator[Callable[[], object]]:
    """Answer the press, if it is one, after a MOMENT: its button must not look dead while it waits.

    Yields what is to be called when its turn has come, and whoever handles it answers it.
    """
    if query is None:
        yield lambda: None
        return
    answering: list[asyncio.Task[None]] = []

    def answer() -> None:
        answering.append(asyncio.create_task(toast(query), name="acknowledging"))

    timer = asyncio.get_running_loop().call_later(MOMENT, answer)
    try:
        yield timer.cancel
    finally:
        timer.cancel()
        await asyncio.gather(*answering, return_exceptions=True)


async def _show(to: telegram.Message) -> None:
    await asyncio.sleep(MOMENT)
    thread = to.message_thread_id if to.is_topic_message else None
    try:
        while True:
            await to.get_bot().send_chat_action(
                to.chat_id, ChatAction.TYPING, message_thread_id=thread
            )
            await asyncio.sleep(_LASTS)
    except TelegramError as error:
        logger.info("could not show that an answer is under way: %s", error)
