"""Snippets as references, and back: the same snippet, or none."""

from dataclasses import replace

import pytest

from bot.snapshots import Snapshot, load_snapshot
from bot.state import Citation, cite, refer, restore
from corpus.loading import SAMPLE
from corpus.models import Article
from retrieval.models import Snippet
from tests.bot.state.made import NOW

QUESTIONS = ("who denied involvement?", "how many drones?", "what did Rutte say?")


@pytest.fixture(name="snapshot", scope="module")
def _snapshot() -> Snapshot:
    """The sample."""
    return load_snapshot(SAMPLE)


@pytest.fixture(name="snippets", scope="module")
def _snippets(snapshot: Snapshot) -> list[Snippet]:
    """What is found for some questions, with speakers and without."""
    found = [s for question in QUESTIONS for s in snapshot.answer(question, limit=10).snippets]
    assert any(s.speaker for s in found)
    assert any(s.speaker is None for s in found)
    return found


def test_there_and_back(snapshot: Snapshot, snippets: list[Snippet]) -> None:
    """From the same corpus the same snippet comes back, but for what its score is made of."""
    for snippet in snippets:
        assert restore(refer(snippet), snapshot.index.article) == replace(snippet, contributions=())


def test_an_article_that_changed_or_left(snippets: list[Snippet]) -> None:
    """Nothing is shown in the place of what is not there any more."""
    reference = refer(snippets[0])
    changed = Article(id=reference.article, title="Another", text="Another text. " * 500)

    assert restore(reference, lambda _: changed) is None
    assert restore(reference, lambda _: None) is None


def test_another_article_that_left(snapshot: Snapshot, snippets: list[Snippet]) -> None:
    """A snippet stays when one of those that printed it, too, is gone."""
    reference = replace(refer(snippets[0]), also_in=("gone", snippets[-1].article.id))

    restored = restore(reference, snapshot.index.article)

    assert restored is not None
    assert restored.also_in == (snippets[-1].article,)


def test_a_citation_is_verbatim(snippets: list[Snippet]) -> None:
    """It holds what it needs to be shown and checked without the article."""
    for snippet in snippets:
        article, citation = snippet.article, cite(snippet, NOW)

        assert citation.quote == article.text[citation.start : citation.end] == snippet.span.text
        assert citation == Citation(
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
            speaker=snippet.speaker.name if snippet.speaker else None,
            inferred=bool(snippet.speaker and snippet.speaker.inferred),
            cited_at=NOW,
        )
