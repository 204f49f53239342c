"""/privacy says what is stored; /forget deletes what is stored about whoever asks for it."""

import logging
from dataclasses import asdict

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.handlers.replies import edit, reply, toast, words_of
from bot.rendering.catalogue import Said, Words
from bot.state import Removed, Retention, State, StateError

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_YES, _NO = "forget:yes:", "forget:no:"
_COUNTED = ("answers", "feedback", "questions", "chats", "updates")


class Privacy:
    """Speaks for *state*, None if nothing is stored, and of what is kept as *retention* says."""

    def __init__(self, state: State | None, retention: Retention, *, keep_questions: bool) -> None:
        self._state = state
        self._retention = retention
        self._keep_questions = keep_questions

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("privacy", self.privacy, filters=new),
            CommandHandler("forget", self.ask_first, filters=new),
            CallbackQueryHandler(self.forget, f"^{_YES}"),
            CallbackQueryHandler(self.keep, f"^{_NO}"),
        ]

    async def privacy(self, update: Update, _: Context) -> None:
        """Say what is stored, and for how long."""
        if message := update.message:
            await reply(message, self._statement(words_of(update)))

    async def ask_first(self, update: Update, _: Context) -> None:
        """Ask whether all is really to be deleted."""
        if (message := update.message) is None or message.from_user is None:
            return
        words = words_of(update)
        if self._state is None:
            await reply(message, words("forget-nothing"))
        elif message.sender_chat is not None:
            await reply(message, words("forget-anonymous"))
        else:
            await reply(message, words("forget-sure"), _yes_or_no(words, message.from_user.id))

    async def forget(self, update: Update, _: Context) -> None:
        """Delete, and say how much it was, if it is their own that somebody wants deleted."""
        if (query := update.callback_query) is None:
            return
        words = words_of(update)
        if not _is_theirs(update) or self._state is None:
            await toast(query, words("forget-not-yours"))
            return
        await toast(query)
        try:
            removed = await self._state.forget(query.from_user.id)
        except StateError:
            logger.exception("not deleted")
            await edit(query, words("forget-failed"), _yes_or_no(words, query.from_user.id))
            return
        await edit(query, _account(words, removed))

    async def keep(self, update: Update, _: Context) -> None:
        """Delete nothing after all."""
        if (query := update.callback_query) is None:
            return
        words = words_of(update)
        if not _is_theirs(update):
            await toast(query, words("forget-not-yours"))
            return
        await toast(query)
        await edit(query, words("forget-kept"))

    def _statement(self, words: Words) -> Said:
        if self._state is None or _in_memory(self._state):
            return words("privacy-memory")
        return words(
            "privacy",
            days=self._retention.answers,
            updates=self._retention.updates,
            questions=words("privacy-questions", kept=str(self._keep_questions).lower()),
        )


def _in_memory(state: State) -> bool:
    return state.address.path is None and not state.address.is_server


def _yes_or_no(words: Words, user: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_row(
        [
            InlineKeyboardButton(words("forget-yes"), callback_data=f"{_YES}{user}"),
            InlineKeyboardButton(words("forget-no"), callback_data=f"{_NO}{user}"),
        ]
    )


def _is_theirs(update: Update) -> bool:
    """Whether the question was for whoever pressed. A forged press can only mean its own sender."""
    query = update.callback_query
    return query is not None and (query.data or "").rpartition(":")[2] == str(query.from_user.id)


def _account(words: Words, removed: Removed) -> Said:
    if not removed.total:
        return words("forgotten-nothing")
    lines: list[str] = [words("forgotten")]
    counts = asdict(removed)
    lines += [words(f"forgotten-{name}", count=counts[name]) for name in _COUNTED if counts[name]]
    return Said("\n".join(lines))
