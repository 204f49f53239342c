"""The buttons under an answer: more of it, what stands around a snippet, where else it stands, votes.

Everything is looked up anew: what the state remembers, held against the articles of today.
"""

import logging
from datetime import UTC, datetime

import telegram
from telegram import CallbackQuery, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.handlers.answers import Answers, addresses
from bot.handlers.replies import toast, words_of
from bot.handlers.screens import Screens, is_on_message
from bot.library import Library
from bot.recalling import entries, recalled
from bot.rendering import listing
from bot.rendering.catalogue import Words, words_for
from bot.rendering.keyboards import AnswerKeyboards, Press, Verb
from bot.rendering.links import NOWHERE
from bot.rendering.surroundings import surroundings
from bot.rendering.telegram import Lost, Pages
from bot.state import ShownAnswer, State, StateError

logger = logging.getLogger(__name__)

_OURS = "^(?:" + "|".join(Verb) + "):"


class Leafing:
    """Turns the pages of answers that *state* remembers, over the articles of *library*."""

    def __init__(
        self, library: Library, state: State | None, answers: Answers, screens: Screens
    ) -> None:
        self._library = library
        self._state = state
        self._answers = answers
        self._screens = screens

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [CallbackQueryHandler(self.press, _OURS)]

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a pressed button says. Data that its message does not have does nothing."""
        if (query := update.callback_query) is None:
            return
        press = Press.read(query.data or "")
        if press is None or not is_on_message(query):
            await toast(query)
            return
        words = words_of(update)
        try:
            shown = await self._remembered(press)
        except StateError as error:
            logger.warning("a press could not be looked up: %s", error)
            await toast(query, words("not-at-the-moment"))
            return
        if shown is None:
            await toast(query, words("answer-forgotten"))
        elif press.verb is Verb.VOTE:
            await self._vote(query, words, press)
        else:
            await self._show(query, words, press, shown)

    async def _remembered(self, press: Press) -> ShownAnswer | None:
        return None if self._state is None else await self._state.answers.get(press.of)

    async def _vote(self, query: CallbackQuery, words: Words, press: Press) -> None:
        helpful = press.number == 1
        try:
            if self._state is not None:
                who, now = query.from_user.id, datetime.now(UTC)
                await self._state.answers.vote(press.of, who, helpful=helpful, at=now)
        except StateError as error:
            logger.warning("a vote is lost: %s", error)
            await toast(query, words("not-at-the-moment"))
            return
        await toast(query, words("voted-helpful" if helpful else "voted-not-helpful"))

    async def _show(
        self, query: CallbackQuery, words: Words, press: Press, shown: ShownAnswer
    ) -> None:
        # The message was written for whoever asked; that somebody else turns it changes no words.
        pages = self._pages(shown, query.get_bot())
        if press.verb is Verb.PAGE:
            if press.number < len(pages):
                await toast(query)
                await self._turn(query, shown, pages, press.number)
            else:
                await toast(query)
            return
        if press.number >= len(pages.entries):
            await toast(query)
            return
        entry = pages.entries[press.number]
        if press.verb is Verb.PICK:
            await toast(query)
            await self._turn(query, shown, pages, pages.page_of(press.number), press.number)
        elif isinstance(entry, Lost):
            said = words("article-left" if entry.left else "article-changed")
            await toast(query, said, alert=True)
        else:
            await toast(query)
            await self._open(query, shown, pages, press)

    async def _turn(
        self,
        query: CallbackQuery,
        shown: ShownAnswer,
        pages: Pages,
        page: int,
        picked: int | None = None,
    ) -> None:
        if not await self._answers.cited(snippet for _, _, snippet in pages.shown(page)):
            pages.addresses = NOWHERE
        keyboards = _keyboards(query, shown, pages)
        await self._screens.show(query, pages.message(page), keyboards.under_page(page, picked))
        if page != shown.page and self._state is not None:
            try:
                await self._state.answers.turn(shown.id, page)
            except StateError as error:
                logger.warning("not remembered: %s", error)

    async def _open(
        self, query: CallbackQuery, shown: ShownAnswer, pages: Pages, press: Press
    ) -> None:
        """Show what stands around a snippet, or where else it stands."""
        entry = pages.entries[press.number]
        keyboards = _keyboards(query, shown, pages)
        if isinstance(entry, Lost):
            return
        if press.verb is Verb.CONTEXT:
            around = surroundings(pages.words, entry, pages.addresses)
            await self._screens.show(query, around, keyboards.under_context(press.number))
            return
        heading = pages.words("also-heading")
        _, page, count = listing.page_of(entry.also_in, press.page, listing.ARTICLES)
        listed = listing.articles(pages.words, heading, entry.also_in, page)
        await self._screens.show(query, listed, keyboards.under_list(press.number, page, count))

    def _pages(self, shown: ShownAnswer, bot: telegram.Bot) -> Pages:
        corpus = self._library.snapshot.index
        return Pages(
            words_for(shown.language),
            recalled(shown, corpus),
            entries(shown, corpus),
            size=self._answers.size,
            addresses=addresses(bot),
        )


def _keyboards(query: CallbackQuery, shown: ShownAnswer, pages: Pages) -> AnswerKeyboards:
    inline = bool(query.get_bot().supports_inline_queries)
    return AnswerKeyboards(pages.words, pages, shown.id, inline=inline)
