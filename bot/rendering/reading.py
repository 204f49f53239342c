"""An article to be read in a chat, page by page: its paragraphs, word for word."""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram.constants import MessageEntityType

from bot.rendering import listing
from bot.rendering.catalogue import Words
from bot.rendering.citing import newer_version, quote
from bot.rendering.composing import Block, Message, Piece, joined, units
from bot.rendering.quotations import Quotation, parts
from corpus.models import Article
from corpus.passages import paragraphs

_ROOM = 3_000
"""UTF-16 units of the paragraphs on a page: a few thumbs' lengths, and room for what is above."""

_LABEL = 40
"""Units kept for the label of a paragraph and for the blanks around it."""

_AT_MOST = 30
"""Paragraphs on a page; each takes two entities."""


@dataclass(frozen=True, slots=True)
class _Portion:
    """A paragraph by its *number*, or a part of one that is too long for a page."""

    number: int
    quoted: Quotation


class Reading:
    """An article on pages of one message each. A paragraph is only cut if it fits no page.

    *newer* is the newest version of the article's page, if there is one: each page names it.
    """

    def __init__(self, article: Article, newer: Article | None = None) -> None:
        self.article = article
        self.newer = newer
        self._pages: list[list[_Portion]] = [[]]
        room = _ROOM
        for portion in _portions(article):
            length = units(portion.quoted.text) + _LABEL
            if self._pages[-1] and (length > room or len(self._pages[-1]) == _AT_MOST):
                self._pages.append([])
                room = _ROOM
            self._pages[-1].append(portion)
            room -= length

    def __len__(self) -> int:
        return len(self._pages)

    def message(self, words: Words, page: int, passages: int) -> Message:
        """Return page number *page*, from 0. The first one tells how many *passages* there are."""
        head = listing.about(words, self.article, passages)
        if page > 0:
            head = Block((listing.title(words, self.article),))
        blocks = [_block(words, portion) for portion in self._pages[page]]
        newer = [] if self.newer is None else [newer_version(words, self.newer)]
        return joined([head, *newer, *blocks, listing.foot(words, page, len(self))])


def _portions(article: Article) -> Iterator[_Portion]:
    for number, whole in enumerate(paragraphs(article), 1):
        wide = units(whole.text) > len(whole.text)
        room = _ROOM - _LABEL
        for span in parts(whole, room // 2 if wide else room):
            before, after = span.start > whole.start, span.end < whole.end
            yield _Portion(number, Quotation(span, before, after, ()))


def _block(words: Words, portion: _Portion) -> Block:
    label = Piece(words("paragraph", number=portion.number), MessageEntityType.ITALIC)
    return Block((*quote(portion.quoted), label))
