"""What a question that follows another leaves unsaid: "when?", "and what did he say?", "and Ukraine?"."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from retrieval.analysis import Token, tokens
from retrieval.asking import Kind, kind_of
from retrieval.dates import NO_DATES, Asked, read_dates
from retrieval.models import NOTHING_CARRIED as NOTHING, Answer, Carried, Snippet
from retrieval.names import core, first_names, names, place_length
from retrieval.statement import AskedStatement

__all__ = ["NOTHING", "STATED", "Carried", "Followed", "Shape", "carried_from", "follow"]

_PEOPLE_SHOWN = 3

_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_PEOPLE = frozenset({"they", "them", "their", "theirs"})
_PRONOUNS = _GENDERS.keys() | _PEOPLE
_POINTING = frozenset("it its this that these those there then".split())
_OPENING = re.compile(r"\W*(?:and|but|so|or|then|also|(?:what|how)\s+about)\b", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a question asks: of what days, for what kind of thing, of whose words."""

    dates: Asked
    kind: Kind
    statement: AskedStatement

    @classmethod
    def read(cls, question: str, now: datetime | None) -> "Shape":
        """Return how *question* asks. *now* is what "yesterday" is counted from."""
        return cls(read_dates(question, now), kind_of(question), AskedStatement.read(question))


STATED = Shape(NO_DATES, Kind.ANY, AskedStatement())
"""How a claim or a headline asks: for nothing."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a question needs of what was *carried* to it: *names* and *terms* are to be added.

    *faint* when it has words enough of its own, so that those added tell less. *speaker* is who is
    meant where it asks what "he" said. *fragment* when it is no more than a name or a word of
    asking, and asks what was asked before.
    """

    carried: Carried = NOTHING
    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    faint: bool = False
    speaker: str = ""
    fragment: bool = False

    def completed(self, shape: Shape, own_names: str) -> Shape:
        """Return how the question asks, given what went before; *own_names* are those it has itself."""
        dates, kind = shape.dates, shape.kind
        if self.names or self.terms or self.fragment:
            dates = self._dates(dates)
        if self.fragment and kind is Kind.ANY and self.carried.kind in set(Kind):
            kind = Kind(self.carried.kind)
        return Shape(dates, kind, self._statement(shape, own_names))

    def _dates(self, read: Asked) -> Asked:
        if self.carried.dates is None or read.range is not None or read.recent:
            return read
        return Asked(self.carried.dates, self.carried.strict, recent=False, span=(0, 0))

    def _statement(self, shape: Shape, own_names: str) -> AskedStatement:
        """Return what is asked of somebody's words."""
        read = shape.statement
        if read.speaker and set(read.speaker.casefold().split()) <= _PRONOUNS:
            return replace(read, speaker=self.speaker)
        asks_again = self.fragment and shape.kind in (Kind.ANY, Kind.WHO)
        if not asks_again or not self.carried.said or read != AskedStatement():
            return read
        again = AskedStatement.of(self.carried.said)
        if own_names:
            return replace(again, speaker=own_names)
        by = " ".join(self.carried.names) if self.carried.by_name else ""
        return replace(again, speaker=by, asks_speaker=not by)


def carried_from(answer: Answer) -> Carried:
    """Return what a question that follows *answer* may carry: whom and what it was about."""
    people = tuple(dict.fromkeys(_people(answer.snippets)))[:_PEOPLE_SHOWN]
    return replace(answer.about, names=answer.about.names or people[:1], people=people)


def _people(snippets: Sequence[Snippet]) -> Iterator[str]:
    """Yield the names of who speaks in what is shown, then of people in the first snippet."""
    for snippet in snippets:
        if snippet.speaker is not None:
            mention = snippet.speaker.mention
            yield from _names_in(mention.article.text, mention.start, mention.end)
    for snippet in snippets[:1]:
        span = snippet.span
        yield from filter(_gender, _names_in(span.article.text, span.start, span.end))


def _names_in(text: str, start: int, end: int) -> Iterator[str]:
    for found in names(text, start, end):
        begin, stop = core(text, *found)
        if begin < stop:
            yield " ".join(text[begin:stop].split())


def _gender(name: str) -> str:
    """Return the gender that a given name tells, "" for what has none."""
    return first_names().get(name.casefold().split()[0], "")


def follow(
    question: str, own: Sequence[Token], named: Collection[Token], carried: Carried
) -> Followed:
    """Return what *question* needs of *carried*; nothing where it says itself whom and what it means.

    *own* are its words worth looking for, *named* those of them that are names.
    """
    if carried == NOTHING:
        return Followed()
    forms = {token.form for token in tokens(question)}
    speaker = _meant(forms, carried)
    points = carried.terms if forms & _POINTING else ()
    opened = _OPENING.match(question) is not None
    fragment = opened or _SENTENCE.search(question) is None
    if not own:
        meant = (speaker,) if speaker else _asked_again(question, carried)
        return Followed(carried, meant, carried.terms, speaker=speaker, fragment=fragment)
    if len(named) == len(own) and fragment and not speaker:
        return Followed(carried, (), carried.terms, fragment=True)
    if speaker or named:
        # It names its own people; what "that" is, was said before.
        meant = (speaker,) if speaker else ()
        return Followed(carried, meant, points, faint=True, speaker=speaker)
    # "And the damage?" leaves the earlier topic, "how many were hurt?" asks more about it.
    terms = () if opened and carried.names else carried.terms
    return Followed(carried, carried.names, terms, faint=True)


def _asked_again(question: str, carried: Carried) -> tuple[str, ...]:
    """Return the names that one word of asking is about; "who else?" means nobody who was shown."""
    others = kind_of(question) is Kind.WHO and carried.asks_speaker
    return () if others else carried.names


def _meant(forms: Collection[str], carried: Carried) -> str:
    """Return whom the pronouns of a question mean, "" for none.

    That is somebody who was asked about, else somebody who was shown, whose name has no other gender.
    """
    asked = [name for name in carried.names if not _is_place(name)]
    if not _PEOPLE.isdisjoint(forms):
        return next(iter((*carried.names, *carried.people)), "")
    gender = next((_GENDERS[form] for form in _GENDERS if form in forms), "")
    if not gender:
        return ""
    full = [person for name in asked for person in carried.people if _holds(person, name)]
    meant = (*full, *(name for name in asked if _gender(name)), *carried.people, *asked)
    return next((name for name in meant if _gender(name) in ("", gender)), "")


def _holds(person: str, name: str) -> bool:
    return set(name.casefold().split()) <= set(person.casefold().split())


def _is_place(name: str) -> bool:
    folded = name.casefold().split()
    return place_length(folded) == len(folded)
