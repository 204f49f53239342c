"""The engines keep their contract; and what is the default one's own."""

import pytest

from retrieval.engines.bm25 import RankBm25
from tests.retrieval.engine_contract import EngineContract


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
