"""What a question asks of somebody's words: whose, and by which verb of saying."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.reporting import bare_forms, limited, with_particle


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of *words*, by their initials: alternatives are tried one by one."""
    initials: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        initials.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{initial}(?:{'|'.join(rest)})" for initial, rest in initials.items())


# Verbs that mostly mean something else than saying ("find", "support", "call") ask of no statement.
_WHOLE = bare_forms().keys() - limited("statement") - limited("quotation")
_WITH_PARTICLE = "|".join(rf"{form}\s+{particle}" for form, particle in sorted(with_particle()))
_VERBS = f"{_WITH_PARTICLE}|{_any_of(_WHOLE)}"
_NOUNS = (
    "accusation|claim|comment|explanation|opinion|position|promise|reaction|remark|reply|response|stance|statement|"
    "view|warning|words|message|answer|demand|denial|criticism"
)
# "Which officials warned" asks for several speakers, as "who warned" does.
_SEVERAL = (
    r"(?:which|what)\s+(?:\w+\s+){0,2}?(?:agencies|allies|analysts|bodies|campaigners|companies|countries|critics|"
    r"experts|firms|governments|groups|lawmakers|leaders|ministers|ministries|mps|nations|officials|organi[sz]ations|"
    r"parties|people|politicians|powers|scientists|senators|states|unions|witnesses)"
)
_WHO_DID = re.compile(
    rf"\b(?:who|{_SEVERAL})\s+(?:else\s+|all\s+)?(?:(?:has|have|had|also|ever|publicly|did|do|does|is|are|was|were)\s+)*(?P<verb>{_VERBS})\b",
    re.IGNORECASE,
)
_WHO_IS_BEHIND = re.compile(
    r"\bwho\s+(?:is|was|are|were|stands?|stood)\s+(?P<verb>behind|responsible|to\s+blame|guilty)\b",
    re.IGNORECASE,
)
_X_SAID = re.compile(
    rf"\b(?:what|how|when|where|why|which|whom?|did|does|do|has|have|had)\b(?:\s+\w+){{0,3}}?\s*\b(?:did|does|do|has|have|had|would|is|was|were)?\s+"
    rf"(?P<who>(?:[^\s?]+\s+){{1,6}}?)(?:\w+ly\s+|also\s+|ever\s+)?(?P<verb>{_VERBS})\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(?:what|how|which)\b", re.IGNORECASE)
_VIEW_OF = re.compile(  # what follows a word of asking; words are no longer than that, or it takes long
    rf"\b(?:(?P<who>(?:[^\s?]{{1,40}}\s+){{0,4}}?[^\s?]{{1,40}}?)['\u2019]s?\s+(?:\w+\s+)?(?:{_NOUNS})\b"
    rf"|(?:{_NOUNS})\s+(?:of|from|by)\s+(?P<whose>[^?,]+?)(?=\s+(?:to|on|about|regarding|over)\b|[?,]|$))",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording\s+to\s+(?P<who>[^?,]+)", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|is|was|are|were|will|would)\b", re.IGNORECASE
)
_NEUTRAL = frozenset({"say", "think", "ask"})


@dataclass(frozen=True, slots=True)
class AskedStatement:
    """What a question asks of somebody's words: who, by which verb, and whether the who is asked for."""

    speaker: str = ""
    verb: str = ""
    acts: frozenset[str] = frozenset()
    asks_speaker: bool = False

    @classmethod
    def of(cls, verb: str) -> "AskedStatement":
        """Return what is asked by a verb of saying alone."""
        return cls(verb=verb, acts=_acts(verb))

    @classmethod
    def read(cls, question: str) -> "AskedStatement":
        """Return what *question* asks of a statement; nothing where it asks of none."""
        behind = _WHO_IS_BEHIND.search(question)
        if behind is not None:
            # Who was behind it is what somebody claims and somebody denies.
            return cls(verb=behind["verb"], acts=frozenset({"accuse"}))
        match = _WHO_DID.search(question)
        if match is not None:
            if _PASSIVE.search(question[: match.start("verb")]):
                return cls()
            return cls(verb=match["verb"], acts=_acts(match["verb"]), asks_speaker=True)
        asking = _ASKING.search(question)
        view = _VIEW_OF.search(question, asking.end()) if asking is not None else None
        for found in (_ACCORDING.search(question), view):
            if found is not None:
                parts = found.groupdict()
                return cls(speaker=_subject(parts.get("who") or parts.get("whose") or ""))
        match = _X_SAID.search(question)
        if match is not None and not _PASSIVE.search(question[: match.start("verb")]):
            return cls(
                speaker=_subject(match["who"]), verb=match["verb"], acts=_acts(match["verb"])
            )
        return cls()


def _acts(verb: str) -> frozenset[str]:
    """Return the groups of a reporting verb, none for one that only says that something was said."""
    form, _, particle = verb.lower().partition(" ")
    found = with_particle().get((form, particle.strip())) or bare_forms().get(form, frozenset())
    return frozenset() if found & _NEUTRAL else found


def _subject(phrase: str) -> str:
    """Return the subject of a question's verb: what stands behind the last auxiliary."""
    return _AUXILIARY.split(phrase)[-1]
