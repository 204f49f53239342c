"""A corpus in a folder: saved, opened, made from another one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from corpus.loading import SAMPLE, Corpus, load
from corpus.models import Article
from retrieval.answering import answer
from retrieval.engines.bm25 import RankBm25
from retrieval.engines.choice import Choice, Kind
from retrieval.errors import StoredIndexError
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.renewing import Made, renew
from retrieval.saving import Description, Saved, open_saved, rows_in, save
from retrieval.sentences import Studied, study
from retrieval.writing import MOST_SMALL
from tests.retrieval.building import article, day

DESCRIBED = Description(
    datetime(2024, 5, 1, tzinfo=UTC), Choice(Kind.RANK_BM25, "asked for"), ("What did Ann say?",)
)


def made(articles: Sequence[Article], folder: Path, *, base: IndexedCorpus | None = None) -> Made:
    """A corpus of *articles* with its rows in *folder*."""
    return renew(Corpus(articles, "v1"), rows_in(folder), RankBm25(), base=base)


def saved(articles: Sequence[Article], folder: Path, *, base: Path | None = None) -> Saved:
    """The same, saved and opened again."""
    before = None if base is None else open_saved(base).corpus
    save(made(articles, folder, base=before), folder, DESCRIBED, base=base)
    return open_saved(folder)


def assert_same(one: IndexedCorpus, other: IndexedCorpus) -> None:
    """Both are the same in all that an answer hangs on."""
    assert list(one.articles) == list(other.articles)
    assert [a.sha256 for a in one.articles] == [a.sha256 for a in other.articles]
    assert list(map(tuple, one.sentences)) == list(map(tuple, other.sentences))
    assert [s.title for s in one.sentences] == [s.title for s in other.sentences]
    assert [s.stems for s in one.sentences] == [s.stems for s in other.sentences]
    assert list(one.passages) == list(other.passages)
    counted, expected = one.vocabulary.counted, other.vocabulary.counted
    assert list(counted.stems) == list(expected.stems)
    for name in ("capitals", "lower", "articles"):
        assert np.array_equal(getattr(counted, name), getattr(expected, name))
    for name in ("published", "publisher", "sha256"):
        assert np.array_equal(getattr(one.directory, name), getattr(other.directory, name))
    assert list(one.directory.ids) == list(other.directory.ids)
    assert list(one.directory.publishers) == list(other.directory.publishers)
    terms = [*counted.stems, *(f"^{stem}" for stem in counted.stems)]
    for term in terms:
        assert one.index.frequency(term) == other.index.frequency(term)
        assert one.index.search({term: 1.0}, 50) == other.index.search({term: 1.0}, 50)
    assert one.chance == other.chance
    assert one.searched == other.searched


QUESTIONS = [
    "Who accused Russia?",
    "What did Zelenskyy say?",
    "How many people were hurt?",
    "what is new?",
    "What happened on 4 May 2023?",
]


def test_the_sample_answers_from_disk_as_from_memory(
    tmp_path: Path, sample_corpus: IndexedCorpus
) -> None:
    """Every answer is the same, with every snippet, score and speaker."""
    opened = saved(load(SAMPLE).articles, tmp_path).corpus

    assert_same(opened, sample_corpus)
    for question in [*QUESTIONS, *(each.title for each in sample_corpus.articles)]:
        found, expected = answer(question, opened), answer(question, sample_corpus)
        assert found.snippets == expected.snippets
        assert (found.outcome, found.confidence) == (expected.outcome, expected.confidence)
        assert found.articles == expected.articles


def test_what_it_is_said_to_be_is_kept(tmp_path: Path) -> None:
    """Version, examples, engine, when it was made, and in which order its articles came."""
    articles = [article("The tram left.", id="b"), article("The ferry came.", id="a")]

    opened = saved(articles, tmp_path)

    assert opened.facts.version == opened.corpus.version == "v1"
    assert opened.facts.examples == DESCRIBED.examples
    assert opened.facts.choice == DESCRIBED.choice
    assert opened.facts.made_at == DESCRIBED.made_at
    assert opened.order.tolist() == [1, 0]
    assert [each.id for each in opened.corpus.articles] == ["a", "b"]


def test_an_empty_corpus_is_saved(tmp_path: Path) -> None:
    """And can be asked, and made more of."""
    assert len(saved([], tmp_path / "none").corpus.articles) == 0

    some = saved([article("The tram left.")], tmp_path / "one", base=tmp_path / "none")

    assert len(some.corpus.articles) == 1


WORDS = "Ann Roe said the tram left Lyon on Monday denied accused Paris. He".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
MOMENTS = st.none() | st.just(day("2024-03-04")) | st.just(day("2024-03-05"))


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    """Articles of a few ids and words: two lists of them have much in common."""
    ids = draw(st.lists(st.sampled_from("abcdefgh\ud800é"), unique=True))
    return [
        Article(
            id=each,
            title=draw(TEXTS.map(lambda text: text[:20])),
            text=draw(TEXTS | st.text(max_size=30)),
            publisher=draw(st.sampled_from([None, "", "Gazette", "Herald"])),
            published_at=draw(MOMENTS),
        )
        for each in ids
    ]


@pytest.fixture(name="folders", scope="module")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A new folder at each call."""
    root, numbers = tmp_path_factory.mktemp("saved"), count()
    return lambda: root / str(next(numbers))


