"""What a noun phrase is made of, without a parser: its words, its head, what ends it.

Everything here works on the words of one sentence (`narration.Word`) and their indices.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from retrieval.grammar import members
from retrieval.names import is_role
from retrieval.narration import Word
from retrieval.reporting import bare_forms, forms, limited

Words = Sequence[Word]

INNER = frozenset({"name", "noun", "number"})
LONGEST = 12
"""How many words a phrase without its complements may have."""
MOST_LINKS = 5
"""How many complements: "the head / of the office / of the mayor / of Lyon"."""


class Phrase(NamedTuple):
    """A noun phrase: the indices of its first and its last word."""

    first: int
    last: int


@cache
def _often_nouns() -> frozenset[str]:
    return limited("statement") | limited("quotation")


def is_verb(word: Word) -> bool:
    """Tell whether a word is surely a verb: an auxiliary, or a reporting verb that is no noun."""
    if word.kind == "auxiliary":
        return True
    if word.kind == "noun" and word.lower in members("past"):
        return True
    return (
        word.kind == "noun"
        and not word.possessive
        and word.lower in (forms() if word.lower.endswith("ed") else bare_forms())
        and word.lower not in limited("clause")
        and (word.lower not in _often_nouns() or word.lower.endswith(("ed", "nd", "ld")))
        and not is_role(word.lower)
    )


def is_wall(words: Words, index: int) -> bool:
    """Tell whether no phrase goes on beyond this word: outside the sentence, a mark, a verb ..."""
    if not 0 <= index < len(words):
        return True
    word = words[index]
    return word.kind in ("mark", "quotation", "subordinator", "relative", "conjunction") or is_verb(
        word
    )


@cache
def _documents() -> frozenset[str]:
    return members("document") | members("evidence")


def is_head(word: Word) -> bool:
    """Tell whether a word is a name, a role or a document: what reports things."""
    return word.kind == "name" or is_role(word.lower) or word.lower in _documents()


def can_speak(words: Words, phrase: Phrase) -> bool:
    """Tell whether a phrase holds a name, a role, a document or a pronoun: what reports things."""
    if words[phrase.first].kind == "pronoun":
        return True
    first = head_of(words, phrase)
    head = words[first]
    if head.kind in ("determiner", "number") and first < phrase.last:
        # "one of the drivers", "two of 31 economists"
        inner = Phrase(first + 2, phrase.last)
        return inner.first <= phrase.last and is_head(words[head_of(words, inner)])
    return is_head(head)


def head_of(words: Words, phrase: Phrase) -> int:
    """Return the index of a phrase's head: the last word before its first complement."""
    for index in range(phrase.first, phrase.last):
        after = words[index + 1]
        if after.kind == "noun" and after.lower.endswith(("ing", "ed")) and is_head(words[index]):
            return index  # "a study documenting ...", "a poll published by ..."
        if after.lower in members("behind_nouns") and is_head(words[index]):
            return index  # "an official familiar with the talks"
        if after.kind not in INNER and after.kind not in ("determiner", "time"):
            return index
    return phrase.last


def is_wall_or_link(words: Words, index: int) -> bool:
    """Tell whether a phrase ends before this word, or goes on with a complement."""
    return is_wall(words, index) or words[index].kind == "preposition"
