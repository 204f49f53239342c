"""What the corpus holds, to be leafed through: /sources, /latest, /article."""

import re
from functools import partial

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.contents import key_of, passages_of
from bot.handlers.replies import reply, toast, words_of
from bot.handlers.screens import Screens, is_on_message
from bot.library import Library
from bot.rendering import listing
from bot.rendering.catalogue import Said, Words
from bot.rendering.composing import Message
from bot.rendering.keyboards import turning_keyboard
from bot.rendering.lines import on_one_line
from bot.rendering.reading import Reading
from bot.snapshots import Snapshot
from corpus.models import Article

Context = ContextTypes.DEFAULT_TYPE

_NEW = filters.UpdateType.MESSAGE
_SOURCES, _LATEST, _ALL = "sources", "latest", "articles"
_LIST = re.compile(rf"^({_SOURCES}|{_LATEST}|{_ALL}):(\d{{1,7}})$", re.ASCII)
_ARTICLE = re.compile(r"^article:([0-9a-f]{16}):([0-9a-f]{8}):(\d{1,7})$", re.ASCII)
"""Names the article and, so that no other text is shown in its place, the text."""

_Shown = tuple[Message | Said, InlineKeyboardMarkup | None]


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
            CallbackQueryHandler(self.turn, _LIST),
            CallbackQueryHandler(self.read_on, _ARTICLE),
        ]

    async def sources(self, update: Update, _: Context) -> None:
        """List the publishers."""
        await self._begin(update, _SOURCES)

    async def latest(self, update: Update, _: Context) -> None:
        """List the newest articles."""
        await self._begin(update, _LATEST)

    async def article(self, update: Update, _: Context) -> None:
        """Show one article, or those whose ids are like the one that is asked for, or all."""
        if (message := update.message) is None:
            return
        words = words_of(update)
        command_and_id = (message.text or "").split(maxsplit=1)
        wanted = command_and_id[1].strip() if len(command_and_id) == 2 else ""
        if not wanted:
            await self._begin(update, _ALL)
            return
        shown, buttons = await self._library.read(partial(_told, words, wanted))
        await reply(message, shown, buttons)

    async def turn(self, update: Update, _: Context) -> None:
        """Show another page of a list."""
        if (query := update.callback_query) is None:
            return
        pressed = _LIST.match(query.data or "")
        await toast(query)
        if pressed is not None and is_on_message(query):
            name, page = pressed[1], int(pressed[2])
            shown, buttons = await self._library.read(
                partial(_listed, words_of(update), name, page)
            )
            await self._screens.show(query, shown, buttons)

    async def read_on(self, update: Update, _: Context) -> None:
        """Show another page of an article, if its text is still what the first one was of."""
        if (query := update.callback_query) is None:
            return
        pressed = _ARTICLE.match(query.data or "")
        if pressed is None or not is_on_message(query):
            await toast(query)
            return
        words = words_of(update)
        key, text, page = pressed[1], pressed[2], int(pressed[3])
        article = await self._library.read(lambda snapshot: snapshot.contents.with_key(key))
        if article is None or not article.sha256.startswith(text):
            said = "article-left" if article is None else "article-reread"
            await toast(query, words(said), alert=True)
            return
        await toast(query)
        shown, buttons = await self._library.read(
            lambda snapshot: _opened(words, snapshot, article, page)
        )
        await self._screens.show(query, shown, buttons)

    async def _begin(self, update: Update, name: str) -> None:
        if message := update.message:
            shown, buttons = await self._library.read(partial(_listed, words_of(update), name, 0))
            await reply(message, shown, buttons)


def _listed(words: Words, name: str, page: int, snapshot: Snapshot) -> _Shown:
    """Return a page of a list, and its buttons."""
    contents = snapshot.contents
    if not contents.newest:
        return words("no-articles"), None
    if name == _SOURCES:
        _, page, pages = listing.page_of(contents.publishers, page, listing.PUBLISHERS)
        message = listing.publishers(words, contents.publishers, page)
    else:
        found = contents.newest if name == _ALL else contents.latest
        _, page, pages = listing.page_of(found, page, listing.ARTICLES)
        how = words("article-how", id=contents.newest[0].id)
        heading = how if name == _ALL else words("latest-heading")
        message = listing.articles(words, heading, found, page)
    return message, turning_keyboard(words, name, page, pages)


def _told(words: Words, wanted: str, snapshot: Snapshot) -> _Shown:
    """Return the first page of the article *wanted*, or which ids are nearest to it."""
    contents = snapshot.contents
    if not contents.newest:
        return words("no-articles"), None
    article = snapshot.index.article(wanted)
    if article is not None:
        return _opened(words, snapshot, article, 0)
    nearest = contents.nearest(wanted, listing.ARTICLES)
    heading = words("article-unknown", id=on_one_line(wanted, 64))
    return listing.articles(words, heading, nearest, 0), None


def _opened(words: Words, snapshot: Snapshot, article: Article, page: int) -> _Shown:
    """Return a page of an article, and its buttons."""
    reading = Reading(article, snapshot.index.newer(article.id))
    page = min(page, len(reading) - 1)
    name = f"article:{key_of(article)}:{article.sha256[:8]}"
    message = reading.message(words, page, passages_of(article))
    return message, turning_keyboard(words, name, page, len(reading))
