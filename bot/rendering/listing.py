"""Lists of articles and publishers, a page at a time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from telegram.constants import MessageEntityType

from bot.rendering.catalogue import Said, Words
from bot.rendering.citing import dated
from bot.rendering.composing import Block, Message, Piece, joined
from bot.rendering.lines import on_one_line
from bot.rendering.links import web_link
from corpus.models import Article

ARTICLES = 8
"""Articles on a page: as many as surely fit one message."""

PUBLISHERS = 25
"""Publishers on a page."""

_LONGEST_ID = 64
"""Characters of an id that is shown; a cut one would be another one."""

_T = TypeVar("_T")


def page_of(things: Sequence[_T], page: int, size: int) -> tuple[Sequence[_T], int, int]:
    """Return the things on a page, its number, from 0, and how many pages there are.

    A *page* after the last one is the last: the list may have become shorter.
    """
    pages = max(1, -(-len(things) // size))
    page = min(max(page, 0), pages - 1)
    return things[page * size : (page + 1) * size], page, pages


def articles(words: Words, heading: str, found: Sequence[Article], page: int) -> Message:
    """Return page number *page* of the articles *found*, under *heading*."""
    here, page, pages = page_of(found, page, ARTICLES)
    head = Block((Piece(heading, MessageEntityType.BOLD),))
    return joined([head, *(_article(words, each) for each in here), foot(words, page, pages)])


def publishers(words: Words, counted: Sequence[tuple[str, int]], page: int) -> Message:
    """Return page number *page* of the publishers, each with its number of articles."""
    here, page, pages = page_of(counted, page, PUBLISHERS)
    head = words("sources-heading", publishers=len(counted))
    lines = []
    for name, number in here:
        publisher = on_one_line(name, 80) or words("publisher-unknown")
        lines.append(words("sources-item", publisher=publisher, articles=number))
    body = Block((Piece("\n".join(lines)),))
    return joined([Block((Piece(head, MessageEntityType.BOLD),)), body, foot(words, page, pages)])


def about(words: Words, article: Article, passages: int) -> Block:
    """Return what is known of one article, and how many passages it has."""
    count = words("article-passages", passages=passages)
    return Block((*_article(words, article).pieces, Piece(f"\n{count}")))


def title(words: Words, article: Article) -> Piece:
    """Return the title, which leads to the article if that has an address."""
    link = web_link(article.url)
    named = on_one_line(article.title, 100) or words("untitled")
    return Piece(named, MessageEntityType.TEXT_LINK if link else None, link)


def foot(words: Words, page: int, pages: int) -> Block:
    """Return which page it is, if there are several."""
    if pages == 1:
        return Block(())
    return Block((Piece(words("list-page", page=page + 1, pages=pages), MessageEntityType.ITALIC),))


def _article(words: Words, article: Article) -> Block:
    pieces = [title(words, article), Piece("\n")]
    publisher = on_one_line(article.publisher or "", 60)
    day = dated(words, article.published_at) if article.published_at else None
    pieces += _beside(words, publisher, day or Piece(words("article-undated")))
    if article.id == on_one_line(article.id, _LONGEST_ID):
        before, name, after = words.around("article-id", "id", id=article.id)
        pieces += [Piece(f"\n{before}"), Piece(name, MessageEntityType.CODE), Piece(after)]
    return Block(tuple(pieces))


def _beside(words: Words, publisher: str, day: Piece) -> list[Piece]:
    """The publisher, if it is known, and the day, as a source names them."""
    if not publisher:
        return [day]
    before, text, after = words.around("source-two", "two", one=publisher, two=Said(day.text))
    return [Piece(before), replace(day, text=text), Piece(after)]
