"""Questions into answers in a chat: the one place where an answer is looked for, sent and mended."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import telegram
from telegram import InlineKeyboardMarkup

from bot.handlers.late import Late
from bot.handlers.replies import edit, reply
from bot.handlers.waiting import typing
from bot.library import Library
from bot.receipts import named
from bot.rendering.catalogue import Words, words_for
from bot.rendering.composing import Message
from bot.rendering.keyboards import AnswerKeyboards
from bot.rendering.links import NOWHERE, Addresses
from bot.rendering.telegram import Pages
from bot.state import ShownAnswer, State, StateError, cite, new_id, refer
from retrieval.following import NOTHING, Carried, carried_from
from retrieval.models import Answer, Snippet

logger = logging.getLogger(__name__)

_TOLD = 3
"""Snippets whose people a question that follows may mean: those that everybody has seen."""

FOUND = 12
"""Snippets that are looked for; what does not go on the first page is behind a button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what belongs to it: who asks, and what an earlier answer was about."""

    question: str
    asker: telegram.User | None
    carried: Carried = NOTHING

    @property
    def words(self) -> Words:
        """The words for whoever asks."""
        return words_for(self.asker.language_code if self.asker is not None else None)


class Answers:
    """Gives answers from *library* and remembers them in *state*, if there is one.

    At most *size* snippets are shown at once. A search may take *within* seconds; what is *late*
    is not answered. Belongs to the event loop of the bot.
    """

    def __init__(
        self,
        library: Library,
        state: State | None = None,
        *,
        size: int = 3,
        within: float = 20.0,
        late: Late | None = None,
    ) -> None:
        self._library = library
        self._within = within
        self._late = late or Late(timedelta(hours=1))
        self._state = state
        self.size = size

    async def give(
        self,
        to: telegram.Message,
        question: str,
        *,
        asker: telegram.User | None,
        carried: Carried = NOTHING,
        asked: bool = False,
    ) -> None:
        """Answer *question* with a reply to *to*.

        *asker* is whose language is spoken and whose answer it is; *carried* is what an earlier
        answer was about. *asked*: begin with the question, where the reply is not to its message.
        """
        what = Asked(question=question, asker=asker, carried=carried)
        if not asked and await self._late.excuses(to, what.words):
            return
        try:
            async with typing(to):
                answer = await self._find(what)
        except TimeoutError:
            logger.warning("looking for an answer took too long")
            await reply(to, what.words("too-slow"))
            return
        shown = _as_shown(answer, to, what.words, asker)
        message, buttons, remembered = await self._first_page(answer, shown, to, asked=asked)
        await reply(to, message, buttons, answer_id=shown.id if remembered else None)

    async def revise(
        self,
        to: telegram.Message,
        question: str,
        *,
        asker: telegram.User | None,
        carried: Carried = NOTHING,
    ) -> bool:
        """Put the answer to *question* in the place of the one that was given to *to* before.

        Return whether it stands there now; false where there was none, or it cannot be edited.
        """
        before = await self._given(to)
        if before is None:
            return False
        earlier, message_id = before
        what = Asked(question=question, asker=asker, carried=carried)
        async with typing(to):
            answer = await self._find(what)
        shown = _as_shown(answer, to, what.words, asker, answer_id=earlier.id)
        message, buttons, _ = await self._first_page(answer, shown, to)
        standing = telegram.Message(message_id, to.date, to.chat)
        standing.set_bot(to.get_bot())
        return await edit(standing, message, buttons)

    async def cited(self, snippets: Iterable[Snippet]) -> bool:
        """Make the permanent links of *snippets* work; return whether they do."""
        if self._state is None:
            return False
        now = datetime.now(UTC)
        try:
            await self._state.citations.cite([cite(snippet, now) for snippet in snippets])
        except StateError as error:
            logger.warning("not remembered: %s", error)
            return False
        return True

    async def _find(self, asked: Asked) -> Answer:
        limit = max(FOUND, self.size)
        async with asyncio.timeout(self._within):
            return await self._library.ask(asked.question, limit=limit, carried=asked.carried)

    async def _first_page(
        self, answer: Answer, shown: ShownAnswer, to: telegram.Message, *, asked: bool = False
    ) -> tuple[Message, InlineKeyboardMarkup | None, bool]:
        """Return the first page, its buttons, and whether the answer is remembered."""
        words, bot = words_for(shown.language), to.get_bot()
        pages = Pages(words, answer, answer.snippets, size=self.size, addresses=addresses(bot))
        remembered = await self._remember(shown, [s for _, _, s in pages.shown(0)])
        if not remembered:
            pages.addresses = NOWHERE
        keyboards = AnswerKeyboards(
            words,
            pages,
            shown.id if remembered else None,
            inline=bool(bot.supports_inline_queries),
        )
        return pages.message(0, asked=asked), keyboards.under_page(0), remembered

    async def _remember(self, shown: ShownAnswer, snippets: Iterable[Snippet]) -> bool:
        if self._state is None:
            return False
        cited = [cite(snippet, shown.asked_at) for snippet in snippets]
        try:
            await self._state.answers.remember(shown, citations=cited)
        except StateError as error:
            logger.warning("not remembered: %s", error)
            return False
        return True

    async def _given(self, to: telegram.Message) -> tuple[ShownAnswer, int] | None:
        if self._state is None:
            return None
        try:
            shown = await self._state.answers.by_question(to.chat_id, to.message_id)
            messages = await self._state.answers.messages_of(shown.id) if shown else ()
        except StateError as error:
            logger.warning("not looked up: %s", error)
            return None
        return (shown, messages[0]) if shown and messages else None


def addresses(bot: telegram.Bot) -> Addresses:
    """Return where what *bot* cites is found again."""
    return Addresses(bot.username, named)


def _as_shown(
    answer: Answer,
    to: telegram.Message,
    words: Words,
    asker: telegram.User | None,
    answer_id: str | None = None,
) -> ShownAnswer:
    return ShownAnswer(
        id=answer_id or new_id(),
        outcome=answer.outcome,
        snippets=tuple(map(refer, answer.snippets)),
        corpus_version=answer.corpus_version,
        asked_at=datetime.now(UTC),
        chat_id=to.chat_id,
        thread_id=to.message_thread_id if to.is_topic_message else None,
        asker_id=asker.id if asker is not None else None,
        asked_in=to.message_id,
        language=words.language,
        carried=carried_from(replace(answer, snippets=answer.snippets[:_TOLD])),
        question=answer.question,
        reason=answer.reason,
    )
