"""/gaps: the questions that found no answer, for the admin who may know which articles are missing."""

import logging
import re
from collections.abc import Collection
from datetime import UTC, datetime

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.handlers.privileges import refusal
from bot.handlers.replies import File, reply, reply_with_file, toast, words_of
from bot.handlers.screens import Screens, is_on_message
from bot.rendering import statistics
from bot.rendering.catalogue import Words
from bot.rendering.keyboards import turning_keyboard
from bot.rendering.listing import page_of
from bot.state import State, StateError, Unanswered

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

SHOWN = 1_000
"""Questions that can be leafed through, the newest ones."""

EXPORTED = 50_000
"""Questions that go into a file."""

_NAME = "gaps"
_PRESS = re.compile(rf"^{_NAME}:(\d{{1,4}}|csv)$", re.ASCII)


class Gaps:
    """Shows *admins*, in private, what *state* has kept, a page at a time or as a file."""

    def __init__(self, state: State | None, admins: Collection[int], screens: Screens) -> None:
        self._state = state
        self._admins = frozenset(admins)
        self._screens = screens

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [
            CommandHandler("gaps", self.gaps, filters=filters.UpdateType.MESSAGE),
            CallbackQueryHandler(self.press, _PRESS),
        ]

    async def gaps(self, update: Update, _: Context) -> None:
        """Show the first page, or say how questions are kept."""
        if (message := update.message) is None:
            return
        words = words_of(update)
        if (refused := refusal(words, message, self._admins, "/gaps")) is not None:
            await reply(message, refused)
        elif (found := await self._kept(SHOWN)) is None:
            await reply(message, words("not-at-the-moment"))
        elif not found:
            kept = self._state is not None and self._state.journal.keep_questions
            setting = "ONRECORD_KEEP_QUESTIONS=true"
            await reply(message, words("gaps-none") if kept else words("gaps-off", setting=setting))
        else:
            await reply(message, statistics.gaps(words, found, 0), _buttons(words, found, 0))

    async def press(self, update: Update, _: Context) -> None:
        """Turn the page, or send the file."""
        query = update.callback_query
        pressed = _PRESS.match(query.data or "") if query else None
        if query is None or pressed is None:
            return
        # A message of the bot's can be passed on, its buttons too; a client can send any data.
        if query.from_user.id not in self._admins or not is_on_message(query):
            await toast(query)
            return
        words, export = words_of(update), pressed[1] == "csv"
        found = await self._kept(EXPORTED if export else SHOWN)
        if found is None:
            await toast(query, words("not-at-the-moment"))
            return
        await toast(query)
        if not export:
            page = page_of(found, int(pressed[1]), statistics.GAPS)[1]
            buttons = _buttons(words, found, page)
            await self._screens.show(query, statistics.gaps(words, found, page), buttons)
        elif isinstance(query.message, telegram.Message):
            name = f"unanswered-{datetime.now(UTC):%Y-%m-%d}.csv"
            file = File(name, statistics.as_csv(found))
            await reply_with_file(query.message, file, words("gaps-exported", count=len(found)))

    async def _kept(self, limit: int) -> list[Unanswered] | None:
        """The questions; none where none are kept, None where that is not known at the moment."""
        if self._state is None:
            return []
        try:
            return await self._state.journal.unanswered(limit)
        except StateError as error:
            logger.warning("unanswered questions cannot be read: %s", error)
            return None


def _buttons(words: Words, found: list[Unanswered], page: int) -> InlineKeyboardMarkup:
    pages = page_of(found, page, statistics.GAPS)[2]
    turning = turning_keyboard(words, _NAME, page, pages)
    export = InlineKeyboardButton(words("button-export"), callback_data=f"{_NAME}:csv")
    rows = [list(row) for row in turning.inline_keyboard] if turning else []
    return InlineKeyboardMarkup([*rows, [export]])
