"""Quotations to choose from where the bot is asked inline, and the message that each one posts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.receipts import Fate, Receipt, named
from bot.rendering import wording
from bot.rendering.catalogue import Words
from bot.rendering.citing import cited, quoted_within
from bot.rendering.composing import Message, joined, sendable
from bot.rendering.keyboards import share_button, share_query
from bot.rendering.lines import on_one_line
from bot.rendering.links import Addresses
from bot.rendering.quotations import quotation
from bot.rendering.receipts import receipt
from corpus.models import Span
from retrieval.models import Snippet, Speaker

_ROOM = 1_500
"""UTF-16 units of a posted quotation; all else takes less than the rest of a message."""

_TITLE = 100
"""Characters of the first line of a row."""

_DESCRIPTION = 160
"""Characters of what is quoted in a row: as much as phones show of it."""


def rows(
    words: Words, snippets: Iterable[Snippet], addresses: Addresses
) -> Iterator[InlineQueryResultArticle]:
    """Yield a row for each snippet: who says it when, and what; chosen, it posts the quotation.

    The id of a row is that of the citation, so it is the same whenever the snippet is found.
    """
    return (row(words, snippet, addresses, _title(words, snippet)) for snippet in snippets)


def row(
    words: Words, snippet: Snippet, addresses: Addresses, title: str
) -> InlineQueryResultArticle:
    """Return the row of one snippet under *title*, which may be any text."""
    quoted = quoted_within(snippet, _ROOM, alone=True)
    message = joined([cited(words, snippet, quoted, addresses)])
    buttons = _buttons(words, snippet, addresses)
    return message_row(words, named(snippet), title, message, (_description(snippet), buttons))


def shared(words: Words, found: Receipt, addresses: Addresses) -> InlineQueryResultArticle:
    """Return the row of a quotation that is passed on.

    Where its article has changed or left, the row and what it posts say so, and quote what was
    cited.
    """
    again = Addresses(addresses.username, lambda _: found.citation.id)
    if found.fate is Fate.UNCHANGED:
        snippet = _with_speaker(found)
        return row(words, snippet, again, _title(words, snippet))
    title = words("inline-changed" if found.fate is Fate.CHANGED else "inline-left")
    below = (_description(found.snippet), _buttons(words, found.snippet, again))
    return message_row(words, found.citation.id, title, receipt(words, found), below)


def message_row(
    words: Words,
    row_id: str,
    title: str,
    message: Message,
    below: tuple[str | None, InlineKeyboardMarkup | None] = (None, None),
) -> InlineQueryResultArticle:
    """Return a row that posts *message*; *below* are its second line and the message's buttons."""
    description, buttons = below
    line = sendable(on_one_line(title, _TITLE))
    return InlineQueryResultArticle(
        row_id,
        line if any(c.isprintable() and not c.isspace() for c in line) else words("untitled"),
        InputTextMessageContent(
            message.text,
            entities=message.entities,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=description,
        reply_markup=buttons,
    )


def _title(words: Words, snippet: Snippet) -> str:
    who: str
    if snippet.speaker is not None:
        who = wording.speaker(words, snippet.speaker)
    else:
        who = wording.title(words, snippet.article)
    day = snippet.article.published_at
    if day is None:
        return who
    # A long name is cut, and not the day behind it.
    return words("inline-title", who=on_one_line(who, _TITLE - 30), day=day)


def _description(snippet: Snippet) -> str | None:
    quoted = quotation(snippet, _DESCRIPTION, alone=True)
    line = sendable(on_one_line(quoted.text, _DESCRIPTION + 1))
    before = "… " if quoted.cut_before else ""
    after = " …" if quoted.cut_after else ""
    return f"{before}{line}{after}" if line else None


def _buttons(words: Words, snippet: Snippet, addresses: Addresses) -> InlineKeyboardMarkup | None:
    link = addresses.link(snippet)
    if link is None:
        return None
    check = InlineKeyboardButton(words("button-check"), url=link)
    return InlineKeyboardMarkup.from_row(
        [check, share_button(words, share_query(snippet, addresses))]
    )


def _with_speaker(found: Receipt) -> Snippet:
    """The quotation, said by whom it was cited from, whose name stands somewhere in the article."""
    cited, article = found.citation, found.snippet.article
    place = article.text.find(cited.speaker) if cited.speaker else -1
    if not cited.speaker or place < 0:
        return found.snippet
    name = Span(article, place, place + len(cited.speaker))
    return replace(found.snippet, speaker=Speaker(name, cited.inferred))
