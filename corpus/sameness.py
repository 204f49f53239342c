"""Sentences that are one and the same, printed by several articles, small edits aside."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from corpus.signatures import MINHASHES, Rows

Numbers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Sketches: TypeAlias = npt.NDArray[np.uint32]

SHORTEST = 4
"""Words of a sentence that is looked for in other articles."""

_AGREE = MINHASHES // 2 + 1
"""How many numbers of their sketches two sentences must have in common to be one."""


@dataclass(frozen=True, eq=False, slots=True)
class Printed:
    """Which article prints which of the sentences that several print.

    Sentences are numbered from 0 to *sentences*, articles from 0 to *articles*. Parallel arrays, by
    sentence, then article: *words* are those of the sentence in that article, *proof* as many of
    them as prove something, *place* is where it stands among what proves something
    in it, from 0 to 1.
    """

    articles: int
    sentences: int
    sentence: Numbers
    article: Numbers
    words: Numbers
    proof: Numbers
    place: npt.NDArray[np.float64]

    @property
    def counts(self) -> Numbers:
        """How many articles print each sentence: 2 or more."""
        return np.bincount(self.sentence, minlength=self.sentences)

    @property
    def starts(self) -> Numbers:
        """Where each sentence begins in the arrays, and the end of the last."""
        return np.append(0, np.cumsum(self.counts))

    def without(self, left_out: Flags) -> "Printed":
        """Return the same, but for the sentences that *left_out* has True for; numbers stay."""
        kept = ~left_out[self.sentence]
        return Printed(
            self.articles,
            self.sentences,
            self.sentence[kept],
            self.article[kept],
            self.words[kept],
            self.proof[kept],
            self.place[kept],
        )


def same_sentences(rows: Rows, article: Numbers) -> Numbers:
    """Return for each row the number of its sentence, -1 where no other article prints it.

    *article* is the number of each row's article, ascending.
    """
    same = np.full(len(rows), -1, np.int64)
    looked_for = np.flatnonzero(rows["words"] >= SHORTEST)
    group = _united(np.ascontiguousarray(rows["sketch"][looked_for]))
    in_articles = np.unique(np.stack([group, article[looked_for]]), axis=1)[0]
    several = np.bincount(in_articles, minlength=len(group)) > 1
    number = np.cumsum(several) - 1
    same[looked_for] = np.where(several[group], number[group], -1)
    return same


def printed(same: Numbers, rows: Rows, article: Numbers, proof: Numbers) -> Printed:
    """Return which articles print the sentences that `same_sentences` numbered in *same*.

    *proof* is how many words of each row prove something; there is an article more than the highest.
    """
    articles = int(article.max(initial=-1)) + 1
    held = np.flatnonzero(same >= 0)
    # Of a sentence that an article prints twice, the first counts.
    known, first = np.unique(same[held] * articles + article[held], return_index=True)
    row = held[first]
    return Printed(
        articles,
        int(same.max(initial=-1)) + 1,
        known // max(1, articles),
        article[row],
        rows["words"][row].astype(np.int64),
        proof[row],
        _places(proof, article)[row],
    )


def _places(proof: Numbers, article: Numbers) -> npt.NDArray[np.float64]:
    """Return how much of what its article proves stands above each row, with half of the row itself."""
    summed = np.cumsum(proof)
    totals = np.bincount(article, weights=proof)
    above = np.append(0.0, np.cumsum(totals))[:-1] if len(totals) else totals
    place: npt.NDArray[np.float64] = summed - proof / 2 - above[article]
    return place / np.maximum(1, totals[article])


def _united(sketches: Sketches) -> Numbers:
    """Return for each sketch the number of the first one that it is the same as, maybe by others."""
    edges = [_edges(sketches, column) for column in range(0, MINHASHES, 2)]
    one = np.concatenate([edge[0] for edge in edges])
    other = np.concatenate([edge[1] for edge in edges])
    return _components(len(sketches), one, other)


def _edges(sketches: Sketches, column: int) -> tuple[Numbers, Numbers]:
    """Return pairs of sketches that agree in two columns, and on the whole."""
    key = sketches[:, column].astype(np.uint64) << np.uint64(32) | sketches[:, column + 1]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    begins = np.append(True, ordered[1:] != ordered[:-1])[: len(order)]
    run = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    place = np.flatnonzero(~begins)
    one = np.concatenate([order[place], order[place]])
    # With the first of its kind, and with the one before, in case that first is an odd one.
    other = np.concatenate([order[run[place]], order[place - 1]])
    agree = np.count_nonzero(sketches[one] == sketches[other], axis=1) >= _AGREE
    return one[agree], other[agree]


def _components(size: int, one: Numbers, other: Numbers) -> Numbers:
    """Return for each of *size* things the smallest one that it is connected with."""
    root = np.arange(size)
    while True:
        low = np.minimum(root[one], root[other])
        high = np.maximum(root[one], root[other])
        apart = low != high
        if not apart.any():
            return root
        np.minimum.at(root, high[apart], low[apart])
        while (further := root[root]).tobytes() != root.tobytes():
            root = further
        one, other = one[apart], other[apart]
