"""An answer as Telegram messages: text and entities, so that no article can break the format."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from telegram.constants import MessageEntityType

from bot.rendering import wording
from bot.rendering.catalogue import Words
from bot.rendering.composing import ENTITIES, LIMIT, Message, Piece, compose, units
from bot.rendering.lines import on_one_line
from bot.rendering.links import source_link
from bot.rendering.quotations import Quotation, quotation
from corpus.models import Span
from retrieval.models import Answer, Snippet

CUT = "[…]"
"""Stands outside a quotation, where something of the sentence is left out."""

_LEAST = 200
"""UTF-16 units that a quotation gets, however many share the message."""

_HIGHLIGHTS = 12
"""Words in bold of one quotation; more would not help the eye, and entities are counted."""

_GAP = Piece("\n\n")


@dataclass(frozen=True, slots=True)
class _Block:
    """Pieces that stay together in one message."""

    pieces: tuple[Piece, ...]

    @property
    def units(self) -> int:
        return sum(units(piece.text) for piece in self.pieces)

    @property
    def entities(self) -> int:
        return sum((piece.kind is not None) + len(piece.bold) for piece in self.pieces)


def messages(words: Words, answer: Answer, *, asked: bool = False) -> tuple[Message, ...]:
    """Return *answer* as at least one message, each within Telegram's limits; nearly always one.

    *words* are those of who asked. *asked*: begin with the question, for an answer that does not stand under it.

    A blockquote is the verbatim slice and nothing else (see `sendable` for the one exception);
    where something is left out, `[…]` stands outside of it.
    """
    head, tail = _head(words, answer, asked=asked), _tail(words, answer)
    groups = wording.in_groups(words, answer.snippets)
    snippets = [snippet for _, _, snippet in groups]
    citations = [_citation(words, snippet, heading) for heading, _, snippet in groups]
    around = [block for block in (head, *citations, tail) if block.pieces]
    taken = sum(block.units + len(_GAP.text) for block in around) + len(citations) * 8
    shares = _shares([units(s.context.text) for s in snippets], LIMIT - taken)
    blocks = [head]
    shown: list[Span] = []
    for snippet, citation, share in zip(snippets, citations, shares, strict=True):
        quoted = _quoted(snippet, share, shown)
        shown.append(quoted.span)
        blocks.append(_with_quotation(citation, quoted))
    return tuple(_packed([block for block in (*blocks, tail) if block.pieces]))


def _head(words: Words, answer: Answer, *, asked: bool) -> _Block:
    lines = []
    if asked:
        lines.append(Piece(on_one_line(answer.question, 200), MessageEntityType.ITALIC))
    if understood := wording.understood(words, answer):
        lines.append(Piece(understood, MessageEntityType.ITALIC))
    if heading := wording.heading(words, answer):
        lines.append(Piece(heading, MessageEntityType.BOLD))
    return _Block(tuple(_joined(lines)))


def _tail(words: Words, answer: Answer) -> _Block:
    return _Block(tuple(_joined([Piece(line) for line in wording.explanation(words, answer)])))


def _joined(lines: Sequence[Piece]) -> Iterator[Piece]:
    for number, line in enumerate(line for line in lines if line.text):
        if number:
            yield Piece("\n")
        yield line


def _citation(words: Words, snippet: Snippet, heading: str) -> _Block:
    """Everything about a snippet but its quotation, which goes after the heading."""
    speaker = ""
    if snippet.speaker:
        said = words("speaker-line", speaker=wording.speaker(words, snippet.speaker))
        speaker = f"{said}\n"
    link = source_link(snippet.article.url, snippet.span.text)
    before, title, after = wording.source(words, snippet)
    return _Block(
        (
            Piece(heading, MessageEntityType.BOLD if heading else None),
            Piece("\n" if heading else ""),
            Piece(speaker),
            Piece(before),
            Piece(title, MessageEntityType.TEXT_LINK if link else None, link),
            Piece(after),
        )
    )


def _with_quotation(citation: _Block, quoted: Quotation) -> _Block:
    heading, line_break, *rest = citation.pieces
    quote = Piece(quoted.text, MessageEntityType.BLOCKQUOTE, bold=tuple(quoted.bold[:_HIGHLIGHTS]))
    before = [Piece(f"{CUT}\n")] if quoted.cut_before else []
    after = [Piece(f"{CUT}\n")] if quoted.cut_after else []
    return _Block((heading, line_break, *before, quote, Piece("\n"), *after, *rest))


def _quoted(snippet: Snippet, share: int, shown: Sequence[Span]) -> Quotation:
    # The share is in UTF-16 units; a text beyond the basic plane may take two for each character.
    wide = units(snippet.context.text) > len(snippet.context.text)
    repeats = any(_overlap(snippet.context, span) for span in shown)
    found = quotation(snippet, share // 2 if wide else share, alone=repeats)
    return replace(found, bold=tuple(b for b in found.bold if found.text[slice(*b)].strip()))


def _overlap(one: Span, other: Span) -> bool:
    return one.article is other.article and one.start < other.end and other.start < one.end


def _shares(wanted: Sequence[int], room: int) -> list[int]:
    """How many units each quotation gets: short ones what they want, long ones the same rest."""
    shares = [0] * len(wanted)
    for done, number in enumerate(sorted(range(len(wanted)), key=lambda n: wanted[n])):
        shares[number] = max(_LEAST, min(wanted[number], room // (len(wanted) - done)))
        room -= shares[number]
    return shares


def _packed(blocks: Sequence[_Block]) -> Iterator[Message]:
    pieces: list[Piece] = []
    length = entities = 0
    for block in blocks:
        gap = len(_GAP.text) if pieces else 0
        if pieces and (length + gap + block.units > LIMIT or entities + block.entities > ENTITIES):
            yield compose(pieces)
            pieces, length, entities, gap = [], 0, 0, 0
        pieces += [_GAP, *block.pieces] if pieces else block.pieces
        length += gap + block.units
        entities += block.entities
    yield compose(pieces)
