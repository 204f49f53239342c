"""Text into terms: one analyzer for passages, questions and every engine.

A term is a word's stem (Snowball English), after folding case, accents, possessives, British
spelling, irregular forms and number words. Beside the stems stand three kinds of further terms, each
with a prefix of its own, so that one index serves them all: the word as it is written (`=`), two
neighbouring stems (`+`), and the words of the title (`^`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from retrieval.lexicon import base_forms, rows, words

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., D.C.
    r"|\d+(?:[.,]\d+)+[^\W_]*"  # 1,000 and 2.5m; but 1990s is a word like others
    # Possessive: a letter is never given back, which halves the time of all that reads words.
    r"|[^\W_]++(?:[\u0300-\u036f]++[^\W_]*+)*+(?:['\u2019\u02bc][^\W\d_]+)*+"
)

_COUNTRY_LETTERS = {"US": "usa", "USA": "usa", "UK": "uk", "EU": "eu", "UN": "un", "UAE": "uae"}
"""Abbreviations that lower case would turn into another word ("us") or that are written with dots."""

_AMERICAN = (
    (re.compile(r"is(e|es|ed|ing|er|ers|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(s|ed|ing|ite|ites|able|hood|hoods|er|ers)?$"), r"or\1"),
)
"""British endings -> American ones. Applied to both sides of a search, so that "rise" -> "rize" is harmless."""

_stemmer = snowballstemmer.stemmer("english")


class Token(NamedTuple):
    """A word of a text: where it stands, how it is written (folded), and its stem."""

    start: int
    end: int
    form: str
    stem: str

    @property
    def is_content(self) -> bool:
        """Whether the word says what a text is about."""
        return self.form not in STOPWORDS


STOPWORDS = words("stopwords")


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the words of *text* between *start* and *end*; offsets are into *text*."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        form, stem = _normal(match.group())
        yield Token(match.start(), match.end(), form, stem)


def distinct(text: str, start: int, end: int) -> set[tuple[str, str]]:
    """Return the different words between *start* and *end*, each as (form, stem); quicker than `tokens`."""
    return set(map(_normal, set(_WORD.findall(text, start, end))))


def content(words_of_text: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens that are no stop words."""
    return (token for token in words_of_text if token.form not in STOPWORDS)


def stem(word: str) -> str:
    """Return the stem of one word, as `tokens` would."""
    return _normal(word)[1]


def search_terms(passage: Sequence[Token], title: Sequence[Token]) -> Iterator[str]:
    """Yield every term by which a passage is found; both arguments are content tokens."""
    previous = None
    for token in passage:
        yield token.stem
        yield exact(token.form)
        if previous is not None:
            yield pair(previous, token.stem)
        previous = token.stem
    for token in title:
        yield in_title(token.stem)


def exact(form: str) -> str:
    """Return the term for a word just as it is written."""
    return f"={form}"


def pair(first: str, second: str) -> str:
    """Return the term for two stems side by side."""
    return f"+{first} {second}"


def in_title(stem_of_word: str) -> str:
    """Return the term for a stem in a title."""
    return f"^{stem_of_word}"


@lru_cache(maxsize=100_000)
def _normal(word: str) -> tuple[str, str]:
    """Return how a word is written, folded, and its stem."""
    bare = word.replace(".", "") if word[-1] == "." else word
    country = _COUNTRY_LETTERS.get(bare.removesuffix("\u2019s").removesuffix("'s"))
    if country is not None:
        return country, country
    form = _fold(bare)
    if form[0].isdigit():
        return _number(form)
    figure = _FIGURES.get(form)
    if figure is not None:
        return figure, figure
    found = _stemmer.stemWord(_american(_IRREGULAR.get(form, form)))
    # One string for all that are equal: most words are their own form, and many their own stem.
    form = word if form == word else form
    return form, form if found == form else found


def _fold(word: str) -> str:
    """Return *word* in lower case, without accents and without a possessive ending."""
    folded = word.casefold().replace("\u2019", "'").replace("\u02bc", "'")
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)) or folded
    return folded.removesuffix("'s")


def _number(form: str) -> tuple[str, str]:
    """Return a figure without the commas of its thousands and without an ordinal's ending."""
    plain = re.sub(r",(?=\d{3})", "", form)
    ordinal = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", plain)
    return ordinal, ordinal


def _american(form: str) -> str:
    """Return *form* in American spelling."""
    known = _SPELLING.get(form)
    if known is not None:
        return known
    for pattern, replacement in _AMERICAN:
        changed = pattern.sub(replacement, form)
        if changed != form:
            return changed
    return form


_IRREGULAR = base_forms("irregular")
_SPELLING = {row[0]: row[1] for row in rows("spelling")}
_FIGURES = {row[0]: row[1] for row in rows("numbers")}
