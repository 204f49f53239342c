"""The buttons under answers and lists. What a button sends is short: a word, an id, numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.receipts import Fate, Receipt
from bot.rendering.catalogue import Words
from bot.rendering.clipboard import citation_text
from bot.rendering.composing import sendable
from bot.rendering.lines import on_one_line
from bot.rendering.links import NOWHERE, Addresses
from bot.rendering.telegram import Pages
from retrieval.models import Snippet

_QUERY = 120
"""Characters of a sentence that are looked for; an inline query takes 256 UTF-16 units."""

_ROW = 8
"""Buttons that Telegram shows in a row."""


RECEIPT, AROUND = "receipt", "around"
"""What a button under a receipt shows: the receipt again, or what stands around the quotation."""


class Verb(StrEnum):
    """What a button under an answer does."""

    PAGE = "page"
    """Shows a page of the answer: its number."""
    PICK = "pick"
    """Makes the other buttons be about a snippet: its number."""
    CONTEXT = "context"
    """Shows what stands around a snippet: its number."""
    ALSO = "also"
    """Lists the articles that print a snippet, too: its number, and the page of the list."""
    VOTE = "vote"
    """1 for helpful, 0 for not helpful."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a button under an answer sends. *of* is the answer's id; all numbers count from 0."""

    verb: Verb
    of: str
    number: int
    page: int = 0

    @property
    def data(self) -> str:
        """As callback data: ASCII, at most 64 characters."""
        return f"{self.verb}:{self.of}:{self.number}:{self.page}"

    @classmethod
    def read(cls, data: str) -> "Press | None":
        """Return what *data* says, which may be forged; None if it says nothing."""
        found = re.fullmatch(r"([a-z]+):([A-Za-z0-9_-]{1,16}):(\d{1,3}):(\d{1,3})", data, re.ASCII)
        if found is None or found[1] not in set(Verb):
            return None
        return cls(Verb(found[1]), found[2], int(found[3]), int(found[4]))


@dataclass(frozen=True, slots=True)
class AnswerKeyboards:
    """Makes the buttons of an answer. *answer_id* is None where nothing could be remembered.

    *inline* says whether the bot can be asked inline, which sharing needs.
    """

    words: Words
    pages: Pages
    answer_id: str | None
    inline: bool = False

    def under_page(self, page: int, picked: int | None = None) -> InlineKeyboardMarkup | None:
        """The buttons under a page; *picked* is the number of the snippet that they are about.

        By default they are about the first one of the page. None if there is nothing to press.
        """
        shown = self.pages.shown(page)
        if self.answer_id is None:
            return _markup([[self._copy(s, n if len(shown) > 1 else None) for n, _, s in shown]])
        rows = [self._turning(page, picked, shown)]
        chosen = next((each for each in shown if each[1] == picked), shown[0] if shown else None)
        if chosen is not None:
            rows += self._about(chosen, several=len(self.pages.entries) > 1)
        if self.pages.entries:
            rows.append([self._vote(1), self._vote(0)])
        return _markup(rows)

    def under_context(self, number: int) -> InlineKeyboardMarkup | None:
        """The buttons under what stands around the snippet with this *number*."""
        snippet = self.pages.entries[number]
        rows = [[self._back(number)]]
        if isinstance(snippet, Snippet):
            rows.insert(0, [self._copy(snippet), *self._share(snippet)])
        return _markup(rows)

    def under_list(self, number: int, page: int, pages: int) -> InlineKeyboardMarkup | None:
        """The buttons under the list of articles that print the snippet *number*, too."""
        turning = []
        if page > 0:
            turning.append(self._button("button-previous", Verb.ALSO, number, page - 1))
        if page + 1 < pages:
            turning.append(self._button("button-more", Verb.ALSO, number, page + 1))
        return _markup([turning, [self._back(number)]])

    def _turning(
        self, page: int, picked: int | None, shown: Sequence[tuple[int, int, Snippet]]
    ) -> list[InlineKeyboardButton]:
        row = []
        if page > 0:
            row.append(self._button("button-previous", Verb.PAGE, page - 1))
        if len(shown) > 1:
            chosen = picked if any(n == picked for _, n, _ in shown) else shown[0][1]
            for label, number, _ in shown:
                said = self.words("button-picked", number=label) if number == chosen else str(label)
                row.append(_pressed(said, self._press(Verb.PICK, number)))
        if page + 1 < len(self.pages):
            row.append(self._button("button-more", Verb.PAGE, page + 1))
        return row

    def _about(
        self, chosen: tuple[int, int, Snippet], *, several: bool
    ) -> list[list[InlineKeyboardButton]]:
        label, number, snippet = chosen
        name = "button-context-of" if several else "button-context"
        said = self.words(name, number=label) if several else self.words(name)
        context = _pressed(said, self._press(Verb.CONTEXT, number))
        below = self._share(snippet, label if several else None)
        if snippet.also_in:
            also = self.words("button-also", articles=len(snippet.also_in))
            below.append(_pressed(also, self._press(Verb.ALSO, number)))
        return [[context, self._copy(snippet, label if several else None)], below]

    def _copy(self, snippet: Snippet, label: int | None = None) -> InlineKeyboardButton:
        text = citation_text(self.words, snippet, self.pages.addresses.link(snippet))
        return copy_button(self.words, text, label)

    def _share(self, snippet: Snippet, label: int | None = None) -> list[InlineKeyboardButton]:
        if not self.inline:
            return []
        return [share_button(self.words, share_query(snippet, self.pages.addresses), label)]

    def _vote(self, helpful: int) -> InlineKeyboardButton:
        name = "button-helpful" if helpful else "button-not-helpful"
        return self._button(name, Verb.VOTE, helpful)

    def _back(self, number: int) -> InlineKeyboardButton:
        return self._button("button-answer", Verb.PICK, number)

    def _button(self, name: str, verb: Verb, number: int, page: int = 0) -> InlineKeyboardButton:
        return _pressed(self.words(name), self._press(verb, number, page))

    def _press(self, verb: Verb, number: int, page: int = 0) -> Press:
        return Press(verb, self.answer_id or "", number, page)


