"""Lists of speakers: "Ruiz, Holm and Feld" is one subject, from its first name to its last."""

from retrieval.leftward import ending_at
from retrieval.phrases import Phrase, Words, can_speak
from retrieval.rightward import starting_at

_MOST = 12
_AND = frozenset({"and", "&", "or"})
_OPENING = frozenset({"mark", "quotation", "conjunction", "subordinator", "adverb", "time"})
"""Classes of words behind which a subject may begin; behind a verb the list is its object."""


def whole_list(words: Words, phrase: Phrase) -> Phrase:
    """Return a phrase with the list that it ends: "Ruiz, Holm and Feld" <- "Holm and Feld"."""
    first = phrase.first
    before = [word.lower for word in words[max(0, first - 2) : first]]
    partners = any(word.lower in _AND for word in words[first : phrase.last])
    if len(before) > 1 and before[0] == "," and before[1] in _AND:  # "Ruiz, Holm, and Feld"
        comma, needed = first - 2, 2
    elif before and before[-1] == "," and partners:
        comma, needed = first - 1, 1
    else:
        return phrase
    found = first
    for number in range(1, _MOST):
        item = ending_at(words, comma - 1) if comma else None
        if item is None or not can_speak(words, item) or words[item.first].kind == "pronoun":
            break
        if number >= needed and _opens(words, item.first):
            found = item.first
        if item.first < 2 or words[item.first - 1].lower != ",":
            break
        comma = item.first - 1
    return Phrase(found, phrase.last)


def _opens(words: Words, first: int) -> bool:
    return first == 0 or words[first - 1].kind in _OPENING


def list_behind(words: Words, phrase: Phrase) -> Phrase:
    """Return a phrase with the names of the list that it begins; as it is where it begins none."""
    last = phrase.last
    if last + 1 >= len(words) or words[last + 1].lower != ",":
        return phrase
    for number in range(1, _MOST):
        if words[last].kind != "name" or last + 2 >= len(words) or words[last + 1].lower != ",":
            return phrase
        final = words[last + 2].lower in _AND
        item = starting_at(words, last + 3 if final else last + 2)
        if item is None or words[item.first].kind != "name" or words[item.last].kind != "name":
            return phrase
        if (final and number > 1) or any(w.lower in _AND for w in words[item.first : item.last]):
            return Phrase(phrase.first, item.last)
        last = item.last
        if final:
            return phrase
    return phrase
