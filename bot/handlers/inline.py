"""Inline mode: the bot's name and a question in any chat, answered with quotations to choose from."""

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import telegram
from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, ContextTypes, InlineQueryHandler

from bot.handlers.answers import Answers, addresses
from bot.handlers.citations import Citations
from bot.handlers.limits import Limits
from bot.handlers.typed import Keystrokes, Typed
from bot.library import Library
from bot.receipts import named
from bot.rendering import inline
from bot.rendering.catalogue import Words, words_for
from bot.rendering.links import CITATION, NOWHERE, Addresses
from bot.rendering.payloads import question_payload
from bot.snapshots import Snapshot
from bot.state import StateError
from retrieval.models import Answer, Outcome, Snippet

logger = logging.getLogger(__name__)

PAGE = 20
"""Quotations that are offered at a time."""

FOUND = 60
"""Quotations that are looked for; those after the first page are for who scrolls."""

_KNOWN = 10_000
"""Citations of which it is known that they are written down."""

_SHARED = re.compile(rf"{CITATION}([A-Za-z0-9_-]{{1,32}})", re.ASCII)
_OFFSET = re.compile(r"([^:]{1,48}):(\d{1,4})", re.ASCII)
_TOO_LATE = re.compile("query is too old|query id is invalid", re.IGNORECASE)
_WELCOME = "inline"
"""What the bot is started with where nothing was asked yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What is offered. *lasting* if Telegram may offer it again for a while by itself."""

    rows: Sequence[InlineQueryResultArticle] = ()
    next_offset: str = ""
    button: InlineQueryResultsButton | None = None
    lasting: bool = True


