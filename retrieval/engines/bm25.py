"""The default engine: rank-bm25, with its statistics kept as postings.

rank-bm25 keeps a dictionary a passage and walks all of them for each term of a question. Here the same
numbers stand term by term in arrays, so that a search touches only the passages that hold a term. What
a term adds to a passage hangs on two small numbers, how often it occurs and how long the passage is;
each pair of them that occurs is scored once a question, by rank-bm25's own formula, and then looked up.
"""

import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi
from typing_extensions import override

from retrieval.engine import Among, Numbers as Passages, Origin
from retrieval.engines.gathering import gathered
from retrieval.engines.numbering import renumbering
from retrieval.engines.segment import Hashes, Numbers, Numbers64, Part, hashes_of, merged
from retrieval.engines.selecting import BLOCK, Scores, best, best_of
from retrieval.engines.storing import load, save
from retrieval.models import Hit, Terms

Numbers32 = npt.NDArray[np.int32]

K1 = 1.2
B = 0.75

MOST_PARTS = 8
"""How many segments an index may have before the small ones become one."""


class Bm25(BM25Okapi):  # type: ignore[misc]  # rank_bm25 has no annotations
    """BM25 over segments: the score of every passage. Never changes; safe from several threads.

    The formula is rank_bm25's Okapi, and the scores are those of one index of all passages, however
    many segments they are in. Its IDF is log(1 + (N - n + .5) / (n + .5)) instead, which stays above 0
    for a word in every passage (Robertson and Zaragoza, 2009, "The Probabilistic Relevance Framework",
    as Lucene has it): Okapi's own is 0 for a word in half of the passages.

    A passage's length is the number of its plain terms: those that the analyzer marks with a prefix
    repeat them.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__(parts, k1=K1, b=B)
        self._shares = [self._share(part.segment.pairs) for part in parts]
        self._dead = [part.dead.view(np.uint8) if part.dead.any() else None for part in parts]
        sizes = [len(part.segment) for part in parts]
        self._starts = np.append(0, np.cumsum(sizes, dtype=np.int64)).tolist()
        self.numbers = np.concatenate([np.empty(0, np.int32), *(part.numbers for part in parts)])
        """The number of the passage at each place of the scores, -1 for one that is left out."""
        self._left_out = np.flatnonzero(self.numbers < 0)
        self._known: dict[str, int] = {}
        self._counted: dict[tuple[int, int], int] = {}
        self._own = threading.local()

    @cached_property
    def places(self) -> Numbers32:
        """The place of each passage among the scores, by its number."""
        alive = np.flatnonzero(self.numbers >= 0)
        places = np.empty(len(alive), np.int32)
        places[self.numbers[alive]] = alive
        return places

    @override
    def _initialize(self, corpus: Sequence[Part]) -> dict[str, int]:
        self._parts = corpus
        alive = [part.segment.lengths[part.numbers >= 0] for part in corpus]
        self.corpus_size = sum(map(len, alive))
        total = sum(int(lengths.sum(dtype=np.int64)) for lengths in alive)
        # A passage may have no words, and all of them none: the mean length is never 0.
        self.avgdl = max(1.0, total / max(1, self.corpus_size))
        return {}

    @override
    def _calc_idf(self, nd: dict[str, int]) -> None:
        """Leave it to each question: a dictionary of millions of terms takes a gigabyte."""

    def _share(self, pairs: Numbers) -> Scores:
        """Return what a term adds to a score, but for its IDF, for each count and length."""
        count, length = pairs[:, 0], pairs[:, 1]
        share: Scores = (
            count * (self.k1 + 1) / (count + self.k1 * (1 - self.b + self.b * length / self.avgdl))
        )
        return share

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold *term*."""
        known = self._known.get(term)
        if known is None:
            hashes = hashes_of([term])
            known = int(self._held_by(hashes, self._found(hashes))[0])
            if known:  # else whoever asks for new words for ever would fill the memory
                self._known[term] = known
        return known

    @override
    def get_scores(self, query: Iterable[str]) -> Scores:
        """Return the score of every passage by its number; a term that is asked twice counts twice."""
        scores = np.zeros(self.corpus_size)
        for term in query:
            places = np.flatnonzero(self.numbers >= 0)
            scores[self.numbers[places]] += self.weighted_scores({term: 1.0})[places]
        return scores

    @override
    def get_batch_scores(self, query: Iterable[str], doc_ids: Sequence[int]) -> list[float]:
        """Return the scores of the passages with these numbers."""
        batch: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return batch

    def weighted_scores(self, terms: Terms) -> Scores:
        """Return the score at every place, 0 for a passage that holds none of *terms*.

        The array is this thread's own, to be read until the thread asks again.
        """
        scores = self._cleared()
        hashes = hashes_of(terms)
        found = self._found(hashes)
        held_by = self._held_by(hashes, found)
        idf = np.log(1 + (self.corpus_size - held_by + 0.5) / (held_by + 0.5))
        weights = np.fromiter(terms.values(), np.float64, len(terms))
        for part, share, place, (starts, ends) in zip(
            self._parts, self._shares, self._starts, found, strict=False
        ):
            codes, passages = part.segment.codes, part.segment.passages
            of_part, added = scores[place:], weights[:, None] * (idf[:, None] * share)
            for start, end, of_pair in zip(starts.tolist(), ends.tolist(), added, strict=True):
                if start < end:
                    np.add.at(of_part, passages[start:end], of_pair.take(codes[start:end]))
        scores[self._left_out] = 0
        return scores

    def _cleared(self) -> Scores:
        # Kept from one question to the next: to get eight fresh megabytes takes longer than to search.
        kept: Scores | None = getattr(self._own, "scores", None)
        if kept is None:
            kept = self._own.scores = np.empty(max(1, -(-len(self.numbers) // BLOCK)) * BLOCK)
        kept.fill(0)
        return kept

    def _found(self, hashes: Hashes) -> list[tuple[Numbers64, Numbers64]]:
        """Return for each segment where the postings of each term begin and end in it."""
        return [part.segment.bounds(hashes) for part in self._parts]

    def _held_by(self, hashes: Hashes, found: list[tuple[Numbers64, Numbers64]]) -> Numbers64:
        """Return for each term the number of passages that hold it, but for those left out."""
        held_by = np.zeros(len(hashes), np.int64)
        for number, (dead, (starts, ends)) in enumerate(zip(self._dead, found, strict=True)):
            held_by += ends - starts
            if dead is not None:
                for i in np.flatnonzero(ends > starts).tolist():
                    where = slice(int(starts[i]), int(ends[i]))
                    held_by[i] -= self._left_out_of(int(hashes[i]), number, where)
        return held_by

    def _left_out_of(self, hashed: int, number: int, where: slice) -> int:
        """Return how many of a term's postings in a segment are of passages left out."""
        known = self._counted.get((hashed, number))
        dead = self._dead[number]
        if known is None and dead is not None:
            holders = self._parts[number].segment.passages[where]
            known = self._counted[hashed, number] = int(np.count_nonzero(dead.take(holders)))
        return known or 0


class RankBm25Index:
    """The passages of one corpus, searched by BM25. Never changes; safe from several threads."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self._bm25 = Bm25(self.parts)

    def __len__(self) -> int:
        return int(self._bm25.corpus_size)

    @override
    def __repr__(self) -> str:
        return f"<RankBm25Index of {len(self)} passages>"

    def search(
        self,
        terms: Terms,
        limit: int,
        among: Among | None = None,
        *,
        only: Passages | None = None,
    ) -> Sequence[Hit]:
        """See `retrieval.engine.Index`."""
        if limit <= 0:
            return []
        scores = self._bm25.weighted_scores(terms)
        numbers = self._bm25.numbers
        if only is not None:
            places = best_of(scores, self._bm25.places[only], numbers)
            places = _allowed(places, numbers, among)[:limit]
        else:
            places = _best_allowed(scores, limit, numbers, among)
        found = zip(numbers[places].tolist(), scores[places].tolist(), strict=True)
        return [Hit(number, score) for number, score in found]

    def frequency(self, term: str) -> int:
        """See `retrieval.engine.Index`."""
        return self._bm25.frequency(term)

    def updated(self, origin: Origin, fresh: Iterable[Iterable[str]]) -> "RankBm25Index":
        """See `retrieval.engine.UpdatableIndex`. Shares the segments of this index, which stays as it is."""
        new = renumbering(origin, len(self))
        added = gathered(fresh)
        new.check(len(added))
        parts = [Part(part.segment, new.of(part.numbers)) for part in self.parts]
        return RankBm25Index(_few([*parts, Part(added, new.fresh)]))

    def save(self, folder: Path) -> None:
        """Write the index into a folder, in place of one that is there. Raises OSError.

        Only segments that the folder does not have are written, so an update is saved fast.
        """
        save(self.parts, folder)


def _best_allowed(scores: Scores, limit: int, numbers: Numbers32, among: Among | None) -> Numbers64:
    """Return the places of the best passages, at most *limit*, that *among* lets be found."""
    reach = limit if among is None else 2 * limit  # seldom again: it takes as long as the search
    while True:
        found = best(scores, reach, numbers)
        places = _allowed(found, numbers, among)
        if len(places) >= limit or len(found) < reach:
            return places[:limit]
        reach *= 4


def _allowed(places: Numbers64, numbers: Numbers32, among: Among | None) -> Numbers64:
    return places if among is None else places[among(numbers[places].astype(np.int64))]


def _few(parts: Iterable[Part]) -> Sequence[Part]:
    """Return parts that are not too many, by joining all but the largest."""
    used = [part for part in parts if not part.dead.all()]
    if len(used) <= MOST_PARTS:
        return used
    largest = max(used, key=lambda part: len(part.segment))
    return [largest, _joined([part for part in used if part is not largest])]


def _joined(parts: Sequence[Part]) -> Part:
    """Return one part of all passages that are not left out."""
    segments = [
        part.segment.without(part.dead) if part.dead.any() else part.segment for part in parts
    ]
    numbers = [part.numbers[~part.dead] for part in parts]
    return Part(merged(segments), np.concatenate(numbers))


class RankBm25:
    """Builds the index in memory, or opens one that was saved."""

    def build(self, passages: Iterable[Iterable[str]]) -> RankBm25Index:
        """See `retrieval.engine.Engine`."""
        segment = gathered(passages)
        return RankBm25Index([Part(segment, np.arange(len(segment), dtype=np.int32))])

    def open(self, folder: Path) -> RankBm25Index:
        """Open an index that was saved; it is read from its files as far as questions need it.

        Raises StoredIndexError for one that is missing, damaged or of another version.
        """
        return RankBm25Index(load(folder))
