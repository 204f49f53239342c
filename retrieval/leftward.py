"""Noun phrases read from their end: where the phrase begins that ends at a word."""

from retrieval.grammar import members
from retrieval.names import is_plural_role, is_role
from retrieval.narration import Word
from retrieval.phrases import INNER, LONGEST, MOST_LINKS, Phrase, Words, is_head, is_verb, is_wall


def ending_at(words: Words, last: int) -> Phrase | None:
    """Return the noun phrase that ends with word *last*, with its complements and its coordination."""
    first = _simple(words, last)
    if first is None:
        return None
    result = current = first
    for _ in range(MOST_LINKS):
        further = _linked(words, current)
        if further is None:
            break
        # Nothing hangs on who does something: "the rebuttal / to / two members of the committee"
        joined = words[current - 1].lower in ("and", "&") or is_role(words[current - 2].lower)
        current = further
        outer = ("adverb", "time", "preposition") if joined else ("adverb", "time")
        if is_wall(words, current - 1) or words[current - 1].kind in outer:
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
    if word.kind == "time":
        return last - 1 if _is_dated(words, last) else None
    if word.kind not in INNER or (is_verb(word) and not _has_determiner(words, last)):
        return None
    if _is_reduced(words, last):
        return _simple(words, last - 1)
    return _back_to_determiner(words, last)


def _back_to_determiner(words: Words, last: int) -> int:
    first = last
    while first > 0 and last - first < LONGEST:
        before = words[first - 1]
        if before.kind == "determiner":
            return first - 1 - _before_number(words, first - 1)
        if not _belongs(before, words[first]):
            return first - 2 if _is_described(words, first) else first
        first -= 1
    return first


def _is_described(words: Words, first: int) -> bool:
    """Tell whether a determiner and an adjective stand before a name: "two black / Chicagoans"."""
    if first < 2 or words[first].kind != "name" or words[first - 2].kind != "determiner":
        return False
    adjective = words[first - 1]
    if adjective.lower in members("document") | members("occasion"):
        return False  # "in a letter Lind said"
    known = is_verb(adjective) or is_role(adjective.lower) or adjective.lower.endswith("s")
    return adjective.kind == "noun" and not known


def _before_number(words: Words, number: int) -> int:
    """Return how many words of a phrase stand before its number: 2 of "the top / two members"."""
    if words[number].lower not in members("quantifier") or number == 0:
        return 0
    if words[number - 1].kind == "determiner":
        return 1
    ranked = words[number - 1].kind == "noun" and number > 1 and not is_verb(words[number - 1])
    return 2 if ranked and words[number - 2].kind == "determiner" else 0


def _is_dated(words: Words, last: int) -> bool:
    """Tell whether a time is a complement: "a critic of the time"."""
    return [w.lower for w in words[max(0, last - 2) : last]] in (["of", "the"], ["of", "that"])


def _is_reduced(words: Words, last: int) -> bool:
    """Tell whether a participle tells of the noun before it: "a person briefed (on the talks)"."""
    told = words[last].kind == "noun" and words[last].lower.endswith("ed") and last > 0
    return told and not is_role(words[last].lower) and words[last - 1].kind in INNER


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
