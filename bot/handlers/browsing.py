"""What the corpus holds, to be leafed through: /sources, /latest, /article."""

import re
from functools import partial

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.contents import passages_of
from bot.handlers.replies import reply, toast, words_of
from bot.handlers.screens import Screens, is_on_message
from bot.library import Library, Snapshot
from bot.rendering import listing
from bot.rendering.catalogue import Said, Words
from bot.rendering.composing import Message
from bot.rendering.keyboards import turning_keyboard
from bot.rendering.lines import on_one_line

Context = ContextTypes.DEFAULT_TYPE

_NEW = filters.UpdateType.MESSAGE
_SOURCES, _LATEST = "sources", "latest"
_OURS = re.compile(rf"^({_SOURCES}|{_LATEST}):(\d{{1,7}})$", re.ASCII)


class Browsing:
    """Lists what *library* holds, a page at a time."""

    def __init__(self, library: Library, screens: Screens) -> None:
        self._library = library
        self._screens = screens

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [
            CommandHandler("sources", self.sources, filters=_NEW),
            CommandHandler("latest", self.latest, filters=_NEW),
            CommandHandler("article", self.article, filters=_NEW),
            CallbackQueryHandler(self.turn, _OURS),
        ]

    async def sources(self, update: Update, _: Context) -> None:
        """List the publishers."""
        await self._begin(update, _SOURCES)

    async def latest(self, update: Update, _: Context) -> None:
        """List the newest articles."""
        await self._begin(update, _LATEST)

    async def article(self, update: Update, _: Context) -> None:
        """Tell of one article, or of those whose ids are like the one that is asked for."""
        if (message := update.message) is None:
            return
        words = words_of(update)
        command_and_id = (message.text or "").split(maxsplit=1)
        wanted = command_and_id[1].strip() if len(command_and_id) == 2 else ""
        await reply(message, await self._library.read(partial(_told, words, wanted)))

    async def turn(self, update: Update, _: Context) -> None:
        """Show another page of a list."""
        if (query := update.callback_query) is None:
            return
        pressed = _OURS.match(query.data or "")
        await toast(query)
        if pressed is not None and is_on_message(query):
            name, page = pressed[1], int(pressed[2])
            shown, buttons = await self._library.read(
                partial(_listed, words_of(update), name, page)
            )
            await self._screens.show(query, shown, buttons)

    async def _begin(self, update: Update, name: str) -> None:
        if message := update.message:
            shown, buttons = await self._library.read(partial(_listed, words_of(update), name, 0))
            await reply(message, shown, buttons)


def _listed(
    words: Words, name: str, page: int, snapshot: Snapshot
) -> tuple[Message | Said, InlineKeyboardMarkup | None]:
    """Return a page of a list, and its buttons."""
    contents = snapshot.contents
    if not contents.newest:
        return words("no-articles"), None
    if name == _SOURCES:
        _, page, pages = listing.page_of(contents.publishers, page, listing.PUBLISHERS)
        message = listing.publishers(words, contents.publishers, page)
    else:
        _, page, pages = listing.page_of(contents.newest, page, listing.ARTICLES)
        message = listing.articles(words, words("latest-heading"), contents.newest, page)
    return message, turning_keyboard(words, name, page, pages)


def _told(words: Words, wanted: str, snapshot: Snapshot) -> Message | Said:
    """Return what is known of the article *wanted*, or which ids are nearest to it."""
    contents = snapshot.contents
    if not contents.newest:
        return words("no-articles")
    if not wanted:
        return words("article-how", id=contents.newest[0].id)
    article = snapshot.index.article(wanted)
    if article is not None:
        return listing.one_article(words, article, passages_of(article))
    nearest = contents.nearest(wanted, listing.ARTICLES)
    heading = words("article-unknown", id=on_one_line(wanted, 64))
    return listing.articles(words, heading, nearest, 0)
