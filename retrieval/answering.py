"""The whole way of a question: answer(question, corpus) -> Answer. Pure, and safe from several threads."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from retrieval.evidence import judge
from retrieval.following import NOTHING, Carried
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, ArticleHit, Reason
from retrieval.query import Query
from retrieval.question import understand
from retrieval.ranking import NO_RANKING, Ranking, rank, rank_news
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
    carried: Carried = NOTHING,
) -> Answer:
    """Return the best snippets, at most *limit*, that answer *question*, or why there are none.

    *now* is what "yesterday" is counted from (the clock is never read here), and must be aware;
    *carried* is what an earlier answer was about (`retrieval.following.carried_from`), where this
    question follows it; *understood* of the answer says what was added of it.
    """
    query = understand(question, corpus.vocabulary, now=now, carried=carried)
    ranking, reason = _look_up(query, corpus, now)
    candidates = fitting(query, ranking.sentences)
    verdict = judge(query, corpus, candidates)
    found = (corpus.articles[number].published_at for number, _ in ranking.articles)
    timed = query.dates.recent or query.dates.range is not None
    return Answer(
        question=question,
        outcome=verdict.outcome,
        reason=reason or verdict.reason,
        confidence=verdict.confidence,
        snippets=select(query, corpus, verdict.sentences, limit),
        articles=tuple(
            ArticleHit(corpus.articles[number], score)
            for number, score in islice(_with_copies(ranking, corpus, query), max(0, limit))
        ),
        corpus_version=corpus.version,
        searched=corpus.searched,
        unknown=tuple(word.form for word in query.words if not word.known),
        understood=query.understood,
        about=query.about,
        grounds=verdict.grounds,
        newest_match=max((d for d in found if d is not None), default=None) if timed else None,
    )


def _with_copies(
    ranking: Ranking, corpus: IndexedCorpus, query: Query
) -> Iterator[tuple[int, float]]:
    """Yield the articles that were found; behind the first of a story its copies that were not read."""
    found = dict(ranking.articles)
    told: set[int] = set()
    for number, score in ranking.articles:
        yield number, score
        story = int(corpus.stories.story[number])
        if story not in told and query.dates.range is None:
            copies = (each for each in corpus.stories.copies(number) if each not in found)
            yield from ((copy, score) for copy in copies)
        told.add(story)


def _look_up(
    query: Query, corpus: IndexedCorpus, now: datetime | None
) -> tuple[Ranking, Reason | None]:
    """Return the sentences and articles that may answer, and why there are none."""
    dates = query.dates.range
    if not query.words and not query.asks_news:
        return NO_RANKING, Reason.EMPTY_QUESTION
    if not corpus.articles:
        return NO_RANKING, Reason.EMPTY_CORPUS
    if query.asks_news:
        news = rank_news(corpus, dates, HITS)
        return news, None if news.sentences else Reason.NO_DATES
    if dates is None or not query.dates.strict:
        narrowed = query.dates.recent or dates is not None
        # Of copies, the one of that time is wanted.
        hits = corpus.search(query.terms, RECENT_HITS if narrowed else HITS, repeats=narrowed)
        return rank(query, corpus, hits, now=now), None
    # The articles of a few days may be the last of thousands that have the words.
    hits = corpus.search(query.terms, RECENT_HITS, dates)
    none = None if hits or not corpus.search(query.terms, 1) else Reason.NO_DATES
    return rank(query, corpus, hits, now=now), none
