"""The subject of a verb of one sentence: before it, behind it, or further back across commas."""

from retrieval.adjuncts import apposed, leading, without_adjuncts
from retrieval.commas import across, with_its_name, with_its_role
from retrieval.leftward import ending_at
from retrieval.lists import list_behind, whole_list
from retrieval.names import first_names, is_role, place_length
from retrieval.narration import Word
from retrieval.phrases import Phrase, Words, can_speak, is_verb, is_wall
from retrieval.rightward import starting_at

_PRONOMINAL = frozenset({"he", "she", "they", "it"})
_LONGEST_CLAUSE = 24
_PLACING = frozenset({"in", "at", "from", "near"})
"""Prepositions behind which a place may stand right before a subject: "In London Peskov said"."""


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
    phrase = _described(words, last) or _around(words, last) or _nearest(words, last)
    if phrase is None or not can_speak(words, phrase):
        phrase = _doing(words, last) or phrase
    return _in_full(words, phrase) if phrase is not None else None


def _in_full(words: Words, phrase: Phrase) -> Phrase | None:
    """Return a subject with the list that it ends, or the name or the role that it is apposed to."""
    listed = whole_list(words, phrase)
    if listed != phrase:
        return listed
    named = with_its_name(words, phrase) if words[phrase.first].kind == "determiner" else phrase
    # "Ana Silva, an engineer at Lenham told Nass", without the second comma
    opens = named.first == 0 or words[named.first - 1].kind in ("mark", "quotation")
    return named if opens and named != phrase else with_its_role(words, phrase)


def _around(words: Words, last: int) -> Phrase | None:
    """Return the subject whose complement holds an "and": "An official in law and order" <- "order"."""
    phrase = ending_at(words, last)
    if phrase is None or phrase.first < 2 or words[phrase.first - 1].kind != "conjunction":
        return None
    first = leading(words[: last + 1])
    if first is None or first.last + 1 >= phrase.first or not can_speak(words, first):
        return None
    between = words[first.last + 1 : phrase.first]
    complements = between[0].kind == "preposition" and not any(map(_may_be_verb, between))
    return Phrase(first.first, phrase.last) if complements else None


def _doing(words: Words, last: int) -> Phrase | None:
    """Return the subject that a participle tells more of: "Neighbours living where she was found"."""
    first = leading(words[: last + 1])
    if first is None or first.last + 2 > last or not can_speak(words, first):
        return None
    told = words[first.last + 1]
    if told.kind != "noun" or not told.lower.endswith("ing") or is_role(told.lower):
        return None
    return first if all(w.kind != "mark" for w in words[first.last : last]) else None


def _may_be_verb(word: Word) -> bool:
    stops = word.kind in ("mark", "quotation", "relative", "subordinator", "pronoun")
    return stops or is_verb(word) or (word.kind == "noun" and word.lower.endswith("ed"))


def _nearest(words: Words, last: int) -> Phrase | None:
    phrase = _with_its_class(words, _behind_place(words, ending_at(words, last)))
    return _out_of_complements(words, phrase)


def _behind_place(words: Words, phrase: Phrase | None) -> Phrase | None:
    """Return the subject in a run of names whose first are a place: "Peskov" of "In London Peskov"."""
    if phrase is None or phrase.first == 0 or words[phrase.first - 1].lower not in _PLACING:
        return phrase
    opens = phrase.first == 1 or is_wall(words, phrase.first - 2)
    if not opens or words[phrase.first].kind != "name":
        return phrase
    run = [word.lower for word in words[phrase.first : phrase.last + 1]]
    length = place_length(run)
    if length == 0:
        told = (i for i in range(1, len(run)) if run[i] in first_names() or is_role(run[i]))
        length = next(told, 1 if len(run) == 2 else 0)
    return Phrase(phrase.first + length, phrase.last) if 0 < length < len(run) else phrase


def _described(words: Words, last: int) -> Phrase | None:
    """Return whom a clause without commas tells of: "An official who spoke to Tass" <- "Tass"."""
    for index in range(last, max(0, last - _LONGEST_CLAUSE), -1):
        if words[index].lower in ("who", "that") and index < last:
            return _antecedent(words, index) if _acts(words, index + 1) else None
        if words[index].kind in ("mark", "quotation", "subordinator"):
            return None
    return None


def _acts(words: Words, index: int) -> bool:
    """Tell whether a verb follows "who" or "that", no subject: not "a man who police said had fled"."""
    word = words[index]
    if word.kind == "auxiliary" or words[index - 1].lower == "who":
        return word.kind in ("auxiliary", "noun", "adverb") and not is_role(word.lower)
    return (
        word.kind == "noun"
        and (is_verb(word) or word.lower.endswith("s"))
        and not is_role(word.lower)
    )


def _with_its_class(words: Words, phrase: Phrase | None) -> Phrase | None:
    """Return an example with what it is an example of: "sites such as Gawker" <- "Gawker"."""
    if phrase is None or [w.lower for w in words[max(0, phrase.first - 2) : phrase.first]] != [
        "such",
        "as",
    ]:
        return phrase
    whole = ending_at(words, phrase.first - 3) if phrase.first > 2 else None
    return Phrase(whole.first, phrase.last) if whole is not None else phrase


def _out_of_complements(words: Words, phrase: Phrase | None) -> Phrase | None:
    """Return the phrase that a phrase behind a preposition belongs to: "articles in ... journals"."""
    while phrase is not None and phrase.first > 0 and words[phrase.first - 1].kind == "preposition":
        outer = ending_at(words, phrase.first - 2) if phrase.first > 1 else None
        # "a rep for the actress": whether it is somebody is left to the verb.
        some = outer is not None and words[outer.first].kind == "determiner"
        phrase = (
            Phrase(outer.first, phrase.last)
            if outer is not None and (some or can_speak(words, outer))
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
    listed = list_behind(words, phrase)
    return listed if listed != phrase else apposed(words, phrase)


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
    return with_its_name(words, phrase) if words[relative - 1].lower == "," else phrase
