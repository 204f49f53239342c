"""Who does what a verb says: its subject, its agent in the passive, who is quoted, who is joined."""

from collections.abc import Sequence

from retrieval import subjects
from retrieval.adjuncts import leading, without_adjuncts
from retrieval.complements import Complement, complement
from retrieval.framing import SAY, Found
from retrieval.grammar import members
from retrieval.idioms import takes_means
from retrieval.leftward import ending_at
from retrieval.phrases import Phrase, Words, can_speak
from retrieval.reporting import limited, with_particle
from retrieval.verbs import auxiliaries, chain, following

_STRONG = frozenset({"say", "deny", "accuse", "warn", "ask", "demand", "condemn"})
"""Groups whose participles report behind a comma: "..., denying it"."""
_OF_AN_AGENT = frozenset({"accuse", "deny", "confirm", "condemn", "demand", "warn"})
"""Groups whose agent speaks: "denied by the ministry", but not "approved by", "asked by"."""
_TAKES_OBJECT = frozenset({"deny", "accuse", "condemn", "praise", "refuse"})
"""Groups whose verbs are followed by what they are about: "the mayor, Ann Silva, denied the charge"."""
_MOST_ADJUNCTS = 12
_NEAR = 5
_ENDS_INVERSION = frozenset(
    "mark quotation preposition time relative subordinator adverb conjunction".split()
)


def subject(
    words: Words, verb: int, groups: frozenset[str], earlier: Sequence[Found]
) -> Phrase | None:
    """Return who does what the verb at *verb* says, or None; *earlier* are the reports before it."""
    lower = words[verb].lower
    progressive = lower.endswith("ing")
    be = bool(auxiliaries(words, verb) & members("be"))
    if not progressive and (be or _is_done_by(words, verb)):
        fits = be or groups & _OF_AN_AGENT or lower in members("agentive")
        agent = _agent(words, verb) if fits and lower != "quoted" else None
        # "can be described by the simplicity of its forms"
        return agent if agent is not None and can_speak(words, agent) else None
    if [word.lower for word in words[max(0, verb - 2) : verb]] == ["to", "have"]:
        quoted = _quoted_as(words, verb - 2)
        if quoted is not None:
            return quoted
    if verb and words[verb - 1].lower == "as":
        return _quoted_as(words, verb - 1) if progressive else None
    if progressive and not be and chain(words, verb) == verb:
        return _of_participle(words, verb, groups, earlier)
    if lower not in limited("addressed") and _is_inverted(words, verb, groups):
        return subjects.behind(words, verb + 1)
    return _before(words, verb, earlier)


def _is_done_by(words: Words, verb: int) -> bool:
    """Tell whether an agent follows a participle, no means: "said by phone"."""
    if (words[verb].lower, "by") in with_particle():
        return False  # "stood by his claim"
    agent = _agent(words, verb)
    if agent is None:
        means = following(words, verb + 1) in members("occasion")
        return following(words, verb) == "by" and not means
    return words[agent.last].lower not in members("occasion")


def _before(words: Words, verb: int, earlier: Sequence[Found]) -> Phrase | None:
    if takes_means(words, verb):
        return leading(words[:verb])
    start = chain(words, verb)
    last = without_adjuncts(words, start - 1)
    if last >= 0 and words[last].kind == "conjunction":
        return _of_the_clause(words, verb, earlier)
    return subjects.before(words, start)


def _of_participle(
    words: Words, verb: int, groups: frozenset[str], earlier: Sequence[Found]
) -> Phrase | None:
    """Return the subject of "saying": behind a comma, behind a statement, or after "with"."""
    if verb + 1 < len(words) and words[verb + 1].kind == "auxiliary":
        return None  # "labelling would protect consumers"
    if _apart(words, verb):
        told = earlier or groups & _STRONG or words[verb].lower not in limited("evidence")
        return _of_the_clause(words, verb, earlier) if told else None
    last = without_adjuncts(words, verb - 1) if verb else -1
    written = last >= 0 and words[last].lower in members("document") | members("occasion")
    issued = any(w.lower in members("issuing") for w in words[max(0, last - _NEAR) : max(0, last)])
    told = complement(words, verb) in (Complement.CONTENT, Complement.CLAUSE)
    if written and (told or issued):
        return _of_the_clause(words, verb, earlier)
    if verb == 0 or not told:
        return None
    return _accompanying(words, verb)


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


