"""Grounds for an outcome: what an answer must have, and why there is none."""

import math
from dataclasses import replace

import pytest

from retrieval.evidence import Verdict, judge, met_share, weigh
from retrieval.indexed import Chance, IndexedCorpus
from retrieval.matching import Matcher
from retrieval.models import Grounds, Outcome, Reason
from retrieval.query import Query
from retrieval.question import understand
from retrieval.ranking import Candidate, rank
from tests.retrieval.building import indexed

CORPUS = indexed(
    "Ann Roe, the mayor of Leeds, denied the fraud at the council on Monday. The council lost 4,000 pounds. "
    "Bo Lund accused the mayor of the fraud. Judges heard both. The trial was long.",
    "A ferry carries commuters over the river. The ferry is old and slow. The harbour closed.",
    "Children planted trees in the park. The gardener, Cy Dow, praised the children for the trees.",
)


def candidates(question: str, corpus: IndexedCorpus = CORPUS) -> tuple[Query, list[Candidate]]:
    """A query and its ranked sentences."""
    query = understand(question, corpus.vocabulary)
    return query, rank(query, corpus, corpus.index.search(query.terms, 20)).sentences


def judged(question: str) -> tuple[Outcome, Reason | None]:
    """How a question ends, and why."""
    query, found = candidates(question)
    verdict = judge(query, CORPUS, found)
    assert 0 <= verdict.confidence <= 1
    return verdict.outcome, verdict.reason


@pytest.mark.parametrize(
    "question",
    [
        "Who denied the fraud?",
        "What did Ann Roe say about the fraud?",
        "What did the mayor deny?",
        "How many pounds did the council lose?",
        "When did the mayor deny the fraud?",
        "Who praised the children?",
        "What carries commuters over the river?",
        "did bo lund accuse the mayor",
    ],
)
def test_a_question_that_is_answered(question: str) -> None:
    """There is nothing that an answer lacks."""
    assert judged(question) == (Outcome.ANSWERED, None)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Elon Musk say about the fraud in the council?", Reason.UNKNOWN_NAME),
        ("Who warned of the old ferry on the river?", Reason.NO_SUCH_DETAIL),
        ("How many commuters does the ferry carry?", Reason.NO_SUCH_DETAIL),
        ("When did children plant the trees in the park?", Reason.NO_SUCH_DETAIL),
        ("How many bicycles did the council of Leeds lose?", Reason.NO_SUCH_DETAIL),
    ],
)
def test_a_question_whose_subject_is_known(question: str, reason: Reason) -> None:
    """The closest sentences are no answer, and it is said what they lack."""
    outcome, found = judged(question)

    assert outcome is Outcome.RELATED
    assert found is reason


@pytest.mark.parametrize("speaker", ["the mayor", "Ann Roe"])
def test_two_halves_are_no_answer(speaker: str) -> None:
    """One sentence has the speaker, another the subject: nobody said it."""
    outcome, reason = judged(f"What did {speaker} say about the old ferry?")

    assert outcome is Outcome.RELATED
    assert reason in (Reason.NO_SPEAKER, Reason.TOO_LITTLE)


@pytest.mark.parametrize(
    "question",
    ["What is the price of bitcoin?", "How do I bake bread with old yeast and rye flour at home?"],
)
def test_a_question_on_something_else(question: str) -> None:
    """A word in common by chance is nothing."""
    outcome, reason = judged(question)

    assert outcome is Outcome.NOTHING
    assert reason in (Reason.UNKNOWN_WORDS, Reason.TOO_LITTLE, Reason.NO_SUCH_DETAIL)


def weighed(query: Query, candidate: Candidate, corpus: IndexedCorpus = CORPUS) -> Grounds:
    """What speaks for a sentence."""
    return weigh(query, candidate, Matcher(query, corpus))


def test_the_more_is_met_the_more_speaks_for_it() -> None:
    """The sum of the parts and the share met are higher for the sentence that has more of the question."""
    query, found = candidates("the mayor denied the fraud on Monday")
    by_start = sorted((c for c in found if c.article == 0), key=lambda c: c.number)
    denial, judges = by_start[0], by_start[3]

    assert weighed(query, denial).total > weighed(query, judges).total
    assert met_share(query, denial.met) == pytest.approx(1.0)
    assert 0 <= met_share(query, judges.met) < 1


def test_every_number_that_decides_is_kept() -> None:
    """The parts add up to the total, the total to the confidence, and the verdict has them."""
    query, found = candidates("Who denied the fraud?")

    verdict = judge(query, CORPUS, found)

    grounds = verdict.grounds
    assert grounds is not None
    assert grounds.total == pytest.approx(sum(part.amount for part in grounds.parts))
    assert verdict.confidence == grounds.confidence
    assert grounds.confidence == pytest.approx(1 / (1 + math.exp(-grounds.total)))
    assert grounds.lacking is None
    assert all(part.amount for part in grounds.parts)


def test_what_is_lacking_is_kept_too() -> None:
    """It refuses whatever the parts add up to."""
    query, found = candidates("How many commuters does the ferry carry?")

    verdict = judge(query, CORPUS, found)

    assert verdict.grounds is not None
    assert verdict.grounds.lacking is verdict.reason is Reason.NO_SUCH_DETAIL
    assert verdict.confidence <= 0.5


def test_the_more_chance_finds_the_less_is_sure() -> None:
    """The same sentence convinces less in a corpus that has something of any question."""
    query, found = candidates("the mayor denied the fraud on Monday")

    sure, doubtful = (
        weighed(query, found[0], replace(CORPUS, chance=Chance(usual, usual))).confidence
        for usual in (1.0, 3.0)
    )

    assert 0 <= doubtful < sure <= 1


def test_no_sentence_at_all() -> None:
    """Nothing, and certainly so."""
    query, _ = candidates("zebra")

    assert judge(query, CORPUS, []) == Verdict(Outcome.NOTHING, Reason.UNKNOWN_WORDS, 0.0, ())


def test_the_sentence_that_answers_is_shown() -> None:
    """Where others rank before it that lack something, it is still among the first three."""
    query, found = candidates("Who denied the fraud?")
    answering = next(c for c in found if c.act_match)
    others = [c for c in found if not c.act_match]

    shown = judge(query, CORPUS, [*others[:4], answering]).sentences

    assert len(others) >= 4
    assert answering in shown[:3]
