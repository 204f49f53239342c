"""An answer that was shown before, put together again from the articles of today."""

from bot.rendering.telegram import Lost
from bot.state import Reference, ShownAnswer, restore
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, Snippet

Entry = Snippet | Lost


def entries(shown: ShownAnswer, corpus: IndexedCorpus) -> tuple[Entry, ...]:
    """Return all that *shown* had found, each as it stands in *corpus*, or as lost.

    Nothing else is ever put in the place of what is lost.
    """
    return tuple(_entry(reference, corpus) for reference in shown.snippets)


def recalled(shown: ShownAnswer, corpus: IndexedCorpus) -> Answer:
    """Return *shown* as an answer again, with the snippets that are not lost.

    Of what was read into the question, and of its words, only the days are remembered.
    """
    dates = shown.carried.dates if shown.carried is not None else None
    note = dates.note if dates is not None else None
    return Answer(
        question=shown.question or "",
        outcome=shown.outcome,
        reason=shown.reason,
        confidence=0.0,
        snippets=tuple(each for each in entries(shown, corpus) if isinstance(each, Snippet)),
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