def _accompanying(words: Words, verb: int) -> Phrase | None:
    """Return the subject of "with": "..., with one driver saying that it shook"."""
    phrase = ending_at(words, verb - 1) if verb else None
    if phrase is None or phrase.first == 0 or words[phrase.first - 1].lower != "with":
        return None
    told = complement(words, verb) in (Complement.CONTENT, Complement.CLAUSE)
    return phrase if told else None


def _of_the_clause(words: Words, verb: int, earlier: Sequence[Found]) -> Phrase | None:
    """Return the subject of the clause that a further verb belongs to: "X visited Y and said"."""
    if earlier:
        return earlier[-1].subject
    return leading(words[:verb])


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
            if words[index - 1].lower in ("him", "them"):
                return Phrase(index - 1, index - 1)
            return ending_at(words, index - 1) if verb < index - 1 else None
    return None


def _is_inverted(words: Words, verb: int, groups: frozenset[str]) -> bool:
    """Tell whether the subject follows the verb: "“...” said Kirby", "It was so, said Kirby." """
    phrase = subjects.behind(words, verb + 1)
    if phrase is None or words[phrase.first].lower == "it":  # "denied it"
        return False
    end = phrase.last + 1
    last = verb - 1
    while last >= 0 and words[last].kind == "adverb":
        last -= 1
    named = words[phrase.last].kind == "name"
    if named and last >= 0 and _is_behind_quotation(words, last):
        return True  # "“...,” sobbed Poppy backstage"
    if end < len(words) and words[end].kind not in _ENDS_INVERSION:
        return False
    if last < 0:
        return bool(groups & SAY) and can_speak(words, phrase)
    return _is_behind_quotation(words, last) or (
        words[last].lower in (",", "\u2014", "\u2013") and _may_follow(words, verb, phrase, groups)
    )


def _is_behind_quotation(words: Words, last: int) -> bool:
    """Tell whether a quotation ends at word *last*, be it with a mark behind it."""
    return words[last].kind == "quotation" or (
        words[last].kind == "mark" and last > 0 and words[last - 1].kind == "quotation"
    )


def _may_follow(words: Words, verb: int, phrase: Phrase, groups: frozenset[str]) -> bool:
    """Tell whether a subject behind its verb ends what is said without quotation marks."""
    if groups & _TAKES_OBJECT and not groups & SAY:
        return False  # "the mayor, Ana Silva, denied the charge"
    if not can_speak(words, phrase) and words[verb].lower not in ("said", "says"):
        return False
    if not groups & SAY and _is_described(words, verb):
        return False  # "Ana Silva, 44, urged the council to act"
    end = phrase.last + 1
    if not can_speak(words, phrase) and words[end : end + 1] and words[end].kind == "quotation":
        return False  # "Ana Silva, a judge, said the rules “fall short”"
    stops = end >= len(words) or words[end].kind in ("mark", "relative", "quotation")
    return stops or _only_adjuncts(words, end)


def _is_described(words: Words, verb: int) -> bool:
    """Tell whether a subject and what commas set apart from it stand right before a verb."""
    commas = sum(word.lower == "," for word in words[:verb])
    return commas > 1 and subjects.before(words, verb) is not None


def _only_adjuncts(words: Words, start: int) -> bool:
    """Tell whether times and occasions are all that follows in a sentence: "said Ana Silva on Friday." """
    last = min(len(words), start + _MOST_ADJUNCTS) - 1
    closed = last == len(words) - 1 and words[last].lower in (".", "!", "?")
    return closed and without_adjuncts(words, last - 1) == start - 1
