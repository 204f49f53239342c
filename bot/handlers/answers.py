"""Questions into answers in a chat: the one place where an answer is looked for, sent and mended."""

import asyncio
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import telegram
from telegram import InlineKeyboardMarkup

from bot.delivery.sent import Ending, in_hand
from bot.handlers.late import Late
from bot.handlers.replies import UNKNOWN, edit, reply
from bot.handlers.standing import Standing, StandingAnswers
from bot.handlers.waiting import typing
from bot.library import Library
from bot.receipts import named
from bot.rendering.catalogue import Words, words_for
from bot.rendering.composing import Message
from bot.rendering.keyboards import AnswerKeyboards
from bot.rendering.links import NOWHERE, Addresses
from bot.rendering.telegram import Pages
from bot.state import ShownAnswer, State, StateError, cite, missed, new_id, refer
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
        self._standing = StandingAnswers(state)
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
        # Under the bot's own message stands what was asked just now, by a button.
        by_button = to.from_user is not None and to.from_user.id == to.get_bot().id
        if not by_button and await self._late.excuses(to, what.words):
            in_hand().ending = Ending.LATE
            return
        if (answer := await self._find(what, to)) is None:
            return
        shown = _as_shown(answer, to, what.words, asker)
        message, buttons, remembered = await self._first_page(answer, shown, to, asked=asked)
        sent = await reply(to, message, buttons, answer_id=shown.id if remembered else None)
        if not asked and sent.message_id != UNKNOWN:
            self._standing.note(to, Standing(shown.id, sent.message_id))

    async def revise(
        self,
        to: telegram.Message,
        question: str,
        *,
        asker: telegram.User | None,
        carried: Carried = NOTHING,
    ) -> None:
        """Put the answer to *question* in the place of the one that was given to *to* before.

        Anew, where that one is gone. Nothing is said where there was none.
        """
        before = await self._standing.of(to)
        what = Asked(question=question, asker=asker, carried=carried)
        if before is None or (answer := await self._find(what, to)) is None:
            return
        shown = _as_shown(answer, to, what.words, asker, answer_id=before.answer)
        message, buttons, remembered = await self._first_page(answer, shown, to)
        standing = telegram.Message(before.message, to.date, to.chat)
        standing.set_bot(to.get_bot())
        # Tried even where it says the same: only so is it known whether it is still there.
        if await edit(standing, message, buttons):
            return
        sent = await reply(to, message, buttons, answer_id=shown.id if remembered else None)
        if sent.message_id != UNKNOWN:
            self._standing.note(to, Standing(shown.id, sent.message_id))

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

    async def find(
        self, question: str, *, limit: int = FOUND, carried: Carried = NOTHING
    ) -> Answer:
        """Look for at most *limit* snippets, or for a page. Raises TimeoutError when it takes too long."""
        limit = max(limit, self.size)
        delivery = in_hand()
        delivery.ending = Ending.FAILED  # until there is more to say
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._within):
                answer = await self._library.ask(question, limit=limit, carried=carried)
        except TimeoutError:
            delivery.ending = Ending.TOO_SLOW
            raise
        finally:
            delivery.searching = time.monotonic() - began
        delivery.ending, delivery.reason = Ending(answer.outcome), answer.reason
        return answer

    async def _find(self, asked: Asked, to: telegram.Message) -> Answer | None:
        """Return the answer; None if it takes too long, which *to* is told."""
        try:
            async with typing(to):
                return await self.find(asked.question, carried=asked.carried)
        except TimeoutError:
            logger.warning("looking for an answer took too long")
            await reply(to, asked.words("too-slow"))
            return None

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
            await self._state.answers.remember(shown, citations=cited, unanswered=missed(shown))
        except StateError as error:
            logger.warning("not remembered: %s", error)
            return False
        return True


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
