"""Telegram messages put together piece by piece: text, and entities that say how it looks.

Telegram counts UTF-16 code units, Python counts code points; here is the only place that converts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import MessageEntity
from telegram.constants import (
    MessageEntityDateTimeFormats,
    MessageEntityType,
    MessageLimit,
)

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
"""UTF-16 units of one message's text."""

ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
"""Entities of one message; further ones would not be shown."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its entities, whose offsets and lengths are in UTF-16 units."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message. *url* goes with TEXT_LINK, *moment* with DATE_TIME; *bold* are
    [start, end) within *text*.
    """

    text: str
    kind: MessageEntityType | None = None
    url: str | None = None
    moment: datetime | None = None
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that stay together in one message."""

    pieces: tuple[Piece, ...]

    @property
    def units(self) -> int:
        """The length of its text, in UTF-16 units."""
        return sum(units(piece.text) for piece in self.pieces)

    @property
    def entities(self) -> int:
        """How many entities it has at most."""
        return sum((piece.kind is not None) + len(piece.bold) for piece in self.pieces)


def units(text: str) -> int:
    """Return the length of *text* in UTF-16 units, as Telegram counts."""
    # Every character of a message is counted several times; most texts are plain.
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def sendable(text: str) -> str:
    """Return *text* with each lone surrogate replaced by U+FFFD, character for character.

    A lone surrogate has no UTF-8, so no message can hold it. Anything else is sent as it is;
    Telegram itself shows control characters as blanks.
    """
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def compose(pieces: Sequence[Piece]) -> Message:
    """Return the pieces as one message; empty ones leave no entity."""
    entities: list[MessageEntity] = []
    texts: list[str] = []
    offset = 0
    for piece in pieces:
        text = sendable(piece.text)
        length = units(text)
        if piece.kind is not None and length:
            entities.append(_entity(piece.kind, offset, length, piece))
        for start, end in piece.bold:
            before = units(text[:start])
            entities.append(
                MessageEntity(MessageEntityType.BOLD, offset + before, units(text[start:end]))
            )
        texts.append(text)
        offset += length
    return Message("".join(texts), tuple(entities))


def joined(blocks: Sequence[Block], gap: str = "\n\n") -> Message:
    """Return the blocks that are not empty as one message, with *gap* between them."""
    pieces: list[Piece] = []
    for block in blocks:
        if block.units:
            pieces += [Piece(gap), *block.pieces] if pieces else block.pieces
    return compose(pieces)


def _entity(kind: MessageEntityType, offset: int, length: int, piece: Piece) -> MessageEntity:
    if piece.moment is None:
        return MessageEntity(kind, offset, length, url=piece.url)
    return MessageEntity(
        kind,
        offset,
        length,
        unix_time=piece.moment,
        date_time_format=MessageEntityDateTimeFormats.LONG_DATE_SHORT_TIME,
    )
