"""One snippet as it stands in a chat: the verbatim quotation, who says it, and the source."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from telegram.constants import MessageEntityType

from bot.rendering import wording
from bot.rendering.catalogue import Said, Words
from bot.rendering.composing import Block, Piece, units
from bot.rendering.lines import on_one_line
from bot.rendering.links import NOWHERE, Addresses, source_link
from bot.rendering.quotations import Quotation, quotation
from corpus.models import Article
from retrieval.models import Snippet

CUT = "[…]"
"""Stands outside a quotation, where something of the sentence is left out."""

HIGHLIGHTS = 12
"""Words in bold of one quotation; more would not help the eye, and entities are counted."""

# Stand in the citation for what gets an entity of its own. No word of ours, and no value, has them.
_DAY, _PARAGRAPH = Said("\ue001"), Said("\ue002")
_PLACES = re.compile(f"([{_DAY}{_PARAGRAPH}])")

_FIRST_DAY, _LAST_DAY = datetime(1970, 1, 2, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
"""What Telegram takes for a date."""


def cited(
    words: Words,
    snippet: Snippet,
    quoted: Quotation,
    addresses: Addresses = NOWHERE,
    number: int | None = None,
) -> Block:
    """Return the quotation and, below it, everything that is to be said of it.

    *number* tells it from others beside it.
    """
    label = [Piece(f"[{number}] ", MessageEntityType.BOLD)] if number is not None else []
    return Block((*quote(quoted), *label, *citation(words, snippet, addresses)))


def quote(
    quoted: Quotation, kind: MessageEntityType = MessageEntityType.BLOCKQUOTE
) -> Iterator[Piece]:
    """Yield the quotation with a line break behind it.

    The blockquote is the verbatim slice and nothing else; where something is left out, `[…]` stands
    outside of it.
    """
    if quoted.cut_before:
        yield Piece(f"{CUT}\n")
    yield Piece(quoted.text, kind, bold=_bold(quoted))
    yield Piece("\n")
    if quoted.cut_after:
        yield Piece(f"{CUT}\n")


def citation(words: Words, snippet: Snippet, addresses: Addresses = NOWHERE) -> Iterator[Piece]:
    """Yield who says it, on a line of its own, and the source, of which three things can be pressed.

    The title leads to the sentence in the article, the paragraph to the receipt; the date shows
    each reader their own time.
    """
    if snippet.speaker:
        said = words("speaker-line", speaker=wording.speaker(words, snippet.speaker))
        yield Piece(f"{said}\n")
    before, title, after = wording.source(words, snippet, day=_DAY, paragraph=_PARAGRAPH)
    yield Piece(before)
    yield _linked(title, source_link(snippet.article.url, snippet.span.text))
    for part in _PLACES.split(after):
        match part:
            case "\ue001":
                yield dated(words, snippet.article.published_at)
            case "\ue002":
                paragraph = words("paragraph", number=snippet.paragraph)
                yield _linked(paragraph, addresses.link(snippet))
            case _:
                yield Piece(part)


def newer_version(words: Words, newer: Article) -> Block:
    """Say that an article has a *newer* version, and how that is to be asked for."""
    # What has no date is never known to be newer.
    day = words.day(newer.published_at) if newer.published_at else Said("")
    name = on_one_line(newer.id, 200)
    before, name, after = words.around("newer-version", "id", id=name, day=day)
    return Block((Piece(before), Piece(name, MessageEntityType.CODE), Piece(after)))


def dated(words: Words, moment: datetime | None) -> Piece:
    """A day. Where a time of day is known, each reader's Telegram shows it in their time zone."""
    if moment is None:
        return Piece("")
    # A plain date is read as its midnight: another time zone would make it another day.
    known = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    if known and _FIRST_DAY <= moment <= _LAST_DAY:
        return Piece(words.day(moment), MessageEntityType.DATE_TIME, moment=moment)
    return Piece(words.day(moment))


def quoted_within(snippet: Snippet, room: int, *, alone: bool = False) -> Quotation:
    """Return what of *snippet* is quoted in at most *room* UTF-16 units (see `quotation`)."""
    # A text beyond the basic plane may take two units for each character.
    wide = units(snippet.context.text) > len(snippet.context.text)
    return quotation(snippet, max(1, room // 2 if wide else room), alone=alone)


def _bold(quoted: Quotation) -> tuple[tuple[int, int], ...]:
    return tuple(part for part in quoted.bold if quoted.text[slice(*part)].strip())[:HIGHLIGHTS]


def _linked(text: str, url: str | None) -> Piece:
    return Piece(text, MessageEntityType.TEXT_LINK if url else None, url)
