"""What was read is kept: files that have not changed are not read again."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from corpus.archive import Archive
from corpus.errors import ArchiveDamagedError, CorpusError
from corpus.gathering import MOST_REFUSALS
from corpus.loading import compare, load
from corpus.reading import files, jsonl
from corpus.reading.entries import Entry, Origin
from corpus.reading.files import SourceFile
from corpus.reading.formats import Reader
from corpus.sources import ATTEMPTS
from tests.corpus.folders import at, exact_clock, line, opened, whole


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.jsonl").write_text(line(1) + "{\n" + line(2))
    (folder / "b.txt").write_text("Sirens.")
    (folder / "c.md").write_text(
        "---\npublished_at: 2024-03-04T23:30:00-05:00\n---\n# Night\n\nNo."
    )
    return folder


@pytest.fixture(name="archive")
def _archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "kept" / "articles.sqlite3")


def test_a_corpus_is_what_it_is_without_an_archive(folder: Path, archive: Archive) -> None:
    """Articles, their places, zones and order, the version and the refusals; each time it is read."""
    for _ in range(2):
        assert whole(archive.read(folder)) == whole(load(folder))
    assert archive.troubles == []


def test_one_file_is_a_corpus_too(folder: Path, archive: Archive) -> None:
    """As without an archive."""
    assert whole(archive.read(folder / "b.txt")) == whole(load(folder / "b.txt"))


def test_an_unchanged_folder_opens_no_file(folder: Path, archive: Archive) -> None:
    """Nor does it in another process later, and the version stays."""
    time.sleep(0.1)  # a file that was written just now is looked at once more
    first = archive.read(folder)
    again = Archive.open(archive.path)
    with opened() as names:
        assert archive.read(folder).version == first.version
        assert whole(again.read(folder)) == whole(first)

    assert names == []


def test_a_file_that_was_written_just_now_is_looked_at_again(
    folder: Path, archive: Archive
) -> None:
    """The clock of the disk might not tell that it has changed since."""
    stamp = (folder / "b.txt").stat()
    archive.read(folder)
    (folder / "b.txt").write_text("Silence")
    os.utime(folder / "b.txt", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert whole(archive.read(folder)) == whole(load(folder))


def refusing(reason: str, *, until: datetime | None = None) -> Reader:
    """A reader that finds nothing but a reason."""

    def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
        yield origin.refuse(reason, until=until)

    return read


@contextmanager
def read_by(reader: Reader) -> Iterator[None]:
    """Let every file be read by *reader*."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "reader_of", lambda *_: (reader, ""))
        yield


def test_only_what_changed_is_read(folder: Path, archive: Archive) -> None:
    """A file with another time is opened, and not parsed when its bytes are what they were."""
    with exact_clock():
        archive.read(folder)
        at(folder / "b.txt", 10)
        (folder / "a.jsonl").write_text(line(1))
        with opened() as names, read_by(refusing("parsed")):
            read = archive.read(folder)

    assert [str(refusal) for refusal in read.refused] == ["a.jsonl: parsed"]
    assert list(read.ids) == ["b", "c"]
    assert names == ["a.jsonl", "a.jsonl", "b.txt"]


def test_progress_ends_at_all_bytes_though_nothing_is_read(folder: Path, archive: Archive) -> None:
    """So that whoever watches sees an end."""
    archive.read(folder)
    total = sum(path.stat().st_size for path in folder.iterdir())
    calls: list[tuple[int, int]] = []
    archive.read(folder, progress=lambda done, of: calls.append((done, of)))

    assert calls[0] == (0, total)
    assert calls[-1] == (total, total)


