"""Articles into an indexed corpus."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from corpus.models import Article
from corpus.passages import PASSAGE_WORDS, passages
from corpus.sentences import sentences
from retrieval.engines.bm25 import RankBm25
from retrieval.indexed import LONG, SHORT, Chance, IndexedCorpus, paragraph_starts
from retrieval.indexing import index_corpus
from retrieval.models import DateRange
from retrieval.weights import WEIGHTS, Weights
from tests.retrieval.building import article, day, indexed

BRIDGE = article(
    "The bridge closed on Monday. Nobody was hurt.\n\nIt is old, said Ann Roe.",
    id="bridge",
    title="An old bridge",
    day=day("2024-03-04"),
)
FERRY = article("A ferry carries commuters.", id="ferry", title="Ferry", day=day("2024-03-06"))
UNDATED = article("The park has trees.", id="park")


def test_articles_are_found_by_their_ids() -> None:
    """And one that isn't there is None."""
    corpus = indexed(BRIDGE, FERRY)

    assert corpus.article("ferry") is FERRY
    assert corpus.article("tram") is None
    assert set(corpus.articles) == {BRIDGE, FERRY}
    assert corpus.version == "v1"
    assert repr(corpus) == "<IndexedCorpus v1: 2 articles>"


def test_what_was_searched() -> None:
    """Shown where nothing is found; undated articles have no part in the dates."""
    searched = indexed(BRIDGE, UNDATED, FERRY).searched

    assert (searched.articles, searched.passages) == (3, 3)
    assert (searched.oldest, searched.newest) == (day("2024-03-04"), day("2024-03-06"))


@pytest.mark.parametrize("articles", [(), (UNDATED,)])
def test_a_corpus_without_dates(articles: tuple[Article, ...]) -> None:
    """Neither oldest nor newest."""
    searched = indexed(*articles).searched

    assert (searched.oldest, searched.newest) == (None, None)
    assert searched.articles == len(articles)


def test_passages_are_numbered_as_the_index_has_them() -> None:
    """A hit leads to the sentences that were searched."""
    long = article(("The river rose and the town waited for help. " * 40), id="long")
    corpus = indexed(long, FERRY)

    (hit,) = corpus.index.search({"ferri": 1.0}, 5)

    passage = corpus.passages[hit.passage]
    (sentence,) = corpus.sentences[passage.article][passage.first :][: passage.sentences]
    assert corpus.articles[passage.article] is FERRY
    assert corpus.span(passage.article, sentence).text == FERRY.text
    assert len(corpus.passages) == len(list(passages(long))) + 1
    assert long.text.count(" ") > 2 * PASSAGE_WORDS


def test_a_sentence_knows_its_words_and_its_speaker() -> None:
    """Who says it, what is done by saying, and whether it needs the one before."""
    corpus = indexed("The mayor, Ann Roe, denied the claim. He was wrong, she said. Rain fell.")

    denial, opinion, rain = corpus.sentences[0]

    assert denial.stems == ("mayor", "ann", "roe", "deni", "claim")
    assert {"ann", "roe"} <= denial.speaker_stems
    assert any("deny" in groups and "roe" in stems for groups, stems in denial.acts)
    assert opinion.points_back
    assert not denial.points_back
    assert rain.speaker is None
    assert rain.speaker_stems == frozenset()


def test_titles_and_paragraphs() -> None:
    """A title's words are kept by their stems; paragraphs by where they start."""
    corpus = indexed(BRIDGE)

    assert corpus.sentences[0].title == ("old", "bridg")
    assert [BRIDGE.text[start:][:5] for start in paragraph_starts(BRIDGE)] == ["The b", "It is"]


def test_progress_is_told_article_by_article() -> None:
    """How many are done, of how many."""
    told: list[tuple[int, int]] = []

    index_corpus([BRIDGE, FERRY], "v", progress=lambda *now: told.append(now))

    assert told == [(1, 2), (2, 2)]


def test_engine_and_weights_are_exchangeable() -> None:
    """Whoever indexes chooses them; the defaults are the product's."""
    weights = Weights(passage=0.0)

    chosen = index_corpus([BRIDGE], "v", engine=RankBm25(), weights=weights)

    assert chosen.weights is weights
    assert indexed(BRIDGE).weights is WEIGHTS


def test_an_empty_corpus() -> None:
    """Is one, and can be asked."""
    corpus = indexed()

    assert len(corpus.index) == 0
    assert len(corpus.passages) == 0


def test_chance_lies_between_short_and_long_questions() -> None:
    """Shorter ones count as the shortest, longer ones as the longest."""
    chance = Chance(short=0.8, long=0.5)

    assert chance.usual(1) == chance.usual(SHORT) == 0.8
    assert chance.usual(100) == chance.usual(LONG) == pytest.approx(0.5)
    assert 0.5 < chance.usual((SHORT + LONG) // 2) < 0.8


@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_articles(texts: list[str]) -> None:
    """Whatever their characters: every sentence is in just one passage, and none is lost."""
    corpus = indexed(*texts)

    for number, text in enumerate(texts):
        bounds = [(s.start, s.end) for s in corpus.sentences[number]]
        assert bounds == list(sentences(text))
        covered = [
            i
            for passage in corpus.passages
            if passage.article == number
            for i in range(passage.first, passage.first + passage.sentences)
        ]
        assert covered == list(range(len(bounds)))
    assert len(corpus.index) == len(corpus.passages)


def test_the_sample_is_dated(sample_corpus: IndexedCorpus) -> None:
    """In UTC, over the days that it tells of."""
    searched = sample_corpus.searched

    assert searched.oldest == datetime(2023, 5, 3, 19, 30, tzinfo=UTC)
    assert searched.newest == datetime(2023, 5, 5, 9, 0, tzinfo=UTC)


MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))


@given(published=st.lists(MOMENTS, max_size=6), since=MOMENTS, until=MOMENTS)
def test_passages_of_some_days_are_those_that_the_range_holds(
    published: list[datetime | None], since: datetime | None, until: datetime | None
) -> None:
    """To the microsecond, both ends included; an article without a date is of no day."""
    articles = [article("A ferry.", id=f"a{n}", day=day) for n, day in enumerate(published)]
    dates = DateRange(since=since, until=until)

    found = indexed(*articles).search({"ferri": 1.0}, 9, dates)

    held = [number for number, a in enumerate(articles) if dates.holds(a.published_at)]
    assert [hit.passage for hit in found] == held


@pytest.mark.parametrize(("first", "last"), [(5, 5), (5, 6), (5, 24), (0, 39)])
def test_many_days_are_searched_as_few_are(first: int, last: int) -> None:
    """Whether their articles are few of all or most, the best passages of those days are found."""
    days = [day("2024-01-01") + timedelta(days=n) for n in range(40)]
    # The later the day the earlier the id: the order of one is not that of the other.
    articles = [
        article(f"A ferry sank.\n\nShip {n} saw it." * 9, id=f"a{99 - n}", day=each)
        for n, each in enumerate(days)
    ]
    corpus, terms = indexed(*articles), {"ferri": 1.0, "ship": 0.5}

    found = corpus.search(terms, 999, DateRange(since=days[first], until=days[last]))

    every = corpus.search(terms, 999, repeats=True)
    whose = [corpus.articles[corpus.passages[hit.passage].article].published_at for hit in every]
    wanted = days[first : last + 1]
    assert found
    assert list(found) == [hit for hit, when in zip(every, whose, strict=True) if when in wanted]
