"""Whether a word is a reporting verb where it stands: the same form is often a noun or a participle."""

from retrieval.adjuncts import is_floating
from retrieval.complements import Complement, behind_particle, complement
from retrieval.grammar import members
from retrieval.idioms import (
    attacks,
    composes,
    defends,
    enacts,
    gives_accounts,
    is_named,
    issues_statement,
    judges,
    makes_clear,
    puts_at,
    remembers_as,
    says_by_noun,
    takes_means,
)
from retrieval.phrases import Words
from retrieval.reporting import bare_forms, bases, forms, limited, participles, with_particle

_NEAR = 4
_LONGEST_TAG = 9
_NAMED = frozenset({"name", "pronoun"})
_IN_TAGS = frozenset("name noun pronoun determiner number adverb auxiliary".split())
_SAY = frozenset({"say"})
_IDIOMS = (attacks, puts_at, makes_clear, issues_statement, defends, says_by_noun)
_SO_FAR = ("far", "as", "to")
_TRAILING = 10
_OBJECT = frozenset({"noun", "name", "adverb"})
_CONTENT = frozenset({"that", "there", "how", "why", "what", "whether"})
_CLAUSE_STARTS = frozenset({"determiner", "pronoun", "name", "number", "quotation"})


def groups_of(words: Words, verb: int) -> frozenset[str]:
    """Return the groups of a verb and its particle; empty when it is no reporting verb."""
    lower = words[verb].lower
    if _is_idiom(words, verb):
        return _SAY
    return with_particle().get((lower, following(words, verb))) or bare_forms().get(
        lower, frozenset()
    )


def _is_idiom(words: Words, verb: int) -> bool:
    return any(idiom(words, verb) for idiom in _IDIOMS)


def refuses_to_say(words: Words, verb: int) -> bool:
    """Tell whether somebody refuses or declines to say something: "refused to comment"."""
    if _limit_key(words, verb) not in limited("infinitive_only") or verb + 2 >= len(words):
        return False
    return words[verb + 2].lower in forms() or words[verb + 2].lower in members("silent")


def _limit_key(words: Words, verb: int) -> str:
    """Return a form as the table of limits has it: with its particle when it reports with one."""
    pair = (words[verb].lower, following(words, verb))
    return "_".join(pair) if pair in with_particle() else pair[0]


def is_reporting(words: Words, verb: int, *, quoting: bool) -> bool:
    """Tell whether what looks like a reporting verb is one, by what stands around it."""
    word, before = words[verb], words[verb - 1] if verb else None
    key = _limit_key(words, verb)
    if is_named(words, verb) and before is not None and before.kind != "pronoun":
        return False
    if word.possessive or not (quoting or _needs_no_quotation(words, verb)):
        return False
    # "declined to comment", but not "declined to 40"
    if key in limited("infinitive_only") and (
        verb + 2 >= len(words) or words[verb + 2].kind != "noun"
    ):
        return False
    if before is not None and _makes_a_noun(words, verb):
        return False
    told = _has_its_clause(words, verb) and not _is_participle(words, verb)
    if composes(words, verb) or (word.lower.startswith("declar") and enacts(words, verb)):
        return False
    return told and not (key in limited("accounts") and gives_accounts(words, verb))


def _needs_no_quotation(words: Words, verb: int) -> bool:
    """Tell whether a verb reports in a sentence without quotations: "hit back at", "called it unfair"."""
    if _limit_key(words, verb) not in limited("quotation") or judges(words, verb):
        return True
    particle = (words[verb].lower, following(words, verb)) in with_particle()
    return particle and following(words, verb + 1) in ("at", "against")


def _has_its_clause(words: Words, verb: int) -> bool:
    """Tell whether a form that is often something else has the clause that makes it a report."""
    lower = _limit_key(words, verb)
    if trails(words, verb) or lower in limited("infinitive_only") or _is_idiom(words, verb):
        return True
    if lower in limited("stance"):
        after = words[verb + 1].lower if verb + 1 < len(words) else "."
        return after in (".", ",", "with", "but", ":", "that")
    documented = lower in limited("evidence") and _has_document(words, verb)
    told = complement(words, verb) in (Complement.CONTENT, Complement.CLAUSE)
    if documented or told or remembers_as(words, verb):
        return True
    if lower in limited("statement"):
        return False
    if lower in limited("clause") and not auxiliaries(words, verb) & members("modal"):
        after_pronoun = verb > 0 and words[verb - 1].kind == "pronoun"
        return after_pronoun or _clause_follows(words, verb, _CLAUSE_STARTS)
    return True


def _has_document(words: Words, verb: int) -> bool:
    """Tell whether a document stands before a verb, as in "the poll published by Nass gives"."""
    known = members("document") | members("inquirers")
    return any(word.lower in known for word in words[max(0, verb - _TRAILING) : verb])


def trails(words: Words, verb: int) -> bool:
    """Tell whether a verb ends a sentence or an insertion: "..., a team has found." """
    after = words[verb + 1].lower if verb + 1 < len(words) else "."
    if after == ",":  # "Females, Ana Silva explains, ..."
        return _is_inserted(words, verb)
    if verb + 1 < len(words) and words[verb + 1].kind == "preposition":
        # "The hit, Ana Silva observed from the queue, was ..."
        behind = words[verb + 2 : verb + _NEAR + 3]
        mark = next((w.lower for w in behind if w.kind == "mark"), "")
        ends = mark in (",", ".") or (not mark and len(behind) < _NEAR + 1)
        return ends and _is_inserted(words, verb)
    if after != ".":
        return False
    return any(word.lower == "," for word in words[max(0, verb - _TRAILING) : verb])


