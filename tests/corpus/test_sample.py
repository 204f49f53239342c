"""The bundled sample and the questions that judge it.

The articles are written in our own words after a news report of May 2023. Their publishers are
made up and their addresses lead nowhere.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.loading import SAMPLE, Corpus, load
from corpus.models import Article
from corpus.passages import paragraphs
from corpus.sentences import sentences
from retrieval.evaluation import JudgedQuestion, read_questions

REPORT = Path(__file__).parents[3] / "shared" / "seed" / "kremlin-drones.txt"
"""The report that the facts are from. It is not ours to ship, so it is compared where it is there."""

GOLDEN = Path(__file__).parents[1] / "golden" / "sample" / "questions.jsonl"
QUESTIONS = read_questions(GOLDEN)

LONGEST_SHARED_RUN = 5
"""Words in a row that an article may have in common with the report: names with titles have five."""

RETOLD = ("white-house-rejects-claim", "us-hits-back-at-moscow")

needs_report = pytest.mark.skipif(not REPORT.is_file(), reason="the report is not at hand")


@pytest.fixture(name="sample", scope="module")
def _sample() -> Corpus:
    return load(SAMPLE)


def article(sample: Corpus, name: str) -> Article:
    return next(article for article in sample.articles if article.id == name)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub("[’']", "", text.lower()))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def quoted(text: str) -> list[str]:
    return re.findall("“([^”]*)”", text)


def told(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in sentences(article.text)]


def answerable() -> list[JudgedQuestion]:
    return [question for question in QUESTIONS if question.answerable]


def test_everything_loads(sample: Corpus) -> None:
    """Somebody's first corpus is read without a refusal and is big enough to ask about."""
    assert sample.refused == ()
    assert len(sample.articles) >= 12


def test_it_shows_each_format(sample: Corpus) -> None:
    """Whoever looks for an example of a format finds it in the sample."""
    suffixes = {Path(a.source.partition(":")[0]).suffix for a in sample.articles}

    assert suffixes == {".jsonl", ".md", ".txt"}


def test_articles_are_dated_when_the_events_were_news(sample: Corpus) -> None:
    """No article is older than the strike or younger than the day after the report."""
    dates = [a.published_at for a in sample.articles if a.published_at is not None]

    assert len(dates) >= 12
    assert min(dates) >= datetime(2023, 5, 3, tzinfo=UTC)
    assert max(dates) < datetime(2023, 5, 6, tzinfo=UTC)


def test_publishers_are_plainly_made_up(sample: Corpus) -> None:
    """Nobody can take a sample for a real paper, and no link leads to one."""
    dated = [a for a in sample.articles if a.published_at is not None]

    assert all((a.publisher or "").startswith("Sample ") for a in dated)
    assert all((a.url or "").startswith("https://example.org/") for a in dated)
    assert len({a.url for a in dated}) == len(dated)


def test_paragraphs_make_the_choice_of_a_sentence_matter(sample: Corpus) -> None:
    """Each article has a few paragraphs, each of several sentences and of newspaper length."""
    for one in sample.articles:
        found = paragraphs(one)

        assert 3 <= len(found) <= 6, one.id
        for span in found:
            assert 35 <= len(span.text.split()) <= 90, span
            assert 2 <= len(list(sentences(one.text, span.start, span.end))) <= 4, span


def test_one_story_is_told_twice(sample: Corpus) -> None:
    """The pair shares most sentences, yet neither text, title nor publisher: there is something to fold."""
    first, second = (article(sample, name) for name in RETOLD)
    shared = set(told(first)) & set(told(second))

    assert len(shared) >= 0.6 * len(told(second))
    assert set(told(second)) - shared
    assert len(paragraphs(second)) < len(paragraphs(first))
    assert first.title != second.title
    assert first.publisher != second.publisher


def test_no_other_story_is_told_twice(sample: Corpus) -> None:
    """Apart from the pair, no sentence stands in two articles."""
    seen: dict[str, str] = {}
    for one in sample.articles:
        if one.id == RETOLD[1]:
            continue
        for sentence in told(one):
            assert seen.setdefault(sentence, one.id) == one.id


@needs_report
def test_the_wording_is_our_own(sample: Corpus) -> None:
    """No article has more than five words in a row in common with the report."""
    length = LONGEST_SHARED_RUN + 1
    theirs = runs(REPORT.read_text(encoding="utf-8"), length)
    for one in sample.articles:
        ours = runs(one.title, length) | runs(one.text, length)

        assert ours & theirs == set(), one.id


@needs_report
def test_quotations_are_as_spoken(sample: Corpus) -> None:
    """What stands in quotation marks is short and is in the report's, letter for letter."""
    spoken = quoted(REPORT.read_text(encoding="utf-8"))
    for one in sample.articles:
        for quotation in (*quoted(one.title), *quoted(one.text)):
            assert len(quotation.split()) <= 5, (one.id, quotation)
            assert any(quotation in speech for speech in spoken), (one.id, quotation)


@needs_report
def test_figures_are_the_reports(sample: Corpus) -> None:
    """Every number in figures is a number of the report."""
    known = set(re.findall(r"\d+", REPORT.read_text(encoding="utf-8")))
    for one in sample.articles:
        assert set(re.findall(r"\d+", f"{one.title} {one.text}")) <= known, one.id


def test_there_are_questions_of_both_kinds() -> None:
    """The judged set asks for answers and for refusals, each under an id of its own."""
    assert len(answerable()) >= 25
    assert len(QUESTIONS) - len(answerable()) >= 10
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.question for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", answerable(), ids=lambda question: question.id)
def test_what_is_judged_by_stands_in_one_sentence(question: JudgedQuestion, sample: Corpus) -> None:
    """Evidence and traps are verbatim, once in their article, and short enough for one snippet."""
    for mark in (*(e for fact in question.evidence for e in fact), *question.not_evidence):
        judged = article(sample, mark.article)

        assert judged.text.count(mark.text) == 1, mark
        assert any(mark.text in sentence for sentence in told(judged)), mark


def test_a_fact_is_no_trap() -> None:
    """No sentence is both wanted and forbidden by the same question."""
    for question in QUESTIONS:
        wanted = {e for fact in question.evidence for e in fact}

        assert not wanted & set(question.not_evidence), question.id


def test_only_answerable_questions_have_evidence() -> None:
    """An answerable question names its facts and all their articles, another has none."""
    for question in QUESTIONS:
        named = {e.article for fact in question.evidence for e in fact}

        assert bool(named) == question.answerable, question.id
        assert set(question.articles) == named, question.id
