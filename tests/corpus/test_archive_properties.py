"""A corpus read through an archive is the corpus, whatever happened to its files and to the archive."""

import itertools
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from typing_extensions import override

from corpus.archive import Archive
from corpus.errors import ArchiveDamagedError
from corpus.loading import Corpus, compare, load
from corpus.packed import WIDTH, Digests, Texts
from tests.corpus.folders import at, exact_clock, line, opened, whole

NAMES = st.sampled_from(["a.jsonl", "b.jsonl", "c.txt", "d.md", "sub/a.jsonl", "sub/c.txt"])
CONTENTS = st.one_of(
    st.lists(st.integers(1, 6).map(line) | st.sampled_from(["{\n", "\n"]), max_size=5).map("".join),
    st.tuples(st.integers(1, 6), st.text(min_size=1, max_size=5)).map(lambda each: line(*each)),
    st.text(max_size=20).map(lambda text: f"---\npublisher: P\n---\n{text}"),
).map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=40)


class Folder(RuleBasedStateMachine):
    """A folder in which things happen, read now and then; each file's change has a time of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._temporary = tempfile.TemporaryDirectory()
        self._clock = exact_clock()
        self._clock.__enter__()
        self._times = itertools.count(1_000_000_000)
        root = Path(self._temporary.name)
        self.folder = root / "news"
        (self.folder / "sub").mkdir(parents=True)
        self.archive = Archive.open(root / "kept" / "articles.sqlite3")
        self.last: Corpus | None = None
        self.touched = True

    @rule(name=NAMES, content=CONTENTS)
    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)
        self._note(name)

    @rule(name=NAMES, content=CONTENTS)
    def append(self, name: str, content: bytes) -> None:
        with (self.folder / name).open("ab") as file:
            file.write(content)
        self._note(name)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self.touched = True

    @rule(name=NAMES)
    def touch(self, name: str) -> None:
        if (self.folder / name).exists():
            self._note(name)

    @rule(one=NAMES, other=NAMES)
    def rename(self, one: str, other: str) -> None:
        if (self.folder / one).exists():
            (self.folder / one).rename(self.folder / other)
            self.touched = True

    @rule(ids=st.sets(st.integers(1, 6)))
    def take_away(self, ids: set[int]) -> None:
        lines = "".join(f'{{"id": "n{number}"}}\n' for number in ids)
        (self.folder / ".removed.jsonl").write_text(lines)
        self.touched = True

    @rule()
    def restart(self) -> None:
        self.archive.close()
        self.archive = Archive.open(self.archive.path)

    @rule()
    def prune(self) -> None:
        self.last = None
        self.archive.prune()

    @rule()
    def read(self) -> None:
        with opened() as names:
            read = self.archive.read(self.folder)
        assert whole(read) == whole(load(self.folder))
        assert self.touched or names == []
        if self.last is not None:
            self._compare(self.last, read)
        self.last, self.touched = read, False

    @precondition(lambda self: self.last is not None)
    @invariant()
    def what_was_read_stays(self) -> None:
        assert self.last is not None
        assert [article.id for article in self.last.articles] == list(self.last.ids)

    def _note(self, name: str) -> None:
        at(self.folder / name, next(self._times))
        self.touched = True

    def _compare(self, old: Corpus, new: Corpus) -> None:
        stored = compare(old, new)
        plain = compare(*(Corpus(tuple(each.articles), each.version) for each in (old, new)))
        for kind in ("added", "changed", "removed"):
            assert tuple(getattr(stored, kind)) == getattr(plain, kind)

    @override
    def teardown(self) -> None:
        assert self.archive.troubles == []
        self.archive.close()
        self._clock.__exit__(None, None, None)
        self._temporary.cleanup()


TestFolder = Folder.TestCase
TestFolder.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@pytest.fixture(name="kept", scope="module")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder, and the archive of it as bytes."""
    folder = tmp_path_factory.mktemp("news")
    (folder / "a.jsonl").write_text("".join(line(n, f"Text {n}. " * 50) for n in range(30)) + "{\n")
    (folder / "b.txt").write_text("Sirens.")
    path = tmp_path_factory.mktemp("kept") / "articles.sqlite3"
    with exact_clock():
        archive = Archive.open(path)
        archive.read(folder)
        archive.close()
    return folder, path.read_bytes()


PLACES = st.floats(0, 1)
"""In a file: 0 is where it begins, 1 where it ends."""


@settings(max_examples=60)
@given(
    flips=st.lists(st.tuples(PLACES, st.binary(min_size=1, max_size=8)), min_size=1),
    cut=st.none() | PLACES,
)
def test_a_damaged_archive_never_lies(
    kept: tuple[Path, bytes], flips: list[tuple[float, bytes]], cut: float | None
) -> None:
    """Whatever became of its bytes: what it gives is right, or an error, and the next read is whole."""
    folder, content = kept
    damaged = bytearray(content)
    for where, flip in flips:
        place = int(where * (len(damaged) - len(flip)))
        damaged[place : place + len(flip)] = flip
    if cut is not None:
        del damaged[int(cut * len(damaged)) :]
    expected = whole(load(folder))
    with tempfile.TemporaryDirectory() as root, exact_clock():
        path = Path(root) / "articles.sqlite3"
        path.write_bytes(damaged)
        archive = Archive.open(path)
        with suppress(ArchiveDamagedError):
            assert whole(archive.read(folder)) == expected
            return
        assert whole(archive.read(folder)) == expected


@given(st.lists(st.text(st.characters(), max_size=20)), st.data())
def test_packed_texts_are_the_texts(texts: list[str], data: st.DataObject) -> None:
    """By number, by slice, and from behind; half characters, too."""
    packed = Texts.of(texts)
    slices = data.draw(st.slices(len(texts)))

    assert list(packed) == texts
    assert list(packed[slices]) == texts[slices]
    assert [packed[-n] for n in range(1, len(texts) + 1)] == texts[::-1]
    assert list(Texts(memoryview(packed.data), list(packed.ends))) == texts


@given(st.lists(st.binary(min_size=WIDTH, max_size=WIDTH)), st.data())
def test_packed_digests_are_the_digests(digests: list[bytes], data: st.DataObject) -> None:
    """Like any sequence; what cannot be some is refused."""
    packed = Digests.of(digests)
    slices = data.draw(st.slices(len(digests)))

    assert list(packed) == digests
    assert list(packed[slices]) == digests[slices]
    with pytest.raises(ValueError, match="no digests"):
        Digests(b"x" * (WIDTH * len(digests) + 1))


def test_a_folder_of_one_content_in_any_order_of_files_has_one_version(tmp_path: Path) -> None:
    """However the files are called, and in whatever order they were read first."""
    archive = Archive.open(tmp_path / "articles.sqlite3")
    versions = set()
    for order in itertools.permutations("abc"):
        folder = tmp_path / "".join(order)
        folder.mkdir()
        for number, name in enumerate(order):
            (folder / f"{name}.jsonl").write_text(line(number))
            assert len(archive.read(folder).articles) == number + 1
        versions.add(archive.read(folder).version)

    assert len(versions) == 1
