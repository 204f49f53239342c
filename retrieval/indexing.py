"""Articles into an indexed corpus: everything that a question needs and no question changes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from corpus.models import Article, Span
from corpus.sentences import lines
from retrieval.analysis import content, search_terms, tokens
from retrieval.engine import Engine, Index
from retrieval.engines.bm25 import RankBm25
from retrieval.models import Searched
from retrieval.sentences import Sentence, study
from retrieval.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: some sentences of an article. *first* is the number of the first of them."""

    article: int
    first: int
    sentences: int


@dataclass(frozen=True, eq=False)
class IndexedCorpus:
    """Articles that can be asked. Never changes once made; safe from several threads.

    Passages are numbered as the index numbers them; `sentences[a]` are the sentences of article *a*
    and `titles[a]` the stems of its title.
    """

    articles: tuple[Article, ...]
    version: str
    index: Index
    vocabulary: Vocabulary
    passages: tuple[Passage, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    titles: tuple[tuple[str, ...], ...]

    @cached_property
    def searched(self) -> Searched:
        """What an answer is looked for in."""
        dates = sorted(a.published_at for a in self.articles if a.published_at is not None)
        return Searched(
            articles=len(self.articles),
            passages=len(self.passages),
            oldest=dates[0] if dates else None,
            newest=dates[-1] if dates else None,
        )

    @cached_property
    def _by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        return self._by_id.get(article_id)

    def span(self, article: int, sentence: Sentence) -> Span:
        """Return the span of a sentence of article number *article*."""
        return Span(self.articles[article], sentence.start, sentence.end)

    @override
    def __repr__(self) -> str:
        return f"<IndexedCorpus {self.version}: {len(self.articles)} articles>"


def index_corpus(
    articles: Sequence[Article],
    version: str,
    *,
    engine: Engine | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> IndexedCorpus:
    """Cut, analyse and index *articles*. *progress* is told (articles done, articles in all)."""
    building = _Building()

    def passages() -> Iterator[Iterator[str]]:
        for number, article in enumerate(articles):
            yield from building.add(number, article)
            if progress is not None:
                progress(number + 1, len(articles))

    index = (engine or RankBm25()).build(passages())
    return IndexedCorpus(
        articles=tuple(articles),
        version=version,
        index=index,
        vocabulary=Vocabulary(index, building.capitalised()),
        passages=tuple(building.passages),
        sentences=tuple(building.sentences),
        titles=tuple(building.titles),
    )


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


def paragraph_starts(article: Article) -> list[int]:
    """Return where each paragraph of *article* starts, ascending."""
    return [start for start, _ in lines(article.text, 0, len(article.text))]
