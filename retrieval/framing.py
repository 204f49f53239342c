"""Speakers without a reporting verb: "according to", "in the words of", a colon, a dash, "she shrugs"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval import subjects
from retrieval.adjuncts import leading
from retrieval.grammar import members
from retrieval.leftward import ending_at
from retrieval.names import is_role
from retrieval.phrases import Phrase, Words, can_speak, is_verb
from retrieval.rightward import starting_at
from retrieval.verbs import following

_DASHES = ("\u2014", "\u2013", "-")
SAY = frozenset({"say"})
_INSERTED = 14
_PREDICATE = 7
_HEADLINE = 2
_BEHIND_TAGS = frozenset("adverb time number noun name determiner preposition".split())
"""What may follow in a tag: ", he told reporters in Rome on Monday."."""
_STANCES = frozenset({"refuse", "agree", "think", "promise", "predict", "praise"})
_TAGGED = SAY | {"suggest", "warn", "predict", "think", "confirm"}


class Found(NamedTuple):
    """A report in a sentence: its groups, the index of its verb and of its subject.

    *rank* orders them by whose words the sentence is: 0 in a main clause, 1 for "according to", 2 in
    a subordinate clause.
    """

    groups: frozenset[str]
    verb: int
    subject: Phrase
    rank: int


def of_noun(words: Words, index: int) -> Found | None:
    """Return the report of "according to" or of a noun: "Feld's view is that ..."."""
    lower = words[index].lower
    if lower == "according" and following(words, index) == "to":
        if _is_pronoun_alone(words, index + 2):
            return Found(SAY, index, Phrase(index + 2, index + 2), 1)
        phrase = subjects.behind(words, index + 2)
        spoken = (phrase is not None and words[phrase.first].kind != "pronoun") or following(
            words, index + 1
        ) in ("he", "she")
        if phrase is None or not spoken or _is_standard(words, phrase):
            return None
        return Found(SAY, index, phrase, 1)
    if lower not in members("speech") or index == 0 or not words[index - 1].possessive:
        return None
    phrase = ending_at(words, index - 1) if _is_told(words, index) else None
    if phrase is not None and can_speak(words, phrase):
        return Found(SAY, index, phrase, 0)
    return None


def _is_pronoun_alone(words: Words, index: int) -> bool:
    """Tell whether "him", "her" or "them" stands here, not "her lawyer"."""
    if index >= len(words) or words[index].lower not in ("him", "her", "them"):
        return False
    return index + 1 == len(words) or words[index + 1].kind not in ("noun", "name", "number")


def _is_standard(words: Words, phrase: Phrase) -> bool:
    """Tell whether "according to" is followed by no source: "according to the party line", "to size"."""
    reach = words[phrase.first : phrase.last + 2]
    return any(w.kind == "noun" and w.lower in members("standard") for w in reach)


def _is_told(words: Words, noun: int) -> bool:
    """Tell whether a noun is followed by what is said: "view is that", "answer, sent late, was: “...”"."""
    index = noun + 1
    if index < len(words) and words[index].lower == ",":
        closing = (
            i for i in range(index + 1, min(index + _INSERTED, len(words))) if words[i].lower == ","
        )
        index = next(closing, index) + 1
    behind = words[index : index + _PREDICATE]
    if behind and behind[0].lower == ":":
        return len(behind) > 1 and behind[1].kind == "quotation"
    if len(behind) < 2 or behind[0].lower not in members("be"):
        return False
    if behind[1].lower == "that" or behind[1].kind == "quotation":
        return True
    # Its view was simple: “...”
    return any(a.lower == ":" and b.kind == "quotation" for a, b in pairwise(behind))


def under_tag(words: Words, found: list[Found]) -> list[Found]:
    """Return the reports of a sentence, those before a tag as part of what the tag's subject says.

    "The town had asked for help, she said, and ...": what the town asked for is told by her.
    """
    if any(f.rank == 1 for f in found):
        # "According to the envoy, both sides refuse to talk": what they refuse is told by him.
        found = [f._replace(rank=2) if not f.groups - _STANCES else f for f in found]
    tag = next((f for f in found if _is_tag(words, f)), None)
    if tag is None or any(w.kind == "quotation" for w in words[: tag.verb]):
        return found
    start = min(tag.verb, tag.subject.first)
    return [f._replace(rank=2) if f.verb < start else f for f in found]


def _is_tag(words: Words, found: Found) -> bool:
    """Tell whether a report stands between commas, or behind the last: ", she said, and", ", he said."."""
    first, last = found.subject
    start, end = min(first, found.verb), max(last, found.verb) + 1
    while start > 0 and words[start - 1].kind == "adverb":
        start -= 1
    if found.rank or not _TAGGED & found.groups or start == 0 or words[start - 1].lower != ",":
        return False
    inverted = first == found.verb + 1
    if not inverted and any(w.lower == "," for w in words[start:end]):
        return False
    while end < len(words) and words[end].kind in _BEHIND_TAGS:
        end += 1
    return end >= len(words) or words[end].kind == "mark"


def in_the_words_of(words: Words, index: int) -> Found | None:
    """Return the report of "in the words of X" and "in X's view"; *index* is that of "in"."""
    for noun in range(index + 2, min(index + 7, len(words))):
        if words[noun].lower not in members("speech") or words[noun].kind != "noun":
            continue
        if words[noun - 1].lower == "the" and following(words, noun) == "of":
            phrase = subjects.behind(words, noun + 2)
        elif words[noun - 1].possessive:
            phrase = Phrase(index + 1, noun - 1)
        else:
            return None
        return (
            Found(SAY, index, phrase, 1)
            if phrase is not None and can_speak(words, phrase)
            else None
        )
    return None


def beside_quotation(words: Words, found: Sequence[Found]) -> Iterator[Found]:
    """Yield who stands beside a quotation by a verb that is no reporting verb, or by none at all."""
    for index, word in enumerate(words):
        if word.kind != "quotation" or any(abs(f.verb - index) <= 12 for f in found):
            continue
        phrase = (
            before_colon(words, index) or _behind_comma(words, index) or _behind_dash(words, index)
        )
        if phrase is not None:
            yield Found(SAY, phrase.last, phrase, 0)
            return


def before_colon(words: Words, quotation: int) -> Phrase | None:
    """Return the subject of what leads up to a colon: "Trump went further: “...”"."""
    if quotation < 2 or words[quotation - 1].lower != ":":
        return None
    phrase = leading(words[: quotation - 1])
    if phrase is None or words[phrase.first].lower in ("it", "i", "we", "you"):
        return None
    roled = is_role(words[phrase.last].lower) or words[phrase.last].kind == "name"
    return phrase if roled or words[phrase.first].kind == "pronoun" else None


def behind_colon(words: Words) -> Phrase | None:
    """Return the source that ends a headline: "Ministers to meet in Oslo: spokesman"."""
    if not words or words[-1].kind == "mark":
        return None
    colon = next((i for i in range(len(words) - 2, _HEADLINE, -1) if words[i].lower == ":"), None)
    if colon is None or not any(w.lower == "to" or is_verb(w) for w in words[:colon]):
        return None
    phrase = starting_at(words, colon + 1)
    if phrase is None or phrase.last < len(words) - 1 or words[colon + 1].kind == "pronoun":
        return None
    return phrase if can_speak(words, phrase) else None


def _behind_comma(words: Words, quotation: int) -> Phrase | None:
    """Return the subject behind a quotation: "“...,” she shrugs"."""
    start = quotation + 1
    if start < len(words) and words[start].lower == ",":
        start += 1
    phrase = starting_at(words, start)
    if (
        phrase is None
        or phrase.last + 1 >= len(words)
        or words[phrase.first].lower in ("it", "i", "we", "you")
    ):
        return None
    verb = words[phrase.last + 1]
    speaks = verb.kind == "noun" and verb.lower.endswith(("s", "ed"))
    stops = phrase.last + 2 >= len(words) or words[phrase.last + 2].kind in (
        "mark",
        "quotation",
        "preposition",
        "adverb",
        "subordinator",
    )
    return phrase if speaks and stops and can_speak(words, phrase) else None


def signature(words: Words) -> Found | None:
    """Return the report of a sentence that is nothing but a signature: "— Ana Silva"."""
    if len(words) < 2 or words[0].lower not in _DASHES or words[1].kind != "name":
        return None
    phrase = starting_at(words, 1)
    if phrase is None or any(w.kind in ("time", "number") for w in words[phrase.last :]):
        return None
    ends = phrase.last + 1 >= len(words) or words[phrase.last + 1].kind == "mark"
    return Found(SAY, phrase.first, phrase, 0) if ends else None


def _behind_dash(words: Words, quotation: int) -> Phrase | None:
    """Return the name that signs a quotation: "“...” — Milan Kovac"."""
    start = quotation + 1
    while start < len(words) and words[start].kind == "mark":
        start += 1
    if start == quotation + 1 or words[start - 1].lower not in _DASHES:
        return None
    phrase = starting_at(words, start)
    if phrase is None or words[phrase.first].kind != "name":
        return None
    end = phrase.last + 1
    dated = any(word.kind in ("time", "number") for word in words[end:])
    return phrase if not dated and (end >= len(words) or words[end].kind == "mark") else None
