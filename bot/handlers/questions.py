"""Questions: what is said to the bot in a private chat or, by its name, a command or a reply, in a group."""

import logging
from datetime import timedelta
from typing import TypeVar

import telegram
from telegram import Update
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.handlers.addressing import Addressed, IsAddressed, asker_of, read_address
from bot.handlers.answers import Answers
from bot.handlers.limits import Limits
from bot.handlers.replies import reply, words_of
from bot.state import State, StateError
from retrieval.following import NOTHING, Carried
from retrieval.models import Outcome

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_K = TypeVar("_K")
_V = TypeVar("_V")

_MANY = 1_000
"""Albums, and hints, that are remembered."""


class Questions:
    """Takes questions and passes them to *answers*, within *limits*.

    A question that is edited within *editable* has its answer edited. *state* knows what an answer
    was about that somebody replies to; without it such a question stands alone.
    """

    def __init__(
        self,
        answers: Answers,
        state: State | None = None,
        *,
        limits: Limits,
        editable: timedelta,
    ) -> None:
        self._answers = answers
        self._state = state
        self._limits = limits
        self._editable = editable
        # By album, the first message of it; and what was answered with a hint only.
        self._albums: dict[str, int] = {}
        self._hinted: dict[tuple[int, int], None] = {}

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application, before commands: a forwarded one is none."""
        addressed = IsAddressed()
        return [
            MessageHandler(filters.UpdateType.MESSAGE & addressed, self.ask),
            MessageHandler(filters.UpdateType.EDITED_MESSAGE & addressed, self.ask_otherwise),
        ]

    async def ask(self, update: Update, _: Context) -> None:
        """Answer a question, or say how to ask one."""
        message = update.message
        if message is None or (said := read_address(message)) is None:
            return
        if not said.question and self._is_of_a_known_album(message):
            return
        if not await self._may_ask(update, message):
            return
        if said.question:
            await self._give(message, said)
        else:
            _keep(self._hinted, _key(message), None)
            await reply(message, words_of(update)(_hint(said)))

    async def ask_otherwise(self, update: Update, _: Context) -> None:
        """Answer an edited question where the answer stands; a new one, where none was before."""
        message = update.edited_message
        if message is None or (said := read_address(message)) is None or not said.question:
            return
        if not self._is_in_time(message) or not await self._may_ask(update, message):
            return
        if _key(message) in self._hinted:
            await self._give(message, said)
            del self._hinted[_key(message)]
        else:
            carried = await self._carried(message, said)
            asker = asker_of(message)
            await self._answers.revise(message, said.question, asker=asker, carried=carried)

    async def _give(self, message: telegram.Message, said: Addressed) -> None:
        carried = await self._carried(message, said)
        await self._answers.give(message, said.question, asker=asker_of(message), carried=carried)

    async def _carried(self, message: telegram.Message, said: Addressed) -> Carried:
        """What an answer that the question replies to was about."""
        if self._state is None or said.follows is None:
            return NOTHING
        try:
            answer = await self._state.answers.by_message(message.chat_id, said.follows)
        except StateError as error:
            logger.warning("asked without what went before: %s", error)
            return NOTHING
        if answer is None or answer.outcome is Outcome.NOTHING:
            return NOTHING
        return answer.carried or NOTHING

    async def _may_ask(self, update: Update, message: telegram.Message) -> bool:
        """Count the question; say so, once, when it is one too many."""
        excess = self._limits.judge_message(update.update_id, message)
        if excess is not None and not excess.told:
            await reply(message, self._limits.notice(words_of(update), excess))
        return excess is None

    def _is_in_time(self, message: telegram.Message) -> bool:
        edited = message.edit_date or message.date
        return edited - message.date <= self._editable

    def _is_of_a_known_album(self, message: telegram.Message) -> bool:
        """Whether another message of the same album came before: each of its pictures is one."""
        album = message.media_group_id
        if album is None:
            return False
        first = self._albums.get(album)
        if first is None:
            _keep(self._albums, album, message.message_id)
        return first not in {None, message.message_id}


def _hint(said: Addressed) -> str:
    """The message of the catalogue that says how to ask, where nothing was asked."""
    if said.courtesy:
        return "hint-courtesy"
    if said.linked:
        return "hint-link"
    if said.claim is not None:
        return "hint-claim"
    if said.file:
        return "hint-file"
    return "ask-how" if said.called else "hint-words"


def _key(message: telegram.Message) -> tuple[int, int]:
    return message.chat_id, message.message_id


def _keep(kept: dict[_K, _V], key: _K, value: _V) -> None:
    """Remember *value*, and forget what was remembered long before."""
    if len(kept) >= _MANY:
        del kept[next(iter(kept))]
    kept[key] = value
