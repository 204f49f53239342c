"""A folder -> a corpus; two corpora -> what changed."""

import dataclasses
import itertools
import json
import os
import random
import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from corpus import loading
from corpus.errors import CorpusError, CorpusNotFoundError
from corpus.loading import MOST_REFUSALS, SAMPLE, Corpus, compare, load, version_of
from corpus.models import Article
from corpus.reading.formats import READERS

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"

ARTICLES = st.builds(
    Article,
    id=st.text(min_size=1),
    title=st.text(min_size=1),
    text=st.text(min_size=1),
    url=st.none() | st.text(),
    publisher=st.none() | st.text(),
    published_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    language=st.none() | st.text(),
)


def line(number: int, text: str = "Two drones fell.") -> str:
    return json.dumps({"id": f"n{number}", "title": f"No. {number}", "text": text}) + "\n"


def ids(corpus: Corpus) -> list[str]:
    return [article.id for article in corpus.articles]


def reasons(corpus: Corpus) -> list[str]:
    return [str(refusal) for refusal in corpus.refused]


def test_a_folder_of_all_formats_loads(tmp_path: Path) -> None:
    """Articles come in the order of the files, each says where it was read."""
    (tmp_path / "b.jsonl").write_text(line(1) + line(2))
    (tmp_path / "c.txt").write_text("Sirens.")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.md").write_text("# Night\n\nSirens.")
    corpus = load(tmp_path)

    assert [(article.id, article.source) for article in corpus.articles] == [
        ("a/x", "a/x.md"),
        ("n1", "b.jsonl:1"),
        ("n2", "b.jsonl:2"),
        ("c", "c.txt"),
    ]
    assert corpus.refused == ()


def test_one_file_is_a_corpus(tmp_path: Path) -> None:
    """Its id is that which it has in its folder."""
    (tmp_path / "news.txt").write_text("Sirens.")
    (tmp_path / "other.txt").write_text("More.")

    assert load(tmp_path / "news.txt") == Corpus(
        load(tmp_path).articles[:1], version_of(load(tmp_path).articles[:1])
    )


def test_the_sample_loads() -> None:
    """At least the dozen articles that are promised, none refused."""
    corpus = load(SAMPLE)

    assert corpus.refused == ()
    assert len(corpus.articles) >= 12


@pytest.mark.skipif(not SEED.exists(), reason="the article the project began from is not here")
def test_the_seed_loads() -> None:
    """The folder that the project began with is a corpus as it is."""
    corpus = load(SEED)

    assert ids(corpus) == ["kremlin-drones"]
    assert corpus.refused == ()


def test_an_empty_folder_is_an_empty_corpus(tmp_path: Path) -> None:
    """Not an error: articles may come later."""
    assert load(tmp_path) == Corpus((), version_of(()))


def test_what_cannot_be_a_corpus_is_an_error(tmp_path: Path) -> None:
    """The message names the path, and the suffixes that are read."""
    (tmp_path / "news.exe").write_text("a,b")
    for missing in (tmp_path / "nowhere", tmp_path / "news.exe" / "x"):
        with pytest.raises(CorpusNotFoundError, match="no such file or folder"):
            load(missing)
    for wrong in (tmp_path / "news.exe", Path(os.devnull)):
        with pytest.raises(CorpusError) as caught:
            load(wrong)
        suffixes = ", ".join(sorted(READERS))
        assert str(caught.value) == f"{wrong}: not a folder, nor a file that ends in {suffixes}"


def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    """What the system says about it is in the message."""
    ring = tmp_path / "ring"
    ring.symlink_to("ring")

    with pytest.raises(
        CorpusError, match=r"ring: cannot be read: too many levels of symbolic links$"
    ):
        load(ring)


