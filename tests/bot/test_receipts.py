"""Nothing is sent that is not, word for word, in the article that was read."""

from dataclasses import replace

import pytest
from typing_extensions import override

from bot.receipts import checked
from corpus.models import Article, Span
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Outcome, Snippet
from tests.bot.answers import answer, article, snippet

GOOD = article("It rained. She left.")


@pytest.fixture(name="corpus")
def _corpus() -> IndexedCorpus:
    """A corpus of the one article."""
    return index_corpus((GOOD,), "v1")


def forged() -> Article:
    """An article with the right id, whose text was changed after its digest was taken."""
    changed = article(GOOD.text)
    object.__setattr__(changed, "text", "It snowed. She left.")
    return changed


BAD = {
    "unknown": snippet(article("It rained.", id="other"), "It rained."),
    "changed": snippet(forged(), "It snowed."),
    "another": snippet(article("It snowed. She left."), "It snowed."),
}


def test_a_true_answer(corpus: IndexedCorpus) -> None:
    """What is verbatim passes as it is."""
    found = answer(snippet(GOOD, "It rained.", "rained", speaker="She"))

    assert checked(found, corpus) is found


@pytest.mark.parametrize("kind", BAD)
def test_a_false_snippet(
    corpus: IndexedCorpus, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """A snippet of an unknown or altered article is dropped and logged; the others stay."""
    good = snippet(GOOD, "She left.")

    kept = checked(answer(BAD[kind], good), corpus)

    assert kept.snippets == (good,)
    assert kept.outcome is Outcome.ANSWERED
    assert "dropped a snippet of article" in caplog.text


def test_a_span_that_lies(corpus: IndexedCorpus) -> None:
    """Even a slice that shows other words than the article's is found out."""

    class Liar(Span):
        @property
        @override
        def text(self) -> str:
            return "It snowed."

    good = snippet(GOOD, "It rained.")
    liar: Snippet = replace(good, context=Liar(GOOD, 0, 10))

    assert checked(answer(liar), corpus).snippets == ()


def test_the_last_snippet(corpus: IndexedCorpus) -> None:
    """An answer that loses all its snippets is none any more."""
    found = answer(BAD["changed"])

    assert checked(found, corpus).outcome is Outcome.RELATED
    assert checked(replace(found, articles=()), corpus).outcome is Outcome.NOTHING
