"""The judged set of varied made-up news: well formed, and answered no worse than at its first run."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from corpus.loading import Corpus, load
from retrieval.answering import answer
from retrieval.evaluation import Evidence, Figures, JudgedQuestion, evaluate, read_questions
from retrieval.indexing import index_corpus
from retrieval.models import Answer

VARIED = Path(__file__).parents[1] / "golden" / "varied"

SNIPPETS = 10
"""The figures look at the first ten."""

AT_LEAST = {
    "success_at_1": 0.67,
    "success_at_3": 0.79,
    "fact_recall_at_5": 0.80,
    "article_first": 0.89,
    "ndcg_at_10": 0.91,
    "speaker_accuracy": 0.80,
    "refused": 0.71,
    "auroc": 0.79,
}
"""About .06 below the first run: room for a change that helps elsewhere, none for a breakage."""

AT_MOST = {"wrongly_refused": 0.12, "wrongly_nothing": 0.05, "traps_shown": 0.52}
"""Some .05 above what was reached since; a trap counts among the first ten."""


@pytest.fixture(name="corpus", scope="module")
def _corpus() -> Corpus:
    """The articles, read once."""
    return load(VARIED / "articles.jsonl")


@pytest.fixture(name="questions", scope="module")
def _questions() -> tuple[JudgedQuestion, ...]:
    """The questions, read once."""
    return read_questions(VARIED / "questions.jsonl")


@pytest.fixture(name="figures", scope="module")
def _figures(corpus: Corpus, questions: tuple[JudgedQuestion, ...]) -> Figures:
    """The figures of the whole set, computed once."""
    indexed = index_corpus(corpus.articles, corpus.version)

    def ask(question: JudgedQuestion) -> Answer:
        now = question.now if isinstance(question.now, datetime) else None
        return answer(question.question, indexed, now=now, limit=SNIPPETS)

    return evaluate(questions, ask)


def judged(question: JudgedQuestion) -> Iterator[Evidence]:
    """Yield all that is said of the question to be, or not to be, among the snippets."""
    for fact in question.evidence:
        yield from fact
    yield from question.not_evidence


def test_all_articles_are_read_and_say_where_they_are_from(corpus: Corpus) -> None:
    """None is refused; each has a publisher, a date and an address that cannot be a real one."""
    assert corpus.refused == ()
    assert len({article.id for article in corpus.articles}) == 27
    for article in corpus.articles:
        assert article.publisher
        assert article.published_at is not None
        assert (article.url or "").startswith("https://example.org/")


def test_ids_and_questions_are_unique(questions: tuple[JudgedQuestion, ...]) -> None:
    """No question counts twice."""
    assert len({question.id for question in questions}) == len(questions) == 126
    assert len({question.question.casefold() for question in questions}) == len(questions)


def test_evidence_and_traps_stand_once_in_their_article(
    corpus: Corpus, questions: tuple[JudgedQuestion, ...]
) -> None:
    """Each is a verbatim part of the article, and of one place in it only."""
    texts = {article.id: article.text for article in corpus.articles}
    astray = [
        (question.id, one.article, one.text)
        for question in questions
        for one in judged(question)
        if texts[one.article].count(one.text) != 1
    ]
    assert astray == []


def test_speakers_are_named_in_the_articles_of_their_evidence(
    corpus: Corpus, questions: tuple[JudgedQuestion, ...]
) -> None:
    """Whom a statement must be attributed to can be read in the article that has it."""
    texts = {article.id: article.text for article in corpus.articles}
    unnamed = [
        (question.id, one.article)
        for question in questions
        if question.speaker is not None
        for fact in question.evidence
        for one in fact
        if question.speaker not in texts[one.article]
    ]
    assert unnamed == []


def test_only_answerable_questions_have_evidence(questions: tuple[JudgedQuestion, ...]) -> None:
    """What can be answered has a fact and its article, the rest neither, nor a trap."""
    for question in questions:
        expected = question.answerable
        actual = bool(question.evidence), bool(question.articles)
        assert actual == (expected, expected), question.id
        cited = {one.article for fact in question.evidence for one in fact}
        assert cited <= set(question.articles), question.id
        assert question.answerable or not question.not_evidence, question.id


@pytest.mark.parametrize(("name", "floor"), AT_LEAST.items())
def test_answers_are_no_worse_than_at_the_first_run(
    figures: Figures, name: str, floor: float
) -> None:
    """Each share that should be high is above its floor."""
    assert getattr(figures, name) >= floor


@pytest.mark.parametrize(("name", "ceiling"), AT_MOST.items())
def test_failings_are_no_more_frequent_than_at_the_first_run(
    figures: Figures, name: str, ceiling: float
) -> None:
    """Each share that should be low is below its ceiling."""
    assert getattr(figures, name) <= ceiling
