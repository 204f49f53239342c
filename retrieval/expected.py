"""Where a sentence has what a question asks for: numbers, times, names, places, reasons."""

import re
from collections.abc import Callable, Collection

from retrieval.analysis import stem, tokens
from retrieval.asking import Kind
from retrieval.names import names
from retrieval.reporting import bare_forms

Spans = list[tuple[int, int]]
Finder = Callable[[str, int, int, Collection[str]], Spans]

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


def in_unit(unit: str, text: str, spans: Spans) -> Spans:
    """Return the numbers that stand in a *unit* of `retrieval.asking.unit`; all without one."""
    pattern = _IN_UNIT.get(unit)
    if pattern is None:
        return spans
    # A NUL stands where the number begins, so that a unit belongs to this number and no other.
    marked = ((s, f"{text[max(0, s[0] - 12) : s[0]]}\0{text[s[0] : s[1] + 24]}") for s in spans)
    return [span for span, around in marked if pattern.search(around) is not None]


_LENGTH = "met(?:re|er)s?|kilomet(?:re|er)s?|km|miles?|feet|foot|ft|inch(?:es)?|cm|mm|m|yards?|storeys?|stories|acres?|hectares?"
_DURATION = (
    r"seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|terms?"
)
_BEHIND = r"\0\S+?(?:\s(?:hundred|thousand|million|billion))?[\s-]?"
_IN_UNIT = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "age": rf"{_BEHIND}(?:years?|months?|weeks?|days?)[\s-]old|\b(?:aged|age(?:\sof)?)\s\0|,\s\0\d{{1,3}},",
        "weight": rf"{_BEHIND}(?:kg|kilo(?:gram)?s?|tonnes?|tons?|grams?|pounds?|lbs?|ounces?|stone)\b",
        "heat": rf"{_BEHIND}(?:degrees?|\u00b0|celsius|fahrenheit|kelvin)",
        "distance": rf"{_BEHIND}(?:square\s)?(?:{_LENGTH})\b",
        "extent": rf"{_BEHIND}(?:{_LENGTH}|{_DURATION})\b",
    }.items()
}


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