def test_another_program_reads_all_anew(
    folder: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It, or other libraries, may make something else of the same bytes."""
    with exact_clock():
        archive.read(folder)
        with read_by(refusing("otherwise")):
            assert archive.read(folder).refused[0].line == 2
            monkeypatch.setattr("corpus.rereading.edition", lambda: b"another")
            read = archive.read(folder)

    assert [str(refusal) for refusal in read.refused] == [
        f"{name}: otherwise" for name in ("a.jsonl", "b.txt", "c.md")
    ]


def test_a_refusal_that_time_ends_is_not_kept_beyond(folder: Path, archive: Archive) -> None:
    """What is under embargo is read when that has ended, though the file is the same."""
    ends = datetime.now(UTC) + timedelta(seconds=1)
    with exact_clock(), opened() as names:
        with read_by(refusing("too early", until=ends)):
            archive.read(folder)
        read = len(names)
        early = archive.read(folder)
        assert len(names) == read
        time.sleep(max(0, (ends - datetime.now(UTC)).total_seconds()) + 0.01)
        late = archive.read(folder)

    assert {refusal.reason for refusal in early.refused} == {"too early"}
    assert whole(late) == whole(load(folder))


def test_a_file_that_vanishes_is_forgotten(folder: Path, archive: Archive) -> None:
    """And comes back when it does."""
    first = whole(archive.read(folder))
    content = (folder / "a.jsonl").read_bytes()
    (folder / "a.jsonl").unlink()
    without = archive.read(folder)
    (folder / "a.jsonl").write_bytes(content)

    assert list(without.ids) == ["b", "c"]
    assert whole(archive.read(folder)) == first


def changing(folder: Path, times: int) -> Reader:
    """A reader that finds a line added to the file as soon as it has begun, so many times."""
    left = [times]

    def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
        for number, entry in enumerate(jsonl.read(file, origin)):
            if not number and left[0]:
                left[0] -= 1
                with (folder / origin.path).open("a") as more:
                    more.write(line(100 + left[0]))
            yield entry

    return read


def test_a_file_that_changes_while_it_is_read_is_begun_anew(
    tmp_path: Path, archive: Archive
) -> None:
    """What counts is what it became, whole."""
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "a.jsonl").write_text(line(1) + line(2))
    with read_by(changing(folder, ATTEMPTS - 1)):
        read = archive.read(folder)

    assert list(read.ids) == ["n1", "n2", "n101", "n100"]
    assert whole(read) == whole(load(folder))


def test_a_file_that_goes_on_changing_is_refused(folder: Path, archive: Archive) -> None:
    """Rather than read half, with an archive and without; the next time it may be quiet."""
    for read in (load, archive.read):
        with read_by(changing(folder, 100)):
            corpus = read(folder)

        assert [str(refusal) for refusal in corpus.refused] == [
            f"{name}: changes while it is read" for name in ("a.jsonl", "b.txt", "c.md")
        ]
    assert whole(archive.read(folder)) == whole(load(folder))


def test_what_cannot_be_read_is_tried_again(folder: Path, archive: Archive) -> None:
    """A disk that had an error may be well again; the file need not have changed for that."""

    def failing(source: SourceFile) -> None:
        raise OSError(5, "Input/output error")

    with exact_clock():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SourceFile, "open", failing)
            refused = [str(refusal) for refusal in archive.read(folder).refused]

        assert refused[0] == "a.jsonl: cannot be read: input/output error"
        assert whole(archive.read(folder)) == whole(load(folder))


def test_a_flood_of_refusals_is_counted(folder: Path, archive: Archive) -> None:
    """As without an archive, and no more of them are kept on the disk."""
    (folder / "0.jsonl").write_text("{\n" * (MOST_REFUSALS + 70))
    first = archive.read(folder)
    with closing(sqlite3.connect(archive.path)) as connection:
        [(rows,)] = connection.execute("SELECT count(*) FROM entries WHERE reason NOTNULL")

    assert rows == MOST_REFUSALS + 1
    assert whole(archive.read(folder)) == whole(first) == whole(load(folder))


def test_removed_articles_are_left_out_and_counted(folder: Path, archive: Archive) -> None:
    """No file is read again for that; a line of the list that names nothing is refused."""
    archive.read(folder)
    (folder / ".removed.jsonl").write_text(
        '{"id": "n1", "by": 7}\n\n{"by": 7}\n{"id": "nowhere"}\n'
    )
    read = archive.read(folder)

    assert list(read.ids) == ["n2", "b", "c"]
    assert read.removed == 1
    assert str(read.refused[0]) == '.removed.jsonl:3: no "id" that is a text'
    assert whole(read) == whole(load(folder))
    (folder / ".removed.jsonl").unlink()
    assert archive.read(folder).removed == 0


def test_a_list_of_the_removed_that_cannot_be_read_ends_the_load(folder: Path) -> None:
    """What was taken away would be back otherwise."""
    (folder / ".removed.jsonl").mkdir()

    with pytest.raises(CorpusError, match=r"\.removed\.jsonl: cannot be read: is a directory"):
        load(folder)


def test_what_lies_beside_the_articles_is_no_article(folder: Path) -> None:
    """Judged questions, the mapping of fields, and what explains the folder."""
    before = whole(load(folder))
    for name in ("golden.jsonl", "README.md", "readme.txt", "README"):
        (folder / name).write_text("Some text.")

    assert whole(load(folder)) == before


def test_articles_are_fetched_one_by_one(folder: Path, archive: Archive) -> None:
    """By number, by slice, from behind and from several threads at once."""
    (folder / "d.jsonl").write_text("".join(line(n, f"Text {n}.") for n in range(10, 900)))
    read, expected = archive.read(folder), load(folder).articles
    wrong: list[int] = []

    def fetch() -> None:
        wrong.extend(n for n in range(len(expected)) if read.articles[n] != expected[n])

    threads = [threading.Thread(target=fetch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert read.articles[-1] == expected[-1]
    assert tuple(read.articles[3:40:5]) == expected[3:40:5]
    with pytest.raises(IndexError):
        read.articles[len(expected)]


def test_an_old_corpus_stays_what_it_was(folder: Path, archive: Archive) -> None:
    """While newer ones are read; until its articles are dropped."""
    old = archive.read(folder)
    expected = whole(old)
    (folder / "a.jsonl").write_text(line(1, "Corrected."))
    new = archive.read(folder)
    changes = compare(old, new)

    assert whole(old) == expected
    assert [article.text for article in changes.changed] == ["Corrected."]
    assert [article.id for article in changes.removed] == ["n2"]
    assert archive.prune(old.digests) == 0
    assert whole(old) == expected
    assert archive.prune() == 2
    assert whole(archive.read(folder)) == whole(new) == whole(load(folder))


def test_nothing_is_dropped_while_another_uses_it(folder: Path, archive: Archive) -> None:
    """It may be asked from articles that are not in the corpus any more."""
    other = Archive.open(archive.path)
    theirs = other.read(folder)
    expected = whole(theirs)
    (folder / "a.jsonl").unlink()
    archive.read(folder)

    assert archive.prune() == 0
    assert whole(theirs) == expected
    other.close()
    assert archive.prune() == 2


def test_a_second_writer_reads_into_memory(folder: Path, archive: Archive) -> None:
    """And says so; it gets the same corpus."""
    other = Archive.open(archive.path)
    seen: list[object] = []
    archive.read(folder, progress=lambda *_: seen.append(whole(other.read(folder))))

    assert seen[0] == whole(load(folder))
    assert "another process" in other.troubles[0]


def test_what_progress_raises_ends_the_read_and_loses_little(
    tmp_path: Path, archive: Archive
) -> None:
    """The files that were read before are not read again."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.jsonl").write_text(line(number, "x" * 200_000))

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with exact_clock():
        with pytest.raises(KeyboardInterrupt):
            archive.read(folder, progress=stop)
        with opened() as names:
            read = archive.read(folder)

    assert len(set(names)) <= 11
    assert whole(read) == whole(load(folder))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 5000])
