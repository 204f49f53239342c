"""Buttons under a message. What a button sends is short, and may be forged: it is looked up."""

import hashlib
import time
from collections.abc import Sequence

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.handlers.answers import Answers
from bot.handlers.limits import Limits
from bot.handlers.replies import toast, words_of
from bot.library import Library

_EXAMPLE = "example:"


def example_buttons(questions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """Return a button a line for *questions*, or None if there are none."""
    if not questions:
        return None
    return InlineKeyboardMarkup.from_column(
        [InlineKeyboardButton(question, callback_data=_data(question)) for question in questions]
    )


class Buttons:
    """Does what a pressed button says, from *library* and by *answers*, within *limits*."""

    def __init__(self, library: Library, answers: Answers, limits: Limits) -> None:
        self._library = library
        self._answers = answers
        self._limits = limits

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [CallbackQueryHandler(self.example, _EXAMPLE), CallbackQueryHandler(_unknown)]

    async def example(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the example question, if it still is one of the corpus in use."""
        if (query := update.callback_query) is None:
            return
        words = words_of(update)
        questions = {_data(question): question for question in self._library.snapshot.examples}
        question = questions.get(query.data or "")
        if question is None:
            await toast(query, words("example-gone"))
            return
        message, asker = query.message, query.from_user
        if not isinstance(message, telegram.Message):
            await toast(query)
            return
        excess = self._limits.judge(update.update_id, message.chat_id, asker.id, time.time())
        if excess is not None:
            await toast(query, self._limits.notice(words, excess))
            return
        await toast(query)
        await self._answers.give(message, question, asker=asker, asked=True)


async def _unknown(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    # Unanswered, the button would go on showing that something is under way.
    if update.callback_query is not None:
        await toast(update.callback_query)


def _data(question: str) -> str:
    """A short name for *question*: the same after a restart, and while the corpus has it."""
    return _EXAMPLE + hashlib.blake2s(question.encode(), digest_size=8).hexdigest()
