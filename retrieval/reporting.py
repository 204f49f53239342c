"""The verbs by which somebody is reported to say something: their forms, groups and limits."""

import re
from functools import cache

from retrieval.lexicon import rows

_ALWAYS_PARTICIPLES = 3
_DOUBLING = frozenset(
    "admit extol rebut slam commit quip refer put dub submit sob grin brag beg concur hit cut snap".split()
)
_UNCHANGED = frozenset({"put", "read", "hit", "cut"})


@cache
def groups() -> dict[str, frozenset[str]]:
    """Return each group of the table -> the base forms of its verbs, particles behind a "_"."""
    return {name.removesuffix(":"): frozenset(verbs) for name, *verbs in rows("reporting")}


@cache
def forms() -> dict[str, frozenset[str]]:
    """Return each form of a reporting verb -> its groups, with or without a particle."""
    table: dict[str, set[str]] = {}
    for group, verbs in groups().items():
        for verb in verbs:
            for form in inflected(verb.split("_")[0]):
                table.setdefault(form, set()).add(group)
    return {form: frozenset(of) for form, of in table.items()}


@cache
def bare_forms() -> dict[str, frozenset[str]]:
    """Return each form that reports without a particle -> its groups."""
    table: dict[str, set[str]] = {}
    for group, verbs in groups().items():
        for verb in verbs:
            for form in inflected(verb) if "_" not in verb else ():
                table.setdefault(form, set()).add(group)
    return {form: frozenset(of) for form, of in table.items()}


@cache
def with_particle() -> dict[tuple[str, str], frozenset[str]]:
    """Return each form of a verb that needs a particle, with the particle -> its group."""
    table: dict[tuple[str, str], frozenset[str]] = {}
    for group, verbs in groups().items():
        for verb in verbs:
            base, _, particle = verb.partition("_")
            for form in inflected(base) if particle else ():
                table[form, particle] = frozenset({group})
    return table


@cache
def limited(limit: str) -> frozenset[str]:
    """Return the forms that report only under a *limit*: "clause", "quotation" or "object"."""
    table = rows("reporting_limits")
    found = {form for name, *forms in table if name == f"{limit}:" for form in forms}
    whole = (verb for name, *verbs in table if name == f"{limit}*:" for verb in verbs)
    for verb in whole:
        base, bar, particle = verb.partition("_")
        found |= {form + bar + particle for form in inflected(base)}
    return frozenset(found)


@cache
def bases() -> frozenset[str]:
    """Return the base forms that are no past tense as well."""
    verbs = {verb.split("_")[0] for table in groups().values() for verb in table}
    return frozenset(verb for verb in verbs if verb not in _irregular().get(verb, ())) - _UNCHANGED


@cache
def participles() -> frozenset[str]:
    """Return the forms that report only behind "has" or "had": "written", "sworn"."""
    verbs = {verb.split("_")[0] for table in groups().values() for verb in table}
    return frozenset(
        row[-1] for row in rows("irregular") if row[0] in verbs and len(row) >= _ALWAYS_PARTICIPLES
    )


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in rows("irregular")}


def inflected(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb: base, -s, past and -ing, British and American."""
    stem = verb if verb.endswith("ee") else verb.removesuffix("e")
    sibilant = verb.endswith(("s", "sh", "ch", "x", "z", "o"))
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third, past = verb + ("es" if sibilant else "s"), f"{verb.removesuffix('e')}ed"
    doubled = f"{verb}{verb[-1]}" if verb in _DOUBLING else stem
    regular = (f"{doubled}ed",) if verb in _DOUBLING else (past,)
    if verb in _UNCHANGED:
        regular = (verb,)
    irregular = _irregular().get(verb, ())
    if irregular in ((f"{verb}n",), (f"{verb}t",)):  # shown beside showed, learnt beside learned
        irregular = (*irregular, past)
    found = {verb, third, f"{doubled}ing", *(irregular or regular)}
    if verb.endswith("el"):
        found |= {f"{verb}led", f"{verb}ling"}
    american = {re.sub(r"is(?=e|i)(?=[a-z]*$)", "iz", f) for f in found if "is" in verb[-4:]}
    return tuple(found | american)
