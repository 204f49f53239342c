"""Noun phrases without a parser: where the phrase begins that ends at a word, and the other way round.

Everything here works on the words of one sentence (`narration.Word`) and their indices.
"""

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.grammar import members
from retrieval.names import is_plural_role, is_role
from retrieval.narration import Word
from retrieval.reporting import forms, limited

Words = Sequence[Word]

_INNER = frozenset({"name", "noun", "number"})
_LONGEST = 12
"""How many words a phrase without its complements may have."""
_FEW = 3
_AGENT_ENDINGS = ("er", "or", "ist", "ian", "ee", "ant", "ent")
_MOST_LINKS = 5
"""How many complements: "the head / of the office / of the mayor / of Lyon"."""


class Phrase(NamedTuple):
    """A noun phrase: the indices of its first and its last word."""

    first: int
    last: int


def is_verb(word: Word) -> bool:
    """Tell whether a word is surely a verb: an auxiliary, or a reporting verb that is no noun."""
    if word.kind == "auxiliary":
        return True
    return (
        word.kind == "noun"
        and not word.possessive
        and word.lower in forms()
        and word.lower not in limited("clause")
        and (word.lower not in limited("statement") or word.lower.endswith(("ed", "nd")))
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


def is_head(word: Word) -> bool:
    """Tell whether a word is a name, a role or a document: what reports things."""
    return word.kind == "name" or is_role(word.lower) or word.lower in members("document")


def can_speak(words: Words, phrase: Phrase) -> bool:
    """Tell whether a phrase holds a name, a role, a document or a pronoun: what reports things."""
    if words[phrase.first].kind == "pronoun":
        return True
    return is_head(words[head_of(words, phrase)])


def head_of(words: Words, phrase: Phrase) -> int:
    """Return the index of a phrase's head: the last word before its first complement."""
    for index in range(phrase.first, phrase.last):
        after = words[index + 1]
        if after.lower.endswith("ing") and after.kind == "noun" and is_head(words[index]):
            return index  # "a study documenting ..."
        if after.kind not in _INNER and after.kind not in ("determiner", "time"):
            return index
    return phrase.last


def ending_at(words: Words, last: int) -> Phrase | None:
    """Return the noun phrase that ends with word *last*, with its complements and its coordination."""
    first = _simple(words, last)
    if first is None:
        return None
    result = current = first
    for _ in range(_MOST_LINKS):
        further = _linked(words, current)
        if further is None:
            break
        current = further
        if is_wall(words, current - 1) or words[current - 1].kind in ("adverb", "time"):
            result = current
    return Phrase(result, last)


def _linked(words: Words, first: int) -> int | None:
    """Return where the phrase begins of which the one at *first* is a complement or a partner."""
    if first < 2:
        return None
    link, head = words[first - 1], words[first - 2]
    if link.kind == "preposition" and link.lower in members("link"):
        roled = is_head(head)
        counted = head.lower in members("somebody") or head.lower in members("quantifier")
        some = counted or head.kind == "number"
        if not (roled or (link.lower == "of" and (head.kind == "noun" or some))):
            # "a source close to the talks", "a person familiar with the matter"
            described = head.kind == "noun" and first > 2 and is_head(words[first - 3])
            return _simple(words, first - 3) if described else None
        return first - 2 if some and head.kind == "determiner" else _simple(words, first - 2)
    if link.lower in ("and", "&") and (head.kind == "name" or is_role(head.lower)):
        return _simple(words, first - 2)
    return None


def _simple(words: Words, last: int) -> int | None:
    """Return where the phrase without complements begins that ends with word *last*."""
    word = words[last]
    if word.kind == "pronoun":
        return last
    if word.kind == "determiner":
        return last if word.lower in members("somebody") else None
    if word.kind not in _INNER or (is_verb(word) and not _has_determiner(words, last)):
        return None
    first = last
    while first > 0 and last - first < _LONGEST:
        before = words[first - 1]
        if before.kind == "determiner":
            first -= 1
            break
        if not _belongs(before, words[first]):
            break
        first -= 1
    return first


def _has_determiner(words: Words, last: int) -> bool:
    return last > 0 and words[last - 1].kind == "determiner"


def _belongs(before: Word, word: Word) -> bool:
    """Tell whether the word *before* is in one phrase with *word*."""
    if before.kind in ("name", "number") or before.possessive:
        return True
    if before.kind != "noun" or is_verb(before):
        return False
    if word.kind != "name" or before.lower in members("particle"):
        return True
    # "spokesman Peskov", but not "told reporters Russia ..."
    return is_role(before.lower) and not is_plural_role(before.lower)


def starting_at(words: Words, first: int) -> Phrase | None:
    """Return the noun phrase that begins with word *first*, with its complements.

    As nothing tells a noun from an unknown verb, it ends at its last name or role; where it has
    neither, within a few words of its determiner.
    """
    if first >= len(words):
        return None
    if words[first].kind == "pronoun":
        return Phrase(first, first)
    if words[first].lower in ("said", "says"):
        return None
    if words[first].kind == "determiner" and _alone(words, first):
        return Phrase(first, first) if words[first].lower in members("somebody") else None
    last = _last_of(words, first)
    if last is None:
        return None
    for _ in range(_MOST_LINKS):
        complement = _complement(words, last)
        if complement is None:
            break
        last = complement
    return Phrase(first, last)


def _alone(words: Words, first: int) -> bool:
    return first + 1 >= len(words) or words[first + 1].kind not in (*_INNER, "determiner")


def _last_of(words: Words, first: int) -> int | None:
    """Return the last word of the phrase without complements that begins with word *first*."""
    start = first
    while start < len(words) and words[start].kind == "determiner":
        start += 1
    told = plain = None
    for index in range(start, min(len(words), first + _LONGEST)):
        word = words[index]
        if word.kind not in _INNER or (is_verb(word) and index > first):
            break
        if is_head(word) or word.possessive:
            told = index
        elif told is not None:
            return _last_behind(words, told, index)
        elif word.lower.endswith("ed") and index > start:
            break
        elif word.kind == "noun" and index - first < _FEW:
            plain = index
    return told if told is not None or start == first else plain


def _last_behind(words: Words, told: int, index: int) -> int:
    """Return the last word of a phrase that holds a head already, and then an unknown noun."""
    owned = _owned_role(words, index) if words[told].possessive else None
    if owned is not None:
        named = range(owned + 1, min(len(words), owned + _FEW + 1))
        return next((i - 1 for i in named if words[i].kind != "name"), owned)
    return index if _is_agent_noun(words, index) else told


def _ends_compound(words: Words, index: int) -> bool:
    """Tell whether a noun behind a noun is no verb but its head: "of the rescue service"."""
    lower = words[index].lower
    if lower in forms() or is_plural_role(lower):
        return False
    return lower in members("organised") or is_role(lower)


def _owned_role(words: Words, first: int) -> int | None:
    """Return the role that ends a phrase behind a possessive: "the company's / managing director"."""
    for index in range(first, min(len(words), first + _FEW)):
        word = words[index]
        if word.kind not in ("noun", "name") or is_verb(word):
            return None
        if is_role(word.lower):  # the plural may be an object: "Lenham's plan pleases officials"
            return None if is_plural_role(word.lower) else index
        if word.lower.endswith("ed"):
            return None
    return None


def _is_agent_noun(words: Words, index: int) -> bool:
    """Tell whether an unknown noun behind a name names somebody: "a USI instructor in"."""
    return words[index].lower.endswith(_AGENT_ENDINGS) and is_wall_or_link(words, index + 1)


def is_wall_or_link(words: Words, index: int) -> bool:
    """Tell whether a phrase ends before this word, or goes on with a complement."""
    return is_wall(words, index) or words[index].kind == "preposition"


def _complement(words: Words, last: int) -> int | None:
    """Return the last word of a complement behind *last*: "of the Voronezh region"."""
    if last + 2 >= len(words) or words[last].kind == "pronoun":
        return None
    link = words[last + 1]
    roled = is_role(words[last].lower)
    if link.lower in ("of", "for") or (link.lower in ("at", "from", "with", "to") and roled):
        following = last + 2
        if words[following].kind == "determiner":
            following += 1
        end = following
        while end < len(words) and words[end].kind in _INNER and not is_verb(words[end]):
            if end > following and words[end].kind == words[end - 1].kind == "noun":
                end += _ends_compound(words, end)
                break
            end += 1
        return end - 1 if end > following else None
    partner = last + 2
    if link.lower in ("and", "&") and words[last].kind == "name" and words[partner].kind == "name":
        return _last_of(words, partner)
    return None
