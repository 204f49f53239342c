"""What a question asks for: a number, a time, a place, somebody; or nothing, when it is a claim."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What would answer a question."""

    WHO = "who"
    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    REASON = "reason"
    YES_NO = "yes or no"
    ANY = "any"


_MEASURE = r"many|much|often|old|long|far|tall|big|large|high|deep|fast|heavy|wide|hot|cold|strong|late|soon"
_AMOUNT = (
    "age|amount|area|budget|cost|count|death toll|distance|height|length|number|percent|percentage|population|price|"
    "proportion|rate|salary|score|share|size|speed|sum|temperature|toll|total|value|wage|weight|width"
)
_MOMENT = "century|date|day|decade|hour|month|season|time|year|weekday|week"
_SOMEBODY = (
    "actor|actress|agency|artist|athlete|author|band|coach|commander|company|countries|country's leader|director|emperor|"
    "explorer|firm|general|governor|group|judge|king|leader|man|mayor|minister|musician|officer|official|"
    "organisation|organization|party|people|person|philosopher|player|politician|pope|president|prince|princess|"
    "queen|ruler|scientist|senator|singer|spokesman|spokesperson|spokeswoman|team|woman|writer"
)
_SOMEWHERE = (
    "area|borough|building|capital|city|continent|country|county|district|island|location|mountain|place|port|"
    "province|region|river|sea|state|street|town|village"
)
_WHICH = r"\b(?:what|which)\s+(?:(?:is|was|are|were)\s+the\s+)?(?:\w+\s+){0,2}?"

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.NUMBER, rf"\bhow\s+(?:{_MEASURE})\b|{_WHICH}(?:{_AMOUNT})\b"),
        (Kind.TIME, rf"\bwhen(?:['\u2019]?s)?\b|\b(?:what|which)\s+(?:{_MOMENT})\b"),
        (Kind.WHO, rf"\bwho(?:m|se|['\u2019]?s)?\b|\b(?:what|which)\s+(?:\w+\s)?(?:{_SOMEBODY})\b"),
        (Kind.PLACE, rf"\bwhere(?:['\u2019]?s)?\b|\b(?:what|which)\s+(?:\w+\s)?(?:{_SOMEWHERE})\b"),
        (Kind.REASON, r"\bwhy\b|\bwhat\s+(?:caused|led|prompted)\b|\b(?:reason|motive)s?\b.*\?"),
        (Kind.ANY, r"\b(?:what|which|how)(?:['\u2019]?s)?\b"),
        (
            Kind.YES_NO,
            r"^\W*(?:is|are|was|were|am|did|do|does|has|have|had|can|could|will|would|should|isn't|wasn't|didn't)\b",
        ),
    )
)


def kind_of(question: str) -> Kind:
    """Return what *question* asks for: by the word of asking that comes first in it.

    "Who was president when the wall fell?" asks who, "Was he there when it fell?" yes or no.
    """
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_KINDS)
        if (match := pattern.search(question)) is not None
    ]
    return min(found)[2] if found else Kind.ANY


def is_question(text: str) -> bool:
    """Tell whether *text* asks something, rather than stating a claim or giving a headline.

    A few words are taken for a question: "drones yesterday".
    """
    if len(text.split()) <= _FEW_WORDS:
        return True
    asks_at_the_end = text.rstrip(" \"'\u201d\u2019)").endswith("?")
    return asks_at_the_end or _ASKS.match(text) is not None


def without_frame(question: str) -> str:
    """Return what a request for sources is about: "is there a source for X?" -> "X"."""
    frame = _FRAME.match(question)
    return question[frame.end() :].rstrip(" ?") if frame is not None else question


_FRAME = re.compile(
    r"\W*(?:(?:is|are|was)\s+there\s+(?:a|any|some)\s+(?:\w+\s+)?(?:sources?|evidence|proof|reports?|confirmation)|(?:a\s+|any\s+)?sources?"
    r"|(?:is|was)\s+it\s+true|fact[\s-]?check|who\s+(?:says|said)\s+it\s+is\s+true)\s*(?:for|of|that|on|about|:)+\s*(?:the\s+claim\s+)?(?:that\s+)?",
    re.IGNORECASE,
)


def counted(question: str) -> str:
    """Return the noun that "how many" counts, or nothing; people are often left unsaid."""
    match = _COUNTED.search(question)
    return match["noun"] if match is not None and match["noun"].lower() != "people" else ""


def suffered(question: str) -> str:
    """Return the participle of "who was arrested?", or nothing: what happened to whom is asked for."""
    match = _SUFFERED.search(question)
    return match["verb"] if match is not None else ""


_SUFFERED = re.compile(
    r"\bwho\s+(?:was|were|is|are|(?:has|have|had)\s+been)\s+(?:also\s+)?(?P<verb>\w{2,}ed)\b",
    re.IGNORECASE,
)


def measured(question: str) -> tuple[int, int]:
    """Return where "how long", "how old" ... stands: words of asking that no answer repeats."""
    match = _HOW.search(question)
    return match.span() if match is not None else (0, 0)


_FEW_WORDS = 6
_ASKS = re.compile(
    r"\W*(?:(?:and|but|so|or|please|ok|okay|hi|hello|hey|well|then)\W+)*(?:(?:in|on|at|by|to|from|for|of|with|since|until|under|about|according)\s+)?"
    r"(?:who|whom|whose|what|what's|whats|who's|whos|which|when|where|wheres|where's|why|how|hows|how's|is|are|was|were|am|did|do|does|has|have|had|can|could|will|would|should|tell\s+me|show\s+me|find|explain|list|latest|any)\b",
    re.IGNORECASE,
)
_HOW = re.compile(rf"\bhow\s+(?:{_MEASURE})\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow\s+many\s+(?:of\s+the\s+)?(?:[\w-]+\s+){0,2}?(?P<noun>[\w-]+)(?=\s+(?:\w+ed|did|do|does|is|are|was|were|have|has|had|will|would|can|in|of|at|on)\b|\s*\?|$)",
    re.IGNORECASE,
)


def unit(question: str) -> str:
    """Return the unit in which "how old", "how far" ... is answered, "" where any number will do."""
    match = _HOW.search(question)
    return _UNITS.get(match.group().split()[-1].lower(), "") if match is not None else ""


_UNITS = {"old": "age", "heavy": "weight", "hot": "heat", "cold": "heat", "long": "extent"}
_UNITS |= dict.fromkeys(("far", "tall", "high", "deep", "wide"), "distance")
