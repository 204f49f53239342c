"""The receipt of a quotation: what stood where, and whether it still does."""

from collections.abc import Iterator
from datetime import datetime

from telegram.constants import MessageEntityType

from bot.receipts import Fate, Receipt
from bot.rendering.catalogue import Said, Words
from bot.rendering.citing import citation, dated, newer_version, quote, quoted_within
from bot.rendering.composing import Block, Message, Piece, joined
from bot.rendering.lines import on_one_line

_ROOM = 2_200
"""UTF-16 units of the quotation; all else takes less than the rest of a message."""


_WARNINGS = {
    Fate.CHANGED: ("receipt-changed", "receipt-changed-since"),
    Fate.LEFT: ("receipt-left", "receipt-left-since"),
}
"""What is said when the day is known, and when it is not."""


def receipt(words: Words, found: Receipt) -> Message:
    """Return the receipt as one message.

    What is quoted is what was cited, which is said above it where the article says something else.
    """
    snippet = found.snippet
    quoted = quoted_within(snippet, _ROOM, alone=True)
    speaker: list[Piece] = []
    if (name := found.citation.speaker) is not None:
        who: Said | str = on_one_line(name, 120)
        who = words("speaker-inferred", speaker=who) if found.citation.inferred else who
        speaker = [Piece(f"{words('speaker-line', speaker=who)}\n")]
    body = (*quote(quoted), *speaker, *citation(words, snippet))
    newer = Block(()) if found.newer is None else newer_version(words, found.newer)
    return joined([Block(tuple(_warning(words, found))), Block(body), newer, _facts(words, found)])


def _warning(words: Words, found: Receipt) -> Iterator[Piece]:
    """Say that this is what stood there, and does not any more."""
    if found.fate is not Fate.UNCHANGED:
        noticed, since = _WARNINGS[found.fate]
        if found.noticed_at is None:
            yield from _day(words, since, found.citation.cited_at)
        else:
            yield from _day(words, noticed, found.noticed_at)


def _facts(words: Words, found: Receipt) -> Block:
    cited = found.citation
    pieces = [
        *_code(words, "receipt-article", "id", on_one_line(cited.article, 200)),
        Piece("\n"),
        *_code(words, "receipt-hash", "hash", cited.sha256),
        Piece("\n"),
        # No thousands are set apart: these are for counting along.
        Piece(words("receipt-place", start=str(cited.start), end=str(cited.end))),
        Piece("\n"),
        *_day(words, "receipt-cited", cited.cited_at),
    ]
    if found.fate is Fate.UNCHANGED:
        pieces += [Piece("\n"), *_day(words, "receipt-unchanged", cited.cited_at)]
    return Block(tuple(pieces))


def _code(words: Words, message_id: str, gap: str, value: str) -> list[Piece]:
    before, text, after = words.around(message_id, gap, **{gap: value})
    return [Piece(before), Piece(text, MessageEntityType.CODE), Piece(after)]


def _day(words: Words, message_id: str, moment: datetime) -> list[Piece]:
    before, _, after = words.around(message_id, "day", day=moment)
    return [Piece(before), dated(words, moment), Piece(after)]
