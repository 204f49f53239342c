"""Who is named in an article: full names with their roles, found again by surname or pronoun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retrieval.analysis import STOPWORDS
from retrieval.lexicon import rows

UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100\u0106\u010c\u010e\u0110\u0118\u011a\u0130\u0141\u0147\u0150\u0158\u015a\u015e\u0160\u0164\u016e\u0170\u0178-\u017b\u017d\u0386-\u03ab\u0400-\u042f"
_CAPITALISED = (
    rf"(?:(?:al|el|as|ash|ad|ben|bin)-|[dlO]['\u2019])?[{UPPER}][^\W_]*(?:['\u2019.\-][^\W_]+)*"
)
_PARTICLE = (
    r"(?:al|ap|bin|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|le|ten|ter|van|von|zu)"
)
_DOT = rf"(?:(?:(?<=\b[{UPPER}])|(?<=\bMr|\bMs|\bDr|\bSt|\bLt|\bJr)|(?<=\bMrs|\bGen|\bCol|\bGov|\bSen|\bRep|\bRev|\bSgt)|(?<=\bProf|\bCapt))\.)?"
NAME = rf"{_CAPITALISED}(?:{_DOT}[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}{_CAPITALISED})*"
"""Capitalised words side by side, with particles (van der, al-) and the dots of initials and titles."""

_NAME = re.compile(NAME)
_WORD = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
_INSIDE = re.compile(rf"(?<=[a-z,;] )[{UPPER}][^\W_]+")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_TITLES = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f"}
_HONORIFICS = frozenset(
    "dr prof professor gen general col colonel lt capt captain sgt rev sen rep gov judge".split()
)
_ORGANISED = frozenset(
    """agency army association authority bank board bureau center centre college commission committee company
    congress corporation council court department federation foundation front group house institute
    international league ministry movement network office organization organisation parliament party
    police press republic security senate service society states street team times union united
    university war world""".split()
)
"""Words that make a name the name of an organisation or a thing."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person or body as an article names it: the offsets of the mention, role included.

    *gender* is "m", "f", "g" for a group, or "" where nothing tells; *words* counts its words.
    """

    start: int
    end: int
    gender: str
    words: int


@cache
def roles() -> dict[str, str]:
    """Return role nouns -> "m", "f", "g" (a group) or "-". Plurals are groups. Not to be changed."""
    table: dict[str, str] = {}
    for word, gender in rows("roles"):
        last = word.split("_")[-1]
        table[last] = gender if "_" not in word else table.get(last, gender)
        plural = last[:-1] + "ies" if last.endswith("y") else last + "s"
        table.setdefault(last.replace("man", "men") if last.endswith("man") else plural, "g")
    return table


@cache
def first_names() -> dict[str, str]:
    """Return given names, in lower case -> "m" or "f". Not to be changed."""
    return {name: gender for name, gender in rows("first_names")}


def is_role(word: str) -> bool:
    """Tell whether *word* names a person or a group by what they do."""
    return word.casefold() in roles()


def names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each run of capitalised words, without a stop word at its head."""
    for match in _NAME.finditer(text, start, end):
        begin, stop = match.span()
        while begin < stop:
            word = _WORD.match(text, begin, stop)
            if word is None or word.group().casefold() not in STOPWORDS:
                break
            begin = word.end()
            while begin < stop and not text[begin].isalnum():
                begin += 1
        if begin < stop:
            yield begin, stop - _possessive_length(text[begin:stop])


def _possessive_length(name: str) -> int:
    ending = _POSSESSIVE.search(name)
    return len(ending.group()) if ending else 0


def with_role(text: str, floor: int, start: int) -> int:
    """Return where the mention begins whose name begins at *start*: at its role, if one precedes.

    "Dutch prime minister Mark Rutte": the words before a name belong to it when the last of them is
    a role, back to the first that cannot stand before one. Never before *floor*.
    """
    before = list(_WORD.finditer(text, max(floor, start - 80), start))
    begin = start
    taken = 0
    for word in reversed(before):
        lower = _POSSESSIVE.sub("", word.group()).casefold()
        gap = text[word.end() : begin]
        if gap.strip(" \u00a0.-") or taken > 6:
            break
        if taken == 0 and not is_role(lower) and lower not in _TITLES:
            break
        if lower in STOPWORDS or lower.endswith(("ed", "ing")):
            break
        begin = word.start()
        taken += 1
    return begin


def gender_of(text: str, start: int, end: int) -> str:
    """Return the gender that a mention shows: by its title, its role, its given name."""
    words = [w.group().casefold() for w in _WORD.finditer(text, start, end)]
    known = roles()
    for word in words:
        told = _TITLES.get(word) or known.get(word, "-")
        if told in ("m", "f"):
            return told
    given = first_names()
    for word in words:
        if word in given:
            return given[word]
    if any(known.get(word) == "-" or word in _HONORIFICS for word in words):
        return ""
    grouped = any(known.get(word) == "g" or word in _ORGANISED for word in words)
    return "g" if grouped else ""


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the part of a name that is no title or role: "Professor Burrows" -> "Burrows"."""
    begin = start
    for word in _WORD.finditer(text, start, end):
        lower = word.group().casefold()
        if not (is_role(lower) or lower in _TITLES or lower in _HONORIFICS):
            return word.start(), end
        begin = word.start()
    return begin, end


class Cast:
    """Everybody whom one article names by more than one word, in the order of the text.

    Built in full before it is asked; afterwards it is only read.
    """

    def __init__(self, text: str) -> None:
        self._by_last: dict[str, list[Named]] = {}
        self._by_first: dict[str, list[Named]] = {}
        self._capitalised = {match.group() for match in _INSIDE.finditer(text)}
        for start, end in names(text, 0, len(text)):
            self._enter(text, start, end)

    def _enter(self, text: str, start: int, end: int) -> None:
        parts = [part.group() for part in _WORD.finditer(text, *core(text, start, end))]
        line = text.rfind("\n", 0, start) + 1
        begin = with_role(text, line, start)
        if len(parts) < 2 and end - begin == len(parts[0]):
            return
        gender = gender_of(text, begin, end)
        named = Named(begin, end, gender, len(text[begin:end].split()))
        self._by_last.setdefault(parts[-1].casefold(), []).append(named)
        # "Xi" for Xi Jinping; but "Texas" is not for every Texas something.
        if len(parts) in (2, 3) and (gender in ("m", "f") or begin < start):
            self._by_first.setdefault(parts[0].casefold(), []).append(named)

    def knows(self, word: str) -> bool:
        """Tell whether *word* is capitalised inside a sentence, too: its capital is no accident."""
        return word in self._capitalised or word.casefold() in first_names()

    def by_name(self, name: str, before: int) -> Named | None:
        """Return who is meant by one word of a name at offset *before*, as they were introduced.

        That is the first full mention before it; a name given in full only later counts, too.
        """
        word = name.casefold()
        known = self._by_last.get(word) or self._by_first.get(word)
        if known is None:
            return None
        earlier = [n for n in known if n.end <= before]
        return max(earlier or known, key=lambda n: (min(n.words, 3), -n.start))
