"""Words that may stand for one another: near-synonyms, countries and their people, abbreviations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import NamedTuple

from retrieval.analysis import content, stem, tokens
from retrieval.lexicon import rows, words

Phrase = tuple[str, ...]
"""The stems of one or several words."""

LONGEST_PHRASE = 4

SYNONYM = 0.65
CONCEPT = 0.65
KIND = 0.65
KIND_OF = 0.45
DEMONYM = 0.8
CAPITAL = 0.6
CITY = 0.5
ABBREVIATION = 0.9


class Related(NamedTuple):
    """A phrase that may stand for another, and how well: 0 (not at all) to 1 (just as well)."""

    phrase: Phrase
    strength: float


def related(stems: Sequence[str]) -> Iterator[tuple[range, Related]]:
    """Yield, for each phrase of *stems* that the tables know, where it stands and what may replace it.

    Phrases like "cut off" are known only where *stems* has the stop words, too.
    """
    table = relations()
    for first in range(len(stems)):
        for last in range(first + 1, min(first + LONGEST_PHRASE, len(stems)) + 1):
            for other in table.get(tuple(stems[first:last]), ()):
                yield range(first, last), other


@cache
def relations() -> Mapping[Phrase, tuple[Related, ...]]:
    """Return each phrase of the tables -> what may stand for it, the strongest relation of each pair."""
    found: dict[Phrase, dict[Phrase, float]] = {}
    for one, other, strength in _pairs():
        if one and other and one != other:
            known = found.setdefault(one, {})
            known[other] = max(strength, known.get(other, 0.0))
    return {one: tuple(Related(*item) for item in others.items()) for one, others in found.items()}


@cache
def english() -> frozenset[str]:
    """Return the stems of the English words that the tables know."""
    known = {part for phrase in relations() for part in phrase}
    known.update(stem(word) for name in _PLAIN for word in words(name))
    return frozenset(known)


_PLAIN = ("irregular", "stopwords", "light")


def _pairs() -> Iterator[tuple[Phrase, Phrase, float]]:
    """Yield (phrase, what may stand for it, how well) for every row of every table."""
    yield from _paraphrases()
    for row in rows("concepts"):
        yield from _both_ways(map(_phrase, row), CONCEPT)
    for general, *particular in rows("kinds"):
        for one in map(_phrase, particular):
            yield _phrase(general.removesuffix(":")), one, KIND
            yield one, _phrase(general.removesuffix(":")), KIND_OF
    for row in rows("organisations"):
        yield from _both_ways((_phrase(word) for word in row if word != "|"), ABBREVIATION)
    for row in rows("places"):
        yield from _country(" ".join(row).split(" | "))
    for city, _, country in rows("cities"):
        # One way only: what is in the city is in the country, and not the other way round.
        yield _phrase(country), _phrase(city), CITY


def _paraphrases() -> Iterator[tuple[Phrase, Phrase, float]]:
    for row in rows("synonyms"):
        yield from _both_ways(map(_phrase, row), SYNONYM)
    for asked, *written in rows("asked"):
        # One way only: what is "cut off" is isolated, but not all that is isolated is called cut.
        for other in written:
            yield _asked(asked), _phrase(other), SYNONYM


def _country(fields: Sequence[str]) -> Iterator[tuple[Phrase, Phrase, float]]:
    name, people, capital, metonyms, others = (
        [_phrase(word) for word in field.split() if word != "-"] for field in fields
    )
    yield from _both_ways([*name, *people, *others], DEMONYM)
    for country in [*name, *people, *others]:
        for town in [*capital, *metonyms]:
            yield country, town, CAPITAL
            yield town, country, CAPITAL
    yield from _both_ways([*capital, *metonyms], CAPITAL)


def _both_ways(
    phrases: Iterable[Phrase], strength: float
) -> Iterator[tuple[Phrase, Phrase, float]]:
    for one, other in permutations(phrases, 2):
        yield one, other, strength


@cache
def _phrase(entry: str) -> Phrase:
    return tuple(token.stem for token in content(tokens(entry.replace("_", " "))))


def _asked(entry: str) -> Phrase:
    """Return the stems by which a question is known to ask: all of them where one alone tells nothing."""
    told = _phrase(entry)
    if len(told) == 1 and "_" in entry:
        return tuple(token.stem for token in tokens(entry.replace("_", " ")))
    return told
