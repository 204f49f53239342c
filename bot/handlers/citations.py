"""Permanent links: /start c_… opens a quotation with its receipt, for ever and for everybody."""

import logging
import re

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.handlers.answers import addresses
from bot.handlers.replies import reply, toast, words_of
from bot.handlers.screens import Screens, is_on_message
from bot.library import Library
from bot.receipts import Fate, Receipt
from bot.rendering.catalogue import Words
from bot.rendering.keyboards import AROUND, RECEIPT, receipt_keyboard
from bot.rendering.links import CITATION
from bot.rendering.receipts import receipt
from bot.rendering.surroundings import surroundings
from bot.snapshots import Snapshot
from bot.state import State, StateError

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_LINKED = re.compile(rf"^/start(?:@\w+)?\s+{CITATION}(\S+)")
_OURS = re.compile(rf"^({RECEIPT}|{AROUND}):([A-Za-z0-9_-]{{1,32}})$", re.ASCII)


class Citations:
    """Opens what *state* has of each citation, held against the articles of *library*."""

    def __init__(self, library: Library, state: State | None, screens: Screens) -> None:
        self._library = library
        self._state = state
        self._screens = screens
        library.on_change(self.compare)

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application, before what else begins with /start."""
        linked = filters.UpdateType.MESSAGE & filters.Regex(_LINKED)
        return [
            CommandHandler("start", self.start, filters=linked),
            CallbackQueryHandler(self.press, _OURS),
        ]

    async def compare(self, snapshot: Snapshot) -> None:
        """Note in the state which cited articles have changed or left. Never fails."""
        if self._state is None:
            return
        texts = snapshot.index.directory.texts
        try:
            found = await self._state.citations.compare(texts, at=snapshot.loaded_at)
        except StateError as error:
            logger.warning("citations are not compared: %s", error)
            return
        if found.changed or found.left:
            logger.info("cited articles: %d changed, %d left", len(found.changed), len(found.left))

    async def find(self, citation_id: str) -> Receipt | None:
        """Return the receipt of a citation, whose id may be forged; None if there is none.

        Raises StateError where it cannot be looked up.
        """
        citation = None if self._state is None else await self._state.citations.get(citation_id)
        return None if citation is None else Receipt.of(citation, self._library.snapshot.index)

    async def start(self, update: Update, context: Context) -> None:
        """Show the receipt that a permanent link leads to."""
        message = update.message
        linked = _LINKED.match(message.text or "") if message else None
        if message is None or linked is None:
            return
        words = words_of(update)
        try:
            found = await self.find(linked[1])
        except StateError as error:
            logger.warning("a citation could not be looked up: %s", error)
            await reply(message, words("not-at-the-moment"))
            return
        if found is None:
            await reply(message, words("receipt-unknown"))
            return
        await reply(message, receipt(words, found), _buttons(words, found, context))

    async def press(self, update: Update, context: Context) -> None:
        """Show what stands around a quotation, or its receipt again."""
        if (query := update.callback_query) is None:
            return
        pressed = _OURS.match(query.data or "")
        if pressed is None or not is_on_message(query):
            await toast(query)
            return
        words = words_of(update)
        try:
            found = await self.find(pressed[2])
        except StateError as error:
            logger.warning("a citation could not be looked up: %s", error)
            await toast(query, words("not-at-the-moment"))
            return
        around = pressed[1] == AROUND
        if found is None:
            await toast(query, words("receipt-unknown"))
        elif around and found.fate is not Fate.UNCHANGED:
            said = "article-left" if found.fate is Fate.LEFT else "article-changed"
            await toast(query, words(said), alert=True)
        else:
            await toast(query)
            shown = receipt(words, found)
            if around:
                shown = surroundings(words, found.snippet)
            await self._screens.show(query, shown, _buttons(words, found, context, opened=around))


def _buttons(
    words: Words, found: Receipt, context: Context, *, opened: bool = False
) -> InlineKeyboardMarkup:
    inline = bool(context.bot.supports_inline_queries)
    return receipt_keyboard(words, found, addresses(context.bot), inline=inline, opened=opened)
