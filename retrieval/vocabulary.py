"""The words of a corpus: how rare each is, which are names, and which was meant by one misspelt."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, product, starmap
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from retrieval.engine import Index
from retrieval.wordcount import WordCount

NAME_RATIO = 80.0
"""How alike, of 100, a misspelt name is to the one meant: "zelenski" and "zelenskyy" have 82."""

WORD_RATIO = 88.0
"""... another word: many good English words are as near to each other as "react" and "reach" (80)."""

_NAME_SHARE = 0.7
"""The share of its occurrences inside sentences that a name has with a capital."""

_SHORTEST_MISSPELT = 4
_SHARED_BEGINNING = 0.7
"""The share of a word's letters that its derivations begin with: "colon-y", "colon-ial"."""

_MOST_DERIVED = 12

_Number = Any
"""A whole number, or an array of them."""

_REMEMBERED = 1 << 16
"""Words whose places are remembered: they come again in question after question."""


class Vocabulary:
    """The stems of a corpus. Never changes once made; safe from several threads."""

    def __init__(self, index: Index, counted: WordCount) -> None:
        self.counted = counted
        self._index = index
        self._stems = counted.stems
        self._place = lru_cache(_REMEMBERED)(counted.stems.find)
        capitals = counted.capitals.astype(np.float64)
        self._is_name = capitals / np.maximum(1, capitals + counted.lower) >= _NAME_SHARE
        self._keys, self._by_key = _alike(counted, self._is_name)

    def __contains__(self, stem: object) -> bool:
        return isinstance(stem, str) and self._place(stem) >= 0

    def __len__(self) -> int:
        return len(self._stems)

    def idf(self, stem: str) -> float:
        """Return how much a stem tells: above 0, the more the rarer, most for an unknown one."""
        holders = self._index.frequency(stem)
        return math.log(1 + (len(self._index) - holders + 0.5) / (holders + 0.5))

    def is_name(self, stem: str) -> bool:
        """Tell whether the corpus writes *stem* with a capital as a rule."""
        place = self._place(stem)
        return place >= 0 and bool(self._is_name[place])

    def meant_by(self, stem: str, *, name: bool) -> str | None:
        """Return the known stem that an unknown one is a misspelling of; a name only of a name."""
        if stem in self or len(stem) < _SHORTEST_MISSPELT or not stem.isalpha():
            return None
        reach = 1 if len(stem) < 6 else 3
        lengths = range(len(stem) - reach, len(stem) + reach + 1)
        kinds = product((stem[0],), lengths, (True,) if name else (True, False))
        alike = chain.from_iterable(starmap(self._of_kind, kinds))
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
        for at in range(self._stems.first_from(beginning), len(self._stems)):
            other = self._stems[at]
            if not other.startswith(beginning) or len(found) == _MOST_DERIVED:
                break
            if other != stem and len(beginning) >= 0.6 * len(other):
                found.append(other)
        return found

    def _of_kind(self, first: str, length: int, name: bool) -> list[str]:  # noqa: FBT001 - a key
        """Return the stems with this first letter, so long, that are names or are none."""
        key = _key(first.encode()[0], length, name)
        start, end = np.searchsorted(self._keys, [key, key + 1])
        stems = (self._stems[place] for place in self._by_key[start:end].tolist())
        return [stem for stem in stems if stem.startswith(first)]


def _alike(
    counted: WordCount, is_name: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    """Return the key of each stem, ascending, and the places of the stems in that order."""
    letters, ends = counted.stems.letters, counted.stems.ends.astype(np.int64)
    # Of a character in UTF-8 only the first byte does not begin with the bits 10.
    characters = np.append(0, np.cumsum((letters & 0xC0) != 0x80))[ends]
    lengths = np.diff(characters, prepend=0)
    first = np.append(letters, 0)[np.append(0, ends)[:-1]].astype(np.int64)
    keys = _key(first, lengths, is_name)
    order = np.argsort(keys, kind="stable")
    return keys[order], order


def _key(first: _Number, length: _Number, is_name: _Number) -> _Number:
    """Return one number for the first byte, the length, and whether it is a name."""
    return first << 32 | length << 1 | is_name
