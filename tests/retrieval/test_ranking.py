"""Sentences and articles in order, each score the sum of what it was given for."""

from datetime import datetime

import pytest

from retrieval.indexed import IndexedCorpus
from retrieval.query import Query
from retrieval.question import understand
from retrieval.ranking import Candidate, Ranking, rank
from tests.retrieval.building import article, day, indexed

NOW = day("2024-03-10")


def ranked(
    question: str, corpus: IndexedCorpus, *, now: datetime | None = None
) -> tuple[Query, Ranking]:
    """The ranking for a question, of every passage that shares a word with it."""
    query = understand(question, corpus.vocabulary, now=now)
    return query, rank(query, corpus, corpus.index.search(query.terms, 100), now=now)


def parts(candidate: Candidate) -> dict[str, float]:
    """What a candidate got for what."""
    return {name: amount for name, amount in candidate.contributions}  # noqa: C416  # pairs, whatever their type


def first(question: str, corpus: IndexedCorpus, *, now: datetime | None = None) -> str:
    """The sentence that is ranked first."""
    _, ranking = ranked(question, corpus, now=now)
    best = ranking.sentences[0]
    return corpus.span(best.article, best.sentence).text


QUARREL = indexed(
    article(
        "Ann Roe denied the fraud on Monday. Bo Lund accused Ann Roe of the fraud. The court met in Leeds.",
        id="quarrel",
    ),
    article("The fraud was in the papers. Twelve papers wrote of the fraud.", id="papers"),
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who denied the fraud?", "Ann Roe denied the fraud on Monday."),
        ("Who rejected the fraud?", "Ann Roe denied the fraud on Monday."),
        ("Who accused Ann Roe of fraud?", "Bo Lund accused Ann Roe of the fraud."),
        ("What did Bo Lund say about the fraud?", "Bo Lund accused Ann Roe of the fraud."),
        ("When was the fraud denied?", "Ann Roe denied the fraud on Monday."),
        ("How many papers wrote of the fraud?", "Twelve papers wrote of the fraud."),
        ("Where did the court meet?", "The court met in Leeds."),
    ],
)
def test_the_sentence_that_has_what_is_asked(question: str, sentence: str) -> None:
    """All of them are on the fraud; only one does, says or tells what is asked."""
    assert first(question, QUARREL) == sentence


def test_a_score_is_the_sum_of_its_parts() -> None:
    """So that each can be explained; nothing is listed that adds nothing."""
    _, ranking = ranked("Who denied the fraud on Monday?", QUARREL)

    for candidate in ranking.sentences:
        assert sum(parts(candidate).values()) == pytest.approx(candidate.score)
        assert all(parts(candidate).values())
    assert {"words", "passage", "article", "does what is asked"} <= parts(
        ranking.sentences[0]
    ).keys()


def test_somebody_elses_words_lose() -> None:
    """Asked for one speaker's words, a sentence of another is worth less."""
    query, ranking = ranked("What did Bo Lund say about the fraud?", QUARREL)

    others = [c for c in ranking.sentences if c.speaks_another]
    assert query.speaker
    assert others
    assert all(parts(c)["another speaks"] < 0 for c in others)


def test_best_first() -> None:
    """Sentences and articles; each article once, with the score of its best sentence."""
    _, ranking = ranked("Who wrote of the fraud?", QUARREL)

    scores = [candidate.score for candidate in ranking.sentences]
    assert scores == sorted(scores, reverse=True)
    numbers = [number for number, _ in ranking.articles]
    assert len(set(numbers)) == len(numbers)
    best = {c.article: c.score for c in reversed(ranking.sentences)}
    assert dict(ranking.articles) == best


def test_neighbours_in_the_question_are_neighbours_in_the_answer() -> None:
    """Side by side tells more than somewhere in one sentence."""
    corpus = indexed(
        "The copper on the old dome in Leeds was green, and every sheet of it was replaced.",
        "Of the old dome in Leeds a green copper sheet was replaced, and of it every one.",
    )

    assert first("copper sheet", corpus).startswith("Of the old dome")


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Who denied involvement?", "denied he involvement denied "),
        ("How many drones flew?", "12 drones "),
    ],
)
def test_words_that_an_endless_line_repeats(question: str, unit: str) -> None:
    """Not each is compared with each, which would take minutes."""
    text = unit * (200_000 // len(unit))

    assert len(first(question, indexed(article(text)))) < len(text)


def test_the_newest_only_when_asked() -> None:
    """Two reports in the same words: the older, better one is first unless news is wanted."""
    corpus = indexed(
        article("The mayor opened the bridge.", id="new", day=day("2024-03-08")),
        article("The mayor opened the old bridge in May.", id="old", day=day("2020-05-01")),
    )

    assert first("Who opened the old bridge?", corpus) == "The mayor opened the old bridge in May."
    assert first("Who opened the bridge recently?", corpus) == "The mayor opened the bridge."
    _, unasked = ranked("Who opened the bridge?", corpus, now=NOW)
    assert not any("new" in parts(candidate) for candidate in unasked.sentences)


def test_age_is_counted_from_now() -> None:
    """... or from the newest article, so that an old corpus has its news, too."""
    corpus = indexed(
        article("The mayor opened the bridge.", id="a", day=day("2020-05-01")),
        article("The mayor opened the bridge.", id="b", day=day("2020-03-01")),
        article("The mayor opened the bridge.", id="c"),
    )
    _, ranking = ranked("What did the mayor open recently?", corpus, now=NOW)

    new = {corpus.articles[c.article].id: parts(c).get("new", 0.0) for c in ranking.sentences}
    assert new["a"] > new["b"] > new["c"] == 0.0


def test_days_named_are_preferred() -> None:
    """ "In May 2023" may be when it was reported as well as when it happened."""
    corpus = indexed(
        article("The mayor opened the bridge.", id="a", day=day("2021-05-03")),
        article("The mayor opened the bridge.", id="b", day=day("2023-05-03")),
    )
    _, ranking = ranked("Who opened the bridge in May 2023?", corpus)

    assert corpus.articles[ranking.sentences[0].article].id == "b"
    assert "of that time" in parts(ranking.sentences[0])


def test_equals_are_ordered_by_id() -> None:
    """However the articles were loaded."""
    texts = [article("The bridge closed.", id=name) for name in ("c", "a", "b")]
    corpus = indexed(*texts)
    _, ranking = ranked("Which bridge closed?", corpus)

    assert [corpus.articles[c.article].id for c in ranking.sentences] == ["a", "b", "c"]
    assert [corpus.articles[number].id for number, _ in ranking.articles] == ["a", "b", "c"]


def test_nothing_found() -> None:
    """No hits, no ranking."""
    _, ranking = ranked("zebra", QUARREL)

    assert ranking.sentences == []
    assert ranking.articles == []
