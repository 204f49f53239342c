"""Whether a word is a reporting verb where it stands: the same form is often a noun or a participle."""

from retrieval.grammar import members
from retrieval.phrases import Words
from retrieval.reporting import bare_forms, limited, participles, with_particle

_NEAR = 4
_TRAILING = 10
_CONTENT = frozenset({"that", "there", "how", "why", "what", "whether"})
_CLAUSE_STARTS = frozenset({"determiner", "pronoun", "name", "number", "quotation"})
_STATEMENT_STARTS = frozenset({"pronoun", "quotation"})


def groups_of(words: Words, verb: int) -> frozenset[str]:
    """Return the groups of a verb and its particle; empty when it is no reporting verb."""
    lower = words[verb].lower
    return with_particle().get((lower, following(words, verb))) or bare_forms().get(
        lower, frozenset()
    )


def _limit_key(words: Words, verb: int) -> str:
    """Return a form as the table of limits has it: with its particle when it reports with one."""
    pair = (words[verb].lower, following(words, verb))
    return "_".join(pair) if pair in with_particle() else pair[0]


def is_reporting(words: Words, verb: int, *, quoting: bool) -> bool:
    """Tell whether what looks like a reporting verb is one, by what stands around it."""
    word, before = words[verb], words[verb - 1] if verb else None
    if word.possessive or (not quoting and _limit_key(words, verb) in limited("quotation")):
        return False
    if before is not None and _makes_a_noun(words, verb):
        return False
    return _has_its_clause(words, verb) and not _is_participle(words, verb)


def _has_its_clause(words: Words, verb: int) -> bool:
    """Tell whether a form that is often something else has the clause that makes it a report."""
    lower = words[verb].lower
    if _trails(words, verb):
        return True
    if lower in limited("statement"):
        return _clause_follows(words, verb, _STATEMENT_STARTS)
    if lower in limited("clause"):
        after_pronoun = verb > 0 and words[verb - 1].kind == "pronoun"
        return after_pronoun or _clause_follows(words, verb, _CLAUSE_STARTS)
    return True


def _trails(words: Words, verb: int) -> bool:
    """Tell whether a verb ends the sentence behind a comma: "..., a team has found." """
    if verb + 1 < len(words) and words[verb + 1].lower != ".":
        return False
    return any(word.lower == "," for word in words[max(0, verb - _TRAILING) : verb])


def _makes_a_noun(words: Words, verb: int) -> bool:
    before = words[verb - 1]
    if before.kind == "determiner":
        return before.lower not in members("somebody")
    if before.possessive or before.lower == "to":
        return True
    return before.kind == "preposition" and not words[verb].lower.endswith("ing")


def _clause_follows(words: Words, verb: int, starts: frozenset[str]) -> bool:
    index = verb + 1
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
    chain = auxiliaries(words, verb)
    if chain & members("have") or chain & members("be"):
        return False
    if lower in participles():
        return True
    if verb + 1 >= len(words):
        return lower in limited("object")
    after = words[verb + 1]
    if lower in limited("object"):
        return after.kind in ("preposition", "mark")
    if lower in limited("asked"):
        behind_a_comma = verb > 0 and words[verb - 1].kind in ("mark", "subordinator")
        return behind_a_comma and after.lower in members("asked")
    return False


def auxiliaries(words: Words, verb: int) -> frozenset[str]:
    """Return the auxiliaries and adverbs right before a verb."""
    index = verb
    while index > 0 and words[index - 1].kind in ("auxiliary", "adverb"):
        index -= 1
    return frozenset(w.lower.replace("\u2019", "'") for w in words[index:verb])


def following(words: Words, index: int) -> str:
    """Return the word behind word *index*, or ""."""
    return words[index + 1].lower if index + 1 < len(words) else ""
