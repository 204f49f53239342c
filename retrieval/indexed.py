"""An indexed corpus: articles that can be asked, and all that was found out about them beforehand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from corpus.models import Article, Span
from corpus.sentences import lines
from corpus.signatures import Signatures
from corpus.stories import Stories
from retrieval.directory import Directory, Passages
from retrieval.engine import Index, Numbers
from retrieval.models import DateRange, Hit, Searched, Terms
from retrieval.rows import Study
from retrieval.sentences import Sentence
from retrieval.vocabulary import Vocabulary
from retrieval.volumes import Volumes
from retrieval.weights import GROUNDS, WEIGHTS, GroundWeights, Weights

Flags = npt.NDArray[np.bool_]

_FEW = 16
"""Articles of which at most one was published in some days are few: their passages are gone through."""


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

    Articles are in the order of their ids, and numbered so; passages are numbered as the index
    numbers them. `sentences[a]` are the sentences of article *a*, with the stems of its title.
    Articles and sentences may be on disk, in *volumes*, and are read when they are asked for: the
    same article may be two objects.
    """

    articles: Sequence[Article]
    version: str
    index: Index
    vocabulary: Vocabulary
    passages: Passages
    sentences: Sequence[Study]
    directory: Directory
    volumes: Volumes
    signatures: Signatures
    stories: Stories
    weights: Weights = WEIGHTS
    grounds: GroundWeights = GROUNDS
    chance: Chance = Chance(2.4, 1.8)

    @cached_property
    def searched(self) -> Searched:
        """What an answer is looked for in."""
        dated = self.directory.dated()
        older = 0 if self._current is None else int(np.count_nonzero(~self._current))
        return Searched(
            articles=len(self.articles) - self.stories.superseded,
            passages=len(self.passages) - older,
            oldest=self.articles[int(dated[0])].published_at if len(dated) else None,
            newest=self.articles[int(dated[-1])].published_at if len(dated) else None,
        )

    @cached_property
    def _current(self) -> Flags | None:
        """The passages of articles without a newer version; None if that is all of them."""
        if not self.stories.superseded:
            return None
        return self.passages.of_articles(self.stories.newer < 0)

    @cached_property
    def _saying_more(self) -> Flags | None:
        """Of these, the passages that do not only repeat the fullest article of their story."""
        if not self.stories.repeats.any():
            return self._current
        starts = np.append(0, np.cumsum(self.passages.lengths, dtype=np.int64))[:-1]
        more: Flags = np.minimum.reduceat(self.stories.repeats, starts) == 0
        return more if self._current is None else more & self._current

    def search(
        self, terms: Terms, limit: int, dates: DateRange | None = None, *, repeats: bool = False
    ) -> Sequence[Hit]:
        """Return at most *limit* passages that share a term with *terms*, best first.

        None are of an article that has a newer version. With *dates*, only those of articles
        published then; else, unless *repeats*, none that only repeats what the fullest copy says.
        """
        if dates is not None:
            return self._search_days(terms, limit, dates)
        flags = self._current if repeats else self._saying_more
        return self.index.search(terms, limit, None if flags is None else flags.__getitem__)

    def _search_days(self, terms: Terms, limit: int, dates: DateRange) -> Sequence[Hit]:
        articles = self.directory.dated(dates)
        if len(articles) * _FEW > len(self.directory):
            return self.index.search(terms, limit, partial(self._current_of, dates))
        current = articles[self.stories.newer[articles] < 0]
        return self.index.search(terms, limit, only=self.passages.numbers(np.sort(current)))

    def _current_of(self, dates: DateRange, passages: Numbers) -> Flags:
        """Tell of each of *passages* whether its article is of *dates* and has no newer version."""
        articles = self.passages.articles(passages)
        flags: Flags = self.directory.of_days(dates, articles) & (self.stories.newer[articles] < 0)
        return flags

    def newer(self, article_id: str) -> Article | None:
        """Return the newest version of the page of this article, None if this is not known to be older."""
        number = self.directory.ids.find(article_id)
        newest = -1 if number < 0 else int(self.stories.newer[number])
        return None if newest < 0 else self.articles[newest]

    def independent(self, articles: Iterable[Article]) -> int:
        """Return how many of *articles*, which are of this corpus, are independent of one another."""
        numbers = (self.directory.ids.find(article.id) for article in articles)
        return self.stories.independent(number for number in numbers if number >= 0)

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        number = self.directory.ids.find(article_id)
        return None if number < 0 else self.articles[number]

    def span(self, article: int, sentence: Sentence) -> Span:
        """Return the span of a sentence of article number *article*."""
        return Span(self.articles[article], sentence.start, sentence.end)

    @override
    def __repr__(self) -> str:
        return f"<IndexedCorpus {self.version}: {len(self.articles)} articles>"


def paragraph_starts(article: Article) -> Sequence[int]:
    """Return where each paragraph of *article* starts, ascending."""
    return [start for start, _ in lines(article.text, 0, len(article.text))]