def test_a_pipe_is_refused_as_corpus_and_in_one(tmp_path: Path) -> None:
    """Without waiting for somebody to write to it."""
    os.mkfifo(tmp_path / "pipe.jsonl")

    for path in (tmp_path, tmp_path / "pipe.jsonl"):
        assert reasons(load(path)) == ["pipe.jsonl: not a regular file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_corpus_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    """Else a reload would swap in an empty corpus."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    folder.chmod(0)
    try:
        with pytest.raises(CorpusError, match=r"corpus: cannot be read: permission denied$"):
            load(folder)
        with pytest.raises(CorpusError, match=r"x.txt: cannot be read: permission denied$"):
            load(folder / "x.txt")
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused_alone(tmp_path: Path) -> None:
    """The rest of the folder loads."""
    (tmp_path / "a.txt").write_text("Sirens.")
    (tmp_path / "b.txt").write_text("Sirens.")
    (tmp_path / "a.txt").chmod(0)
    corpus = load(tmp_path)

    assert ids(corpus) == ["b"]
    assert reasons(corpus) == ["a.txt: cannot be read: permission denied"]


def test_a_file_that_vanishes_while_others_are_read_is_refused(tmp_path: Path) -> None:
    """It was there when the folder was listed."""
    (tmp_path / "a.jsonl").write_text(line(1))
    (tmp_path / "b.txt").write_text("Sirens.")
    corpus = load(
        tmp_path, progress=lambda _done, _total: (tmp_path / "b.txt").unlink(missing_ok=True)
    )

    assert ids(corpus) == ["n1"]
    assert reasons(corpus) == ["b.txt: cannot be read: no such file or directory"]


def test_a_second_article_of_one_id_is_refused(tmp_path: Path) -> None:
    """The refusal names the first, in the same file, another one and another format."""
    (tmp_path / "a.jsonl").write_text(line(1) + line(1, "Other."))
    (tmp_path / "b.jsonl").write_text(line(2) + line(1))
    (tmp_path / "c.md").write_text("Sirens.")
    (tmp_path / "c.txt").write_text("Sirens.")
    corpus = load(tmp_path)

    assert ids(corpus) == ["n1", "n2", "c"]
    assert reasons(corpus) == [
        'a.jsonl:2: id: "n1" is already used by a.jsonl:1',
        'b.jsonl:2: id: "n1" is already used by a.jsonl:1',
        'c.txt: id: "c" is already used by c.md',
    ]


def test_a_flood_of_refusals_is_counted_not_kept(tmp_path: Path) -> None:
    """A big file of something else cannot fill the memory; good lines after it still load."""
    (tmp_path / "a.jsonl").write_text("{\n" * (MOST_REFUSALS + 500) + line(1))
    (tmp_path / "b.jsonl").write_text("{\n")
    corpus = load(tmp_path)

    assert ids(corpus) == ["n1"]
    assert len(corpus.refused) == MOST_REFUSALS + 2
    assert reasons(corpus)[-1] == "a.jsonl: 500 more refused"


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    """In bytes, rising, a step at least each megabyte."""
    (tmp_path / "a.jsonl").write_text("".join(line(n, "word " * 1000) for n in range(700)))
    (tmp_path / "b.txt").write_text("Sirens.")
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    calls: list[tuple[int, int]] = []
    load(tmp_path, progress=lambda done, of: calls.append((done, of)))

    assert calls[0] == (0, total)
    assert calls[-1] == (total, total)
    assert calls == sorted(set(calls))
    assert all(b - a < 2 * (1 << 20) for (a, _), (b, _) in itertools.pairwise(calls))


def test_without_bytes_there_is_no_progress(tmp_path: Path) -> None:
    """Nobody has to divide by zero."""
    (tmp_path / "empty.jsonl").write_text("")
    calls: list[tuple[int, int]] = []
    load(tmp_path, progress=lambda done, of: calls.append((done, of)))

    assert calls == []


def test_what_progress_raises_ends_the_load(tmp_path: Path) -> None:
    """That is how a load is given up."""
    (tmp_path / "a.jsonl").write_text(line(1))

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(tmp_path, progress=stop)


def test_a_big_file_is_streamed(tmp_path: Path) -> None:
    """Memory goes with what is kept, not with the size of the file."""
    big = tmp_path / "a.jsonl"
    with big.open("w") as file:
        for _ in range(2_000):
            file.write(json.dumps({"title": "T", "note": "x" * 10_000}) + "\n")
    tracemalloc.start()
    try:
        load(big)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert big.stat().st_size > 20_000_000
    assert peak < 5_000_000


@given(st.lists(ARTICLES, unique_by=lambda article: article.id), st.randoms(use_true_random=False))
def test_the_version_does_not_depend_on_the_order(
    articles: list[Article], shuffle: random.Random
) -> None:
    """Nor on where the articles were read."""
    others = [dataclasses.replace(article, source="elsewhere") for article in articles]
    shuffle.shuffle(others)

    assert version_of(others) == version_of(articles)
    assert len(version_of(articles)) == 12


@given(ARTICLES, ARTICLES)
def test_the_version_stands_for_the_contents(one: Article, other: Article) -> None:
    """Another article, one more or one less: another version."""
    assert (version_of([one]) == version_of([other])) == (one == other)
    assert len({version_of([]), version_of([one]), version_of([one, one])}) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b"}, {"title": "U"}, {"text": "y"}, {"url": "https://e.org"}, {"publisher": "P"},
        {"published_at": datetime(2023, 5, 4, tzinfo=UTC)}, {"language": "en"},
    ],
)  # fmt: skip
def test_every_field_counts(change: dict[str, Any]) -> None:
    """A corrected date or publisher is a change, in the version and in the comparison."""
    old = Article(id="a", title="T", text="x")
    new = dataclasses.replace(old, **change)

    assert version_of([old]) != version_of([new])
    assert compare(corpus_of(old), corpus_of(new)) != compare(corpus_of(old), corpus_of(old))


