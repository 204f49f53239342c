"""The words of a corpus: how rare each is, which are names, and which was meant by one misspelt."""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain, product

from rapidfuzz import fuzz, process

from retrieval.engine import Index

NAME_RATIO = 80.0
"""How alike, of 100, a misspelt name is to the one meant: "zelenski" and "zelenskyy" have 82."""

WORD_RATIO = 88.0
"""... another word: many good English words are as near to each other as "react" and "reach" (80)."""

_SHORTEST_MISSPELT = 4
_SHARED_BEGINNING = 0.7
"""The share of a word's letters that its derivations begin with: "colon-y", "colon-ial"."""


class Vocabulary:
    """The stems of a corpus. Never changes once made; safe from several threads.

    *capitalised* tells of each stem which share of its occurrences inside sentences has a capital.
    """

    def __init__(self, index: Index, capitalised: Mapping[str, float]) -> None:
        self._index = index
        self._capitalised = capitalised
        self._stems: Sequence[str] = sorted(capitalised)
        self._alike: dict[tuple[str, int, bool], list[str]] = {}
        for stem in self._stems:
            key = (stem[0], len(stem), self.is_name(stem))
            self._alike.setdefault(key, []).append(stem)

    def __contains__(self, stem: object) -> bool:
        return stem in self._capitalised

    def __len__(self) -> int:
        return len(self._stems)

    def idf(self, stem: str) -> float:
        """Return how much a stem tells: above 0, the more the rarer, most for an unknown one."""
        holders = self._index.frequency(stem)
        return math.log(1 + (len(self._index) - holders + 0.5) / (holders + 0.5))

    def is_name(self, stem: str) -> bool:
        """Tell whether the corpus writes *stem* with a capital as a rule."""
        return self._capitalised.get(stem, 0.0) >= 0.7

    def meant_by(self, stem: str, *, name: bool) -> str | None:
        """Return the known stem that an unknown one is a misspelling of; a name only of a name."""
        if stem in self or len(stem) < _SHORTEST_MISSPELT or not stem.isalpha():
            return None
        reach = 1 if len(stem) < 6 else 3
        lengths = range(len(stem) - reach, len(stem) + reach + 1)
        kinds = product((stem[0],), lengths, (True,) if name else (True, False))
        alike = chain.from_iterable(self._alike.get(kind, ()) for kind in kinds)
        found = process.extract(stem, alike, scorer=fuzz.ratio, score_cutoff=NAME_RATIO, limit=5)
        near = [match for match in found if match[1] >= WORD_RATIO or self.is_name(match[0])]
        if not near:
            return None
        return max(near, key=lambda match: (match[1], self._index.frequency(match[0])))[0]

    def derived_from(self, stem: str) -> Sequence[str]:
        """Return the stems that share most of their letters' beginning with *stem*, at most 12."""
        if len(stem) < 5 or not stem.isalpha():
            return ()
        beginning = stem[: max(4, math.ceil(len(stem) * _SHARED_BEGINNING))]
        found: list[str] = []
        at = bisect_left(self._stems, beginning)
        while at < len(self._stems) and self._stems[at].startswith(beginning) and len(found) < 12:
            other = self._stems[at]
            if other != stem and len(beginning) >= 0.6 * len(other):
                found.append(other)
            at += 1
        return found
