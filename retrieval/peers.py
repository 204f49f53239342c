"""Simpler ways to answer, to compare with: what does the rest of this package add to plain BM25?"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from rank_bm25 import BM25Okapi

from corpus.models import Span
from corpus.passages import paragraph_number
from retrieval.analysis import content, tokens
from retrieval.indexed import IndexedCorpus
from retrieval.indexed import paragraph_starts
from retrieval.models import Answer, ArticleHit, Outcome, Reason, Snippet

Analyzer = Callable[[str], list[str]]
"""A text into the words that are counted."""


def split(text: str) -> list[str]:
    """Lower-case and split at white space, as rank-bm25's own example does."""
    return text.lower().split()


def stems(text: str) -> list[str]:
    """Stems without stop words."""
    return [token.stem for token in content(tokens(text))]


PEERS: Mapping[str, Analyzer] = MappingProxyType(
    {"rank-bm25, lower().split()": split, "rank-bm25, stems": stems}
)
"""Each peer by its name in a table."""


class Peer:
    """Ranks single sentences, and whole articles, by rank-bm25 as it comes. It never refuses.

    Made for comparison only: it scores every sentence for each question.
    """

    def __init__(self, corpus: IndexedCorpus, analyzer: Analyzer) -> None:
        self._corpus = corpus
        self._analyzer = analyzer
        self._spans = [
            corpus.span(number, sentence)
            for number, sentences in enumerate(corpus.sentences)
            for sentence in sentences
        ]
        self._sentences = _ranking([analyzer(span.text) for span in self._spans])
        self._articles = _ranking([analyzer(f"{a.title} {a.text}") for a in corpus.articles])

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
    documents: Sequence[list[str]],
) -> Callable[[list[str], int], list[tuple[int, float]]]:
    # The package divides by the number of documents and by their mean length.
    engine = BM25Okapi(documents) if any(documents) else None

    def best(terms: list[str], limit: int) -> list[tuple[int, float]]:
        if engine is None:
            return []
        scores = engine.get_scores(terms)
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
