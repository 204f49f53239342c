"""What kind of thing a question asks for, and where a sentence has one."""

import re
from collections.abc import Callable, Collection
from enum import StrEnum

from retrieval.analysis import stem, tokens
from retrieval.names import names
from retrieval.reporting import bare_forms


class Kind(StrEnum):
    """What would answer a question."""

    WHO = "who"
    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    REASON = "reason"
    YES_NO = "yes or no"
    ANY = "any"


Spans = list[tuple[int, int]]
Finder = Callable[[str, int, int, Collection[str]], Spans]

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
        (Kind.TIME, rf"\bwhen\b|\b(?:what|which)\s+(?:{_MOMENT})\b"),
        (Kind.WHO, rf"\bwho(?:m|se)?\b|\b(?:what|which)\s+(?:\w+\s)?(?:{_SOMEBODY})\b"),
        (Kind.PLACE, rf"\bwhere\b|\b(?:what|which)\s+(?:\w+\s)?(?:{_SOMEWHERE})\b"),
        (Kind.REASON, r"\bwhy\b|\bwhat\s+(?:caused|led|prompted)\b|\b(?:reason|motive)s?\b.*\?"),
        (Kind.ANY, r"\b(?:what|which|how)\b"),
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
    """Return the noun that "how many" counts, or nothing."""
    match = _COUNTED.search(question)
    return match["noun"] if match is not None else ""


def measured(question: str) -> tuple[int, int]:
    """Return where "how long", "how old" ... stands: words of asking that no answer repeats."""
    match = _HOW.search(question)
    return match.span() if match is not None else (0, 0)


_FEW_WORDS = 6
_ASKS = re.compile(
    r"\W*(?:(?:and|but|so|or|please|ok|okay|hi|hello|hey|well|then)\W+)*(?:(?:in|on|at|by|to|from|for|of|with|since|until|under|about|according)\s+)?"
    r"(?:who|whom|whose|what|what's|who's|which|when|where|why|how|is|are|was|were|am|did|do|does|has|have|had|can|could|will|would|should|tell\s+me|show\s+me|find|explain|list|latest|any)\b",
    re.IGNORECASE,
)
_HOW = re.compile(rf"\bhow\s+(?:{_MEASURE})\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow\s+many\s+(?:of\s+the\s+)?(?:[\w-]+\s+){0,2}?(?P<noun>[\w-]+)(?=\s+(?:\w+ed|did|do|does|is|are|was|were|have|has|had|will|would|can|in|of|at|on)\b|\s*\?|$)",
    re.IGNORECASE,
)

