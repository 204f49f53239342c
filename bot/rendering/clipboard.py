"""A citation as plain text, to be copied by a button, which takes 256 characters."""

from telegram.constants import InlineKeyboardButtonLimit

from bot.rendering import wording
from bot.rendering.catalogue import Words
from bot.rendering.composing import sendable, units
from bot.rendering.lines import on_one_line
from bot.rendering.links import web_link
from retrieval.models import Snippet

LIMIT = int(InlineKeyboardButtonLimit.MAX_COPY_TEXT)
"""UTF-16 units that a button can copy."""

_LONGEST_LINK = 180
"""Units of an address beside which the rest can still be told."""

_ROOMS = ((200, 80), (120, 80), (90, 50), (60, 40), (40, 30), (25, 20), (12, 8), (6, 4))
"""Characters of the title and of the publisher, tried one after another."""


def citation_text(words: Words, snippet: Snippet, permalink: str | None = None) -> str:
    """Return title, publisher, date, paragraph and address, in at most LIMIT UTF-16 units.

    The title and the publisher are cut where it would be longer. An address is never cut: one that
    is too long gives way to the permanent link, if there is one.
    """
    link = next((url for url in (web_link(snippet.article.url), permalink) if _fits(url)), None)
    texts = (_said(words, snippet, rooms, link) for rooms in _ROOMS)
    return next(text for text in texts if units(text) <= LIMIT)


def _said(words: Words, snippet: Snippet, rooms: tuple[int, int], link: str | None) -> str:
    title, publisher = rooms
    name = on_one_line(snippet.article.title, title) or words("untitled")
    details = wording.details(words, snippet, publisher=publisher)
    said = sendable(words("source", title=name, details=details))
    return f"{said}. {link}" if link else said


def _fits(url: str | None) -> bool:
    return url is not None and units(url) <= _LONGEST_LINK