@contextmanager
def few_questions() -> Iterator[None]:
    """Measure by few questions what chance finds: it is the same for the same corpus all the same."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("retrieval.calibration.ASKED", 6)
        yield


@settings(max_examples=25)
@given(versions=st.lists(articles(), min_size=1, max_size=3))
def test_made_from_another_is_as_made_anew(
    versions: list[list[Article]], folders: Callable[[], Path]
) -> None:
    """Whatever came, went, changed or stayed, again and again: it is as if indexed afresh."""
    before: Path | None = None
    for version in versions:
        folder = folders()
        with few_questions():
            opened = saved(version, folder, base=before)
            assert_same(opened.corpus, index_corpus(version, "v1"))
        assert opened.order.tolist() == sorted(
            range(len(version)), key=lambda place: version[place].id
        )
        before = folder


def test_articles_without_a_word_stay(tmp_path: Path) -> None:
    """A corpus without a passage is no reason to take its articles twice."""
    saved([article("")], tmp_path / "1")

    again = saved([article("")], tmp_path / "2", base=tmp_path / "1")

    assert len(again.corpus.articles) == 1
    assert len(again.corpus.passages) == 0


def test_many_small_changes_leave_few_files(tmp_path: Path) -> None:
    """What is new at each of many times is put together in the end, and nothing is lost."""
    every = [article(f"Tram {n} left for Lyon.", id=f"{n:02}") for n in range(15)]
    opened, before = saved([], tmp_path / "0"), tmp_path / "0"
    for number in range(1, len(every) + 1):
        opened = saved(every[:number], tmp_path / str(number), base=before)
        before = tmp_path / str(number)

        assert len(opened.facts.volumes) <= MOST_SMALL
    assert_same(opened.corpus, index_corpus(every, "v1"))


def test_a_work_that_was_broken_off_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was flushed is not read a second time; what is damaged of it is."""
    every = [article(f"Tram {n} left for Lyon.", id=f"{n:02}") for n in range(4)]
    monkeypatch.setattr("retrieval.writing.FULL", 1)

    def stop(done: int, _: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        renew(Corpus(every, "v1"), rows_in(tmp_path), RankBm25(), progress=stop)
    left = sorted(rows_in(tmp_path).iterdir())
    left[0].write_bytes(left[0].read_bytes()[:-1])
    read: list[str] = []

    def noted(each: Article) -> Studied:
        read.append(each.id)
        return study(each)

    monkeypatch.setattr("retrieval.indexing.study", noted)

    found = made(every, tmp_path)

    assert len(left) == 3
    assert len(read) == 2
    assert_same(found.corpus, index_corpus(every, "v1"))


def damaged(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of a saved corpus, with one byte near its end changed."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        whole = bytearray(path.read_bytes())
        whole[-1] ^= 1
        yield str(path.relative_to(folder)), bytes(whole)


def test_a_damaged_file_is_found_out(tmp_path: Path) -> None:
    """Whichever it is: nothing is answered from it."""
    saved([article("The tram left, said Ann Roe.", title="Tram", day=day("2024-03-04"))], tmp_path)
    files = dict(damaged(tmp_path))
    for name, wrong in files.items():
        right = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(wrong)
        with pytest.raises(StoredIndexError):
            open_saved(tmp_path)
        (tmp_path / name).unlink()
        with pytest.raises(StoredIndexError):
            open_saved(tmp_path)
        (tmp_path / name).write_bytes(right)

    assert len(files) == 4
    assert len(open_saved(tmp_path).corpus.articles) == 1


def test_other_rules_make_it_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found out by another version of the program is not trusted."""
    saved([article("The tram left.")], tmp_path)
    monkeypatch.setattr("retrieval.saving.analysis", lambda: "0" * 16)

    with pytest.raises(StoredIndexError, match="made by other rules"):
        open_saved(tmp_path)


def test_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With both numbers."""
    saved([article("The tram left.")], tmp_path)
    monkeypatch.setattr("retrieval.saving.FORMAT", 2)

    with pytest.raises(StoredIndexError, match="format 1, and this program reads 2"):
        open_saved(tmp_path)
