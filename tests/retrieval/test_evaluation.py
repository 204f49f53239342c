"""Judged questions into figures, computed by hand beforehand."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import CorpusNotFoundError, SourceError
from corpus.models import Article, Span
from retrieval.evaluation import Evidence, JudgedQuestion, evaluate, read_questions
from retrieval.models import Answer, ArticleHit, Outcome, Searched, Snippet, Speaker

TEXT = "Ann Roe denied it. The bridge\nclosed. A ferry came. It rained. It snowed. The sun set."
ARTICLES = {name: Article(id=name, title=name, text=TEXT) for name in ("a", "b", "c")}
SENTENCES = (
    "Ann Roe denied it.",
    "The bridge\nclosed.",
    "A ferry came.",
    "It rained.",
    "It snowed.",
)


def snippet(article: str, text: str, speaker: str | None = None) -> Snippet:
    """A snippet that shows *text*."""
    whole = ARTICLES[article]
    span = Span(whole, TEXT.index(text), TEXT.index(text) + len(text))
    said_by = None
    if speaker is not None:
        start = TEXT.index(speaker)
        said_by = Speaker(Span(whole, start, start + len(speaker)), inferred=False)
    return Snippet(span=span, context=span, paragraph=1, speaker=said_by, highlights=(), score=1.0)


def answered(
    *snippets: Snippet,
    articles: Sequence[str] = (),
    outcome: Outcome = Outcome.ANSWERED,
    confidence: float = 0.5,
) -> Answer:
    """An answer that shows these snippets."""
    return Answer(
        question="?",
        outcome=outcome,
        reason=None,
        confidence=confidence,
        snippets=snippets,
        articles=tuple(ArticleHit(ARTICLES[name], 1.0) for name in articles),
        corpus_version="v",
        searched=Searched(articles=3, passages=3, oldest=None, newest=None),
    )


def fact(article: str, text: str) -> tuple[Evidence, ...]:
    """A fact with a single place."""
    return (Evidence(article=article, text=text),)


def figures(*judged: tuple[JudgedQuestion, Answer]) -> dict[str, float | None]:
    """The figures of questions and their answers."""
    answers = {question.id: answer for question, answer in judged}
    return asdict(evaluate([q for q, _ in judged], lambda question: answers[question.id]))


def question(number: int, *, answerable: bool = True, **more: object) -> JudgedQuestion:
    """A judged question."""
    fields = {"id": f"q{number}", "question": "?", "answerable": answerable, **more}
    return JudgedQuestion.model_validate(fields)


def test_where_the_facts_are_shown() -> None:
    """Ranks 1; 2 and 6; none: success@1 1/3, success@3 2/3, recall (1 + 1/2 + 0)/3, MRR (1 + 1/2)/3."""
    two = (fact("a", "It rained."), fact("b", "A ferry came."))
    rest = [snippet("c", text) for text in SENTENCES]

    found = figures(
        (question(1, evidence=(fact("a", "denied it"),)), answered(snippet("a", SENTENCES[0]))),
        (
            question(2, evidence=two),
            answered(rest[0], snippet("a", "It rained."), *rest[:3], snippet("b", "A ferry came.")),
        ),
        (question(3, evidence=(fact("a", "It snowed."),)), answered(*rest)),
    )

    assert found["questions"] == 3
    assert found["success_at_1"] == pytest.approx(1 / 3)
    assert found["success_at_3"] == pytest.approx(2 / 3)
    assert found["fact_recall_at_5"] == pytest.approx(1 / 2)
    assert found["mrr_at_10"] == pytest.approx(1 / 2)
    assert found["wrongly_refused"] == 0.0


def test_one_alternative_is_enough() -> None:
    """A fact that two articles print is shown by either; blanks and line breaks are the same."""
    either = (
        Evidence(article="b", text="nothing"),
        Evidence(article="a", text="The bridge closed."),
    )

    found = figures(
        (question(1, evidence=(either,)), answered(snippet("a", "The bridge\nclosed.")))
    )

    assert found["success_at_1"] == 1.0


def test_the_same_words_of_another_article_are_no_evidence() -> None:
    """Nor is a rank behind the tenth."""
    wanted = question(1, evidence=(fact("a", "It rained."),))
    ten = [snippet("b", "A ferry came.")] * 10

    elsewhere = figures((wanted, answered(snippet("b", "It rained."))))
    eleventh = figures((wanted, answered(*ten, snippet("a", "It rained."))))

    assert elsewhere["mrr_at_10"] == 0.0
    assert eleventh["mrr_at_10"] == 0.0


def test_articles() -> None:
    """Relevant at ranks 2 and 3 of two: DCG (1/log2 3 + 1/log2 4), ideal (1 + 1/log2 3)."""
    gained = 1 / math.log2(3) + 1 / math.log2(4)
    ideal = 1 + 1 / math.log2(3)

    found = figures(
        (question(1, articles=("a", "b")), answered(articles=["c", "a", "b"])),
        (question(2, articles=("a",)), answered(articles=["a"])),
        (question(3, articles=("a",)), answered()),
    )

    assert found["ndcg_at_10"] == pytest.approx((gained / ideal + 1 + 0) / 3)
    assert found["article_first"] == pytest.approx(1 / 3)
    assert found["success_at_1"] is None


def test_speakers() -> None:
    """Judged on the first snippet that shows a fact; case doesn't matter; nobody is wrong."""
    wanted: dict[str, Any] = {"evidence": (fact("a", "denied it"),), "speaker": "roe"}
    text = SENTENCES[0]

    found = figures(
        (question(1, **wanted), answered(snippet("c", text), snippet("a", text, "Ann Roe"))),
        (question(2, **wanted), answered(snippet("a", text), snippet("a", text, "Ann Roe"))),
        (question(3, **wanted), answered(snippet("b", text, "Ann Roe"))),
        (question(4, evidence=wanted["evidence"]), answered(snippet("a", text))),
    )

    assert found["speaker_accuracy"] == 1 / 2


