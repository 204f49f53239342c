"""An indexed corpus: articles that can be asked, and all that was found out about them beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from corpus.models import Article, Span
from corpus.sentences import lines
from retrieval.directory import Directory, Passages
from retrieval.engine import Among, Index
from retrieval.models import DateRange, Searched
from retrieval.rows import Study
from retrieval.sentences import Sentence
from retrieval.vocabulary import Vocabulary
from retrieval.volumes import Volumes
from retrieval.weights import GROUNDS, WEIGHTS, GroundWeights, Weights


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
    weights: Weights = WEIGHTS
    grounds: GroundWeights = GROUNDS
    chance: Chance = Chance(2.4, 1.8)

    @cached_property
    def searched(self) -> Searched:
        """What an answer is looked for in."""
        dated = self.directory.dated()
        return Searched(
            articles=len(self.articles),
            passages=len(self.passages),
            oldest=self.articles[int(dated[0])].published_at if len(dated) else None,
            newest=self.articles[int(dated[-1])].published_at if len(dated) else None,
        )

    def of_days(self, dates: DateRange) -> Among:
        """Tell of each passage whether its article was published in *dates*."""
        return self.passages.of_articles(self.directory.of_days(dates))

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
