"""The files of a corpus folder: which are read, in what order, and which are refused."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.reading import files
from corpus.reading.files import SourceFile
from corpus.reading.formats import READERS, is_skipped, reader_for


def found(root: Path) -> list[str]:
    return [
        f"<{item}>" if isinstance(item, SourceError) else str(item.origin)
        for item in files.find(root)
    ]


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")


def test_files_are_found_in_folders_in_one_order(tmp_path: Path) -> None:
    """By path, on every system."""
    put(tmp_path, "b.txt", "a/z.md", "a/b/c.jsonl", "C.TXT", "a.txt")

    assert found(tmp_path) == ["C.TXT", "a/b/c.jsonl", "a/z.md", "a.txt", "b.txt"]


def test_hidden_files_backups_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    """Nobody wants to be told of them on every load."""
    put(tmp_path, ".git/a.txt", ".a.txt", "a.txt~", "#a.txt#", "~$a.txt", "a.txt.swp", "a.txt.bak")
    put(tmp_path, "photo.jpg", "LICENSE", "data.sql", "a.py", "a.txt")

    assert found(tmp_path) == ["a.txt"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    """Its name does not make it a file to be read."""
    put(tmp_path, "old.jsonl/a.txt")

    assert found(tmp_path) == ["old.jsonl/a.txt"]


def test_pipes_sockets_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    """Nobody writes to the pipe, and still the load goes on."""
    os.mkfifo(tmp_path / "pipe.jsonl")
    put(tmp_path, "z.txt")
    with socket.socket(socket.AF_UNIX) as server:
        cwd = Path.cwd()
        os.chdir(tmp_path)  # a socket's path must be short
        try:
            server.bind("sock.txt")
        finally:
            os.chdir(cwd)

        assert found(tmp_path) == [
            "<pipe.jsonl: not a regular file>",
            "<sock.txt: not a regular file>",
            "z.txt",
        ]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_put_in_a_files_place_does_not_block(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    """Between being found and being opened, a file can become a pipe or a folder."""
    put(tmp_path, "a.txt")
    [source] = files.find(tmp_path)
    assert isinstance(source, SourceFile)
    (tmp_path / "a.txt").unlink()
    make(tmp_path / "a.txt")
    start = time.perf_counter()

    with pytest.raises(OSError, match="not a regular file"):
        source.open()
    assert time.perf_counter() - start < 30


def test_links_inside_the_folder_are_followed_to_files(tmp_path: Path) -> None:
    """As mounted configuration has them: a visible name for a file in a hidden folder."""
    put(tmp_path, ".data/news.txt")
    (tmp_path / "news.txt").symlink_to(".data/news.txt")

    assert found(tmp_path) == ["news.txt"]


def test_links_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    """Out of the folder, to folders, to nothing, in a ring: each with its reason."""
    corpus, outside = tmp_path / "corpus", tmp_path / "outside"
    put(tmp_path, "corpus/sub/z.txt", "outside/secret.txt", "corpus-2/a.txt")
    targets: dict[str, Path | str] = {
        "a-out.txt": outside / "secret.txt",
        "b-beside.txt": "../corpus-2/a.txt",
        "c-folder": outside,
        "d-inner.txt": "sub",
        "e-nothing.txt": "missing.txt",
        "f-ring.txt": "f-ring.txt",
        "g-ignored.jpg": outside / "secret.txt",
        "h-ignored": "missing",
    }
    for name, target in targets.items():
        (corpus / name).symlink_to(target)

    assert found(corpus) == [
        "<a-out.txt: a link that leads out of the folder is not followed>",
        "<b-beside.txt: a link that leads out of the folder is not followed>",
        "<c-folder: a link to a folder is not followed>",
        "<d-inner.txt: a link to a folder is not followed>",
        "<e-nothing.txt: cannot be read: no such file or directory>",
        "<f-ring.txt: cannot be read: too many levels of symbolic links>",
        "sub/z.txt",
    ]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """Operators point `current` at a release."""
    put(tmp_path, "release-7/a.txt")
    (tmp_path / "current").symlink_to("release-7")

    assert found(tmp_path / "current") == ["a.txt"]


def test_names_that_are_not_utf8_are_refused_in_print(tmp_path: Path) -> None:
    """The message can be written to a terminal."""
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system has no such names")

    assert found(tmp_path) == ["<caf\ufffd.txt: the file's name is not UTF-8: rename it>"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_refused(tmp_path: Path) -> None:
    """The other folders are read."""
    put(tmp_path, "a/x.txt", "b/x.txt")
    (tmp_path / "a").chmod(0)
    try:
        assert found(tmp_path) == ["<a: cannot be read: permission denied>", "b/x.txt"]
    finally:
        (tmp_path / "a").chmod(0o700)


def test_a_folder_that_vanishes_is_refused(tmp_path: Path) -> None:
    """Between being listed and being entered."""
    put(tmp_path, "a.txt", "b/x.txt")
    walk = files.find(tmp_path)
    next(walk)
    (tmp_path / "b" / "x.txt").unlink()
    (tmp_path / "b").rmdir()

    assert [str(item) for item in walk] == ["b: cannot be read: no such file or directory"]


def test_a_file_that_vanishes_before_it_is_looked_at_is_refused(tmp_path: Path) -> None:
    """Between being listed and being measured."""
    put(tmp_path, "a.txt", "b.txt")
    walk = files.find(tmp_path)
    next(walk)
    (tmp_path / "b.txt").unlink()

    assert [str(item) for item in walk] == ["b.txt: cannot be read: no such file or directory"]


def test_the_suffix_names_the_reader() -> None:
    """Whatever its case; there is one list of suffixes."""
    assert READERS.keys() >= {".csv", ".json", ".jsonl", ".md", ".txt", ".xml"}
    assert reader_for(Path("A.JSONL")) is READERS[".jsonl"]
    assert reader_for(Path("jsonl")) is None
    assert not is_skipped("a.txt")
