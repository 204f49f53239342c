"""The whole way of a question: answer(question, corpus) -> Answer. Pure, and safe from several threads."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from retrieval.evidence import judge
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, ArticleHit, DateRange, Hit, Outcome, Reason
from retrieval.question import Query, understand
from retrieval.ranking import rank
from retrieval.selection import fitting, select

HITS = 30
"""How many passages are read for a question."""

RECENT_HITS = 120
"""... where only those of some days, or the newest, are wanted."""


def answer(
    question: str,
    corpus: IndexedCorpus,
    *,
    now: datetime | None = None,
    limit: int = 3,
    carried: tuple[str, ...] = (),
) -> Answer:
    """Return the best snippets, at most *limit*, that answer *question*, or why there are none.

    *now* is what "yesterday" is counted from (the clock is never read here), and must be aware;
    *carried* are names of an earlier question that a follow-up is about.
    """
    query = understand(question, corpus.vocabulary, now=now, carried=carried)
    hits, reason = _search(query, corpus)
    ranking = rank(query, corpus, hits, now=now)
    candidates = fitting(query, ranking.sentences)
    outcome, shortcoming, confidence = judge(query, corpus, candidates)
    snippets = select(query, corpus, candidates, limit) if outcome is not Outcome.NOTHING else ()
    dates = [s.article.published_at for s in snippets if s.article.published_at is not None]
    return Answer(
        question=question,
        outcome=outcome,
        reason=reason or shortcoming,
        confidence=confidence,
        snippets=snippets,
        articles=tuple(
            ArticleHit(corpus.articles[number], score)
            for number, score in ranking.articles[: max(0, limit)]
        ),
        corpus_version=corpus.version,
        searched=corpus.searched,
        unknown=tuple(word.form for word in query.words if not word.known),
        understood=query.understood,
        newest_match=max(dates, default=None),
    )


def _search(query: Query, corpus: IndexedCorpus) -> tuple[Sequence[Hit], Reason | None]:
    """Return the passages to read, and why there are none."""
    if not query.words:
        return (), Reason.EMPTY_QUESTION
    if not corpus.articles:
        return (), Reason.EMPTY_CORPUS
    dates = query.dates
    narrowed = dates.recent or dates.range is not None
    hits = corpus.index.search(query.terms, RECENT_HITS if narrowed else HITS)
    if hits and dates.range is not None and dates.strict:
        hits = _within(dates.range, corpus, hits)
        return hits, None if hits else Reason.NO_DATES
    return hits, None


def _within(dates: DateRange, corpus: IndexedCorpus, hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits of articles that were published in the days asked for."""
    return [
        hit
        for hit in hits
        if dates.holds(corpus.articles[corpus.passages[hit.passage].article].published_at)
    ]
