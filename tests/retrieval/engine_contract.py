"""What every search engine must do, whatever it is made of. A new one is added to ENGINES."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from rank_bm25 import BM25Okapi

from retrieval.engine import Engine, Index, UpdatableIndex
from retrieval.engines.bm25 import RankBm25
from retrieval.engines.tantivy import Tantivy
from retrieval.models import Hit

ENGINES: dict[str, Callable[[], Engine]] = {"rank-bm25": RankBm25, "tantivy": Tantivy}
"""Each engine by its name."""

BRIDGE = ["bridge", "close", "monday", "nobody", "hurt"]
FERRY = ["ferry", "carry", "commuter", "slow"]
PARK = ["park", "tree", "plant", "tree", "bridge"]

WORDS = st.sampled_from("abcdefgh")
PASSAGES = st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=12)
TERMS = st.dictionaries(
    st.sampled_from([*"abcdefgh", "unknown"]),
    st.floats(0.1, 5.0, allow_nan=False),
    min_size=1,
    max_size=6,
)


def numbers(hits: Sequence[Hit]) -> list[int]:
    """The passages found, best first."""
    return [hit.passage for hit in hits]


def stock_scores(passages: list[list[str]], terms: dict[str, float]) -> list[float]:
    """The scores of rank_bm25 as it comes, but for an IDF that is never 0 or less."""
    stock = BM25Okapi(passages, k1=1.2, b=0.75)
    holders = Counter(word for passage in passages for word in set(passage))
    for word, held_by in holders.items():
        stock.idf[word] = math.log(1 + (len(passages) - held_by + 0.5) / (held_by + 0.5))
    each = [weight * stock.get_scores([term]) for term, weight in terms.items()]
    return [float(sum(of_terms)) for of_terms in zip(*each, strict=True)]


class EngineContract:
    """Inherited by the tests of the engines."""

    @pytest.fixture(name="engine", scope="class", params=list(ENGINES))
    @classmethod
    def _engine(cls, request: pytest.FixtureRequest) -> Engine:
        """Each engine in turn."""
        return ENGINES[request.param]()

    @pytest.fixture(name="index", scope="class")
    @classmethod
    def _index(cls, engine: Engine) -> UpdatableIndex:
        """Three short passages."""
        return engine.build([BRIDGE, FERRY, PARK])

    def test_an_empty_index_finds_nothing(self, engine: Engine) -> None:
        """There may be no passage, or none with a word."""
        empty: tuple[list[list[str]], ...] = ([], [[]], [[], []])
        for passages in empty:
            index = engine.build(passages)

            assert len(index) == len(passages)
            assert list(index.search({"bridge": 1.0}, 10)) == []
            assert index.frequency("bridge") == 0

    def test_passages_may_come_as_a_stream(self, engine: Engine) -> None:
        """A large corpus is never held as lists of words."""
        index = engine.build(iter(words) for words in (BRIDGE, FERRY))

        assert len(index) == 2
        assert numbers(index.search({"ferry": 1.0}, 10)) == [1]

    def test_an_empty_query_finds_nothing(self, index: Index) -> None:
        """Rather than everything."""
        assert list(index.search({}, 10)) == []

    def test_unknown_terms_find_nothing(self, index: Index) -> None:
        """And beside known ones they change nothing."""
        alone = index.search({"ferry": 1.0}, 10)

        assert list(index.search({"zebra": 1.0, "": 2.0}, 10)) == []
        assert list(index.search({"ferry": 1.0, "zebra": 5.0}, 10)) == list(alone)

    def test_only_passages_that_share_a_term_are_found(self, index: Index) -> None:
        """A passage without any of the words is no hit, not even a last one."""
        assert sorted(numbers(index.search({"bridge": 1.0, "tree": 1.0}, 10))) == [0, 2]

    def test_best_first(self, index: Index) -> None:
        """Scores descend and are above 0; a word that occurs twice counts for more."""
        hits = index.search({"tree": 1.0, "bridge": 1.0}, 10)

        assert numbers(hits) == [2, 0]
        assert hits[0].score > hits[1].score > 0

    def test_weights_decide(self, index: Index) -> None:
        """The heavier term's passage is first; a weight multiplies what the term adds."""
        assert numbers(index.search({"ferry": 3.0, "hurt": 1.0}, 10)) == [1, 0]
        assert numbers(index.search({"ferry": 1.0, "hurt": 3.0}, 10)) == [0, 1]
        (single,), (double,) = index.search({"ferry": 1.0}, 1), index.search({"ferry": 2.0}, 1)
        assert double.score == pytest.approx(2 * single.score)

    @pytest.mark.parametrize(("limit", "found"), [(-1, 0), (0, 0), (1, 1), (2, 2), (9, 2)])
    def test_the_limit(self, index: Index, limit: int, found: int) -> None:
        """Never more than asked for, and the best of them."""
        hits = index.search({"bridge": 1.0, "tree": 1.0}, limit)

        assert numbers(hits) == [2, 0][:found]

    def test_equal_scores_keep_the_order_of_the_passages(self, engine: Engine) -> None:
        """So that the same question is answered alike every time, under any limit."""
        index = engine.build([["bridge", "old"] for _ in range(50)])

        assert numbers(index.search({"bridge": 1.0}, 50)) == list(range(50))
        assert numbers(index.search({"bridge": 1.0}, 7)) == list(range(7))

    @pytest.mark.parametrize("count", [1, 2, 3, 20])
    def test_a_word_in_every_passage_counts(self, engine: Engine, count: int) -> None:
        """Okapi's own IDF would be 0 or less, and a corpus on one subject find nothing."""
        index = engine.build([["bridge", f"word{number}"] for number in range(count)])

        hits = index.search({"bridge": 1.0}, 100)

        assert numbers(hits) == list(range(count))
        assert all(hit.score > 0 for hit in hits)

    def test_a_word_in_half_of_the_passages_counts(self, engine: Engine) -> None:
        """There Okapi's own IDF is exactly 0."""
        index = engine.build([["bridge", "a"], ["ferry", "b"]])

        assert [hit.score > 0 for hit in index.search({"bridge": 1.0}, 10)] == [True]

    def test_a_rarer_word_tells_more(self, engine: Engine) -> None:
        """The one that few passages hold decides between passages of one length."""
        index = engine.build([["often", "x"], ["often", "y"], ["rare", "z"], ["often", "w"]])

        assert numbers(index.search({"often": 1.0, "rare": 1.0}, 10))[0] == 2

    def test_frequency_counts_passages(self, index: Index) -> None:
        """Not occurrences."""
        assert index.frequency("bridge") == 2
        assert index.frequency("tree") == 1
        assert index.frequency("zebra") == 0

    def test_a_passage_without_words_keeps_its_number(self, engine: Engine) -> None:
        """Or every passage behind it would be cited as another."""
        index = engine.build([[], ["bridge"], [], ["ferry"]])

        assert len(index) == 4
        assert numbers(index.search({"ferry": 1.0}, 10)) == [3]

    @pytest.mark.parametrize("term", ["", " ", "\0", "\ud800", "=", "naïve", "橋", "x" * 70_000])
    def test_any_text_may_be_a_term(self, engine: Engine, term: str) -> None:
        """What an article holds is not ours to choose: half a character, or a megabyte of x."""
        index = engine.build([["bridge"], [term, "ferry"]])

        assert numbers(index.search({term: 1.0}, 10)) == [1]
        assert index.frequency(term) == 1

    def test_several_threads_find_the_same(self, engine: Engine) -> None:
        """A search disturbs no other that runs at the same time."""
        index = engine.build([[f"w{i % 7}", f"w{i % 11}", f"w{i % 13}"] for i in range(300)])
        queries = [{f"w{i % 13}": 1.0 + i % 3, f"w{i % 5}": 1.0} for i in range(200)]
        one_by_one = [list(index.search(query, 5)) for query in queries]

        with ThreadPoolExecutor(4) as pool:
            at_once = list(pool.map(lambda query: list(index.search(query, 5)), queries))

        assert at_once == one_by_one

    @settings(max_examples=20, deadline=None)  # an engine may write files for each example
    @given(passages=PASSAGES, terms=TERMS)
    def test_scores_are_those_of_rank_bm25(
        self, engine: Engine, passages: list[list[str]], terms: dict[str, float]
    ) -> None:
        """One formula for all, so that answers do not hang on the engine. Only its IDF is another."""
        hits = engine.build(passages).search(terms, len(passages))

        found = {hit.passage: hit.score for hit in hits}
        for number, score in enumerate(stock_scores(passages, terms)):
            assert found.get(number, 0.0) == pytest.approx(score, rel=1e-5)

    @settings(max_examples=20, deadline=None)  # an engine may write files for each example
    @given(
        passages=PASSAGES,
        terms=TERMS,
        limit=st.integers(0, 14),
        flags=st.lists(st.booleans(), min_size=12),
    )
    def test_only_some_passages_may_be_found(
        self,
        engine: Engine,
        passages: list[list[str]],
        terms: dict[str, float],
        limit: int,
        flags: list[bool],
    ) -> None:
        """The others are left out as if they had been found and then dropped."""
        allowed = np.array(flags[: len(passages)], np.bool_)
        index = engine.build(passages)

        by_asking = index.search(terms, limit, allowed.__getitem__)
        by_number = index.search(terms, limit, only=np.flatnonzero(allowed))

        whole = [hit for hit in index.search(terms, 100) if allowed[hit.passage]][:limit]
        for found in (by_asking, by_number):
            assert numbers(found) == numbers(whole)
            assert [h.score for h in found] == pytest.approx([h.score for h in whole], rel=1e-5)

    def test_two_limits_to_what_may_be_found_hold_together(self, engine: Engine) -> None:
        """What is found is allowed by both, also where the best are not."""
        index = engine.build([["bridge"] * (20 - n) + ["ferry"] * n for n in range(20)])

        found = index.search(
            {"bridge": 1.0}, 2, lambda passages: passages % 2 == 0, only=np.arange(13, 19)
        )

        assert numbers(found) == [14, 16]

    @settings(max_examples=20, deadline=None)  # an engine may write files for each example
    @given(old=PASSAGES, kept=st.sets(st.integers(0, 11)), fresh=PASSAGES, chance=st.randoms())
    def test_an_update_finds_what_a_rebuild_finds(
        self,
        engine: Engine,
        old: list[list[str]],
        kept: set[int],
        fresh: list[list[str]],
        chance: Random,
    ) -> None:
        """Passages go, come and change their places; the index that was there is as it was."""
        origin = [number for number in kept if number < len(old)] + [-1] * len(fresh)
        chance.shuffle(origin)
        coming = iter(fresh)
        new = [old[number] if number >= 0 else next(coming) for number in origin]
        index = engine.build(old)

        updated = index.updated(origin, fresh)

        for term in "abcdefgh":
            for passages, searched in ((new, updated), (old, index)):
                holders = [i for i, words in enumerate(passages) if term in words]
                assert sorted(numbers(searched.search({term: 1.0}, 99))) == holders
                assert searched.frequency(term) == len(holders)
        assert (len(updated), len(index)) == (len(new), len(old))

    @pytest.mark.parametrize(
        ("origin", "complaint"),
        [
            ([0, 0, -1, -1], "twice"),
            ([3, -1, -1], "names passage 3, and there are 3"),
            ([-1], "room for 1 fresh passages, and 2 came"),
            ([0, -1, -1, -1], "room for 3 fresh passages, and 2 came"),
        ],
    )
    def test_an_origin_that_cannot_be_is_refused(
        self, index: UpdatableIndex, origin: list[int], complaint: str
    ) -> None:
        """Else passages would be cited as others."""
        with pytest.raises(ValueError, match=complaint):
            index.updated(origin, [["tram"], ["bus"]])

    @settings(max_examples=20, deadline=None)  # an engine may write files for each example
    @given(passages=PASSAGES, terms=TERMS, limit=st.integers(0, 14))
    def test_a_limit_cuts_the_whole_ranking(
        self, engine: Engine, passages: list[list[str]], terms: dict[str, float], limit: int
    ) -> None:
        """What is shown first does not depend on how much is shown."""
        index = engine.build(passages)
        whole = list(index.search(terms, 100))

        cut = index.search(terms, limit)

        assert numbers(cut) == numbers(whole[:limit])
        assert [h.score for h in cut] == pytest.approx([h.score for h in whole[:limit]], rel=1e-5)
        assert whole == sorted(whole, key=lambda hit: (-hit.score, hit.passage))
        holders = [i for i, words in enumerate(passages) if not terms.keys().isdisjoint(words)]
        assert sorted(numbers(whole)) == holders
