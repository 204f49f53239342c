"""Snippets as references to articles, and back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.state.records import Citation, Reference, Slice
from corpus.models import Article, Span
from retrieval.models import Side, Snippet, Speaker


def refer(snippet: Snippet) -> Reference:
    """Return where *snippet* stands. What its score is made of is not kept."""
    return Reference(
        article=snippet.article.id,
        sha256=snippet.article.sha256,
        span=_slice(snippet.span),
        context=_slice(snippet.context),
        paragraph=snippet.paragraph,
        speaker=None if snippet.speaker is None else _slice(snippet.speaker.mention),
        inferred=snippet.speaker is not None and snippet.speaker.inferred,
        highlights=tuple(_slice(span) for span in snippet.highlights),
        score=float(snippet.score),
        also_in=tuple(article.id for article in snippet.also_in),
        side=snippet.side,
    )


def restore(reference: Reference, article: Callable[[str], Article | None]) -> Snippet | None:
    """Return the snippet that *reference* is of, from the articles of today.

    *article* gives an article by its id. None if the article has left or its text has changed.
    Those of `also_in` that have left are left out.
    """
    found = article(reference.article)
    if found is None or found.sha256 != reference.sha256:
        return None
    speaker = reference.speaker
    return Snippet(
        span=Span(found, *reference.span),
        context=Span(found, *reference.context),
        paragraph=reference.paragraph,
        speaker=None if speaker is None else Speaker(Span(found, *speaker), reference.inferred),
        highlights=tuple(Span(found, *place) for place in reference.highlights),
        score=reference.score,
        also_in=tuple(other for other in map(article, reference.also_in) if other is not None),
        side=reference.side,
    )


def cite(snippet: Snippet, cited_at: datetime) -> Citation:
    """Return the citation of *snippet*, made at *cited_at*."""
    article, speaker = snippet.article, snippet.speaker
    return Citation(
        article=article.id,
        sha256=article.sha256,
        start=snippet.span.start,
        end=snippet.span.end,
        quote=snippet.span.text,
        paragraph=snippet.paragraph,
        title=article.title,
        publisher=article.publisher,
        url=article.url,
        published_at=article.published_at,
        speaker=None if speaker is None else speaker.name,
        inferred=speaker is not None and speaker.inferred,
        cited_at=cited_at,
    )


def packed(reference: Reference) -> list[Any]:
    """Return *reference* as what JSON knows, short."""
    return [
        reference.article,
        reference.sha256,
        reference.span,
        reference.context,
        reference.paragraph,
        reference.speaker,
        int(reference.inferred),
        reference.highlights,
        reference.score,
        reference.also_in,
        reference.side,
    ]


def unpacked(values: list[Any]) -> Reference:
    """Return what was packed."""
    article, sha256, span, context, paragraph, speaker, inferred, marks, score, also, side = values
    return Reference(
        article=article,
        sha256=sha256,
        span=tuple(span),
        context=tuple(context),
        paragraph=paragraph,
        speaker=speaker and tuple(speaker),
        inferred=bool(inferred),
        highlights=tuple((start, end) for start, end in marks),
        score=score,
        also_in=tuple(also),
        side=None if side is None else Side(side),
    )


def _slice(span: Span) -> Slice:
    return (span.start, span.end)
