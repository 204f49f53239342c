"""Messages that change when one of their buttons is pressed."""

import hashlib
import time
from collections import OrderedDict

import telegram
from telegram import CallbackQuery, InlineKeyboardMarkup

from bot.handlers.replies import edit
from bot.rendering.composing import Message, Piece, compose

_REMEMBERED = 1_000
"""Messages whose last change is known."""

_SOON = 3.0
"""Seconds within which a second press of a button is a slip of the finger."""


class Screens:
    """Changes the message whose button was pressed, once where the button is pressed several times.

    Telegram refuses to change a message into what it is. Belongs to one event loop.
    """

    def __init__(self) -> None:
        # By chat and message: when it was changed last, and into what.
        self._changes: OrderedDict[tuple[int, int], tuple[float, bytes]] = OrderedDict()

    async def show(
        self,
        query: CallbackQuery,
        answer: Message | str,
        buttons: InlineKeyboardMarkup | None = None,
    ) -> bool:
        """Make the message say *answer*; return whether it does. Raises as `edit` does."""
        message = answer if isinstance(answer, Message) else compose([Piece(answer)])
        if query.message is None:
            return await edit(query, message, buttons)
        place = (query.message.chat.id, query.message.message_id)
        at, last = self._changes.get(place, (0.0, None))
        soon = time.monotonic() - at < _SOON
        wanted = _digest(message, buttons)
        # What the press saw may be old by now, where the last change is another.
        if last in {None, wanted} and _says(query.message, message, buttons):
            return True
        if last == wanted and soon:
            return True
        done = await edit(query, message, buttons)
        self._changes[place] = (time.monotonic(), wanted)
        self._changes.move_to_end(place)
        while len(self._changes) > _REMEMBERED:
            self._changes.popitem(last=False)
        return done


def _digest(message: Message, buttons: InlineKeyboardMarkup | None) -> bytes:
    """What tells contents apart, and takes 16 bytes where they take thousands."""
    parts = [message.text, *(entity.to_json() for entity in message.entities)]
    parts.append(buttons.to_json() if buttons is not None else "")
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).digest()


def _says(shown: object, message: Message, buttons: InlineKeyboardMarkup | None) -> bool:
    """Whether *shown*, as it was when its button was pressed, says *message* already."""
    return (
        isinstance(shown, telegram.Message)
        and (shown.text, shown.entities) == (message.text, message.entities)
        and shown.reply_markup == buttons
    )


def is_on_message(query: CallbackQuery) -> bool:
    """Tell whether the message of a press has a button with its data.

    A client can send any data; what the message has comes from Telegram.
    """
    message = query.message
    if not isinstance(message, telegram.Message) or message.reply_markup is None:
        return False
    rows = message.reply_markup.inline_keyboard
    return any(button.callback_data == query.data for row in rows for button in row)