_MONTHS = (
    "january|february|(?-i:March)|april|(?-i:May)|june|july|august|september|october|november|december|"
    r"jan\.?|feb\.?|(?-i:Mar)\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?"
)
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|"
    "millions?|billions?|trillions?|half|a\\s+third|a\\s+quarter|twice"
)
_NUMBER = re.compile(
    rf"""(?:[$\u00a3\u20ac]\s?)?\d(?:[\d.,]*\d)?(?:\s?%|(?:st|nd|rd|th)\b|[a-z]{{1,2}}\b)?(?:\s(?:per\s?cent|percent|million|billion|trillion|thousand|hundred)\b)?
    |\b(?:{_NUMBER_WORDS})\b(?:\s(?:{_NUMBER_WORDS}))*""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME = re.compile(
    rf"""\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTHS})(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s+\d{{4}}\b)?(?=\W|$)
    |\b(?:early|late|mid)?[\s-]?(?:1[0-9]|20)\d\ds?\b
    |\b\d{{1,2}}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|o['\u2019]clock\b|GMT\b|BST\b|EST\b)|\b\d{{1,2}}:\d\d\b
    |\b(?:(?:early|late|on|last|this|next)\s+)?(?:{_DAYS})(?:\s+(?:morning|afternoon|evening|night))?\b
    |\b(?:in\s+the\s+early\s+hours(?:\s+of\s+\w+(?:\s+morning)?)?|overnight|yesterday|today|tonight|tomorrow|midnight|noon|dawn|dusk)\b
    |\b(?:last|this|next|past|previous|every|each)\s+(?:night|week|weekend|month|year|spring|summer|autumn|fall|winter|decade|century)\b
    |\b(?:\w+\s+){{0,2}}(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries)\s+(?:ago|later|earlier|before|after)\b
    |\b(?:\d+(?:st|nd|rd|th)|first|second|\w+(?:teenth|tieth|fth|xth|nth|ghth|rth))\s+century\b""",
    re.IGNORECASE | re.VERBOSE,
)
_REASON = re.compile(
    r"\b(?:because|since|due\s+to|as\s+a\s+result|in\s+order\s+to|so\s+(?:that|as\s+to)|for\s+fear|owing\s+to|thanks\s+to"
    r"|caused?|prompt(?:ed|ing)|trigger(?:ed|ing)|led\s+to|leading\s+to|therefore|aim(?:ed|ing)|amid|after|citing|"
    r"reasons?|in\s+response|in\s+protest|to\s+[a-z]+)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|on|off|across|around|outside|inside|into|over|above|between|along|through|towards?"
    r"|north\s+of|south\s+of|east\s+of|west\s+of)\s+(?:the\s+|a\s+|an\s+)?(?:[a-z-]+\s+){0,3}?(?=[^\W\d_a-z])"
)


def find(kind: Kind, text: str, bounds: tuple[int, int], asked: Collection[str]) -> Spans:
    """Return where *text* between *bounds* has what *kind* asks for, apart from what *asked* already says.

    *asked* are the stems of the question. Offsets are into *text*. Kinds that any sentence may
    answer have no such place.
    """
    finder = _FINDERS.get(kind)
    return finder(text, *bounds, asked) if finder is not None else []


def _matches(pattern: re.Pattern[str]) -> Finder:
    def finder(text: str, start: int, end: int, asked: Collection[str]) -> Spans:
        return [
            match.span()
            for match in pattern.finditer(text, start, end)
            if match.group().strip()
            and not all(token.stem in asked for token in tokens(match.group()))
        ]

    return finder


_CALENDAR = re.compile(rf"(?:{_DAYS}|{_MONTHS})$", re.IGNORECASE)


def _said_already(found: str, asked: Collection[str]) -> bool:
    """Tell whether what was found tells nothing new: the question has it, or it is a day's name."""
    return all(stem(word) in asked or _is_day(word) for word in re.findall(r"\w+", found))


def _is_day(word: str) -> bool:
    return _CALENDAR.match(word) is not None


def _times(text: str, start: int, end: int, asked: Collection[str]) -> Spans:
    """Return the times, but for those that tell of something else than what happened when.

    That is when somebody only spoke ("said on Thursday"), and a day that names ("May 9 Parade").
    """
    found = _matches(_TIME)(text, start, end, asked)
    return [s for s in found if not (_is_of_saying(text, *s) or _NAMES.match(text, s[1], end))]


def _is_of_saying(text: str, start: int, end: int) -> bool:
    before = _LAST_WORD.search(text, max(0, start - 30), start)
    after = _FIRST_WORD.match(text, end, end + 30)
    return any(word is not None and word[1].lower() in bare_forms() for word in (before, after))


def precision(kind: Kind, found: str) -> float:
    """Return how much of an answer a span is: a day or an hour says when, "this week" says it roughly."""
    return 1.0 if kind is not Kind.TIME or _PRECISE.search(found) else 0.6


_PRECISE = re.compile(rf"\d|\b(?:{_DAYS}|{_MONTHS})\b|o['\u2019]clock|noon|midnight", re.IGNORECASE)
_NAMES = re.compile(r"\s[^\W\d_a-z]\w")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_FIRST_WORD = re.compile(r"\s+([^\W\d_]+)")


def _people(text: str, start: int, end: int, asked: Collection[str]) -> Spans:
    """Return the names that the question does not hold itself."""
    return [
        (first, last)
        for first, last in names(text, start, end)
        if not _said_already(text[first:last], asked)
    ]


def _places(text: str, start: int, end: int, asked: Collection[str]) -> Spans:
    """Return the names that stand behind a preposition of place."""
    found: Spans = []
    for match in _PLACE.finditer(text, start, end):
        name = next(names(text, match.end(), end), None)
        if (
            name is not None
            and name[0] - match.end() < 3
            and not _said_already(text[slice(*name)], asked)
        ):
            found.append(name)
    return found


_FINDERS: dict[Kind, Finder] = {
    Kind.NUMBER: _matches(_NUMBER),
    Kind.TIME: _times,
    Kind.REASON: _matches(_REASON),
    Kind.WHO: _people,
    Kind.PLACE: _places,
}
