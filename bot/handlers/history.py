"""/audit and /rollback: what was done to the corpus, and how to go back."""

import logging
import re
from functools import partial

import telegram
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.errors import ReloadFailedError, ReloadRunningError
from bot.handlers.administration import by_whom
from bot.handlers.admins import Admins
from bot.handlers.following import Following, Notice
from bot.handlers.replies import edit, reply, toast
from bot.library import Library
from bot.rendering import trail
from bot.rendering.catalogue import Said, Words
from bot.rendering.keyboards import turning_keyboard
from bot.rendering.listing import page_of
from bot.state import State, StateError

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_AUDIT = "audit"
_PAGE = re.compile(rf"^{_AUDIT}:(\d{{1,7}})$", re.ASCII)
_VERSION = re.compile(rf"^{trail.ROLLBACK}:([0-9a-f]{{12}})$", re.ASCII)


class History:
    """Shows *admins* what *state* knows was done to *library*, and lets them go back."""

    def __init__(
        self, library: Library, state: State | None, admins: Admins, following: Following
    ) -> None:
        self._library = library
        self._state = state
        self._admins = admins
        self._following = following

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("audit", self.audit, filters=new),
            CommandHandler("rollback", self.rollback, filters=new),
            CallbackQueryHandler(self.turn, _PAGE),
            CallbackQueryHandler(self.press, f"^{trail.ROLLBACK}:"),
        ]

    async def audit(self, update: Update, _: Context) -> None:
        """Show the newest lines of the audit trail."""
        if (asked := await self._admins.message(update, "/audit")) is not None:
            message, words = asked
            shown, buttons = await self._page(words, 0)
            await reply(message, shown, buttons)

    async def turn(self, update: Update, _: Context) -> None:
        """Show another page of it."""
        if (pressed := await self._admins.press(update)) is not None:
            query, words = pressed
            await toast(query)
            page = int((query.data or "").rpartition(":")[2])
            await edit(query, *await self._page(words, page))

    async def rollback(self, update: Update, context: Context) -> None:
        """Go back to the version that is named; without one, offer those that are kept."""
        if (asked := await self._admins.message(update, "/rollback")) is None:
            return
        message, words = asked
        if context.args:
            notice = Notice(words, context.application, update, message)
            await self._back(notice, context.args[0].casefold())
            return
        try:
            kept = await self._library.kept()
        except ReloadRunningError:
            await reply(message, words("reload-running"))
        except ReloadFailedError as error:
            version = self._library.snapshot.corpus.version
            await reply(message, words("reload-failed", reason=str(error), version=version))
        else:
            current = self._library.snapshot.corpus.version
            await reply(message, *trail.versions(words, kept, current))

    async def press(self, update: Update, context: Context) -> None:
        """Go back to the version on the button."""
        if (pressed := await self._admins.press(update)) is None:
            return
        query, words = pressed
        if await self._following.is_busy(query, words):
            return
        found = _VERSION.match(query.data or "")
        await toast(query)
        if found is not None and isinstance(query.message, telegram.Message):
            notice = Notice(words, context.application, update, query.message, shown=True)
            await self._back(notice, found[1])

    async def _back(self, notice: Notice, version: str) -> None:
        notice.text = notice.words("rollback-begun", version=version)
        back = partial(self._library.roll_back, version, by=by_whom(notice.update))
        await self._following.begin(notice, lambda _: back())

    async def _page(self, words: Words, page: int) -> tuple[Said, InlineKeyboardMarkup | None]:
        if self._state is None:
            return words("audit-none"), None
        try:
            count = await self._state.journal.reload_count()
            _, page, pages = page_of(range(count), page, trail.LINES)
            lines = await self._state.journal.reloads(trail.LINES, offset=page * trail.LINES)
        except StateError as error:
            logger.warning("the audit trail cannot be read: %s", error)
            return words("not-at-the-moment"), None
        if not lines:
            return words("audit-none"), None
        buttons = turning_keyboard(words, _AUDIT, page, pages)
        return trail.trail(words, lines, page, pages), buttons