def test_what_is_no_archive_is_set_aside(folder: Path, tmp_path: Path, content: bytes) -> None:
    """And told of, unless there was nothing in it."""
    path = tmp_path / "articles.sqlite3"
    path.write_bytes(content)
    archive = Archive.open(path)

    assert whole(archive.read(folder)) == whole(load(folder))
    assert bool(archive.troubles) == bool(content)
    if content:
        assert path.with_name("articles.sqlite3.damaged").read_bytes() == content


def test_another_version_or_another_database_is_set_aside(folder: Path, tmp_path: Path) -> None:
    """With the reason."""
    path = tmp_path / "articles.sqlite3"
    troubles = []
    for statement in ("PRAGMA user_version = 99", "DROP TABLE files", "PRAGMA application_id = 7"):
        Archive.open(path).close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
        archive = Archive.open(path)
        troubles += [trouble.partition("; ")[0] for trouble in archive.troubles]

        assert whole(archive.read(folder)) == whole(load(folder))

    assert troubles == [
        f"{path}: an archive of version 99, not 1",
        f"{path}: not an archive of articles",
        f"{path}: not an archive of articles",
    ]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE articles SET text = 'Forged.' WHERE id = 'n1'",
        "UPDATE articles SET published_at = 'x' WHERE id = 'c'",
        "UPDATE articles SET text = CAST(x'ff' AS TEXT)",
        "DELETE FROM articles WHERE id = 'n2'",
    ],
)
def test_an_article_that_is_not_what_was_read_is_never_given(
    folder: Path, archive: Archive, damage: str
) -> None:
    """It is an error; whoever reads the corpus next has it whole again, in another process, too."""
    read = archive.read(folder)
    archive.close()
    with closing(sqlite3.connect(archive.path)) as connection, connection:
        connection.execute(damage)

    with pytest.raises(ArchiveDamagedError):
        list(read.articles)
    later = Archive.open(archive.path)
    assert "set aside" in later.troubles[0]
    assert whole(later.read(folder)) == whole(load(folder))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET source = 'elsewhere' WHERE id = 'n1'",
        "UPDATE entries SET reason = 'because' WHERE reason NOTNULL",
        "UPDATE entries SET path = x'ff'",
        "DELETE FROM entries WHERE id = 'n1'",
        "DELETE FROM entries",
        "UPDATE files SET settled = 1, sha256 = x'00'",
        "UPDATE files SET until = 'tomorrow'",
        "DELETE FROM files",
    ],
)
def test_a_ledger_that_is_not_what_was_written_is_not_believed(
    folder: Path, archive: Archive, damage: str
) -> None:
    """The files are read again."""
    archive.read(folder)
    with closing(sqlite3.connect(archive.path)) as connection, connection:
        connection.execute(damage)

    assert whole(archive.read(folder)) == whole(load(folder))


def test_where_nothing_can_be_written_the_corpus_is_read_all_the_same(
    folder: Path, archive: Archive
) -> None:
    """Into memory, with a line for the log."""
    with pytest.MonkeyPatch.context() as patch:

        def full(*_: object) -> None:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

        patch.setattr("corpus.rows.put", full)
        read = archive.read(folder)

    assert whole(read) == whole(load(folder))
    assert "disk is full" in archive.troubles[0]


def test_a_place_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    """With the path and the reason; the caller does without."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(CorpusError, match="cannot be used"):
        Archive.open(tmp_path / "file" / "articles.sqlite3")
