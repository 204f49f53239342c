"""What chance finds: how well questions are met by articles that cannot answer them.

A question's evidence means something only against the corpus it was found in: among 5,000 articles on
one war every word is met somewhere, in a single article few are. So sentences of the corpus itself are
asked as questions, a few of their words each, and looked for everywhere but where they come from.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from retrieval.evidence import evidence
from retrieval.indexed import LONG, SHORT, Chance, IndexedCorpus
from retrieval.question import query_of
from retrieval.ranking import Candidate, rank

SAMPLED = 80
"""How many sentences are asked for each length of question."""

_HITS = 12
_SHARE = 50.0
"""The percentile of chance below which a question is rather not answered. Half, for the sentences that
are asked are about what the corpus is about, and many are answered elsewhere in it."""

_LEAST_SPREAD = 0.08
_LEAST, _MOST = 0.5, 0.75
"""Where chance must lie: a corpus too small or too uniform tells little about it."""


def measure_chance(corpus: IndexedCorpus) -> Chance:
    """Return what chance finds in *corpus*. Deterministic; about a second for a large corpus."""
    short, spread = _measured(corpus, SHORT)
    long, _ = _measured(corpus, LONG)
    return Chance(short, min(long, short), spread)


def _measured(corpus: IndexedCorpus, words: int) -> tuple[float, float]:
    """Return the usual evidence of questions of so many words, and how far it varies."""
    found = list(_chances(corpus, words))
    if not found:
        return (_LEAST + _MOST) / 2, 2 * _LEAST_SPREAD
    middle, usual, high = np.percentile(found, [50.0, _SHARE, 90.0])
    return float(min(max(usual, _LEAST), _MOST)), float(max((high - middle) / 2, _LEAST_SPREAD))


def _chances(corpus: IndexedCorpus, words: int) -> Iterator[float]:
    """Yield the evidence that sentences' words find elsewhere."""
    for article, number in _sampled(corpus, words):
        stems = list(dict.fromkeys(corpus.sentences[article][number].stems))
        asked = [stems[i * len(stems) // words] for i in range(words)]
        query = query_of(asked, corpus.vocabulary)
        candidates = rank(query, corpus, corpus.index.search(query.terms, _HITS)).sentences
        alone = len(corpus.articles) == 1
        elsewhere = (c for c in candidates if not _is_source(c, article, number, alone=alone))
        best = next(elsewhere, None)
        if best is not None:
            yield evidence(query, best)


def _is_source(candidate: Candidate, article: int, number: int, *, alone: bool) -> bool:
    """Tell whether a sentence is where the question was taken from, or close by."""
    if candidate.article != article:
        return False
    return not alone or abs(candidate.number - number) <= 1


def _sampled(corpus: IndexedCorpus, words: int) -> Iterator[tuple[int, int]]:
    """Yield sentences of enough words, spread evenly over the corpus, by the articles' ids."""
    order = sorted(range(len(corpus.articles)), key=lambda a: corpus.articles[a].id)
    long = [
        (article, number)
        for article in order
        for number, sentence in enumerate(corpus.sentences[article])
        if len(set(sentence.stems)) >= words
    ]
    step = max(1, len(long) // SAMPLED)
    return islice(long, step // 2, None, step)
