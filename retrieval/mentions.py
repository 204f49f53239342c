"""Who was mentioned last in one article, and whom a pronoun or a role then means."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.names import is_plural_role, place_length
from retrieval.persons import COORDINATED, GENDERS, Attribution, Persons, is_called

_PART = re.compile(r"[^\W_]+(?:['\u2019\-][^\W_]+)*")
_NEAR = 4
_FAR = 8
"""How many who were mentioned last a pronoun may go back to: of any gender, and of a known one."""
_REMEMBERED = 20
"""How many who were mentioned last a role may go back to."""
_SHORTLY = 250
"""How many characters before a pronoun somebody counts who was only named in passing."""
_NEAR_BY = 600
"""How many characters before "its governor" the governor's name may stand."""


class _Seen(NamedTuple):
    """A mention, the gender that is known of it, and the offset at which it was come by."""

    mention: Attribution
    gender: str
    at: int


class Mentions:
    """The mentions of one article up to where it is read: whom a pronoun or a role may mean.

    Who is named in full is told by `introduce`, in the order of the text, before anything is asked;
    who is mentioned where the article is read, by `remember`.
    """

    def __init__(self, text: str, persons: Persons) -> None:
        self._text, self._persons = text, persons
        self._gendered: dict[str, list[Attribution]] = {}
        self._roled: list[Attribution] = []
        self._barred = ""
        self._since: int | None = None
        self._recent: list[_Seen] = []

    def introduce(self, start: int, end: int, gender: str, *, roled: bool) -> None:
        """Note a name, its gender or "", and whether a role stands before it."""
        if not (roled or gender in ("m", "f")):
            return
        named = Attribution(start, end, inferred=True)
        if roled:
            self._roled.append(named)
        if gender in ("m", "f"):
            self._gendered.setdefault(gender, []).append(named)

    def remember(self, mention: Attribution, at: int) -> None:
        """Note that somebody is mentioned or speaks at offset *at*: a pronoun may mean them next."""
        self._recent.append(_Seen(mention, self._persons.gender(mention), at))

    def holder(self, role: str, at: int, *, owned: bool) -> Attribution | None:
        """Return whom "the spokesman" means at offset *at*: who was last mentioned with it and a name.

        *owned* when it is "its spokesman": then they must stand near by, but may be named in passing.
        """
        for attribution, *_ in reversed(self._recent[-_REMEMBERED:]):
            mention = self._text[attribution.start : attribution.end].casefold()
            near = not owned or at - _NEAR_BY < attribution.end <= at
            if near and role in _PART.findall(mention) and self._persons.has_name(attribution):
                return _inferred(attribution)
        return self._named_with(role, at) if owned else None

    def _named_with(self, role: str, at: int) -> Attribution | None:
        """Return who is named in full with this role before them, shortly before *at*."""
        index = bisect_right(self._roled, at, key=lambda named: named.end)
        for named in reversed(self._roled[max(0, index - _REMEMBERED) : index]):
            if named.end < at - _NEAR_BY:
                return None
            if role in self._text[named.start : named.end].casefold().split():
                return named
        return None

    def antecedent(
        self, pronoun: str, at: int, but: Attribution | None = None, since: int | None = None
    ) -> Attribution | None:
        """Return whom a pronoun at offset *at* means, or None: the last one mentioned whose gender agrees.

        *but* is somebody whom it cannot mean, nor can it mean whoever was mentioned from *since* on.
        """
        self._barred = self._persons.surname(but) if but is not None else ""
        self._since = since
        if pronoun == "it":
            return self._last_body(_NEAR) or self._last_thing() or self._last_body(_FAR)
        if pronoun == "they":
            return self._last("g", _FAR) or self._last_person()
        gender = GENDERS.get(pronoun)
        if gender is None:
            return None
        subject = self._subject_before(at)
        if subject is not None:
            return subject
        recent = self._last(gender, _NEAR)
        if recent is not None and self._persons.has_name(recent):
            return recent
        named = self._named_before(gender, at)
        return named or recent or self._last_person() or self._last(gender, _FAR)

    def _subject_before(self, at: int) -> Attribution | None:
        """Return who was mentioned last, shortly before *at*, when it is a person of unknown gender.

        Whoever has a name and a calling is meant before others whose gender is known.
        """
        for mention, gender, seen in self._reached(1):
            words = _PART.findall(self._text[mention.start : mention.end].casefold())
            called = is_called(words) and len(words) > 2
            called = called or self._persons.is_introduced(mention)
            near = 0 <= at - seen <= _SHORTLY + mention.end - mention.start
            if not gender and near and called and self._persons.has_name(mention):
                return _inferred(mention)
        return None

    def _reached(self, reach: int) -> Iterator[_Seen]:
        """Yield who was mentioned last, the last one first, without who is barred."""
        end = len(self._recent)
        if self._since is not None:
            end = bisect_left(self._recent, self._since, key=lambda seen: seen.at)
        for seen in reversed(self._recent[max(0, end - reach) : end]):
            if not self._barred or self._persons.surname(seen.mention) != self._barred:
                yield seen

    def _named_before(self, gender: str, at: int) -> Attribution | None:
        """Return who of this gender is named in full shortly before *at*, be it in passing."""
        known = self._gendered.get(gender, [])
        index = bisect_right(known, at, key=lambda named: named.end)
        for named in reversed(known[max(0, index - _NEAR) : index]):
            later = self._since is not None and named.start >= self._since
            if (
                not later
                and at - named.end <= _SHORTLY
                and self._persons.surname(named) != self._barred
            ):
                return named
        return None

    def _last(self, gender: str, reach: int) -> Attribution | None:
        return next((_inferred(a) for a, known, _ in self._reached(reach) if known == gender), None)

    def _last_body(self, reach: int) -> Attribution | None:
        """Return the last body or country mentioned, no plural of people."""
        for attribution, gender, _ in self._reached(reach):
            words = self._text[attribution.start : attribution.end].casefold().split()
            run = words[words[0] == "the" :]
            if COORDINATED.search(self._text, attribution.start, attribution.end):
                continue
            country = bool(run) and place_length(run) == len(run)
            if country or (gender == "g" and not any(map(is_plural_role, words))):
                return _inferred(attribution)
        return None

    def _last_person(self) -> Attribution | None:
        """Return the last one mentioned who has a role or several names, of unknown gender."""
        for attribution, gender, _ in self._reached(_NEAR):
            mention = self._text[attribution.start : attribution.end]
            if not gender and " " in mention and self._persons.may_be_person(attribution):
                return _inferred(attribution)
        return None

    def _last_thing(self) -> Attribution | None:
        """Return the last one mentioned that has a name and is no person: "Fiscal Watch"."""
        for attribution, gender, _ in self._reached(_NEAR):
            words = _PART.findall(self._text[attribution.start : attribution.end].casefold())
            called = is_called(words)
            if gender or called or self._persons.is_introduced(attribution):
                continue
            if self._persons.has_name(attribution):
                return _inferred(attribution)
        return None


def _inferred(mention: Attribution) -> Attribution:
    return Attribution(mention.start, mention.end, inferred=True)
