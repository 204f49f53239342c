"""/stats: what an admin sees of the last days."""

import asyncio
import logging
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import telegram
from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.handlers.privileges import refusal
from bot.handlers.replies import File, reply, reply_with_file, words_of
from bot.monitoring.summary import PLOT_EXTRA, by_day, most_asked, summed_up
from bot.monitoring.tallying import Tallying
from bot.rendering import plot, statistics
from bot.rendering.catalogue import Said, Words
from bot.state import State, StateError, Tally, Votes

logger = logging.getLogger(__name__)

DAYS = 7
_LOOKED_THROUGH = 2_000
"""Questions in which the words are counted that were asked most."""

_TERMS = 12


class Statistics:
    """Shows *admins*, in private, what *tallying* has counted and *state* knows."""

    def __init__(self, state: State | None, tallying: Tallying, admins: Collection[int]) -> None:
        self._state = state
        self._tallying = tallying
        self._admins = frozenset(admins)

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [CommandHandler("stats", self.stats, filters=filters.UpdateType.MESSAGE)]

    async def stats(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell of today and of the last week, and send a picture of it."""
        if (message := update.message) is None:
            return
        words = words_of(update)
        if (refused := refusal(words, message, self._admins, "/stats")) is not None:
            await reply(message, refused)
            return
        today = datetime.now(UTC).date()
        first = today - timedelta(days=DAYS - 1)
        try:
            tallies = await self._tallying.since(first)
            votes, terms = await self._votes(first), await self._terms(words, first)
        except StateError as error:
            logger.warning("no statistics: %s", error)
            await reply(message, words("not-at-the-moment"))
            return
        now, week = summed_up(tallies, today, today), summed_up(tallies, first, today)
        await reply(message, statistics.statistics(words, now, week, votes, terms))
        if week.questions:
            await self._draw(message, words, tallies, first)

    async def _votes(self, first: date) -> Votes | None:
        if self._state is None:
            return None
        return await self._state.answers.votes(since=_midnight(first))

    async def _terms(self, words: Words, first: date) -> Said:
        if self._state is None or not self._state.journal.keep_questions:
            return words("stats-terms-off")
        journal = self._state.journal
        kept = await journal.unanswered(_LOOKED_THROUGH, since=_midnight(first))
        asked = [each.question for each in kept]
        return statistics.terms(words, await asyncio.to_thread(most_asked, asked, _TERMS))

    async def _draw(
        self, message: telegram.Message, words: Words, tallies: list[Tally], first: date
    ) -> None:
        days = by_day(tallies, first, first + timedelta(days=DAYS - 1))
        try:
            picture = await asyncio.to_thread(plot.plot, days)
        except ModuleNotFoundError:
            await reply(message, words("stats-no-plot", command=PLOT_EXTRA))
            return
        file = File(f"statistics-{first:%Y-%m-%d}.png", picture, picture=True)
        await reply_with_file(message, file, words("stats-plot"))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