def receipt_keyboard(
    words: Words, found: Receipt, addresses: Addresses, *, inline: bool, opened: bool = False
) -> InlineKeyboardMarkup:
    """The buttons under a receipt, or under what stands around its quotation if that is *opened*."""
    snippet, cited = found.snippet, found.citation
    # Not made of the snippet: where the article is lost, that is of another text.
    again = Addresses(addresses.username, lambda _: cited.id)
    text = citation_text(words, snippet, again.link(snippet))
    rows = [[copy_button(words, text)]]
    if inline:
        rows[0].append(share_button(words, share_query(snippet, again)))
    if opened:
        back = InlineKeyboardButton(words("button-receipt"), callback_data=f"{RECEIPT}:{cited.id}")
        rows.append([back])
    elif found.fate is Fate.UNCHANGED:
        around = words("button-context")
        rows.insert(0, [InlineKeyboardButton(around, callback_data=f"{AROUND}:{cited.id}")])
    return InlineKeyboardMarkup(rows)


def turning_keyboard(words: Words, name: str, page: int, pages: int) -> InlineKeyboardMarkup | None:
    """The buttons under page number *page* of a list that is called *name* in callback data."""
    return _markup([turning_buttons(words, name, page, pages)])


def turning_buttons(words: Words, name: str, page: int, pages: int) -> list[InlineKeyboardButton]:
    """A row of such buttons; empty where there is one page only."""
    row = []
    if page > 0:
        back = f"{name}:{page - 1}"
        row.append(InlineKeyboardButton(words("button-previous"), callback_data=back))
    if page + 1 < pages:
        on = f"{name}:{page + 1}"
        row.append(InlineKeyboardButton(words("button-more"), callback_data=on))
    return row


def copy_button(words: Words, text: str, label: int | None = None) -> InlineKeyboardButton:
    """A button that copies *text*, of 1 to 256 characters; *label* says of which snippet."""
    said = words("button-copy") if label is None else words("button-copy-of", number=label)
    return InlineKeyboardButton(said, copy_text=CopyTextButton(text))


def share_button(words: Words, query: str, label: int | None = None) -> InlineKeyboardButton:
    """A button that asks the bot *query* inline, in a chat to be chosen."""
    said = words("button-share") if label is None else words("button-share-of", number=label)
    return InlineKeyboardButton(said, switch_inline_query=query)


def share_query(snippet: Snippet, addresses: Addresses = NOWHERE) -> str:
    """Return the inline query that finds *snippet* again: by its name, or else by its words."""
    return addresses.payload(snippet) or sendable(on_one_line(snippet.span.text, _QUERY))


def _pressed(text: str, press: Press) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=press.data)


def _markup(rows: Sequence[Sequence[InlineKeyboardButton]]) -> InlineKeyboardMarkup | None:
    cut = [row[start : start + _ROW] for row in rows for start in range(0, len(row), _ROW)]
    return InlineKeyboardMarkup(cut) if cut else None
