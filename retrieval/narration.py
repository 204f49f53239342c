"""An article without what it quotes, as words with their class: where reporting verbs are looked for."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.grammar import kinds, members
from retrieval.quotations import Quotation, all_quotations, is_statement
from retrieval.reporting import forms

QUOTED = "\x00"
"""What stands in narration for each character of a quotation; one word of it stands for all."""

_WORD = re.compile(
    r"""\x00(?:[\x00\ ]*\x00)?                 # a quotation
    | (?:[A-Z]\.){1,8}(?:[A-Z]\b)?             # initials: J. U.S.
    | (?:Mr|Mrs|Ms|Dr|St|Lt|Gen|Col|Gov|Sen|Rep|Rev|Sgt|Prof|Capt|Adm|Maj|Sir)\.
    | No\.(?=\ \d)
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?\b(?!-\w)
    | [^\W_]+(?:['\u2019.\-&][^\W_]+)*(?:(?<=s)['\u2019](?=\ ))?  # a word, a plural's possessive
    | [^\w\s]                                  # a mark
    """,
    re.VERBOSE,
)
_LONGEST = 80
_LONGEST_ASIDE = 14
_DASHES = frozenset({"\u2014", "\u2013"})
_POSSESSIVE = ("'s", "\u2019s", "'", "\u2019")


class Word(NamedTuple):
    """A word or a mark of narration. *kind* is a class of the grammar table, or "name", "number",
    "mark", "quotation", or "noun" for everything else; *lower* is folded and without a possessive
    ending, which begins at *bare*.
    """

    start: int
    end: int
    bare: int
    lower: str
    kind: str

    @property
    def possessive(self) -> bool:
        """Whether the word has a possessive ending."""
        return self.bare < self.end


class Narration:
    """One article: its text, its quotations, and its text with the quotations blotted out.

    *text* and *masked* have the same offsets.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        found = all_quotations(text)
        self.quotations = [q for q in found if is_statement(text, q)]
        self._all = found
        self.masked = _masked(text, found)

    def words(self, start: int, end: int) -> list[Word]:
        """Return the words and marks of the narration between *start* and *end*."""
        masked = self.masked
        found: list[Word] = []
        for match in _WORD.finditer(masked, start, end):
            begin, stop = match.span()
            # Of a whole quotation, or of an endless word, the first character tells enough.
            form = match.group() if stop - begin <= _LONGEST else masked[begin]
            lower, kind, ending = _read(form)
            found.append(Word(begin, stop, stop - ending, lower, kind))
        if "(" in masked[start:end]:
            found = _without_asides(found)
        return _without_dashed(found) if any(w.lower in _DASHES for w in found) else found

    def quotes(self, start: int, end: int) -> bool:
        """Tell whether anything between *start* and *end* stands in quotation marks, terms included."""
        at = bisect_right(self._all, start, key=lambda quotation: quotation.end)
        return at < len(self._all) and self._all[at].start < end

    def is_quoted(self, start: int, end: int) -> bool:
        """Tell whether a sentence is all quotation: no letter of it is narration."""
        return not any(c.isalpha() for c in self.masked[start:end])


def _without_asides(words: list[Word]) -> list[Word]:
    """Return the words without what stands in brackets: "the Union (UAAR) said"."""
    kept: list[Word] = []
    opened: int | None = None
    for word in words:
        if word.lower == "(" and opened is None:
            opened = len(kept)
        kept.append(word)
        if word.lower == ")" and opened is not None:
            if len(kept) - opened <= _LONGEST_ASIDE:
                del kept[opened:]
            opened = None
    return kept


def _without_dashed(words: list[Word]) -> list[Word]:
    """Return the words without what stands between two dashes and reports nothing."""
    dashes = [i for i, word in enumerate(words) if word.lower in _DASHES]
    if len(dashes) != 2 or not 1 < dashes[1] - dashes[0] <= _LONGEST_ASIDE:
        return words
    inner = words[dashes[0] + 1 : dashes[1]]
    if any(w.lower in forms() or w.kind == "quotation" for w in inner):
        return words
    return words[: dashes[0]] + words[dashes[1] + 1 :]


@lru_cache(maxsize=30_000)
def _read(form: str) -> tuple[str, str, int]:
    """Return a word folded and without possessive ending, its class, and the ending's length."""
    if form[0] == QUOTED:
        return QUOTED, "quotation", 0
    if not form[0].isalnum():
        return form, "mark", 0
    ending = next((len(e) for e in _POSSESSIVE if form.endswith(e)), 0)
    bare = form[: len(form) - ending]
    return bare.casefold(), _kind(bare.casefold(), bare), ending


def _kind(lower: str, form: str) -> str:
    known = kinds().get(lower)
    if known is not None and not (form.isupper() and len(form) > 1):  # "US", "IT" are names
        return known
    if form[0].isdigit():
        return "number"
    if form.rpartition("-")[2] in members("suffix"):
        return "noun"  # "the Lenham-based firm"
    if form[0].isupper() or (form[1:] != lower[1:] and "-" not in form):  # "iPhone", "al-Amr"
        return "name"
    if lower.endswith("ly") and lower not in members("mannered"):
        return "adverb"
    return "noun"


def _masked(text: str, quoted: Sequence[Quotation]) -> str:
    """Return *text* with NULs for statements, and blanks for the marks around quoted terms."""
    parts: list[str] = []
    position = 0
    for quotation in quoted:
        start = max(position, quotation.start - 1)
        end = min(len(text), quotation.end + (0 if quotation.open_ended else 1))
        parts.append(text[position:start].replace(QUOTED, " "))
        if is_statement(text, quotation):
            parts.append(QUOTED * (end - start))
        else:
            parts.append(
                f" {text[quotation.start : quotation.end]} "[: end - start].replace(QUOTED, " ")
            )
        position = end
    parts.append(text[position:].replace(QUOTED, " "))
    return "".join(parts)
