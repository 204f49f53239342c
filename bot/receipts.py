"""What is quoted is what was read: checked before an answer is sent, and whenever it is looked up."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from bot.state import Citation, citation_id
from corpus.models import Article, Span
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, Outcome, Snippet

logger = logging.getLogger(__name__)


class Fate(Enum):
    """What became of an article that was cited."""

    UNCHANGED = auto()
    CHANGED = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Receipt:
    """A citation held against the articles of today.

    *snippet* is what was cited: a slice of today's article where that is unchanged, else of a text
    that is no more than the quotation. *noticed_at* is when the change was found, if that is known; *newer* is the
    newest version of the article's page, if there is one.
    """

    citation: Citation
    fate: Fate
    snippet: Snippet
    noticed_at: datetime | None = None
    newer: Article | None = None

    @classmethod
    def of(cls, citation: Citation, corpus: IndexedCorpus) -> "Receipt":
        """Hold *citation* against the articles of *corpus*."""
        article = corpus.article(citation.article)
        if article is None:
            return cls(citation, Fate.LEFT, _as_cited(citation), citation.changed_at)
        place = slice(citation.start, citation.end)
        if article.sha256 != citation.sha256 or article.text[place] != citation.quote:
            return cls(citation, Fate.CHANGED, _as_cited(citation), citation.changed_at)
        span = Span(article, citation.start, citation.end)
        newer = corpus.newer(article.id)
        return cls(citation, Fate.UNCHANGED, _snippet(span, citation.paragraph), newer=newer)


def _as_cited(citation: Citation) -> Snippet:
    """What was cited, of an article that has no more text than that."""
    article = Article(
        id=citation.article,
        title=citation.title,
        text=citation.quote,
        url=citation.url,
        publisher=citation.publisher,
        published_at=citation.published_at,
    )
    return _snippet(Span(article, 0, len(article.text)), citation.paragraph)


def _snippet(span: Span, paragraph: int) -> Snippet:
    return Snippet(
        span=span, context=span, paragraph=paragraph, speaker=None, highlights=(), score=0.0
    )


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


def named(snippet: Snippet) -> str:
    """Return the id of the citation of *snippet*: the same for the same slice of the same text."""
    span = snippet.span
    return citation_id(snippet.article.id, snippet.article.sha256, span.start, span.end)


def _holds(snippet: Snippet, corpus: IndexedCorpus) -> bool:
    article = snippet.article
    # What the corpus was made from, and not what its files hold now: they may have been damaged.
    as_read = corpus.directory.texts.get(article.id)
    if as_read is None:
        problem = "the article is not in the corpus"
    elif _digest(article) != as_read:
        problem = "the article's text is not the one that was read"
    elif not all(_is_slice(span, article) for span in _shown(snippet)):
        problem = "the quotation is not a slice of the article"
    else:
        return True
    logger.error("dropped a snippet of article %r: %s", article.id, problem)
    return False


def _shown(snippet: Snippet) -> tuple[Span, ...]:
    speaker = () if snippet.speaker is None else (snippet.speaker.mention,)
    return (snippet.span, snippet.context, *snippet.highlights, *speaker)


def _digest(article: Article) -> str:
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def _is_slice(span: Span, article: Article) -> bool:
    return span.article.id == article.id and span.text == article.text[span.start : span.end]