class Inline:
    """Answers inline queries by *answers* and *citations*, each person's within *limits*.

    Telegram may show what was offered for *kept* again, so that is how long a reload is not seen.
    """

    def __init__(
        self,
        library: Library,
        answers: Answers,
        citations: Citations,
        limits: Limits,
        kept: timedelta,
    ) -> None:
        self._library = library
        self._answers = answers
        self._citations = citations
        self._limits = limits
        self._kept = kept
        self._typed = Typed()
        self._keystrokes = Keystrokes()
        self._cited: OrderedDict[str, None] = OrderedDict()
        # The corpus they are of, and each question with the best that answers it.
        self._examples: tuple[str, Sequence[tuple[str, Snippet]]] = ("", ())

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [InlineQueryHandler(self.offer)]

    async def offer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer what answers a query, unless somebody has typed on meanwhile."""
        query = update.inline_query
        if query is None:
            return
        async with self._typed.turn(query.from_user.id, update.update_id) as is_newest:
            if not is_newest():
                return
            page = await self._page(query, update.update_id)
            if is_newest():
                await self._send(query, page)

    async def _page(self, query: InlineQuery, number: int) -> _Page:
        words, bot = words_for(query.from_user.language_code), query.get_bot()
        text = query.query.strip()
        if not text:
            return await self._suggestions(words, bot)
        if (shared := _SHARED.fullmatch(text)) is not None:
            page = await self._shared(words, bot, shared[1])
            if page is not None:
                return page
        if (wait := self._wait(query, number)) is not None:
            said = words("inline-too-many", seconds=wait)
            return _Page(button=_button(said, question_payload(text)), lasting=False)
        return await self._found(words, query, text)

    def _wait(self, query: InlineQuery, number: int) -> int | None:
        """Count the question; return for how many seconds its asker has to wait, None for none."""
        user, now = query.from_user.id, time.time()
        first = self._keystrokes.question_of(user, query.query, number, now)
        excess = self._limits.judge(first, user, user, now)
        if excess is None:
            return None
        self._keystrokes.begin_anew(user)
        return excess.seconds

    async def _suggestions(self, words: Words, bot: telegram.Bot) -> _Page:
        """Examples, each with the best that answers it, for who has typed nothing yet."""
        version = self._library.snapshot.corpus.version
        if self._examples[0] != version:
            self._examples = await self._library.read(_examples)
        examples = self._examples[1]
        where = await self._addresses([snippet for _, snippet in examples], bot)
        rows = [inline.row(words, snippet, where, question) for question, snippet in examples]
        said = words("inline-how" if self._library.snapshot.index.articles else "no-articles")
        return _Page(rows=rows, button=_button(said, None))

    async def _shared(self, words: Words, bot: telegram.Bot, citation_id: str) -> _Page | None:
        """The one quotation that is passed on, or None where there is no such citation."""
        try:
            found = await self._citations.find(citation_id)
        except StateError as error:
            logger.warning("a citation could not be looked up: %s", error)
            return _Page(button=_button(words("inline-not-now"), None), lasting=False)
        if found is None:
            return None
        return _Page(rows=[inline.shared(words, found, addresses(bot))])

    async def _found(self, words: Words, query: InlineQuery, text: str) -> _Page:
        try:
            answer = await self._answers.find(text, limit=FOUND)
        except TimeoutError:
            logger.warning("looking for an answer took too long")
            return _Page(button=_button(words("inline-not-now"), None), lasting=False)
        start = _start(query.offset, answer)
        shown = answer.snippets[start : start + PAGE]
        where = await self._addresses(shown, query.get_bot())
        rows = []
        for row in inline.rows(words, shown, where):
            rows.append(row)
            await asyncio.sleep(0)  # twenty at a stretch would keep others waiting
        end = start + len(shown)
        more = end < len(answer.snippets)
        return _Page(
            rows=rows,
            next_offset=f"{answer.corpus_version}:{end}" if more else "",
            button=None if start else _button_of(words, answer, text),
        )

    async def _addresses(self, snippets: Sequence[Snippet], bot: telegram.Bot) -> Addresses:
        """Make the links of *snippets* work. Typing finds the same ones again and again."""
        fresh = [snippet for snippet in snippets if named(snippet) not in self._cited]
        if fresh and not await self._answers.cited(fresh):
            return NOWHERE
        for snippet in snippets:
            self._cited[named(snippet)] = None
            self._cited.move_to_end(named(snippet))
        while len(self._cited) > _KNOWN:
            self._cited.popitem(last=False)
        return addresses(bot)

    async def _send(self, query: InlineQuery, page: _Page) -> None:
        try:
            await query.answer(
                page.rows,
                # Only for whoever asked: it is said in their language.
                is_personal=True,
                cache_time=self._kept if page.lasting else timedelta(),
                # Not "", which this release of the library sends as "[]".
                next_offset=page.next_offset or None,
                button=page.button,
            )
        except TelegramError as error:
            if isinstance(error, BadRequest) and not _TOO_LATE.search(error.message):
                raise
            # There is no use in it later, nor in another try: the next key asks again.
            logger.info("an inline query was not answered: %s", error)


def _button_of(words: Words, answer: Answer, text: str) -> InlineQueryResultsButton | None:
    """The button that says that this is no answer proper, and leads to the private chat."""
    if answer.outcome is Outcome.ANSWERED and answer.snippets:
        return None
    said = words("inline-closest" if answer.snippets else "inline-nothing")
    return _button(said, question_payload(text))


def _button(said: str, payload: str | None) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(said, start_parameter=payload or _WELCOME)


def _start(offset: str, answer: Answer) -> int:
    """Where a page begins; at the beginning when the corpus is another than that of the page before."""
    found = _OFFSET.fullmatch(offset)
    return int(found[2]) if found is not None and found[1] == answer.corpus_version else 0


def _examples(snapshot: Snapshot) -> tuple[str, Sequence[tuple[str, Snippet]]]:
    found: dict[str, tuple[str, Snippet]] = {}
    for question in snapshot.examples:
        for snippet in snapshot.answer(question, limit=1).snippets:
            found.setdefault(named(snippet), (question, snippet))
    return snapshot.corpus.version, tuple(found.values())
