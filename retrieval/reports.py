"""What is reported in one sentence: each reporting verb with its groups and its subject."""

from collections.abc import Sequence

from retrieval import agents, subjects
from retrieval.adjuncts import without_adjuncts
from retrieval.complements import Complement, complement
from retrieval.framing import (
    SAY,
    Found,
    before_colon,
    behind_colon,
    beside_quotation,
    in_the_words_of,
    of_noun,
    under_tag,
)
from retrieval.grammar import members
from retrieval.names import is_role
from retrieval.phrases import Phrase, Words, can_speak
from retrieval.reporting import forms, limited
from retrieval.speaking import (
    agrees,
    is_negated,
    is_person_or_body,
    is_silent,
    is_supposed,
    is_work,
    may_speak,
)
from retrieval.verbs import auxiliaries, groups_of, is_reporting

_ONLY_SAID = frozenset({"say", "ask", "warn"})
"""Groups of which nothing is said when negated; of all others a stance is left: "has not confirmed"."""
_WILL = frozenset({"will", "would", "won't", "wouldn't"})
_SAID_OF_THINGS = frozenset({"say", "think", "suggest", "confirm"})
_SUBORDINATE = 2
_PASSING = 3
_THINK = frozenset({"think"})
_ASKS = frozenset({"ask", "demand"})
_WH = frozenset({"what", "how", "why", "whether"})


def reports(words: Words, *, quoting: bool, introduces: bool) -> list[Found]:
    """Return the reports of a sentence in the order of their verbs.

    *quoting* when it holds a quotation, *introduces* when the next sentence is all quotation.
    """
    found: list[Found] = []
    for index, word in enumerate(words):
        report = None
        if word.kind == "noun":
            report = (
                _of_verb(words, index, found, quoting=quoting)
                or of_noun(words, index)
                or _of_stance(words, index)
                or _of_drawn(words, index)
                or _of_unknown(words, index)
            )
        elif word.kind == "preposition" and word.lower == "in":
            report = in_the_words_of(words, index)
        if report is not None:
            found.append(report)
    if words and words[-1].lower == "?" and not quoting:
        return []  # a question of the article's own
    found = under_tag(words, found)
    if not found or any(w.kind == "quotation" for w in words):
        found.extend(beside_quotation(words, found))
    return found or _of_colon(words, introduces=introduces)


def _of_colon(words: Words, *, introduces: bool) -> list[Found]:
    """Return who stands before a last colon that leads to a quotation, or behind that of a headline."""
    phrase = behind_colon(words)
    if introduces and words and words[-1].lower == ":":
        phrase = before_colon(words, len(words))
    return [Found(SAY, phrase.last, phrase, 0)] if phrase is not None else []


def _of_verb(words: Words, verb: int, earlier: Sequence[Found], *, quoting: bool) -> Found | None:
    groups = groups_of(words, verb)
    if not groups or not is_reporting(words, verb, quoting=quoting) or is_silent(words, verb):
        return None
    phrase = agents.subject(words, verb, groups, earlier)
    if phrase is None or not may_speak(words, phrase, verb, groups):
        return None
    if not agrees(words, phrase, verb) or is_work(words, phrase, verb):
        return None
    if is_negated(words, phrase, verb):
        # "would not say" refuses, "did not say" is silence.
        if words[phrase.first].lower in members("nobody") or (
            groups <= _ONLY_SAID and not auxiliaries(words, verb) & _WILL
        ):
            return None
        groups = SAY
    if _is_asked(words, phrase, verb) or is_supposed(words, verb):
        return None
    rank = _rank(words, phrase, verb)
    # In "when Lind said a count showed that ..." the count is no more than Lind is.
    rank = max([rank, *(f.rank for f in earlier if f.verb == phrase.first - 1)])
    if _is_background(words, phrase, verb, groups, earlier):
        rank = _PASSING
    return Found(groups, verb, phrase, _PASSING if _in_passing(words, verb, groups, rank) else rank)