def _is_inserted(words: Words, verb: int) -> bool:
    """Tell whether a comma and a subject stand before a verb: ", the government has maintained,"."""
    first = verb - 1
    # Of "the Union and member states, the banks ..." nothing but its form is a verb.
    noun = words[verb].lower in limited("clause") and words[verb].lower.endswith("s")
    reach, kinds = (_NEAR, _NAMED) if noun else (_LONGEST_TAG, _IN_TAGS)
    while first > max(0, verb - reach) and words[first].kind in kinds:
        first -= 1
    return 0 <= first < verb - 1 and words[first].lower == ","


def _makes_a_noun(words: Words, verb: int) -> bool:
    before = words[verb - 1]
    if before.kind == "determiner":
        return before.lower not in members("somebody") and not is_floating(words, verb - 1)
    if before.lower == "to":
        if takes_means(words, verb):
            return False
        if chain(words, verb) != verb and trails(words, verb):
            return False
        return chain(words, verb) == verb or not _clause_follows(words, verb, _CLAUSE_STARTS)
    if before.possessive or _joins_infinitive(words, verb):
        return True
    return before.kind == "preposition" and not words[verb].lower.endswith("ing")


def _joins_infinitive(words: Words, verb: int) -> bool:
    """Tell whether a base form is the second of two behind a "to": "declined to confirm or deny"."""
    if words[verb - 1].kind != "conjunction" or words[verb].lower not in bases():
        return False
    return any(w.lower == "to" for w in words[max(0, verb - _NEAR) : verb - 1])


def chain(words: Words, verb: int) -> int:
    """Return the index of the word that leads to an infinitive, else *verb*: "used to say"."""
    before = [word.lower for word in words[max(0, verb - 4) : verb]]
    if before[-2:] == ["to", "have"]:
        # "is understood to have told"
        return verb - 3 if before[:-2][-1:] and before[-3] in members("hearsay") else verb
    if verb > 2 and before[-2:] == ["short", "of"]:
        return verb - 3  # "stopped short of saying"
    if before[-1:] == ["to"] and verb > 1:
        return _led(words, verb)
    return verb


def _led(words: Words, verb: int) -> int:
    """Return the index of the word that leads to the infinitive at *verb*, else *verb*."""
    before = words[verb - 2].lower
    if verb > 4 and tuple(word.lower for word in words[verb - 3 : verb]) == _SO_FAR:
        return verb - 5  # "went so far as to say"
    if before == "enough" and verb > 2:
        return verb - 3  # "honest enough to admit"
    told = before in members("hearsay") and auxiliaries(words, verb - 2) & members("be")
    if before in members("leading") or told:  # "is said to believe that"
        return verb - 2
    went_on = before == "on" and verb > 2 and words[verb - 3].lower in members("leading_on")
    return verb - 3 if went_on else verb


def _clause_follows(words: Words, verb: int, starts: frozenset[str]) -> bool:
    index = behind_particle(words, verb)
    while index < len(words) and (
        words[index].lower in (",", ":") or words[index].kind == "adverb"
    ):
        index += 1
    if index >= len(words):
        return False
    word = words[index]
    if word.lower in _CONTENT or word.kind in starts or word.kind == "quotation":
        return True
    if "determiner" not in starts:
        return False
    if word.lower in ("to", "as"):
        return True
    # "expects orders to recover"
    return words[verb].lower in limited("infinitive") and any(
        w.lower == "to" for w in words[index : index + _NEAR]
    )


def _is_participle(words: Words, verb: int) -> bool:
    """Tell whether a form is a participle without its auxiliary: "accused of", "written"."""
    lower = words[verb].lower
    before = auxiliaries(words, verb)
    if before & members("have") or before & members("be"):
        return False
    if lower in participles():
        return True
    if words[verb - 1].lower in ("he", "she", "they", "it"):
        return False  # "a man whom she accused of fraud"
    if _limit_key(words, verb) in limited("object"):
        return _has_no_object(words, verb)
    if lower in limited("asked") and verb + 1 < len(words):
        behind_a_comma = verb > 0 and words[verb - 1].kind in ("mark", "subordinator")
        return behind_a_comma and words[verb + 1].lower in members("asked")
    return False


def _has_no_object(words: Words, verb: int) -> bool:
    """Tell whether no object follows: "accused of", but not "explained in an interview that"."""
    if verb + 1 >= len(words):
        return True
    ends = words[verb + 1].kind in ("preposition", "mark")
    timed = verb + 2 < len(words) and words[verb + 2].kind == "time"  # "announced on Monday a plan"
    ends = ends and not timed
    return ends and complement(words, verb) is not Complement.CONTENT


def auxiliaries(words: Words, verb: int) -> frozenset[str]:
    """Return the auxiliaries and adverbs right before a verb."""
    index = verb
    while index > 0 and (
        words[index - 1].kind in ("auxiliary", "adverb") or is_floating(words, index - 1)
    ):
        index -= 1
    return frozenset(w.lower.replace("\u2019", "'") for w in words[index:verb])


def following(words: Words, index: int) -> str:
    """Return the word behind word *index*, or ""."""
    return words[index + 1].lower if index + 1 < len(words) else ""
