"""The whole way of a question: answer(question, corpus) -> Answer. Pure, and safe from several threads."""

from datetime import datetime

from corpus.models import Span
from corpus.passages import paragraph_number
from retrieval.analysis import content, exact, pair, stem, tokens
from retrieval.indexing import IndexedCorpus, paragraph_starts
from retrieval.lexicon import words
from retrieval.models import Answer, ArticleHit, Outcome, Reason, Snippet


def answer(
    question: str,
    corpus: IndexedCorpus,
    *,
    now: datetime | None = None,
    limit: int = 3,
    carried: tuple[str, ...] = (),
) -> Answer:
    """Return the best snippets, at most *limit*, that answer *question*, or why there are none.

    *now* is what "yesterday" is counted from (the clock is never read here); *carried* are names of
    an earlier question that a follow-up is about.
    """
    asked = list(content(tokens(question)))
    light = {stem(word) for word in words("light")}
    asked = [t for t in asked if t.stem not in light] or asked
    terms: dict[str, float] = {}
    for token in asked:
        terms[token.stem] = 1.0
        terms[exact(token.form)] = 0.5
    for a, b in zip(asked, asked[1:], strict=False):
        terms[pair(a.stem, b.stem)] = 0.2
    wanted = {t.stem for t in asked}
    weights = {w: 1 / (1 + corpus.index.frequency(w)) for w in wanted}
    hits = corpus.index.search(terms, 20)
    snippets, articles = [], {}
    for hit in hits:
        passage = corpus.passages[hit.passage]
        article = corpus.articles[passage.article]
        articles.setdefault(article.id, ArticleHit(article, hit.score))
        inside = corpus.sentences[passage.article][
            passage.first : passage.first + passage.sentences
        ]
        best = max(inside, key=lambda s: sum(weights[w] for w in wanted & set(s.stems)))
        span = corpus.span(passage.article, best)
        shown = tuple(
            Span(article, t.start, t.end)
            for t in tokens(article.text, best.start, best.end)
            if t.stem in wanted
        )
        snippets.append(
            Snippet(
                span=span,
                context=span,
                paragraph=paragraph_number(paragraph_starts(article), best.start),
                speaker=None,
                highlights=shown,
                score=hit.score,
            )
        )
    return Answer(
        question=question,
        outcome=Outcome.ANSWERED if snippets else Outcome.NOTHING,
        reason=None if snippets else Reason.UNKNOWN_WORDS if asked else Reason.EMPTY_QUESTION,
        confidence=0.5 if snippets else 0.0,
        snippets=tuple(snippets[:limit]),
        articles=tuple(articles.values())[:limit],
        corpus_version=corpus.version,
        searched=corpus.searched,
    )
