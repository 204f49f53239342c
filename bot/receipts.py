"""The last check before an answer is sent: what is quoted is what was read."""

import hashlib
import logging
from dataclasses import replace

from corpus.models import Article, Span
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, Outcome, Snippet

logger = logging.getLogger(__name__)


def checked(answer: Answer, corpus: IndexedCorpus) -> Answer:
    """Return *answer* without the snippets that are not verbatim slices of *corpus*' articles.

    What is dropped is logged as an error. An answer that loses its last snippet is no answer any
    more: only related articles remain, or nothing.
    """
    kept = tuple(snippet for snippet in answer.snippets if _holds(snippet, corpus))
    if len(kept) == len(answer.snippets):
        return answer
    outcome = answer.outcome
    if not kept:
        outcome = Outcome.RELATED if answer.articles else Outcome.NOTHING
    return replace(answer, snippets=kept, outcome=outcome)


def _holds(snippet: Snippet, corpus: IndexedCorpus) -> bool:
    recorded = corpus.article(snippet.article.id)
    if recorded is None:
        problem = "the article is not in the corpus"
    elif _digest(snippet.article) != recorded.sha256:
        problem = "the article's text is not the one that was read"
    elif not all(_is_slice(span, recorded) for span in _shown(snippet)):
        problem = "the quotation is not a slice of the article"
    else:
        return True
    logger.error("dropped a snippet of article %r: %s", snippet.article.id, problem)
    return False


def _shown(snippet: Snippet) -> tuple[Span, ...]:
    speaker = () if snippet.speaker is None else (snippet.speaker.mention,)
    return (snippet.span, snippet.context, *snippet.highlights, *speaker)


def _digest(article: Article) -> str:
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_slice(span: Span, article: Article) -> bool:
    return span.article.id == article.id and span.text == article.text[span.start : span.end]
