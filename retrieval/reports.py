"""What is reported in one sentence: each reporting verb with its groups and its subject."""

from collections.abc import Sequence

from retrieval import subjects
from retrieval.adjuncts import leading, without_adjuncts
from retrieval.framing import (
    SAY,
    Found,
    before_colon,
    beside_quotation,
    in_the_words_of,
    of_noun,
    under_tag,
)
from retrieval.grammar import members
from retrieval.leftward import ending_at
from retrieval.names import is_plural_role, is_role, roles
from retrieval.phrases import Phrase, Words, can_speak, head_of
from retrieval.reporting import bases, limited
from retrieval.verbs import auxiliaries, chain, groups_of, is_reporting

_STRONG = frozenset({"say", "deny", "accuse", "warn", "ask", "demand", "condemn"})
"""Groups that take a speaker of any kind: "the 34-year-old said"."""
_ONLY_SAID = frozenset({"say", "ask", "warn"})
"""Groups of which nothing is said when negated; of all others a stance is left: "has not confirmed"."""
_WILL = frozenset({"will", "would", "won't", "wouldn't"})
_OF_AN_AGENT = frozenset({"accuse", "deny", "confirm", "condemn", "demand", "warn", "ask"})
"""Groups whose agent speaks: "denied by the ministry", but not "approved by"."""
_TAKES_OBJECT = frozenset({"deny", "accuse", "condemn", "praise", "refuse"})
"""Groups whose verbs are followed by what they are about: "the mayor, Ann Silva, denied the charge"."""
_MOST_ADJUNCTS = 12
_ENDS_INVERSION = frozenset(
    {
        "mark",
        "quotation",
        "preposition",
        "time",
        "relative",
        "subordinator",
        "adverb",
        "conjunction",
    }
)


def reports(words: Words, *, quoting: bool, introduces: bool) -> list[Found]:
    """Return the reports of a sentence in the order of their verbs.

    *quoting* when it holds a quotation, *introduces* when the next sentence is all quotation.
    """
    found: list[Found] = []
    for index, word in enumerate(words):
        report = None
        if word.kind == "noun":
            report = _of_verb(words, index, found, quoting=quoting) or of_noun(words, index)
        elif word.kind == "preposition" and word.lower == "in":
            report = in_the_words_of(words, index)
        if report is not None:
            found.append(report)
    found = under_tag(words, found)
    if not found or any(w.kind == "quotation" for w in words):
        found.extend(beside_quotation(words, found))
    if introduces and not found and words and words[-1].lower == ":":
        phrase = before_colon(words, len(words))
        found += [Found(SAY, phrase.last, phrase, 0)] if phrase is not None else []
    return found


def _of_verb(words: Words, verb: int, earlier: Sequence[Found], *, quoting: bool) -> Found | None:
    groups = groups_of(words, verb)
    if not groups or not is_reporting(words, verb, quoting=quoting):
        return None
    phrase = _subject(words, verb, groups, earlier)
    strong = bool(groups & _STRONG) or words[verb].lower in limited("personal")
    if phrase is None or not _may_speak(words, phrase, strong=strong):
        return None
    if not _agrees(words, phrase, verb) or _is_work(words, phrase, verb):
        return None
    if _is_negated(words, phrase, verb):
        # "would not say" refuses, "did not say" is silence.
        if words[phrase.first].lower in members("nobody") or (
            groups <= _ONLY_SAID and not auxiliaries(words, verb) & _WILL
        ):
            return None
        groups = SAY
    return Found(groups, verb, phrase, _rank(words, phrase, verb))


def _subject(
    words: Words, verb: int, groups: frozenset[str], earlier: Sequence[Found]
) -> Phrase | None:
    lower = words[verb].lower
    progressive = lower.endswith("ing")
    passive = bool(auxiliaries(words, verb) & members("be")) and not progressive
    agent = _agent(words, verb)
    if passive or (agent is not None and not progressive):
        fits = passive or groups & _OF_AN_AGENT or lower in members("agentive")
        return agent if fits and lower != "quoted" else None
    if verb and words[verb - 1].lower == "as":
        return _quoted_as(words, verb - 1) if progressive else None
    if progressive and not auxiliaries(words, verb) & members("be"):
        apart = _apart(words, verb) and (earlier or groups & _STRONG)
        return _of_the_clause(words, verb, earlier) if apart else None
    if lower not in limited("addressed") and _is_inverted(words, verb, groups):
        return subjects.behind(words, verb + 1)
    start = chain(words, verb)
    last = without_adjuncts(words, start - 1)
    if last >= 0 and words[last].kind == "conjunction":
        return _of_the_clause(words, verb, earlier)
    return subjects.before(words, start)


def _apart(words: Words, verb: int) -> bool:
    last = verb - 1
    while last >= 0 and words[last].kind == "adverb":
        last -= 1
    if last < 0:
        return False
    return (
        words[last].lower in (",", "while", "before", "after", "by", "and", "in")
        or words[last].kind == "quotation"
    )


