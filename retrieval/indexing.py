"""Articles into an indexed corpus: everything that a question needs and no question changes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.models import Article
from retrieval.analysis import content, search_terms, tokens
from retrieval.calibration import measure_chance
from retrieval.engine import Engine
from retrieval.engines.bm25 import RankBm25
from retrieval.indexed import IndexedCorpus, Passage
from retrieval.sentences import Sentence, study
from retrieval.vocabulary import Vocabulary
from retrieval.weights import WEIGHTS, Weights


def index_corpus(
    articles: Sequence[Article],
    version: str,
    *,
    engine: Engine | None = None,
    weights: Weights = WEIGHTS,
    progress: Callable[[int, int], None] | None = None,
) -> IndexedCorpus:
    """Cut, read and index *articles*, and measure what chance finds in them.

    *progress* is told (articles done, articles in all). Takes a few milliseconds an article.
    The articles are kept in the order of their ids, so that no answer depends on how they came.
    """
    articles = sorted(articles, key=lambda article: article.id)
    building = _Building()

    def passages() -> Iterator[Iterator[str]]:
        for number, article in enumerate(articles):
            yield from building.add(number, article)
            if progress is not None:
                progress(number + 1, len(articles))

    index = (engine or RankBm25()).build(passages())
    corpus = IndexedCorpus(
        articles=tuple(articles),
        version=version,
        index=index,
        vocabulary=Vocabulary(index, building.capitalised()),
        passages=tuple(building.passages),
        sentences=tuple(building.sentences),
        titles=tuple(building.titles),
        weights=weights,
    )
    return replace(corpus, chance=measure_chance(corpus))


class _Building:
    """What is gathered while the articles pass by on their way into the index."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.sentences: list[tuple[Sentence, ...]] = []
        self.titles: list[tuple[str, ...]] = []
        self._capitals: Counter[str] = Counter()
        self._lower: Counter[str] = Counter()

    def add(self, number: int, article: Article) -> Iterator[Iterator[str]]:
        """Read an article and yield the terms of each of its passages."""
        studied = study(article)
        title = list(content(tokens(article.title)))
        self.sentences.append(studied.sentences)
        self.titles.append(tuple(token.stem for token in title))
        self._capitals.update(studied.capitals)
        self._lower.update(studied.lower)
        first = 0
        for length, words in zip(studied.passage_lengths, studied.words, strict=True):
            self.passages.append(Passage(number, first, length))
            first += length
            yield search_terms(words, title)

    def capitalised(self) -> dict[str, float]:
        """Return, for each stem, which share of its occurrences inside sentences has a capital."""
        return {
            stem: self._capitals[stem] / ((self._capitals[stem] + self._lower[stem]) or 1)
            for stem in self._capitals.keys() | self._lower.keys()
        }
