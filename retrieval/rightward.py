"""Noun phrases read from their beginning: where the phrase ends that begins with a word."""

from retrieval.grammar import members
from retrieval.names import is_plural_role, is_role
from retrieval.narration import Word
from retrieval.phrases import (
    INNER,
    LONGEST,
    MOST_LINKS,
    Phrase,
    Words,
    is_head,
    is_verb,
    is_wall_or_link,
)
from retrieval.reporting import forms

_FEW = 3
_AGENT_ENDINGS = ("er", "or", "ist", "ian", "ee", "ant", "ent")


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
        return _counted(words, first)
    last = _last_of(words, first)
    if last is None:
        return None
    for _ in range(MOST_LINKS):
        complement = _complement(words, last)
        if complement is None:
            break
        last = complement
    return Phrase(first, last)


def _counted(words: Words, first: int) -> Phrase | None:
    """Return the phrase of a determiner that no noun follows: "others", "three of the economists"."""
    if first + 1 < len(words) and words[first + 1].lower == "of":
        inner = starting_at(words, first + 2)
        if inner is not None and words[first].lower in members("quantifier"):
            return Phrase(first, inner.last)
    return Phrase(first, first) if words[first].lower in members("somebody") else None


def _alone(words: Words, first: int) -> bool:
    return first + 1 >= len(words) or words[first + 1].kind not in (*INNER, "determiner")


def _last_of(words: Words, first: int) -> int | None:
    """Return the last word of the phrase without complements that begins with word *first*."""
    start = first
    while start < len(words) and words[start].kind == "determiner":
        start += 1
    told = plain = None
    for index in range(start, min(len(words), first + LONGEST)):
        word = words[index]
        if _stops(words, index, first, told):
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


def _stops(words: Words, index: int, first: int, told: int | None) -> bool:
    """Tell whether a phrase from *first*, with a head at *told*, does not go on with word *index*."""
    word = words[index]
    if word.kind not in INNER or (is_verb(word) and index > first):
        return True
    # "documents / Lind obtained", "officials / Russia had warned"
    return told is not None and word.kind == "name" and _is_plural(words[told])


def _is_plural(word: Word) -> bool:
    return word.kind == "noun" and word.lower.endswith("s") and not word.possessive


def _last_behind(words: Words, told: int, index: int) -> int:
    """Return the last word of a phrase that holds a head already, and then an unknown noun."""
    owned = _owned_role(words, index) if words[told].possessive else None
    if words[told].possessive and owned is None and words[index].kind == "noun":
        owned = index  # "Ruiz's conqueror / Tom Lind"
        if index + 1 >= len(words) or words[index + 1].kind != "name" or is_verb(words[index]):
            owned = None
    if owned is not None:
        named = range(owned + 1, min(len(words), owned + _FEW + 1))
        return next((i - 1 for i in named if words[i].kind != "name"), owned)
    if _is_role_behind(words, index):
        return index + 1
    return index if _is_agent_noun(words, index) else told


def _is_role_behind(words: Words, index: int) -> bool:
    """Tell whether a phrase ends with the role behind a noun: "Israeli / health / officials, "."""
    if is_verb(words[index]) or index + 1 >= len(words) or words[index].kind != "noun":
        return False
    ends = index + 2 >= len(words) or words[index + 2].kind in ("mark", "conjunction")
    return ends and is_role(words[index + 1].lower)


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


def _complement(words: Words, last: int) -> int | None:
    """Return the last word of a complement behind *last*: "of the Voronezh region"."""
    if last + 2 >= len(words) or words[last].kind == "pronoun":
        return None
    link = words[last + 1]
    roled = is_role(words[last].lower)
    if link.lower in ("of", "for") or (link.lower in ("at", "from", "with", "to") and roled):
        return _complement_behind(words, last + 2)
    if (roled or words[last].lower in members("document")) and _is_postmodifier(words, last + 1):
        return _complement_behind(words, last + 3)
    partner = last + 2
    if link.lower in ("and", "&") and words[last].kind == "name" and words[partner].kind == "name":
        return _last_of(words, partner)
    return None


def _complement_behind(words: Words, following: int) -> int | None:
    """Return the last word of the phrase that begins at *following*, behind a preposition."""
    if following < len(words) and words[following].kind == "determiner":
        following += 1
    end = following
    while end < len(words) and words[end].kind in INNER and not is_verb(words[end]):
        if end > following and words[end].kind == words[end - 1].kind == "noun":
            end += _ends_compound(words, end)
            break
        end += 1
    return end - 1 if end > following else None


def _is_postmodifier(words: Words, index: int) -> bool:
    """Tell whether an adjective behind its noun stands here: "a source / close to / the talks"."""
    if index + 2 >= len(words) or words[index + 1].kind != "preposition":
        return False
    lower = words[index].lower
    return words[index].kind == "noun" and (
        lower in members("behind_nouns") or lower.endswith("ed")
    )
