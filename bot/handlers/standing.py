"""Which message shows the answer to a question, for when the question is edited."""

import logging
from dataclasses import dataclass

import telegram

from bot.state import State, StateError

logger = logging.getLogger(__name__)

_MANY = 1_000
"""Answers that are known without a look into the state."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The *message* that shows the *answer*, by their ids."""

    answer: str
    message: int


class StandingAnswers:
    """Knows the latest answers, and looks up in *state* what was given before a restart."""

    def __init__(self, state: State | None) -> None:
        self._state = state
        # By the asker's message: an edit may come before the state has been told of its answer.
        self._known: dict[tuple[int, int], Standing] = {}

    def note(self, to: telegram.Message, standing: Standing) -> None:
        """From now on *standing* is the answer to the message *to*."""
        if len(self._known) >= _MANY:
            del self._known[next(iter(self._known))]
        self._known[to.chat_id, to.message_id] = standing

    async def of(self, to: telegram.Message) -> Standing | None:
        """Return the answer to the message *to*; None if there was none, or nobody knows of it."""
        known = self._known.get((to.chat_id, to.message_id))
        if known is not None or self._state is None:
            return known
        try:
            shown = await self._state.answers.by_question(to.chat_id, to.message_id)
            messages = await self._state.answers.messages_of(shown.id) if shown else ()
        except StateError as error:
            logger.warning("not looked up: %s", error)
            return None
        return Standing(shown.id, messages[0]) if shown and messages else None
