"""A corpus in a folder, made from another one: what both have is not read again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.loading import Corpus
from corpus.passages import passages
from retrieval.directory import Entry
from retrieval.engine import Engine, UpdatableIndex
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import Gathered, Studied, Terms, terms_of
from retrieval.rows import Study, article_of, article_row
from retrieval.volumes import Row
from retrieval.wordcount import Counting
from retrieval.writing import Place, Writing

_MUCH_ALIKE = 0.5
"""The share of the articles of both that a corpus has in common with the one that it is made from;
with less it is indexed anew."""


@dataclass(frozen=True)
class Made:
    """A corpus, its index, and which places its articles had among those that were wanted."""

    corpus: IndexedCorpus
    index: UpdatableIndex
    order: npt.NDArray[np.uint32]


Progress = Callable[[int, int], None]


def renew(  # noqa: PLR0913 - three of them may be left out
    wanted: Corpus,
    folder: Path,
    engine: Engine,
    *,
    base: IndexedCorpus | None = None,
    updating: bool = True,
    progress: Progress | None = None,
) -> Made:
    """Index what is *wanted*, with the rows of its articles in *folder*, where they are flushed to.

    The result is that of `retrieval.indexing.index_corpus`. What *base* has is taken from there; what an
    earlier call that did not come to its end has left in *folder* is taken, too. The index is that of
    *base* with what is new, unless there is none, little in common, or no *updating* is wanted: then it
    is one that *engine* builds. *progress* is told (articles done, articles in all).
    Takes milliseconds for each article that is new. Raises OSError.
    """
    work = _Renewing(wanted, folder, base, progress)
    index = work.updated() if updating else None
    # An index without a passage counts as nothing, and is one all the same.
    return work.made(engine.build(work.whole()) if index is None else index)


class _Renewing:
    """The work of one `renew`."""

    def __init__(
        self,
        wanted: Corpus,
        folder: Path,
        base: IndexedCorpus | None,
        progress: Progress | None,
    ) -> None:
        self._wanted = wanted
        self._progress = progress
        self._writing = Writing(folder, base.volumes.volumes if base else ())
        self._base = base
        self._numbers: Mapping[bytes, int] = {}
        if base is not None:
            digests = (row.tobytes() for row in base.directory.digests)
            self._numbers = {digest: number for number, digest in enumerate(digests)}
        ids = list(wanted.ids)
        self._order = sorted(range(len(ids)), key=ids.__getitem__)
        self._gathered = Gathered()
        self._places: list[Place] = []

    def made(self, index: UpdatableIndex) -> Made:
        """Put together what was gathered while *index* was made."""
        volumes = self._writing.done(self._places)
        corpus = self._gathered.corpus(self._wanted.version, index, volumes)
        return Made(corpus, index, np.array(self._order, np.uint32))

    def whole(self) -> Iterator[Terms]:
        """Take all articles, and yield the terms of each passage."""
        return self._tell(map(self._whole, self._order))

    def updated(self) -> UpdatableIndex | None:
        """Return the index of the base with what is new, or None if there is little to be gained."""
        base = self._base
        if base is None or not isinstance(base.index, UpdatableIndex):
            return None
        kept = {n for n in map(self._number, self._order) if n is not None}
        if len(kept) < _MUCH_ALIKE * max(len(base.articles), len(self._order), 1):
            return None
        self._gathered.words = Counting(base.vocabulary.counted)
        for number in range(len(base.articles)):
            if number not in kept:
                self._gathered.words.remove(base.sentences[number].counts())
        origin = [self._origin(base, place, self._number(place)) for place in self._order]
        fresh = self._tell(map(partial(self._what_is_new, base), self._order))
        return base.index.updated(np.concatenate([np.empty(0, np.int64), *origin]), fresh)

    def _tell(self, terms: Iterable[Iterable[Terms]]) -> Iterator[Terms]:
        """Yield the terms of one article after the other, and tell how far they are."""
        for done, of_article in enumerate(terms, 1):
            yield from of_article
            if self._progress is not None:
                self._progress(done, len(self._order))

    def _origin(self, base: IndexedCorpus, place: int, number: int | None) -> npt.NDArray[np.int64]:
        """Return where the passages of an article are in the base."""
        if number is None:
            return np.full(sum(1 for _ in passages(self._wanted.articles[place])), -1, np.int64)
        first = base.passages.first
        return np.arange(first[number], first[number + 1])

    def _what_is_new(self, base: IndexedCorpus, place: int) -> Iterator[Terms]:
        """Take an article, and yield its terms unless the base has them."""
        number = self._number(place)
        if number is None:
            yield from self._whole(place)
            return
        volume, row = base.volumes.places[number].tolist()
        self._places.append((volume, row))
        first, end = base.passages.first[number : number + 2].tolist()
        self._gathered.carry(
            base.directory.entry(number),
            base.passages.lengths[first:end].tolist(),
            base.signatures[number],
        )

    def _whole(self, place: int) -> Iterator[Terms]:
        """Take an article, reading it if nobody has before, and yield its terms."""
        digest = self._wanted.digests[place]
        known = self._writing.find(digest)
        if known is None:
            article = self._wanted.articles[place]
            read = Studied.of(article)
            study, terms = read.study, read.terms
            known = self._writing.add(Row(digest, article_row(article), read.row))
        else:
            row = self._writing.row(known)
            article, study = article_of(row.article), Study(row.study)
            terms = terms_of(article, study)
        self._places.append(known)
        self._gathered.add(Entry.of(article, digest), study)
        yield from terms

    def _number(self, place: int) -> int | None:
        """Return the number that an article has in the base."""
        return self._numbers.get(self._wanted.digests[place])
