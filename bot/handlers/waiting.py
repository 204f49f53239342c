"""Shows that the bot is at work, when an answer takes longer than a moment."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import telegram
from telegram.constants import ChatAction
from telegram.error import TelegramError

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
