"""An answer as pages of a Telegram message: text and entities, so that no article can break the format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from telegram.constants import MessageEntityType

from bot.rendering import wording
from bot.rendering.catalogue import Words
from bot.rendering.citing import HIGHLIGHTS, cited, quoted_within
from bot.rendering.composing import ENTITIES, LIMIT, Block, Message, Piece, joined, units
from bot.rendering.lines import on_one_line
from bot.rendering.links import NOWHERE, Addresses
from corpus.models import Span
from retrieval.models import Answer, Snippet

_AROUND = 1_200
"""UTF-16 units kept for what stands above and below the snippets of a page."""

_QUESTION, _UNDERSTOOD, _REASON = 200, 300, 250
"""UTF-16 units of a line there: of the question, of what was read into it, of why there is none."""

_WORDS = 200
"""Units kept for our own words around one snippet: its heading, its label, the day, the paragraph."""

_MARKED = 8
"""Entities kept for those, of each snippet and of a page."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A snippet whose article has changed, or *left* the corpus, since it was found.

    *article* is how the article can be named: its title, or its id.
    """

    article: str
    left: bool


class Pages:
    """*answer* on pages of one message each, none of them without a snippet unless there is none.

    *entries* are all that was found, best first; at most *size* go on a page, fewer where they do
    not fit whole. *asked*: begin with the question, for an answer that does not stand under it.
    """

    def __init__(
        self,
        words: Words,
        answer: Answer,
        entries: Sequence[Snippet | Lost],
        *,
        size: int = 3,
        addresses: Addresses = NOWHERE,
    ) -> None:
        self.words = words
        self.answer = answer
        self.entries = tuple(entries)
        self.addresses = addresses
        self._size = size

    def __len__(self) -> int:
        return len(self._pages)

    def page_of(self, entry: int) -> int:
        """Return the number, from 0, of the page that the entry with this number is on."""
        return next((n for n, page in enumerate(self._pages) if entry in page), 0)

    def shown(self, page: int) -> list[tuple[int, int, Snippet]]:
        """Return what page number *page* shows, in its order: label, number in *entries*, snippet.

        Labels count from 1 over all pages. What is lost has none.
        """
        first = self._pages[page].start
        return [
            (first + place, number, snippet)
            for place, (_, number, snippet) in enumerate(self._grouped(page), 1)
        ]

    def message(self, page: int, *, asked: bool = False) -> Message:
        """Return page number *page*. *asked*: begin with the question."""
        whole = len(self.entries) == 1
        labels = {number: label for label, number, _ in self.shown(page)}
        blocks = [self._head(page, asked=asked)]
        quoted: list[Span] = []
        for heading, number, snippet in self._grouped(page):
            label = None if whole else labels[number]
            blocks.append(_under(heading, self._block(snippet, label, quoted)))
        blocks += [self._lost(entry) for entry in self._of(page) if isinstance(entry, Lost)]
        return joined([*blocks, self._tail(page)])

    @cached_property
    def _pages(self) -> list[range]:
        """Where pages begin depends on the articles only, not on the language or what is above."""
        pages = [range(0)]
        length = entities = 0
        for number, entry in enumerate(self.entries):
            size, marked = _size(entry)
            full = length + size > LIMIT - _AROUND or entities + marked > ENTITIES - _MARKED
            if pages[-1] and (full or len(pages[-1]) == self._size):
                pages.append(range(number, number))
                length = entities = 0
            pages[-1] = range(pages[-1].start, number + 1)
            length += size
            entities += marked
        return pages

    @property
    def _told(self) -> bool:
        # Of an answer whose snippets are all lost, it is not true that nothing was found.
        return bool(self.answer.snippets) or not self.entries

    def _of(self, page: int) -> Sequence[Snippet | Lost]:
        here = self._pages[page]
        return self.entries[here.start : here.stop]

    def _grouped(self, page: int) -> list[tuple[str, int, Snippet]]:
        """Return heading (mostly empty), number and snippet, the sides of a dispute apart."""
        first = self._pages[page].start
        numbers = [n for n, e in enumerate(self._of(page), first) if isinstance(e, Snippet)]
        snippets = [e for e in self._of(page) if isinstance(e, Snippet)]
        groups = wording.in_groups(self.words, snippets)
        return [(heading, numbers[rank - 1], snippet) for heading, rank, snippet in groups]

    def _block(self, snippet: Snippet, label: int | None, quoted: list[Span]) -> Block:
        repeats = any(_overlap(snippet.context, span) for span in quoted)
        found = quoted_within(snippet, _room(snippet), alone=repeats)
        quoted.append(found.span)
        return cited(self.words, snippet, found, self.addresses, label)

    def _head(self, page: int, *, asked: bool) -> Block:
        lines = []
        if asked:
            lines.append(_italic(_within(on_one_line(self.answer.question, _QUESTION), _QUESTION)))
        if page == 0 and (understood := wording.understood(self.words, self.answer)):
            lines.append(_italic(_within(understood, _UNDERSTOOD)))
        if self._told and (heading := wording.heading(self.words, self.answer)):
            lines.append(Piece(heading, MessageEntityType.BOLD))
        return Block(tuple(_lines(lines)))

    def _tail(self, page: int) -> Block:
        lines = []
        if page == 0 and self._told:
            told = wording.explanation(self.words, self.answer)
            lines += [Piece(_within(line, _REASON)) for line in told]
        if len(self) > 1:
            here = self._pages[page]
            where = {"first": here.start + 1, "last": here.stop, "all": len(self.entries)}
            lines.append(_italic(self.words("page", **where)))
        return Block(tuple(_lines(lines)))

    def _lost(self, entry: Lost) -> Block:
        name = on_one_line(entry.article, 200)
        said = "lost-left" if entry.left else "lost-changed"
        return Block((_italic(self.words(said, article=name)),))


def _italic(text: str) -> Piece:
    return Piece(text, MessageEntityType.ITALIC)


def _within(text: str, room: int) -> str:
    """*text* on one line of at most *room* UTF-16 units."""
    if units(text) <= room:
        return text
    line = on_one_line(text, room)
    return line if units(line) <= room else on_one_line(text, room // 2)


def _size(entry: Snippet | Lost) -> tuple[int, int]:
    """Return how many units and entities an entry takes at most."""
    if isinstance(entry, Lost):
        return units(entry.article[:200]) + _WORDS, 1
    quoted = quoted_within(entry, _room(entry))
    return units(quoted.text) + _said(entry), min(len(quoted.bold), HIGHLIGHTS) + _MARKED


def _room(snippet: Snippet) -> int:
    """Return how many units of a quotation fit a page of its own."""
    return LIMIT - _AROUND - _said(snippet)


def _said(snippet: Snippet) -> int:
    """Return how many units the citation takes at most."""
    article, speaker = snippet.article, snippet.speaker
    names = (
        article.title[:200],
        (article.publisher or "")[:80],
        speaker.name[:120] if speaker else "",
    )
    return sum(map(units, names)) + _WORDS


def _under(heading: str, block: Block) -> Block:
    if not heading:
        return block
    return Block((Piece(heading, MessageEntityType.BOLD), Piece("\n"), *block.pieces))


def _lines(lines: Sequence[Piece]) -> Iterator[Piece]:
    for number, line in enumerate(line for line in lines if line.text):
        if number:
            yield Piece("\n")
        yield line


def _overlap(one: Span, other: Span) -> bool:
    return one.article is other.article and one.start < other.end and other.start < one.end
