"""The verbs by which somebody is reported to say something: their forms, groups and limits."""

import re
from functools import cache

from retrieval.lexicon import rows

_ALWAYS_PARTICIPLES = 3
_DOUBLING = frozenset({"admit", "rebut", "slam", "commit", "quip", "refer", "put", "dub"})
_UNCHANGED = frozenset({"put", "read"})


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
    found = (forms for name, *forms in rows("reporting_limits") if name == f"{limit}:")
    return frozenset(form for forms in found for form in forms)


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
