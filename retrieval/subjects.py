"""The subject of a verb of one sentence: before it, behind it, or further back across commas."""

from retrieval.adjuncts import apposed, without_adjuncts
from retrieval.commas import across, with_its_role
from retrieval.names import is_role
from retrieval.phrases import Phrase, Words, can_speak, ending_at, starting_at

_PRONOMINAL = frozenset({"he", "she", "they", "it"})


def before(words: Words, verb: int) -> Phrase | None:
    """Return the subject that stands before the verb, or None where nothing before it can speak."""
    last = without_adjuncts(words, verb - 1)
    if last < 0:
        return None
    word = words[last]
    if word.kind == "relative":
        return _antecedent(words, last) if word.lower in ("who", "which") else None
    if word.lower == ",":
        return across(words, last)
    if word.kind in ("conjunction", "quotation", "mark", "subordinator"):
        return None
    phrase = _out_of_complements(words, ending_at(words, last))
    return with_its_role(words, phrase) if phrase is not None else None


def _out_of_complements(words: Words, phrase: Phrase | None) -> Phrase | None:
    """Return the phrase that a phrase behind a preposition belongs to: "articles in ... journals"."""
    while phrase is not None and phrase.first > 0 and words[phrase.first - 1].kind == "preposition":
        outer = ending_at(words, phrase.first - 2) if phrase.first > 1 else None
        phrase = (
            Phrase(outer.first, phrase.last)
            if outer is not None and can_speak(words, outer)
            else None
        )
    return phrase


def behind(words: Words, index: int) -> Phrase | None:
    """Return who stands behind an inverted verb, "according to" or "by", with an apposition."""
    phrase = starting_at(words, index)
    if phrase is None:
        return None
    if phrase.first == phrase.last and words[index].kind == "pronoun":
        return phrase if words[index].lower in _PRONOMINAL else None
    author = phrase.last + 1
    if author < len(words) and words[author].lower == "by":  # "said the post by an unknown author"
        phrase = starting_at(words, author + 1) or phrase
    if not can_speak(words, phrase) and words[phrase.first].kind != "determiner":
        return None
    return apposed(words, phrase)


def _antecedent(words: Words, relative: int) -> Phrase | None:
    """Return what a relative pronoun stands for: the phrase right before it."""
    last = relative - 1
    if last >= 0 and words[last].kind == "preposition":
        return None
    if last >= 0 and words[last].lower == ",":
        last -= 1
    if last < 0:
        return None
    if (
        words[relative].lower == "which"
        and words[last].kind != "name"
        and not is_role(words[last].lower)
    ):
        return None
    phrase = ending_at(words, last)
    if phrase is None or not can_speak(words, phrase):
        return None
    return phrase
