"""What was read of a document that is to be added, and of an article that is to be taken away."""

from collections.abc import Sequence

from telegram.constants import MessageEntityType

from bot.contents import passages_of
from bot.corpus_folder import Staged
from bot.rendering import listing
from bot.rendering.catalogue import Said, Words
from bot.rendering.composing import Block, Message, Piece, joined
from bot.rendering.lines import on_one_line
from bot.rendering.reloads import refusals
from corpus.models import Article

_FIRST = 300
"""Characters of a text that are shown."""

_TITLES = 5
_IDS = 20


def read(words: Words, staged: Staged, known: Sequence[Article]) -> Message:
    """Return what would be added: the first article, the titles of others, what was refused.

    *known* are those of them that the corpus has already, by their ids.
    """
    articles = staged.articles
    head = words("add-read", articles=len(articles))
    blocks = [Block((Piece(head, MessageEntityType.BOLD),))]
    if articles:
        blocks += [_first(words, articles[0]), *_others(words, articles[1:])]
    if staged.refused:
        blocks.append(_block("\n".join(refusals(words, staged.refused))))
    if known:
        blocks.append(_block(words("add-known", articles=len(known), id=known[0].id)))
    blocks.append(_block(words("add-file", file=staged.target.as_posix())))
    return joined(blocks)


def article(words: Words, heading: Said, found: Article) -> Message:
    """Return *heading* and the article that it is about."""
    head = Block((Piece(heading, MessageEntityType.BOLD),))
    return joined([head, _first(words, found)])


def removed(words: Words, ids: Sequence[str]) -> Message:
    """Return which articles were taken away, by their ids; the last ones if they are many."""
    if not ids:
        return joined([_block(words("restore-none"))])
    blocks = [_block(words("restore-how"))]
    lines = [words("reload-item", text=on_one_line(each, 100)) for each in ids[-_IDS:]]
    if len(ids) > _IDS:
        lines.append(words("reload-more", count=len(ids) - _IDS))
    return joined([*blocks, _block("\n".join(lines))])


def _first(words: Words, found: Article) -> Block:
    paragraphs = sum(1 for line in found.text.splitlines() if line.strip())
    beginning = on_one_line(found.text, _FIRST)
    about = listing.about(words, found, passages_of(found)).pieces
    count = words("add-paragraphs", paragraphs=paragraphs)
    quoted = Piece(beginning, MessageEntityType.BLOCKQUOTE)
    return Block((*about, Piece(f"\n{count}\n"), quoted))


def _others(words: Words, articles: Sequence[Article]) -> list[Block]:
    if not articles:
        return []
    titles = [on_one_line(each.title or each.id, 80) for each in articles[:_TITLES]]
    lines: list[str] = [words("reload-item", text=title) for title in titles]
    if len(articles) > _TITLES:
        lines.append(words("reload-more", count=len(articles) - _TITLES))
    return [_block("\n".join(lines))]


def _block(text: str) -> Block:
    return Block((Piece(text),))
