"""The verbs by which somebody is reported to say something: their forms and their groups."""

import re
from functools import cache
from importlib.resources import files

from retrieval.lexicon import rows

_WITH_A_CLAUSE = frozenset(
    """accept accepted alert alerts answer answers appeal appeals blame charge charges claim claims comment comments
    consider considered continue continued continues demand demands doubt doubts estimate estimates expect
    fault faults fear fears feel felt feels forecast forecasts guarantee guarantees hint hints hope hopes
    indicate indicated indicates joke jokes maintain maintained maintains mention mentions note notes object
    objects observe observed offer offers pledge pledges post posted posts praise project projected projects
    promise promises protest protests quip quips rebuke rebukes recall recalled recognise recognised
    recognize recognized reply replies report reports request requests reveal revealed salute salutes see
    sees saw state states support supports suspect suspects swear thank thanks think tweet tweets view vow
    vows warning wonder wonders""".split()
)
"""Forms that are often nouns, or verbs of another meaning: they report only where a clause follows."""


@cache
def groups() -> dict[str, frozenset[str]]:
    """Return each group of the table -> the base forms of its verbs."""
    text = files("retrieval.lexicon").joinpath("reporting.txt").read_text(encoding="utf-8")
    table: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#") and ":" in line:
            group, _, verbs = line.partition(":")
            table[group.strip()] = frozenset(verbs.split())
    return table


@cache
def forms() -> dict[str, frozenset[str]]:
    """Return each form of a reporting verb -> its groups. A particle is left to `particle_of`."""
    table: dict[str, set[str]] = {}
    for group, verbs in groups().items():
        for verb in verbs:
            for form in _inflected(verb.split("_")[0]):
                table.setdefault(form, set()).add(group)
    return {form: frozenset(of) for form, of in table.items()}


@cache
def with_particle() -> dict[str, dict[str, str]]:
    """Return each form of a verb that needs a particle -> particle -> group."""
    table: dict[str, dict[str, str]] = {}
    for group, verbs in groups().items():
        for verb in verbs:
            base, _, particle = verb.partition("_")
            if particle:
                for form in _inflected(base):
                    table.setdefault(form, {})[particle] = group
    return table


@cache
def bare_forms() -> frozenset[str]:
    """Return the forms that report without a particle."""
    whole = {v for verbs in groups().values() for v in verbs if "_" not in v}
    return frozenset(form for verb in whole for form in _inflected(verb))


@cache
def bases() -> frozenset[str]:
    """Return the base forms that are no past tense as well."""
    whole = {verb.split("_")[0] for verbs in groups().values() for verb in verbs}
    return frozenset(verb for verb in whole if verb not in _irregular().get(verb, ()))


def needs_clause(form: str) -> bool:
    """Tell whether a form reports only where a clause or a quotation follows it."""
    return form in _WITH_A_CLAUSE


@cache
def participles() -> frozenset[str]:
    """Return the forms that report only behind "has" or "had": "written", "sworn"."""
    verbs = {verb.split("_")[0] for table in groups().values() for verb in table}
    return frozenset(row[-1] for row in rows("irregular") if row[0] in verbs and len(row) > 2)


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in rows("irregular")}


def _inflected(verb: str) -> tuple[str, ...]:
    """Return the forms of a verb: base, -s, past and -ing, British and American."""
    stem = verb if verb.endswith("ee") else verb.removesuffix("e")
    sibilant = verb.endswith(("s", "sh", "ch", "x", "z", "o"))
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third, past = verb + ("es" if sibilant else "s"), f"{verb.removesuffix('e')}ed"
    doubled = f"{verb}{verb[-1]}" if verb in _DOUBLING else stem
    regular = (f"{doubled}ed",) if verb in _DOUBLING else (past,)
    found = {verb, third, f"{doubled}ing", *(_irregular().get(verb) or regular)}
    return tuple(
        found | {re.sub(r"is(?=e|i)(?=[a-z]*$)", "iz", f) for f in found if "is" in verb[-4:]}
    )


_DOUBLING = frozenset("admit rebut slam commit quip refer rebuff".split()) - {"rebuff"}
