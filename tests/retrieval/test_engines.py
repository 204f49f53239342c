"""The engines keep their contract; and what is the default one's own."""

import random

import numpy as np
import pytest
from hypothesis import given, strategies as st
from rank_bm25 import BM25Okapi

from retrieval.engines.bm25 import Bm25, RankBm25
from retrieval.engines.gathering import gathered
from retrieval.engines.segment import Part
from retrieval.engines.selecting import BLOCK, best
from tests.retrieval.engine_contract import PASSAGES, TERMS, EngineContract, stock_scores


class TestEveryEngine(EngineContract):
    """Each engine of ENGINES."""


@pytest.mark.parametrize("repeated", ["=bridges", "+bridge close", "^bridge"])
def test_a_passage_is_as_long_as_its_plain_terms(repeated: str) -> None:
    """What repeats the words in another form doesn't make a passage longer, so it loses nothing."""
    index = RankBm25().build([["bridge"], ["bridge", repeated, repeated]])

    first, second = index.search({"bridge": 1.0}, 2)

    assert first.score == second.score
    assert [hit.passage for hit in index.search({repeated: 1.0}, 2)] == [1]


def test_an_index_says_how_large_it_is() -> None:
    """In a log, for example."""
    assert repr(RankBm25().build([["bridge"], []])) == "<RankBm25Index of 2 passages>"


def made_up(number: int, seed: int) -> list[list[str]]:
    """Passages of a few common words and many rare ones; lengths vary, and many are alike."""
    chance = random.Random(seed)  # noqa: S311 - words, not secrets
    return [
        [
            f"w{min(int(chance.paretovariate(0.6)), 400)}"
            for _ in range(chance.choice([3, 3, 9, 30]))
        ]
        for _ in range(number)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_thousands_of_passages_are_ranked_as_rank_bm25_ranks_them(seed: int) -> None:
    """The same scores to the ninth digit, the same order, and equal scores in the passages' order."""
    passages = made_up(3_000, seed)
    index = RankBm25().build(passages)
    for terms in ({"w2": 1.0, "w7": 0.5, "w31": 2.0}, {"w1": 1.0}, {"w390": 1.0, "w3": 0.1}):
        scores = stock_scores(passages, terms)
        ranked = sorted(
            (number for number, score in enumerate(scores) if score),
            key=lambda number: (-round(scores[number], 9), number),
        )
        for limit in (1, 10, 120, 3_000):
            hits = index.search(terms, limit)

            assert [hit.passage for hit in hits] == ranked[:limit]
            assert [hit.score for hit in hits] == pytest.approx(
                [scores[number] for number in ranked[:limit]], abs=1e-9, rel=1e-9
            )


@given(passages=PASSAGES, terms=TERMS)
def test_scores_equal_those_of_rank_bm25_to_the_ninth_digit(
    passages: list[list[str]], terms: dict[str, float]
) -> None:
    """Speed is bought with nothing else."""
    found = {h.passage: h.score for h in RankBm25().build(passages).search(terms, len(passages))}

    for number, score in enumerate(stock_scores(passages, terms)):
        assert found.get(number, 0.0) == pytest.approx(score, abs=1e-9, rel=1e-9)


@given(passages=PASSAGES, terms=TERMS, at_once=st.integers(1, 30))
def test_what_is_gathered_at_once_changes_nothing(
    passages: list[list[str]], terms: dict[str, float], at_once: int
) -> None:
    """A corpus that is sorted in pieces is indexed as one that is sorted whole."""
    whole = RankBm25().build(passages)
    segment = gathered(passages, at_once)
    pieced = Bm25([Part(segment, np.arange(len(passages), dtype=np.int32))])

    assert pieced.weighted_scores(terms)[: len(passages)].tolist() == [
        {hit.passage: hit.score for hit in whole.search(terms, 99)}.get(number, 0.0)
        for number in range(len(passages))
    ]


@given(passages=PASSAGES, query=st.lists(st.sampled_from("abcdefghi"), max_size=5))
def test_what_rank_bm25_offers_still_works(passages: list[list[str]], query: list[str]) -> None:
    """The subclass can stand where the class does: only its IDF is another."""
    ours = Bm25([Part(gathered(passages), np.arange(len(passages), dtype=np.int32))])
    scores = np.zeros(len(passages))
    for term in query:
        scores += stock_scores(passages, {term: 1.0})

    assert isinstance(ours, BM25Okapi)
    assert ours.get_scores(query).tolist() == pytest.approx(scores.tolist(), abs=1e-9)
    last = len(passages) - 1
    assert ours.get_batch_scores(query, [last, 0]) == pytest.approx([scores[last], scores[0]])
    assert len(ours.get_top_n(query, passages, 3)) == min(3, len(passages))


@given(data=st.data())
def test_the_best_are_those_of_a_full_sort(data: st.DataObject) -> None:
    """However many are equal, and whatever their numbers."""
    blocks = data.draw(st.integers(1, 4))
    size = blocks * BLOCK
    some = data.draw(
        st.dictionaries(st.integers(0, size - 1), st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.25]))
    )
    scores = np.zeros(size)
    scores[list(some)] = list(some.values())
    numbers = np.array(data.draw(st.permutations(range(size))), dtype=np.int32)
    limit = data.draw(st.integers(-1, 20))

    places = best(scores, limit, numbers).tolist()

    ranked = sorted(some, key=lambda place: (-some[place], numbers[place]))
    assert places == ranked[: max(0, limit)]
