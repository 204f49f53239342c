"""The default engine: rank-bm25, with its statistics kept as postings.

rank-bm25 keeps a dictionary a passage and walks all of them for each term of a question. Here the same
numbers stand term by term in arrays, so that a search touches only the passages that hold a term.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi
from typing_extensions import override

from retrieval.models import Hit, Terms

K1 = 1.2
B = 0.75


class Postings(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no annotations
    """BM25 over postings: which passages hold a term, and what the term adds to each one's score.

    The formula is rank_bm25's Okapi. Its IDF is log(1 + (N - n + .5) / (n + .5)) instead, which stays
    above 0 for a word in every passage (Robertson and Zaragoza, 2009, "The Probabilistic Relevance
    Framework", as Lucene has it): Okapi's own is 0 for a word in half of the passages.

    A passage's length is the number of its plain terms: those that the analyzer marks with a prefix
    repeat them.
    """

    _hashes: npt.NDArray[np.int64]
    """The hash of each term, ascending: strings would take ten times the room, and twice the time to
    build. Of ten million terms two have the same with a chance of three in a million."""
    _passages: npt.NDArray[np.int32]
    """Passage numbers, ascending within each term, one term after the other."""
    _counts: npt.NDArray[np.uint16]
    """How often the term occurs in the passage at the same place."""
    _offsets: npt.NDArray[np.int64]
    """Term t stands at _offsets[t] to _offsets[t + 1]."""
    _saturation: npt.NDArray[np.float64]
    """What each passage's length adds to a count in the divisor of the formula."""

    def __init__(self, passages: Iterable[Iterable[str]]) -> None:
        super().__init__(passages, k1=K1, b=B)
        lengths = np.array(self.doc_len, dtype=np.float64)
        self._saturation = self.k1 * (1 - self.b + self.b * lengths / self.avgdl)

    @override
    def _initialize(self, corpus: Iterable[Iterable[str]]) -> npt.NDArray[np.int64]:
        hashes, holders, counts = array("q"), array("i"), array("i")
        for passage, terms in enumerate(corpus):
            frequencies = Counter(terms)
            hashes.extend(map(hash, frequencies))
            holders.extend(repeat(passage, len(frequencies)))
            counts.extend(frequencies.values())
            self.doc_len.append(sum(n for term, n in frequencies.items() if term[0] not in "=+^"))
        self.corpus_size = len(self.doc_len)
        # A passage may have no words, and all of them none: the mean length is never 0.
        self.avgdl = max(1.0, sum(self.doc_len) / max(1, self.corpus_size))
        unsorted = np.frombuffer(hashes, dtype=np.int64)
        by_term = np.argsort(unsorted, kind="stable")
        ordered = unsorted[by_term]
        is_first = np.diff(ordered, prepend=ordered[:1] - 1) != 0
        first = np.flatnonzero(is_first)
        self._hashes = ordered[first]
        self._passages = np.frombuffer(holders, dtype=np.int32)[by_term]
        most = np.iinfo(np.uint16).max
        self._counts = (
            np.frombuffer(counts, dtype=np.int32)[by_term].clip(max=most).astype(np.uint16)
        )
        self._offsets = np.append(first, len(ordered))
        return np.diff(self._offsets)

    @override
    def _calc_idf(self, nd: npt.NDArray[np.int64]) -> None:
        # By term number: to build rank_bm25's dictionary of a million terms is one step of half a
        # second, in which no other thread runs.
        self.idf = np.log(1 + (self.corpus_size - nd + 0.5) / (nd + 0.5))

    def number(self, term: str) -> int | None:
        """Return the number of *term*, None for an unknown one."""
        wanted = hash(term)
        number = int(np.searchsorted(self._hashes, wanted))
        known = number < len(self._hashes) and self._hashes[number] == wanted
        return number if known else None

    def holders(self, term: int) -> slice:
        """Return where the passages of a term stand."""
        return slice(int(self._offsets[term]), int(self._offsets[term + 1]))

    def weighted_scores(self, terms: Terms) -> npt.NDArray[np.float64]:
        """Return the score of every passage, 0 where it holds none of *terms*."""
        scores = np.zeros(self.corpus_size)
        for term, weight in terms.items():
            number = self.number(term)
            if number is not None:
                where = self.holders(number)
                passages, counts = self._passages[where], self._counts[where]
                share = counts * (self.k1 + 1) / (counts + self._saturation[passages])
                scores[passages] += weight * (self.idf[number] * share)
        return scores


class RankBm25Index:
    """The passages of one corpus, searched by BM25."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def __len__(self) -> int:
        return int(self._postings.corpus_size)

    @override
    def __repr__(self) -> str:
        return f"<RankBm25Index of {len(self)} passages>"

    def search(self, terms: Terms, limit: int) -> Sequence[Hit]:
        """See `retrieval.engine.Index`."""
        scores = self._postings.weighted_scores(terms)
        found = np.flatnonzero(scores)
        if 0 < limit < len(found):
            least = np.partition(scores[found], -limit)[-limit]
            found = found[scores[found] >= least]
        best = found[np.lexsort((found, -scores[found]))][: max(0, limit)]
        return [Hit(int(passage), float(scores[passage])) for passage in best]

    def frequency(self, term: str) -> int:
        """See `retrieval.engine.Index`."""
        number = self._postings.number(term)
        if number is None:
            return 0
        where = self._postings.holders(number)
        return int(where.stop - where.start)


class RankBm25:
    """Builds the index in memory."""

    def build(self, passages: Iterable[Iterable[str]]) -> RankBm25Index:
        """See `retrieval.engine.Engine`."""
        return RankBm25Index(Postings(passages))
