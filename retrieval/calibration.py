"""What chance finds: how well a corpus meets questions that it cannot answer.

What speaks for an answer means something only against the corpus it was found in: among 5,000 articles
on everything some have most of any question's words, in a single one few are. So questions that mean
nothing are asked of the corpus: unrelated words of the tables, a few at a time.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from retrieval.analysis import stem
from retrieval.evidence import met_by_chance
from retrieval.indexed import LONG, SHORT, Chance, IndexedCorpus
from retrieval.lexicon import rows
from retrieval.question import query_of
from retrieval.ranking import rank

ASKED = 120
"""How many such questions are asked of each length."""

_HITS = 12
_SHARE = 90.0
"""The percentile of them that counts: few of many questions on something else should do better."""

_LEAST, _MOST = 1.0, 4.0
"""Where chance must lie, in logits: a corpus too small or too uniform tells little about it."""

_STRIDE, _TURN = 7, 3
"""By which the words of a question are picked, far apart in the table and each time others."""


def measure_chance(corpus: IndexedCorpus) -> Chance:
    """Return what chance finds in *corpus*. Deterministic; about a second for a large corpus."""
    return Chance(_measured(corpus, SHORT), _measured(corpus, LONG))


def _measured(corpus: IndexedCorpus, words: int) -> float:
    """Return what speaks for the best answers to questions of so many unrelated words."""
    found = [_best(corpus, asked) for asked in _unrelated(words)]
    return min(max(float(np.percentile(found, _SHARE)), _LEAST), _MOST)


def _best(corpus: IndexedCorpus, asked: Sequence[str]) -> float:
    query = query_of(asked, corpus.vocabulary)
    ranking = rank(query, corpus, corpus.search(query.terms, _HITS))
    return met_by_chance(query, corpus, ranking.sentences)


def _unrelated(words: int) -> Iterator[Sequence[str]]:
    """Yield the stems of so many words that have nothing to do with one another."""
    table = [row[0] for row in rows("synonyms") if "_" not in row[0]]
    step = len(table) // words
    for i in range(ASKED):
        picked = (i * _STRIDE + j * step + i * j * _TURN for j in range(words))
        yield tuple(dict.fromkeys(stem(table[number % len(table)]) for number in picked))
