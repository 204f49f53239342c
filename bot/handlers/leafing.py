"""The buttons under an answer: more of it, what stands around a snippet, where else it stands, votes.

Everything is looked up anew: what the state remembers, held against the articles of today.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

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
from retrieval.models import Snippet

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
            await toast(query, words("answer-forgotten"), alert=True)
        elif press.verb is Verb.VOTE:
            await self._vote(query, words, press)
        else:
            await self._show(_Pressed(query, words, press, shown, self._pages(query, shown)))

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

    async def _show(self, pressed: "_Pressed") -> None:
        press, pages = pressed.press, pressed.pages
        entry = pages.entries[press.number] if press.number < len(pages.entries) else None
        if press.verb is Verb.PAGE:
            await toast(pressed.query)
            if press.number < len(pages):
                await self._turn(pressed, press.number)
        elif entry is None:
            await toast(pressed.query)
        elif press.verb is Verb.PICK:
            await toast(pressed.query)
            await self._turn(pressed, pages.page_of(press.number), press.number)
        elif isinstance(entry, Lost):
            said = pressed.words("article-left" if entry.left else "article-changed")
            await toast(pressed.query, said, alert=True)
        elif press.verb is Verb.CONTEXT:
            await toast(pressed.query)
            around = surroundings(pages.words, entry, pages.addresses)
            buttons = pressed.keyboards.under_context(press.number)
            await self._screens.show(pressed.query, around, buttons)
        else:
            await self._list(pressed, entry)

    async def _turn(self, pressed: "_Pressed", page: int, picked: int | None = None) -> None:
        shown, pages = pressed.shown, pressed.pages
        if not await self._answers.cited(snippet for _, _, snippet in pages.shown(page)):
            pages.addresses = NOWHERE
        buttons = pressed.keyboards.under_page(page, picked)
        await self._screens.show(pressed.query, pages.message(page), buttons)
        if page != shown.page and self._state is not None:
            try:
                await self._state.answers.turn(shown.id, page)
            except StateError as error:
                logger.warning("not remembered: %s", error)

    async def _list(self, pressed: "_Pressed", entry: Snippet) -> None:
        """Show where else a snippet stands."""
        if not entry.also_in:
            await toast(pressed.query, pressed.words("also-gone"), alert=True)
            return
        await toast(pressed.query)
        words, number = pressed.pages.words, pressed.press.number
        _, page, count = listing.page_of(entry.also_in, pressed.press.page, listing.ARTICLES)
        listed = listing.articles(words, words("also-heading"), entry.also_in, page)
        buttons = pressed.keyboards.under_list(number, page, count)
        await self._screens.show(pressed.query, listed, buttons)

    def _pages(self, query: CallbackQuery, shown: ShownAnswer) -> Pages:
        corpus = self._library.snapshot.index
        found = entries(shown, corpus)
        return Pages(
            # It was written for whoever asked; that somebody else turns it changes no words.
            words_for(shown.language),
            recalled(shown, found, corpus),
            found,
            size=self._answers.size,
            addresses=addresses(query.get_bot()),
        )


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A press with what belongs to it. *words* are those of who pressed."""

    query: CallbackQuery
    words: Words
    press: Press
    shown: ShownAnswer
    pages: Pages

    @property
    def keyboards(self) -> AnswerKeyboards:
        """What makes the buttons of the answer."""
        inline = bool(self.query.get_bot().supports_inline_queries)
        return AnswerKeyboards(self.pages.words, self.pages, self.shown.id, inline=inline)
