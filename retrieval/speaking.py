"""Whether the subject of a verb may be who speaks: somebody, not a thing, and not nobody."""

from retrieval.complements import Complement, complement
from retrieval.grammar import members
from retrieval.names import is_plural_role, is_role, roles
from retrieval.phrases import Phrase, Words, can_speak, head_of
from retrieval.reporting import bases, limited
from retrieval.verbs import auxiliaries, refuses_to_say, trails

_STRONG = frozenset({"say", "deny", "accuse", "warn", "ask", "demand", "condemn"})
"""Groups that take a speaker of any kind: "the 34-year-old said"."""


def may_speak(words: Words, phrase: Phrase, verb: int, groups: frozenset[str]) -> bool:
    """Tell whether the subject of a verb of *groups* may be who speaks."""
    first = words[phrase.first]
    if first.kind == "pronoun":
        return first.lower in ("he", "she", "they", "it")
    neither = phrase.first > 0 and words[phrase.first - 1].lower == "nor"
    if neither or first.lower in members("nobody") or _is_vague(words, phrase):
        return False
    return can_speak(words, phrase) or _is_unknown_speaker(words, phrase, verb, groups)


def _is_unknown_speaker(words: Words, phrase: Phrase, verb: int, groups: frozenset[str]) -> bool:
    """Tell whether what is done tells that an unknown noun is somebody who speaks."""
    lower, head = words[verb].lower, words[head_of(words, phrase)].lower
    counted = words[phrase.first].kind in ("determiner", "number")
    told = trails(words, verb) or complement(words, verb) in (
        Complement.CONTENT,
        Complement.CLAUSE,
    )
    if lower in limited("evidence"):  # "the figures show that", but not "the tracks show that"
        return told and head in members("evidence")
    if lower in limited("personal") or refuses_to_say(words, verb):
        return counted
    if counted:
        return told or bool(groups & _STRONG)
    # A headline leaves the article out: "Zoo denies penguin was painted".
    headline = phrase.first == 0 and lower.endswith("s") and bool(groups & _STRONG)
    return (told and head.endswith("s")) or headline


def _is_vague(words: Words, phrase: Phrase) -> bool:
    """Tell whether a phrase only counts those who speak: "both", "two countries", "many people"."""
    if words[phrase.first].lower not in (*members("quantifier"), "others"):
        return False
    if phrase.first == phrase.last:
        return True
    head = head_of(words, phrase)
    return head == phrase.last and words[head].lower in members("generic")


def agrees(words: Words, phrase: Phrase, verb: int) -> bool:
    """Tell whether a base form has a subject in the plural: no "the light show that ..."."""
    head = words[head_of(words, phrase)]
    if words[verb].lower not in bases() or auxiliaries(words, verb) or head.kind != "noun":
        return True
    coordinated = any(w.kind == "conjunction" for w in words[phrase.first : phrase.last])
    return (
        head.lower.endswith("s")
        or is_plural_role(head.lower)
        or roles().get(head.lower) == "g"
        or coordinated
    )


def is_work(words: Words, phrase: Phrase, verb: int) -> bool:
    """Tell whether a subject is a work and tells a story: "The Glass Orchard tells of a boy"."""
    after = [word.lower for word in words[verb + 1 : verb + 3]]
    if not words[verb].lower.startswith(("tell", "told")) or not (
        after[:1] == ["of"] or after in (["the", "story"], ["the", "tale"], ["a", "story"])
    ):
        return False
    titled = words[phrase.first].kind == "determiner"
    return titled and not any(is_role(w.lower) for w in words[phrase.first : phrase.last + 1])


def is_negated(words: Words, phrase: Phrase, verb: int) -> bool:
    """Tell whether a verb is negated by its subject or before it."""
    if words[phrase.first].lower in members("nobody") or words[verb - 1].lower == "nor":
        return True
    return any(w in members("negation") or w.endswith("n't") for w in auxiliaries(words, verb))
