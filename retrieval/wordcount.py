"""How often each word of a corpus is written with a capital: counted article by article."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.strings import Strings

Counts = npt.NDArray[np.uint32]

Counted = tuple[str, int, int]
"""A stem of an article, and how often it stands inside sentences with a capital, and without."""


@dataclass(frozen=True, eq=False)
class WordCount:
    """For each stem of a corpus, how often it stands inside sentences *capitals* and *lower*.

    *articles* says how many articles have it. The arrays may be mapped from a file.
    """

    stems: Strings
    capitals: Counts
    lower: Counts
    articles: Counts


class Counting:
    """Counts the words of one article after another."""

    def __init__(self, known: WordCount | None = None) -> None:
        self._known: dict[str, list[int]] = {}
        if known is not None:
            columns = (known.capitals, known.lower, known.articles)
            rows = np.stack(columns, axis=1).astype(np.int64).tolist()
            self._known = dict(zip(known.stems, rows, strict=True))

    def add(self, words: Iterable[Counted]) -> None:
        """Count an article that was not there."""
        for stem, capitals, lower in words:
            counts = self._known.get(stem)
            if counts is None:
                self._known[stem] = [capitals, lower, 1]
            else:
                counts[0] += capitals
                counts[1] += lower
                counts[2] += 1

    def remove(self, words: Iterable[Counted]) -> None:
        """Take away an article that was counted."""
        for stem, capitals, lower in words:
            counts = self._known[stem]
            counts[0] -= capitals
            counts[1] -= lower
            counts[2] -= 1
            if not counts[2]:
                del self._known[stem]

    def done(self) -> WordCount:
        """Return what was counted."""
        stems = sorted(self._known)
        rows = np.array([self._known[stem] for stem in stems], np.uint32).reshape(-1, 3)
        return WordCount(Strings.of(stems), *np.ascontiguousarray(rows.T))
