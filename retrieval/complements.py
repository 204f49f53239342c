"""What follows a reporting verb: a clause or words that it reports, an object, or nothing."""

from enum import Enum, auto

from retrieval.grammar import members
from retrieval.phrases import INNER, Words, is_verb
from retrieval.reporting import bare_forms, limited, with_particle

_REACH = 24
"""How many words behind a verb its clause may begin: "described in this week's journal how ..."."""
_LONGEST_SUBJECT = 9
_WORDS = frozenset({"that", "how", "why", "what", "whether"})
_PERSONAL = frozenset({"he", "she", "they", "it", "i", "we", "you", "there", "this", "these"})
_SAID = frozenset({"said", "say", "says"})
_ENDS_OBJECT = frozenset({"mark", "preposition", "determiner", "conjunction"})
_STARTS = frozenset({"determiner", "name", "number", "noun", "pronoun"})


class Complement(Enum):
    """What a verb has behind it."""

    CONTENT = auto()
    """A clause that a word opens, or a quotation: "said that ...", "said: “...”"."""
    CLAUSE = auto()
    """A clause that no word opens: "said the bridge was safe"."""
    OBJECT = auto()
    NOTHING = auto()


def complement(words: Words, verb: int) -> Complement:
    """Return what stands behind a verb, past adverbs, times, occasions and insertions."""
    index, first = behind_particle(words, verb), True
    addressing = words[verb].lower in limited("addressed") | limited("asked")
    asking = "ask" in bare_forms().get(words[verb].lower, ())
    end = min(len(words), verb + _REACH)
    while index < end:
        word = words[index]
        if word.kind == "quotation" or word.lower in _WORDS or (asking and word.lower == "if"):
            return Complement.CONTENT
        if word.lower == ":":
            index += 1
        elif word.lower == ",":
            index = _past_insertion(words, index, end)
            first = False
        elif word.kind in ("adverb", "time"):
            index += 1
        elif word.kind == "preposition" and word.lower in members("adjunct"):
            index = _past_phrase(words, index + 1)
            first = False
        elif first and word.kind in _STARTS:
            plain = words[verb].lower in _SAID
            return _clause_or_object(words, index, addressing=addressing, plain=plain)
        else:
            break
    return Complement.NOTHING if index == behind_particle(words, verb) else Complement.OBJECT


def behind_particle(words: Words, verb: int) -> int:
    """Return the index behind a verb and its particle: "stood by / ..."."""
    after = words[verb + 1].lower if verb + 1 < len(words) else ""
    return verb + 2 if (words[verb].lower, after) in with_particle() else verb + 1


def _past_insertion(words: Words, comma: int, end: int) -> int:
    """Return where the words go on behind an insertion; *end* where none closes."""
    if comma + 1 < end and (
        words[comma + 1].lower in _WORDS or words[comma + 1].kind == "quotation"
    ):
        return comma + 1
    closing = next((i for i in range(comma + 1, end) if words[i].lower == ","), None)
    return end if closing is None else closing + 1


def _past_phrase(words: Words, index: int) -> int:
    """Return where the words go on behind a phrase that begins at *index*."""
    while index < len(words) and (
        words[index].kind in (*INNER, "determiner", "time")
        or words[index].lower in ("of", "'s", "\u2019s")
    ):
        if is_verb(words[index]):
            break
        index += 1
    return index


def _clause_or_object(words: Words, index: int, *, addressing: bool, plain: bool) -> Complement:
    """Tell whether a subject with its verb stands here, or a mere object.

    *addressing* behind a verb that names whom it speaks to, *plain* behind "said".
    """
    if words[index].lower in _PERSONAL and words[index].lower not in ("this", "these"):
        bare = index + 1 < len(words) and words[index + 1].kind not in _ENDS_OBJECT
        return Complement.CLAUSE if bare else Complement.OBJECT
    for at in range(index, min(len(words), index + _LONGEST_SUBJECT)):
        word = words[at]
        if at > index and (is_verb(word) if plain else word.kind == "auxiliary"):
            return Complement.CLAUSE
        if addressing and at > index and word.lower in _PERSONAL:  # "told police he was ill"
            return Complement.CLAUSE
        if word.lower in _WORDS:  # "told reporters that ..."
            return Complement.CONTENT if addressing else Complement.OBJECT
        if word.kind not in (*INNER, "determiner", "adverb", "time") and word.lower not in (
            "of",
            "in",
            "for",
            "at",
            "%",
            "$",
            "\u00a3",
            "\u20ac",
        ):
            return Complement.CONTENT if word.kind == "quotation" else Complement.OBJECT
    return Complement.OBJECT
