"""An index that is made from another one: it is as if it had been built from nothing."""

import random
from itertools import pairwise

from hypothesis import given, strategies as st

from retrieval.engines.bm25 import MOST_PARTS, RankBm25, RankBm25Index
from tests.retrieval.engine_contract import TERMS, WORDS

PASSAGES = st.lists(st.lists(WORDS, max_size=9), max_size=9)


@st.composite
def updates(draw: st.DrawFn) -> list[list[list[str]]]:
    """A corpus and what becomes of it: in each step passages go, come, and change their places."""
    steps = [draw(PASSAGES)]
    for _ in range(draw(st.integers(1, 3))):
        kept = draw(st.lists(st.sampled_from(steps[-1]), max_size=9)) if steps[-1] else []
        steps.append(draw(st.permutations(kept + draw(PASSAGES))))
    return steps


def follow(index: RankBm25Index, old: list[list[str]], new: list[list[str]]) -> RankBm25Index:
    """Update an index of *old* passages to *new* ones, keeping all that it can."""
    places: dict[tuple[str, ...], list[int]] = {}
    for number, passage in enumerate(old):
        places.setdefault(tuple(passage), []).append(number)
    origin = [(places.get(tuple(passage)) or [-1]).pop() for passage in new]
    return index.updated(origin, [p for p, i in zip(new, origin, strict=True) if i < 0])


@given(steps=updates(), terms=TERMS, limit=st.integers(0, 12))
def test_an_update_is_as_good_as_a_rebuild(
    steps: list[list[list[str]]], terms: dict[str, float], limit: int
) -> None:
    """The same hits, bit for bit, in the same order; whatever came, went or moved."""
    index = RankBm25().build(steps[0])
    for old, new in pairwise(steps):
        index = follow(index, old, new)

    rebuilt = RankBm25().build(steps[-1])
    assert list(index.search(terms, limit)) == list(rebuilt.search(terms, limit))
    assert [index.frequency(t) for t in terms] == [rebuilt.frequency(t) for t in terms]
    assert len(index) == len(rebuilt)


def test_the_index_that_is_updated_stays_as_it_is() -> None:
    """Questions may be asked of it meanwhile, and afterwards; the new one has its segment."""
    index = RankBm25().build([["bridge"], ["ferry"], ["bridge", "old"]])
    before = list(index.search({"bridge": 1.0}, 9))

    other = index.updated([2, -1], [["tram"]])

    assert list(index.search({"bridge": 1.0}, 9)) == before
    assert [hit.passage for hit in other.search({"bridge": 1.0}, 9)] == [0]
    assert [hit.passage for hit in other.search({"tram": 1.0}, 9)] == [1]
    assert other.frequency("ferry") == 0
    assert other.parts[0].segment is index.parts[0].segment


def test_many_updates_leave_few_segments() -> None:
    """The small ones are joined: a search would have to look into each of them."""
    chance = random.Random(3)  # noqa: S311 - words, not secrets
    passages = [[chance.choice("abcdefgh") for _ in range(6)] for _ in range(200)]
    index = RankBm25().build(passages)
    for step in range(3 * MOST_PARTS):
        changed = [*passages[3:], [f"new{step}", "a"], ["b", "c"]]
        index = follow(index, passages, changed)
        passages = changed

        assert len(index.parts) <= MOST_PARTS

    rebuilt = RankBm25().build(passages)
    for terms in ({"a": 1.0, "b": 2.0}, {"new20": 1.0, "c": 0.5}):
        assert list(index.search(terms, 50)) == list(rebuilt.search(terms, 50))


def test_everything_may_be_replaced() -> None:
    """Nothing is left of the old passages, not even their segment."""
    index = RankBm25().build([["bridge"], ["ferry"]]).updated([-1], [["tram"]])

    assert len(index) == 1
    assert len(index.parts) == 1
    assert list(index.search({"bridge": 1.0}, 9)) == []
    assert len(index.updated([], [])) == 0