def _of_the_clause(words: Words, verb: int, earlier: Sequence[Found]) -> Phrase | None:
    """Return the subject of the clause that a further verb belongs to: "X visited Y and said"."""
    if earlier:
        return earlier[-1].subject
    phrase = leading(words[:verb])
    return phrase if phrase is not None and can_speak(words, phrase) else None


def _agent(words: Words, verb: int) -> Phrase | None:
    """Return the agent of a passive: "was accused by prosecutors"."""
    for index in range(verb + 1, min(verb + 4, len(words))):
        if words[index].lower == "by":
            return subjects.behind(words, index + 1)
        if words[index].kind not in ("adverb", "time", "preposition"):
            return None
    return None


def _quoted_as(words: Words, index: int) -> Phrase | None:
    """Return who is "quoted as saying", in the passive or as an object: *index* is that of "as"."""
    for verb in range(index - 1, max(-1, index - 12), -1):
        if words[verb].lower in members("quoting"):
            if auxiliaries(words, verb) & members("be"):
                return subjects.before(words, verb)
            return ending_at(words, index - 1) if verb < index - 1 else None
    return None


def _is_inverted(words: Words, verb: int, groups: frozenset[str]) -> bool:
    """Tell whether the subject follows the verb: "“...” said Kirby", "It was so, said Kirby." """
    phrase = subjects.behind(words, verb + 1)
    if phrase is None or words[phrase.first].lower == "it":  # "denied it"
        return False
    end = phrase.last + 1
    if end < len(words) and words[end].kind not in _ENDS_INVERSION:
        return False
    last = verb - 1
    while last >= 0 and words[last].kind == "adverb":
        last -= 1
    if last < 0 or words[last].kind == "quotation":
        return True
    if words[last].kind == "mark" and last > 0 and words[last - 1].kind == "quotation":
        return True
    if (groups & _TAKES_OBJECT and not groups & SAY) or not (
        can_speak(words, phrase) or words[verb].lower in ("said", "says")
    ):
        return False  # "Tass, the news agency, reported a fire."
    stops = end >= len(words) or words[end].kind in ("mark", "relative", "quotation")
    stops = stops or _only_adjuncts(words, end)
    return words[last].lower in (",", "\u2014", "\u2013") and stops


def _only_adjuncts(words: Words, start: int) -> bool:
    """Tell whether times and occasions are all that follows in a sentence: "said Ana Silva on Friday." """
    last = min(len(words), start + _MOST_ADJUNCTS) - 1
    closed = last == len(words) - 1 and words[last].lower in (".", "!", "?")
    return closed and without_adjuncts(words, last - 1) == start - 1


def _agrees(words: Words, phrase: Phrase, verb: int) -> bool:
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


def _is_work(words: Words, phrase: Phrase, verb: int) -> bool:
    """Tell whether a subject is a work and tells a story: "The Glass Orchard tells of a boy"."""
    after = [word.lower for word in words[verb + 1 : verb + 3]]
    if not words[verb].lower.startswith(("tell", "told")) or not (
        after[:1] == ["of"] or after in (["the", "story"], ["the", "tale"], ["a", "story"])
    ):
        return False
    titled = words[phrase.first].kind == "determiner"
    return titled and not any(is_role(w.lower) for w in words[phrase.first : phrase.last + 1])


def _is_negated(words: Words, phrase: Phrase, verb: int) -> bool:
    if words[phrase.first].lower in members("nobody") or words[verb - 1].lower == "nor":
        return True
    return any(w in members("negation") or w.endswith("n't") for w in auxiliaries(words, verb))


def _may_speak(words: Words, phrase: Phrase, *, strong: bool) -> bool:
    first = words[phrase.first]
    if first.kind == "pronoun":
        return first.lower in ("he", "she", "they", "it")
    neither = phrase.first > 0 and words[phrase.first - 1].lower == "nor"
    if neither or first.lower in members("nobody") or _is_vague(words, phrase):
        return False
    if can_speak(words, phrase):
        return True
    return strong and first.kind in ("determiner", "number")


def _is_vague(words: Words, phrase: Phrase) -> bool:
    """Tell whether a phrase only counts those who speak: "both", "two countries", "many people"."""
    if words[phrase.first].lower not in (*members("quantifier"), "others"):
        return False
    if phrase.first == phrase.last:
        return True
    head = head_of(words, phrase)
    return head == phrase.last and words[head].lower in members("generic")


def _rank(words: Words, phrase: Phrase, verb: int) -> int:
    before = words[phrase.first - 1] if phrase.first else None
    if before is not None and phrase.first < verb:
        if before.kind == "subordinator" and before.lower != "as":
            return 2
        if before.kind == "relative":
            return 2
    last = without_adjuncts(words, verb - 1)
    return 2 if last >= 0 and words[last].kind == "relative" else 0
