"""Simpler ways to answer, to compare with: what does the rest of this package add to plain BM25?"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from types import MappingProxyType

from rank_bm25 import BM25Okapi

from corpus.models import Span
from corpus.passages import paragraph_number
from retrieval.analysis import content, tokens
from retrieval.indexed import IndexedCorpus, paragraph_starts
from retrieval.models import Answer, ArticleHit, Outcome, Reason, Snippet

Scores = Callable[[list[str]], Sequence[float]]
"""The words of a question into the score of each document."""


def split(text: str) -> list[str]:
    """Lower-case and split at white space, as rank-bm25's own example does."""
    return text.lower().split()


def stems(text: str) -> list[str]:
    """Stems without stop words."""
    return [token.stem for token in content(tokens(text))]


def okapi(documents: Sequence[list[str]]) -> Scores:
    """Score by rank-bm25 as it comes."""
    scores: Scores = BM25Okapi(documents).get_scores
    return scores


def lucene(documents: Sequence[list[str]]) -> Scores:
    """Score by bm25s, in Lucene's way. Raises ImportError where it is not installed."""
    import bm25s  # noqa: PLC0415 - only those who compare need it

    engine = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    engine.index(documents, show_progress=False)
    # It cannot be asked without a word.
    return lambda terms: engine.get_scores(terms) if terms else [0.0] * len(documents)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a text becomes words, what scores them, and the package that it takes."""

    analyzer: Callable[[str], list[str]]
    engine: Callable[[Sequence[list[str]]], Scores]
    package: str = "rank_bm25"

    @property
    def is_installed(self) -> bool:
        """Whether the package can be imported."""
        return find_spec(self.package) is not None


PEERS: Mapping[str, Recipe] = MappingProxyType(
    {
        "rank-bm25, lower().split()": Recipe(split, okapi),
        "rank-bm25, stems": Recipe(stems, okapi),
        "bm25s, stems": Recipe(stems, lucene, "bm25s"),
    }
)
"""Each peer by its name in a table."""


class Peer:
    """Ranks single sentences, and whole articles, by plain BM25. It never refuses.

    Made for comparison only: it scores every sentence for each question.
    """

    def __init__(self, corpus: IndexedCorpus, recipe: Recipe) -> None:
        self._corpus = corpus
        self._analyzer = recipe.analyzer
        self._spans = [
            corpus.span(number, sentence)
            for number, sentences in enumerate(corpus.sentences)
            for sentence in sentences
        ]
        self._sentences = _ranking(recipe, [span.text for span in self._spans])
        self._articles = _ranking(recipe, [f"{a.title} {a.text}" for a in corpus.articles])

    def answer(self, question: str, limit: int) -> Answer:
        """Return the *limit* sentences and articles with the highest scores."""
        terms = self._analyzer(question)
        snippets = [_snippet(self._spans[i], score) for i, score in self._sentences(terms, limit)]
        articles = [
            ArticleHit(self._corpus.articles[i], score) for i, score in self._articles(terms, limit)
        ]
        return Answer(
            question=question,
            outcome=Outcome.ANSWERED if snippets else Outcome.NOTHING,
            reason=None if snippets else Reason.EMPTY_CORPUS,
            confidence=_as_share(snippets[0].score) if snippets else 0.0,
            snippets=tuple(snippets),
            articles=tuple(articles),
            corpus_version=self._corpus.version,
            searched=self._corpus.searched,
        )


def _ranking(
    recipe: Recipe, texts: Sequence[str]
) -> Callable[[list[str], int], list[tuple[int, float]]]:
    documents = [recipe.analyzer(text) for text in texts]
    # The packages divide by the number of documents and by their mean length.
    scores_of = recipe.engine(documents) if any(documents) else None

    def best(terms: list[str], limit: int) -> list[tuple[int, float]]:
        if scores_of is None:
            return []
        scores = scores_of(terms)
        order = sorted(range(len(documents)), key=lambda i: -scores[i])
        return [(i, float(scores[i])) for i in order[:limit]]

    return best


def _snippet(span: Span, score: float) -> Snippet:
    return Snippet(
        span=span,
        context=span,
        paragraph=paragraph_number(paragraph_starts(span.article), span.start),
        speaker=None,
        highlights=(),
        score=score,
    )


def _as_share(score: float) -> float:
    """Any score as a number from 0 to 1, in the same order; Okapi's may be negative."""
    return 0.5 + math.atan(score) / math.pi
