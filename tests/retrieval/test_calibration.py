"""What chance finds in a corpus, measured on itself."""

import pytest

from corpus.loading import SAMPLE, load
from retrieval.calibration import measure_chance
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.lexicon import rows
from tests.retrieval.building import indexed


def test_it_is_the_same_every_time(sample_corpus: IndexedCorpus) -> None:
    """Nothing in it is drawn by lot."""
    assert measure_chance(sample_corpus) == measure_chance(sample_corpus) == sample_corpus.chance


def test_the_order_of_the_articles_does_not_matter(sample_corpus: IndexedCorpus) -> None:
    """Or a reload would change answers."""
    turned = index_corpus(tuple(reversed(load(SAMPLE).articles)), "v")

    assert turned.chance.short == pytest.approx(sample_corpus.chance.short)
    assert turned.chance.long == pytest.approx(sample_corpus.chance.long)


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("",),
        ("It rained.",),
        ("The mayor of Leeds opened the new bridge over the river on Monday.",),
        ("The mayor of Leeds opened the new bridge over the river on Monday.",) * 30,
    ],
    ids=["empty", "blank", "short", "one sentence", "all alike"],
)
def test_a_corpus_too_small_to_measure(texts: tuple[str, ...]) -> None:
    """It is given a middling chance, so that it answers and refuses all the same."""
    chance = indexed(*texts).chance

    assert 1 <= chance.long <= chance.short <= 4


def test_long_questions_are_met_less_by_chance(sample_corpus: IndexedCorpus) -> None:
    """One word of three that mean nothing is often there; of eight, few are."""
    chance = sample_corpus.chance

    assert chance.usual(8) < chance.usual(3)


def test_chance_finds_more_where_more_is_told_of(sample_corpus: IndexedCorpus) -> None:
    """The sample tells one story; thirty articles on thirty things have more of any question."""
    topics = [row for row in rows("synonyms") if "_" not in " ".join(row)]
    told = [" and ".join(word for row in topics[i::30] for word in row) + "." for i in range(30)]

    assert indexed(*told).chance.usual(3) > sample_corpus.chance.usual(3)
