"""An indexed corpus: articles that can be asked, and all that was found out about them beforehand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from corpus.models import Article, Span
from corpus.sentences import lines
from retrieval.engine import Among, Index
from retrieval.models import DateRange, Searched
from retrieval.sentences import Sentence
from retrieval.vocabulary import Vocabulary
from retrieval.weights import GROUNDS, WEIGHTS, GroundWeights, Weights


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: some sentences of an article. *first* is the number of the first of them."""

    article: int
    first: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Chance:
    """How well a question is met by chance: by articles that do not answer it.

    Measured on the corpus itself, in logits, as *short* for a question of SHORT words or fewer and
    as *long* for one of LONG or more (see `retrieval.calibration`).
    """

    short: float
    long: float

    def usual(self, words: int) -> float:
        """Return how well a question of so many words is met by chance."""
        share = (min(max(words, SHORT), LONG) - SHORT) / (LONG - SHORT)
        return self.short + share * (self.long - self.short)


SHORT = 3
LONG = 8


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
    weights: Weights = WEIGHTS
    grounds: GroundWeights = GROUNDS
    chance: Chance = Chance(2.4, 1.8)

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

    @cached_property
    def _published(self) -> npt.NDArray[np.float64]:
        """When the article of each passage was published, as a timestamp; NaN where nobody knows."""
        dates = (article.published_at for article in self.articles)
        of_article = [math.nan if date is None else date.timestamp() for date in dates]
        return np.array([of_article[passage.article] for passage in self.passages], np.float64)

    def of_days(self, dates: DateRange) -> Among:
        """Tell of each passage whether its article was published in *dates*."""
        since = -math.inf if dates.since is None else dates.since.timestamp()
        until = math.inf if dates.until is None else dates.until.timestamp()
        return (self._published >= since) & (self._published <= until)

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        return self._by_id.get(article_id)

    def span(self, article: int, sentence: Sentence) -> Span:
        """Return the span of a sentence of article number *article*."""
        return Span(self.articles[article], sentence.start, sentence.end)

    @override
    def __repr__(self) -> str:
        return f"<IndexedCorpus {self.version}: {len(self.articles)} articles>"


def paragraph_starts(article: Article) -> Sequence[int]:
    """Return where each paragraph of *article* starts, ascending."""
    return [start for start, _ in lines(article.text, 0, len(article.text))]
