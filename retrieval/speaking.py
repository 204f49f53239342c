"""Whether the subject of a verb may be who speaks: somebody, not a thing, and not nobody."""

from retrieval.complements import Complement, complement
from retrieval.grammar import members
from retrieval.names import is_plural_role, is_role, roles
from retrieval.phrases import Phrase, Words, can_speak, head_of, is_verb
from retrieval.reporting import bases, limited
from retrieval.verbs import auxiliaries, refuses_to_say, trails

_STRONG = frozenset({"say", "deny", "accuse", "warn", "ask", "demand", "condemn"})
"""Groups that take a speaker of any kind: "the 34-year-old said"."""


def may_speak(words: Words, phrase: Phrase, verb: int, groups: frozenset[str]) -> bool:
    """Tell whether the subject of a verb of *groups* may be who speaks."""
    first = words[phrase.first]
    if first.kind == "pronoun" or first.lower in ("him", "them"):  # "quoted him as saying"
        return first.lower in ("he", "she", "they", "it", "him", "them")
    neither = phrase.first > 0 and words[phrase.first - 1].lower == "nor"
    if neither or first.lower in members("nobody") or _is_vague(words, phrase):
        return False
    if phrase.first == phrase.last and first.kind == "number":
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
    if lower.endswith("s") and lower in limited("statement"):
        return False  # "the new rules “fall short”"
    if counted:
        free = lower not in limited("clause") and lower not in limited("object")
        return told or (free and bool(groups & _STRONG))
    # A headline leaves the article out: "Zoo denies penguin was painted".
    headline = phrase.first == 0 and lower.endswith("s") and bool(groups & _STRONG)
    told = told or (lower in ("said", "say", "says") and not _leads_on(words, verb))
    # One word without an article that opens a sentence is a name: "Amnesty said", "United have denied".
    bare = phrase.first == phrase.last == 0 and head not in members("indefinite")
    return (told and (head.endswith("s") or bare)) or headline


def _leads_on(words: Words, verb: int) -> bool:
    """Tell whether an infinitive follows: "water said to be unsafe"."""
    return verb + 1 < len(words) and words[verb + 1].lower == "to"


def _is_vague(words: Words, phrase: Phrase) -> bool:
    """Tell whether a phrase only counts those who speak: "both", "two countries", "many people"."""
    if words[phrase.first].lower not in (*members("quantifier"), "others"):
        return False
    if phrase.first == phrase.last:
        return True
    head = head_of(words, phrase)
    counted = words[phrase.first + 1].lower in members("quantifier")
    if words[phrase.first].lower == "both" or (words[phrase.first].lower == "all" and counted):
        return False  # "both countries", "all three men"
    return head == phrase.last and words[head].lower in members("generic")


def agrees(words: Words, phrase: Phrase, verb: int) -> bool:
    """Tell whether subject and verb agree: no "the light show that ...", no "chemical signals that"."""
    head, lower = words[head_of(words, phrase)], words[verb].lower
    seen = 0 < phrase.first < verb and is_verb(words[phrase.first - 1])
    if lower in bases() and seen:
        return False  # "they heard Silva call it a joke"
    led = verb > 0 and words[verb - 1].lower == "to"
    if head.kind != "noun" or led or auxiliaries(words, verb):
        return True
    plural = _is_plural(words, phrase)
    if lower in bases():
        return plural
    return not (
        plural and lower.endswith("s") and words[phrase.first].lower in members("quantifier")
    )


def _is_plural(words: Words, phrase: Phrase) -> bool:
    head = words[head_of(words, phrase)].lower
    if any(w.kind == "conjunction" for w in words[phrase.first : phrase.last]):
        return True
    counted = words[phrase.first].lower in members("quantifier")
    return head.endswith("s") or is_plural_role(head) or roles().get(head) == "g" or counted


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


def is_person_or_body(words: Words, phrase: Phrase) -> bool:
    """Tell whether a subject is surely somebody: a pronoun of a person, a name, a role."""
    first = words[phrase.first]
    if first.kind == "pronoun":
        return first.lower in ("he", "she", "they")
    head = words[head_of(words, phrase)]
    return head.kind == "name" or is_role(head.lower)


def is_silent(words: Words, verb: int) -> bool:
    """Tell whether a verb has nothing as its object: "said nothing", "blamed nobody"."""
    after = words[verb + 1 : verb + 3]
    if [word.lower for word in after] in (["no", "one"], ["no-one"]):
        return True
    if not after or after[0].lower not in ("nothing", "nobody", "little"):
        return False
    return len(after) == 1 or after[1].kind in ("mark", "preposition")


def is_supposed(words: Words, verb: int) -> bool:
    """Tell whether a verb tells what may be said, not what was: "members can ask", "one might say"."""
    before = auxiliaries(words, verb)
    return bool(before & members("possible")) and not any(
        word in members("negation") or word.endswith("n't") for word in before
    )