def test_one_instant_in_two_zones_is_two_contents() -> None:
    """The day that is shown depends on the zone."""
    utc = Article(id="a", title="T", text="x", published_at=datetime(2023, 5, 4, 12, tzinfo=UTC))
    kyiv = dataclasses.replace(
        utc, published_at=datetime(2023, 5, 4, 15, tzinfo=timezone(timedelta(hours=3)))
    )

    assert utc == kyiv
    assert version_of([utc]) != version_of([kyiv])
    assert compare(corpus_of(utc), corpus_of(kyiv)).changed == (kyiv,)


def test_the_version_does_not_depend_on_the_files(tmp_path: Path) -> None:
    """The same articles in one file, in two, and in other formats."""
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "all.jsonl").write_text(line(1) + line(2))
    (tmp_path / "two" / "1.jsonl").write_text(line(2))
    (tmp_path / "two" / "2.jsonl").write_text("\n" + line(1))
    (tmp_path / "three" / "n1.txt").write_text("---\ntitle: No. 1\n---\nTwo drones fell.")
    (tmp_path / "three" / "n2.md").write_text("# No. 2\nTwo drones fell.")

    assert len({load(tmp_path / name).version for name in ("one", "two", "three")}) == 1


def corpus_of(*articles: Article) -> Corpus:
    return Corpus(articles, version_of(articles))


def test_changes_are_told_by_id() -> None:
    """Added and changed are the new articles, removed the old ones."""
    same = Article(id="same", title="T", text="x")
    before, after = (Article(id="edited", title="T", text=text) for text in ("old", "new"))
    gone, fresh = (Article(id=name, title="T", text="x") for name in ("gone", "fresh"))
    moved = dataclasses.replace(same, source="elsewhere.jsonl:9")
    changes = compare(corpus_of(same, before, gone), corpus_of(fresh, after, moved))

    assert changes == loading.Changes(added=(fresh,), changed=(after,), removed=(gone,))
    assert changes.changed[0].text == "new"


@given(st.lists(ARTICLES, unique_by=lambda a: a.id), st.lists(ARTICLES, unique_by=lambda a: a.id))
def test_changes_lead_from_the_old_to_the_new(old: list[Article], new: list[Article]) -> None:
    """Taking away the removed and putting in the rest makes the new corpus; equal ones differ in nothing."""
    changes = compare(corpus_of(*old), corpus_of(*new))
    result = {article.id: article for article in old}
    for article in changes.removed:
        del result[article.id]
    result |= {article.id: article for article in (*changes.added, *changes.changed)}

    assert version_of(result.values()) == version_of(new)
    assert compare(corpus_of(*new), corpus_of(*new)) == loading.Changes((), (), ())


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(deadline=None)
@given(st.binary(), st.binary(), st.binary())
def test_any_bytes_in_a_folder_never_stop_the_load(
    folder: Path, plain: bytes, marked: bytes, lines: bytes
) -> None:
    """The good file loads beside them, and two loads are equal."""
    for name, data in {"a.txt": plain, "b.md": marked, "c.jsonl": lines}.items():
        (folder / name).write_bytes(data)
    (folder / "good.txt").write_text("Sirens.")
    corpus = load(folder)

    assert "good" in ids(corpus)
    assert load(folder).version == corpus.version
    assert reasons(load(folder)) == reasons(corpus)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.booleans(), max_size=40))
def test_every_good_line_among_bad_ones_loads(folder: Path, good: list[bool]) -> None:
    """And every bad one is refused at its line."""
    path = folder / "mixed.jsonl"
    path.write_text("".join(line(n) if fine else "{]\n" for n, fine in enumerate(good, start=1)))
    corpus = load(path)

    assert ids(corpus) == [f"n{n}" for n, fine in enumerate(good, start=1) if fine]
    assert [refusal.line for refusal in corpus.refused] == [
        n for n, fine in enumerate(good, start=1) if not fine
    ]
