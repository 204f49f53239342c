"""Articles into an indexed corpus: everything that a question needs and no question changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from corpus.models import Article
from corpus.signatures import Signatures, signature
from corpus.stories import fold
from retrieval.analysis import content, search_terms, tokens
from retrieval.calibration import measure_chance
from retrieval.directory import DIGEST, Directory, Entry, Passages
from retrieval.engine import Engine, Index
from retrieval.engines.bm25 import RankBm25
from retrieval.indexed import IndexedCorpus
from retrieval.rows import Study, study_row
from retrieval.sentences import study
from retrieval.vocabulary import Vocabulary
from retrieval.volumes import Row, Volume, Volumes
from retrieval.weights import WEIGHTS, Weights
from retrieval.wordcount import Counting

Terms = Iterator[str]


def index_corpus(
    articles: Sequence[Article],
    version: str,
    *,
    engine: Engine | None = None,
    weights: Weights = WEIGHTS,
    progress: Callable[[int, int], None] | None = None,
) -> IndexedCorpus:
    """Cut, read and index *articles*, and measure what chance finds in them. All stays in memory.

    *progress* is told (articles done, articles in all). Takes a few milliseconds an article.
    The articles are kept in the order of their ids, so that no answer depends on how they came.
    """
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    gathered, rows = Gathered(), []

    def passages() -> Iterator[Terms]:
        for done, article in enumerate(ordered, 1):
            read = Studied.of(article)
            # The article itself is at hand, and is not kept twice.
            rows.append(Row(_NO_DIGEST, b"", read.row))
            gathered.add(Entry.of(article, _NO_DIGEST), read.study)
            yield from read.terms
            if progress is not None:
                progress(done, len(ordered))

    index = (engine or RankBm25()).build(passages())
    places = np.zeros((len(rows), 2), np.uint32)
    places[:, 1] = np.arange(len(rows))
    volumes = Volumes([Volume.of(rows)], places)
    return gathered.corpus(version, index, volumes, articles=ordered, weights=weights)


_NO_DIGEST = bytes(DIGEST)


class Studied:
    """An article that was read: its row, and the terms of each of its passages."""

    def __init__(self, row: bytes, terms: Iterator[Terms]) -> None:
        self.row = row
        self.study = Study(row)
        self.terms = terms

    @classmethod
    def of(cls, article: Article) -> "Studied":
        """Read *article*. Takes milliseconds."""
        studied = study(article)
        title = list(content(tokens(article.title)))
        signed = signature(article, [(each.start, each.end) for each in studied.sentences])
        row = study_row(studied, [token.stem for token in title], signed)
        return cls(row, (search_terms(words, title) for words in studied.words))


def terms_of(article: Article, known: Study) -> Iterator[Terms]:
    """Yield the terms of each passage of an *article* that was read before: quicker than to read it."""
    title = list(content(tokens(article.title)))
    ends = np.append(0, np.cumsum(known.passage_lengths, dtype=np.int64)).tolist()
    for first, end in pairwise(ends):
        bounds = ((known[number].start, known[number].end) for number in range(first, end))
        words = [token for each in bounds for token in content(tokens(article.text, *each))]
        yield search_terms(words, title)


class Gathered:
    """What is gathered while the articles pass by, in the order of their ids."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._counts: list[int] = []
        self._lengths: list[int] = []
        self._signatures: list[bytes] = []
        self.words = Counting()

    def add(self, entry: Entry, known: Study) -> None:
        """Add the next article."""
        self.words.add(known.counts())
        self.carry(entry, known.passage_lengths, known.signature)

    def carry(self, entry: Entry, passage_lengths: Sequence[int], signed: bytes) -> None:
        """Add the next article, whose words are counted already."""
        self._entries.append(entry)
        self._counts.append(len(passage_lengths))
        self._lengths.extend(passage_lengths)
        self._signatures.append(signed)

    def corpus(
        self,
        version: str,
        index: Index,
        volumes: Volumes,
        *,
        articles: Sequence[Article] | None = None,
        weights: Weights = WEIGHTS,
    ) -> IndexedCorpus:
        """Return the corpus of what was gathered; its articles are those of *volumes* by default."""
        signatures = Signatures.of(self._signatures)
        corpus = IndexedCorpus(
            articles=volumes.articles() if articles is None else articles,
            version=version,
            index=index,
            vocabulary=Vocabulary(index, self.words.done()),
            passages=Passages(
                np.array(self._counts, np.uint32), np.array(self._lengths, np.uint32)
            ),
            sentences=volumes.studies(),
            directory=Directory.of(self._entries),
            volumes=volumes,
            signatures=signatures,
            stories=fold(signatures),
            weights=weights,
        )
        return replace(corpus, chance=measure_chance(corpus))