def test_traps() -> None:
    """Of the questions that have one: those that show it."""
    trap = (Evidence(article="a", text="It snowed."),)

    found = figures(
        (question(1, not_evidence=trap), answered(snippet("a", "It snowed."))),
        (question(2, not_evidence=trap), answered(snippet("b", "It snowed."))),
        (question(3), answered(snippet("a", "It snowed."))),
    )

    assert found["traps_shown"] == 1 / 2


def test_refusing() -> None:
    """Related and nothing refuse alike; of the answerable, nothing is counted apart as well."""
    related, nothing = answered(outcome=Outcome.RELATED), answered(outcome=Outcome.NOTHING)

    found = figures(
        (question(1, answerable=False), answered()),
        (question(2, answerable=False), related),
        (question(3, answerable=False), nothing),
        (question(4), answered()),
        (question(5), related),
        (question(6), nothing),
        (question(7), answered()),
    )

    assert found["refused"] == pytest.approx(2 / 3)
    assert found["wrongly_refused"] == 1 / 2
    assert found["wrongly_nothing"] == 1 / 4


def test_confidence() -> None:
    """Pairs of .9 .5 .2 against .5 .1: 2 + 1.5 + 1 won of 6."""
    yes, no = (0.9, 0.5, 0.2), (0.5, 0.1)

    found = figures(
        *((question(i), answered(confidence=c)) for i, c in enumerate(yes)),
        *((question(9 + i, answerable=False), answered(confidence=c)) for i, c in enumerate(no)),
    )

    assert found["auroc"] == pytest.approx(4.5 / 6)


def test_what_a_set_does_not_judge_has_no_figure() -> None:
    """None, rather than a 0 that would look like a failure."""
    one = figures((question(1), answered()))
    none = figures()

    assert one["auroc"] is None
    assert one["refused"] is None
    assert none["questions"] == 0
    assert all(value is None for name, value in none.items() if name != "questions")


def test_progress_is_told() -> None:
    """After each question: how many are done, of how many."""
    told: list[tuple[int, int]] = []

    evaluate(
        [question(1), question(2)], lambda _: answered(), progress=lambda *now: told.append(now)
    )

    assert told == [(1, 2), (2, 2)]


def test_a_file_of_questions(tmp_path: Path) -> None:
    """Blank lines and a byte order mark are no questions; *now* may be a day or a moment."""
    lines = [
        {"id": "1", "question": "Who?", "answerable": True, "now": "2023-05-04"},
        {"id": "2", "question": "When?", "answerable": False, "now": "2023-05-04T10:00:00Z"},
    ]
    path = tmp_path / "questions.jsonl"
    text = "\ufeff" + "\n\n".join(json.dumps(line) for line in lines) + "\n \n"
    path.write_text(text, encoding="utf-8")

    first, second = read_questions(path)

    assert (first.id, first.now, second.answerable) == ("1", date(2023, 5, 4), False)
    assert isinstance(second.now, datetime)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "1", "answerable": true}', "question: Field required"),
        ("{", "Invalid JSON"),
        (
            '{"id": "1", "question": "", "answerable": true, "evidence": [[{"article": "a", "text": ""}]]}',
            "evidence.0.0.text: String should have at least 1 character",
        ),
    ],
)
def test_a_line_that_is_no_question(tmp_path: Path, line: str, said: str) -> None:
    """It is told where it stands and what is wrong."""
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"id": "0", "question": "?", "answerable": true}}\n{line}\n', "utf-8")

    with pytest.raises(SourceError) as error:
        read_questions(path)

    assert "questions.jsonl:2" in str(error.value)
    assert said in str(error.value)


def test_a_set_without_questions(tmp_path: Path) -> None:
    """The file that is missing is named."""
    with pytest.raises(CorpusNotFoundError, match=r"questions\.jsonl"):
        read_questions(tmp_path / "questions.jsonl")
