"""Names in a text, the roles before them, and the gender that a mention tells."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from retrieval.analysis import STOPWORDS
from retrieval.grammar import members
from retrieval.lexicon import fields, rows

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
_OF_A_BODY = re.compile(
    rf"(?:the )?{_CAPITALISED}(?: {_CAPITALISED}){{1,3}}(?= (?:of|at|from) the )"
)
"""A name of several words that belongs to a body: "Ana Silva of the weather service"."""
_AGED = ("-year-old", "-year-olds")
_REACH = 80
_MOST_BEFORE = 7
"""How many characters and words a role before a name may have."""
_ABBREVIATED = 4
_TITLES = {"mr": "m", "sir": "m", "lord": "m"} | dict.fromkeys(
    ("mrs", "ms", "miss", "lady", "dame"), "f"
)
KNIGHTED = frozenset({"sir", "dame"})
"""Titles that stand before a given name: "Sir Tom" is Sir Tom Lind."""


@cache
def roles() -> dict[str, str]:
    """Return role nouns -> "m", "f", "g" (a group) or "-". Plurals are groups. Not to be changed.

    A role of several words is known by its head: "minister" for "prime minister", "chief" for "chief
    of staff".
    """
    table: dict[str, str] = {}
    for entry, gender in rows("roles"):
        head = entry.partition("_of_")[0].partition("_in_")[0].split("_")[-1]
        table[head] = gender if "_" not in entry else table.get(head, gender)
        table.setdefault(_plural(head), "g")
        if gender == "g" and entry.endswith("s") and "_" not in entry:
            table.setdefault(head[:-3] + "y" if head.endswith("ies") else head[:-1], "-")
    return table


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh")) else "s")


def is_plural_role(word: str) -> bool:
    """Tell whether a folded word names several people: "officials", "police"."""
    return roles().get(word) == "g" and (
        word.endswith(("s", "men")) or word in members("collective")
    )


@cache
def first_names() -> dict[str, str]:
    """Return given names, in lower case -> "m" or "f". Not to be changed."""
    return {row[0]: row[1] for row in rows("first_names")}


@cache
def _places() -> frozenset[str]:
    """Return countries, their capitals and other names, and cities."""
    countries = (row[i] for row in fields("places") for i in (0, 2, 4))
    return frozenset(name.replace("_", " ") for names_ in countries for name in names_) | {
        row[0].replace("_", " ") for row in rows("cities")
    }


def place_length(run: Sequence[str]) -> int:
    """Return how many of the first of some folded words name a known place: 2 of "new york said"."""
    found = (n for n in range(min(len(run), 4), 0, -1) if " ".join(run[:n]) in _places())
    return next(found, 0)


def is_role(word: str) -> bool:
    """Tell whether a folded word names a person or a group by what they do, or by their age."""
    if "-" not in word:
        return word in roles()
    return word in roles() or word.rpartition("-")[2] in roles() or word.endswith(_AGED)


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
    nearest = text[max(floor, start - _REACH) : start].split()[-1:]
    if not nearest or (nearest[0].isalpha() and not _is_title(nearest[0].casefold())):
        return start  # so it is for most names, and quickly told
    before = list(_WORD.finditer(text, max(floor, start - _REACH), start))
    begin = start
    for taken, word in enumerate(reversed(before[-_MOST_BEFORE:])):
        lower = _POSSESSIVE.sub("", word.group()).casefold()
        fits = taken > 0 or _is_title(lower)
        apart = text[word.end() : begin].strip(" \u00a0-")
        if apart == "." and (len(lower) == 1 or _is_abbreviated(lower)):
            apart = ""
        if (
            taken == 1
            and not apart
            and nearest[0].casefold() in members("verbal")
            and _may_do(word.group())
        ):
            return start  # "Prosecutors suspect Tom Lind"
        if apart or not fits or _is_foreign(lower):
            break
        begin = word.start()
    return begin


def _may_do(word: str) -> bool:
    """Tell whether a word may be the subject of a verb in the plural, or lead to a base form."""
    lower = word.casefold()
    return is_plural_role(lower) or lower in members("before_verbs")


def _is_title(word: str) -> bool:
    return is_role(word) or word in _TITLES


def _is_foreign(word: str) -> bool:
    """Tell whether a word cannot stand in a role: a stop word, a time, a verb ("met", "elected")."""
    return (
        word in STOPWORDS
        or word in members("time")
        or word.endswith(("ed", "ing"))
        or word in _irregular_pasts()
    )


@cache
def _irregular_pasts() -> frozenset[str]:
    return frozenset(form for row in rows("irregular") for form in row[1:])


def _is_abbreviated(word: str) -> bool:
    return len(word) <= _ABBREVIATED and (word in _TITLES or word in members("honorific"))


def gender_of(text: str, start: int, end: int) -> str:
    """Return the gender that a mention shows: by its title, its given name, its role.

    "m", "f", "g" for a group, or "". What stands before a possessive is somebody else.
    """
    return _gender(text[start:end])


@lru_cache(maxsize=10_000)
def _gender(shown: str) -> str:
    owner = max(shown.rfind("'s "), shown.rfind("\u2019s "))
    words = [w.casefold() for w in _WORD.findall(shown, max(0, owner))]
    known, given = roles(), first_names()
    person = _OF_A_BODY.match(shown, max(0, owner))
    body = set(words) if person is None else {w.casefold() for w in _WORD.findall(person.group())}
    own = shown[max(0, owner) :].partition(", ")[0]
    for table in (_TITLES, given):
        # Of "Ann Arbor detective Tom Lind, brother of Mary Lind" Tom is meant.
        for word in (*_before_last(own), *words):
            if word in table:
                return table[word]
    told = {known[word] for word in body if word in known}
    single = told & {"m", "f", "-"}
    if not single or (words and is_plural_role(words[-1])):
        return "g" if told or not members("organised").isdisjoint(body) else ""
    return next(iter(single)) if len(single) == 1 and "-" not in single else ""


def _before_last(name: str) -> list[str]:
    """Return the folded words of a name from its last but one to its first: a given name is no last one."""
    return [word.casefold() for word in _WORD.findall(name)][-2::-1]


def core(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the part of a name that is no title or role: "Professor Burrows" -> "Burrows"."""
    begin = start
    for word in _WORD.finditer(text, start, end):
        lower = word.group().casefold()
        if not (is_role(lower) or lower in _TITLES or lower in members("honorific")):
            return word.start(), end
        begin = word.start()
    return begin, end