def _is_background(
    words: Words, phrase: Phrase, verb: int, groups: frozenset[str], earlier: Sequence[Found]
) -> bool:
    """Tell whether somebody's asking, thinking or saying only sets what the sentence is about."""
    if phrase.first == 0 or phrase.first > verb:
        return False
    before = words[phrase.first - 1]
    if before.lower in ("if", "unless"):
        return True
    if before.lower == "when" and groups <= _ASKS:
        return True  # "When a reporter asked for more, she left"
    if not groups <= _THINK:
        return False
    # What "said the minister believed" is said by whoever said so; "a planet they thought was large"
    relates = before.kind == "noun" and verb + 1 < len(words)
    relates = relates and words[verb + 1].kind == "auxiliary"
    return relates or phrase.first - 1 in (f.verb for f in earlier)


def _in_passing(words: Words, verb: int, groups: frozenset[str], rank: int) -> bool:
    """Tell whether a report only describes somebody: "people who had reported good experiences"."""
    if rank < _SUBORDINATE or not groups <= _SAID_OF_THINGS:
        return False
    if any(word.kind == "quotation" for word in words):
        return False
    told = complement(words, verb)
    relative = words[without_adjuncts(words, verb - 1)].kind == "relative"
    to_somebody = relative and words[verb].lower in limited("addressed")
    return told is Complement.OBJECT or (to_somebody and told is Complement.CLAUSE)


def _of_unknown(words: Words, verb: int) -> Found | None:
    """Return the report of an unknown verb that "that" follows: "the ministry specified that ..."."""
    word, behind = words[verb], words[verb + 1 : verb + 3]
    if len(behind) < 2 or behind[0].lower != "that" or behind[1].lower in members("when_that"):
        return None
    fits = word.lower.endswith(("ed", "es", "s")) and not is_role(word.lower)
    if not fits or word.lower in forms() or word.lower in members("telling_none"):
        return None
    if behind[1].kind in ("mark", "auxiliary", "preposition") or auxiliaries(words, verb):
        return None
    phrase = subjects.before(words, verb)
    if phrase is None or phrase.last != verb - 1 or not is_person_or_body(words, phrase):
        return None
    return Found(SAY, verb, phrase, _rank(words, phrase, verb))


def _is_asked(words: Words, phrase: Phrase, verb: int) -> bool:
    """Tell whether a verb stands in a question: "When did she tell them?", "I ask what he thinks"."""
    before = words[phrase.first - 1] if phrase.first else None
    if before is None or phrase.last > verb:
        return False
    if before.lower in _WH and phrase.first > 1:
        return True
    # No auxiliary stands before its subject elsewhere, unless a negation leads: "Nor did she say".
    return before.kind == "auxiliary" and words[-1].lower == "?"


def _of_stance(words: Words, index: int) -> Found | None:
    """Return the report of "is convinced that ..."; *index* is that of the adjective."""
    if words[index].lower not in members("stance"):
        return None
    if not auxiliaries(words, index) & members("be") or complement(words, index) not in (
        Complement.CONTENT,
        Complement.CLAUSE,
    ):
        return None
    phrase = subjects.before(words, index)
    fits = phrase is not None and words[phrase.first].lower not in ("it", "i", "we", "you")
    if phrase is not None and words[phrase.first - 1].lower in ("if", "unless") and phrase.first:
        return None
    if phrase is None or not fits or not can_speak(words, phrase):
        return None
    return Found(_THINK, index, phrase, _rank(words, phrase, index))


def _of_drawn(words: Words, index: int) -> Found | None:
    """Return the report of "would not be drawn on ..."."""
    before = auxiliaries(words, index)
    if words[index].lower != "drawn" or "be" not in before or not before & _WILL:
        return None
    phrase = subjects.before(words, index)
    if phrase is None or not is_negated(words, phrase, index) or not can_speak(words, phrase):
        return None
    return Found(frozenset({"refuse"}), index, phrase, _rank(words, phrase, index))


def _rank(words: Words, phrase: Phrase, verb: int) -> int:
    first = phrase.first
    if first > 1 and words[first - 1].kind == "noun" and words[first - 2].lower == "as":
        first -= 1  # "as former minister Tom Lind promised"
    before = words[first - 1] if first else None
    if before is not None and first < verb:
        if before.kind == "subordinator":
            return 2 if before.lower != "as" else 1
        if before.kind == "relative":
            return 2
    last = without_adjuncts(words, verb - 1)
    return 2 if last >= 0 and words[last].kind == "relative" else 0
