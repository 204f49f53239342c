"""An answer that was shown before, put together again from the articles of today."""

from collections.abc import Sequence
from dataclasses import replace

from bot.rendering.telegram import Lost
from bot.state import Reference, ShownAnswer, restore
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, Snippet

Entry = Snippet | Lost


def entries(shown: ShownAnswer, corpus: IndexedCorpus) -> tuple[Entry, ...]:
    """Return all that *shown* had found, each as it stands in *corpus*, or as lost.

    Nothing else is ever put in the place of what is lost. Of the other articles that print a
    snippet, those of a corpus that was reloaded since are kept if they print it to the letter.
    """
    found = (_entry(reference, corpus) for reference in shown.snippets)
    if shown.corpus_version != corpus.version:
        found = (each if isinstance(each, Lost) else _still_printed(each) for each in found)
    return tuple(each if isinstance(each, Lost) else _counted(each, corpus) for each in found)


def recalled(shown: ShownAnswer, found: Sequence[Entry], corpus: IndexedCorpus) -> Answer:
    """Return *shown* as an answer again, with those of its *found* entries that are not lost.

    Of what was read into the question, and of its words, only the days are remembered.
    """
    dates = shown.carried.dates if shown.carried is not None else None
    note = dates.note if dates is not None else None
    return Answer(
        question=shown.question or "",
        outcome=shown.outcome,
        reason=shown.reason,
        confidence=0.0,
        snippets=tuple(each for each in found if isinstance(each, Snippet)),
        articles=(),
        corpus_version=shown.corpus_version,
        searched=corpus.searched,
        understood=() if note is None else (note,),
    )


def _entry(reference: Reference, corpus: IndexedCorpus) -> Entry:
    try:
        snippet = restore(reference, corpus.article)
    except ValueError:  # offsets outside of a text whose digest is right: not by any doing of ours
        snippet = None
    if snippet is not None:
        return snippet
    article = corpus.article(reference.article)
    if article is None:
        return Lost(reference.article, left=True)
    return Lost(article.title or article.id, left=False)


def _counted(snippet: Snippet, corpus: IndexedCorpus) -> Snippet:
    """Count the independent sources anew: which articles are copies depends on all that there are."""
    sources = (snippet.article, *snippet.also_in)
    return replace(snippet, independent=corpus.independent(sources))


def _still_printed(snippet: Snippet) -> Snippet:
    words = _spaced(snippet.span.text)
    return replace(
        snippet, also_in=tuple(each for each in snippet.also_in if words in _spaced(each.text))
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())
