"""What stands around a snippet in its article: the neighbouring paragraphs, verbatim."""

from telegram.constants import MessageEntityType

from bot.rendering.catalogue import Words
from bot.rendering.citing import citation, quote
from bot.rendering.composing import Block, Message, Piece, joined, units
from bot.rendering.links import NOWHERE, Addresses
from bot.rendering.quotations import Quotation, slice_around
from corpus.models import Span
from corpus.passages import paragraphs
from retrieval.models import Snippet

_ROOM = 2_600
"""UTF-16 units of the quotation; what is said of it takes less than the rest of a message."""


def surroundings(words: Words, snippet: Snippet, addresses: Addresses = NOWHERE) -> Message:
    """Return the paragraph of *snippet* with the one before and the one after, as one message.

    The snippet's own words are bold. Where the paragraphs do not fit, what is nearest is shown.
    """
    quoted = _around(snippet)
    title = Block((Piece(words("context"), MessageEntityType.BOLD),))
    body = (
        *quote(quoted, MessageEntityType.EXPANDABLE_BLOCKQUOTE),
        *citation(words, snippet, addresses),
    )
    return joined([title, Block(body)], gap="\n")


def _around(snippet: Snippet) -> Quotation:
    span = snippet.span
    near = _paragraphs(snippet)
    wide = units(near.text) > len(near.text)
    chosen = slice_around(near, span, _ROOM // 2 if wide else _ROOM)
    start, end = max(span.start, chosen.start), min(span.end, chosen.end)
    bold = ((start - chosen.start, end - chosen.start),)
    return Quotation(chosen, chosen.start > near.start, chosen.end < near.end, bold)


def _paragraphs(snippet: Snippet) -> Span:
    """The paragraphs that hold the context of the snippet, with one more on each side."""
    context = snippet.context
    all_of_it = paragraphs(snippet.article)
    held = [
        number
        for number, paragraph in enumerate(all_of_it)
        if paragraph.start < context.end and context.start < paragraph.end
    ]
    if not held:
        return context
    first, last = max(held[0] - 1, 0), min(held[-1] + 1, len(all_of_it) - 1)
    start = min(all_of_it[first].start, context.start)
    return Span(snippet.article, start, max(all_of_it[last].end, context.end))
