"""Files read by other processes: what comes of it is what comes of reading them here."""

import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from bot.errors import BuildEndedError
from bot.parsing import parsed_elsewhere
from corpus import rereading
from corpus.archive import Archive
from corpus.examining import Told
from corpus.gathering import MOST_REFUSALS
from corpus.loading import load
from tests.corpus.folders import line, opened, whole

HERE = Path(__file__).parents[1] / "corpus" / "formats"


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small corpus be worth workers."""
    monkeypatch.setattr(rereading, "MUCH", 0)


@pytest.fixture(name="archive")
def _archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "kept" / "articles.sqlite3")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.jsonl").write_text(line(number) + "{\n" + line(100 + number))
    (folder / "a.md").write_text(
        "---\npublished_at: 2024-03-04T23:30:00-05:00\n---\n# Night\n\n« No. »"
    )
    (folder / "b.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "c.jsonl").write_text("{\n" * (MOST_REFUSALS + 30))
    (folder / "d.jsonl").symlink_to("a.md")
    (folder / "e.jsonl").symlink_to("/etc/hostname")
    return folder


def test_a_corpus_is_what_it_is_when_read_here(folder: Path, archive: Archive) -> None:
    """Articles, places, zones, order, refusals; and nothing is read again afterwards."""
    elsewhere = partial(parsed_elsewhere, 2)
    first = archive.read(folder, elsewhere=elsewhere)
    time.sleep(0.1)
    archive.read(folder)
    with opened() as names:
        again = archive.read(folder, elsewhere=elsewhere)

    assert whole(first) == whole(again) == whole(load(folder))
    assert names == []
    assert archive.troubles == []


@pytest.mark.skipif(not HERE.exists(), reason="the fixtures of formats are elsewhere")
def test_every_format_is_read_by_others_too(archive: Archive) -> None:
    """Whatever its reader gives can be told in a line."""
    read = archive.read(HERE, elsewhere=partial(parsed_elsewhere, 2))

    assert whole(read) == whole(load(HERE))


def test_only_what_changed_is_told_of(folder: Path, archive: Archive) -> None:
    """A file with another time is compared by its bytes, and comes to no more than that."""
    archive.read(folder)
    time.sleep(0.1)
    archive.read(folder)
    (folder / "00.jsonl").write_text(line(7000))
    os.utime(folder / "a.md", ns=(0, 5))
    (folder / "01.jsonl").unlink()
    told: list[tuple[str, str]] = []

    def noting(
        corpus: Path, wanted: Sequence[tuple[Path, bytes | None]]
    ) -> Iterator[tuple[Path, Told]]:
        for path, what in parsed_elsewhere(2, corpus, wanted):
            told.append((path.name, type(what).__name__))
            yield path, what

    read = archive.read(folder, elsewhere=noting)

    assert whole(read) == whole(load(folder))
    assert sorted(told) == [
        *(("00.jsonl", kind) for kind in ("Begun", "Found", "Seen")),
        ("a.md", "Seen"),
        ("d.jsonl", "Seen"),
    ]


def test_a_file_that_vanishes_before_its_turn_is_refused(folder: Path, archive: Archive) -> None:
    """As when it is read here."""

    def late(
        corpus: Path, wanted: Sequence[tuple[Path, bytes | None]]
    ) -> Iterator[tuple[Path, Told]]:
        (folder / "a.md").unlink()
        return parsed_elsewhere(1, corpus, wanted)

    refused = [str(refusal) for refusal in archive.read(folder, elsewhere=late).refused]

    assert "a.md: cannot be read: no such file or directory" in refused


def test_what_was_read_before_a_worker_ended_stays(folder: Path, archive: Archive) -> None:
    """It is an error; the next time the files that were whole are not read again."""

    def failing(
        corpus: Path, wanted: Sequence[tuple[Path, bytes | None]]
    ) -> Iterator[tuple[Path, Told]]:
        for number, each in enumerate(parsed_elsewhere(1, corpus, wanted)):
            if number == 50:
                raise BuildEndedError(-9, "")
            yield each

    time.sleep(0.1)
    with pytest.raises(BuildEndedError):
        archive.read(folder, elsewhere=failing)
    with opened() as names:
        read = archive.read(folder)

    assert 0 < len(set(names)) < 30
    assert whole(read) == whole(load(folder))
