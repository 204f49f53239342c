"""Saved indexes: what is opened is what was saved, and what is damaged is refused with its address."""

import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from retrieval.engines.arrays import MAGIC, VERSION, read, write
from retrieval.engines.bm25 import RankBm25, RankBm25Index
from retrieval.engines.storing import PARTS
from retrieval.errors import StoredIndexError
from tests.retrieval.engine_contract import BRIDGE, FERRY, PARK

ASKED = {"bridge": 1.0, "tree": 0.5, "ferry": 2.0}


@pytest.fixture(name="index")
def _index() -> RankBm25Index:
    """Three passages in one segment, two in another, one of them left out."""
    first = RankBm25().build([BRIDGE, FERRY, PARK])
    return first.updated([2, 0, -1, -1], [["tree"], []])


@pytest.fixture(name="folder")
def _folder(index: RankBm25Index, tmp_path: Path) -> Path:
    """Where it is saved."""
    index.save(tmp_path / "index")
    return tmp_path / "index"


def files(folder: Path) -> dict[str, int]:
    """The names of the files in a folder, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def segment_of(folder: Path) -> Path:
    """The larger segment."""
    return max(folder.glob("*.segment"), key=lambda path: path.stat().st_size)


def test_what_is_opened_is_what_was_saved(index: RankBm25Index, folder: Path) -> None:
    """To the last bit; and it can be updated like any other."""
    opened = RankBm25().open(folder)

    assert list(opened.search(ASKED, 9)) == list(index.search(ASKED, 9)) != []
    assert opened.frequency("bridge") == index.frequency("bridge") == 2
    assert len(opened) == 4
    again = opened.updated([1, -1], [["tram"]])
    assert [hit.passage for hit in again.search({"tram": 1.0, "close": 1.0}, 9)] == [1, 0]


def test_an_index_without_passages_can_be_saved(tmp_path: Path) -> None:
    """As can one whose passages have no words."""
    empty: list[list[list[str]]] = [[], [[]]]
    for number, passages in enumerate(empty):
        RankBm25().build(passages).save(tmp_path / str(number))
        opened = RankBm25().open(tmp_path / str(number))

        assert len(opened) == number
        assert list(opened.search(ASKED, 9)) == []


def test_terms_are_known_in_another_process(folder: Path) -> None:
    """Python's own hashes of text change from process to process; these don't."""
    script = (
        "import sys, pathlib; from retrieval.engines.bm25 import RankBm25;"
        "print(RankBm25().open(pathlib.Path(sys.argv[1])).frequency('bridge'))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, folder], capture_output=True, text=True, check=True
    )

    assert ended.stdout == "2\n"


def test_only_what_is_new_is_written(index: RankBm25Index, folder: Path) -> None:
    """An update of a large index is saved fast; what is no longer needed goes."""
    before = files(folder)

    index.updated([0, 1, -1], [["tram"]]).save(folder)

    after = files(folder)
    kept = before.keys() & after.keys() - {PARTS}
    assert len(kept) == 1
    assert all(before[name] == after[name] for name in kept)
    assert len(after) == 3
    assert RankBm25().open(folder).frequency("tram") == 1


def test_an_open_index_outlives_what_is_saved_over_it(index: RankBm25Index, folder: Path) -> None:
    """Questions that are being answered from the old files find what they found."""
    opened = RankBm25().open(folder)

    RankBm25().build([["tram"]]).save(folder)

    assert list(opened.search(ASKED, 9)) == list(index.search(ASKED, 9))
    assert len(RankBm25().open(folder)) == 1


def test_a_save_that_fails_leaves_what_was_there(
    index: RankBm25Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, for example: the index of before is whole, and nothing else lies around."""
    before = files(folder)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        index.updated([-1], [["tram"]]).save(folder)

    assert files(folder) == before
    assert len(RankBm25().open(folder)) == 4


def test_nothing_is_there(tmp_path: Path) -> None:
    """The message names the file that was looked for."""
    with pytest.raises(StoredIndexError) as caught:
        RankBm25().open(tmp_path)

    assert str(caught.value) == f"{tmp_path / PARTS}: no such file"


def test_a_segment_is_gone(folder: Path) -> None:
    """Somebody has tidied up."""
    lost = segment_of(folder)
    lost.unlink()

    with pytest.raises(StoredIndexError) as caught:
        RankBm25().open(folder)

    assert str(caught.value) == f"{lost}: no such file"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a saved index: it begins with b''"),
        (b"PK\3\4zip-file-content", r"not a saved index: it begins with b'PK\x03\x04zip-'"),
        (MAGIC, "cut off after 8 bytes; build the index again"),
        (
            MAGIC + struct.pack("<III", VERSION + 1, 2, zlib.crc32(b"{}")) + b"{}",
            f"version {VERSION + 1} of the format, and this program reads {VERSION}; "
            "build the index again",
        ),
        (
            MAGIC + struct.pack("<III", VERSION, 2, 0) + b"{}",
            "the header is damaged; build the index again",
        ),
        (
            MAGIC + struct.pack("<III", VERSION, 2, zlib.crc32(b"{]")) + b"{]",
            "the header is not understood: Expecting property name enclosed in double quotes: "
            "line 1 column 2 (char 1); build the index again",
        ),
    ],
)
def test_what_is_no_index_is_refused(folder: Path, content: bytes, reason: str) -> None:
    """Foreign, newer or broken at its beginning: the message says which, and what to do."""
    path = segment_of(folder)
    path.write_bytes(content)

    with pytest.raises(StoredIndexError) as caught:
        RankBm25().open(folder)

    assert str(caught.value).startswith(f"{path}: {reason}")


@given(data=st.data())
def test_no_damage_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whichever byte is changed, and wherever a file is cut off, it is refused; never misread."""
    folder = tmp_path_factory.mktemp("damaged")
    index = RankBm25().build([BRIDGE, FERRY, PARK])
    index.save(folder)
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    whole = path.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        path.write_bytes(whole[:place])
    else:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])

    # Unless it is one of the bytes between two arrays, which are never read.
    with suppress(StoredIndexError):
        opened = RankBm25().open(folder)

        assert list(opened.search(ASKED, 9)) == list(index.search(ASKED, 9))


def test_a_file_of_another_kind_is_refused(folder: Path) -> None:
    """A segment is no list of segments."""
    path = folder / PARTS
    path.write_bytes(segment_of(folder).read_bytes())

    with pytest.raises(StoredIndexError, match=r"holds a 'segment', where a 'index' is looked for"):
        RankBm25().open(folder)


def test_files_that_do_not_belong_together_are_refused(folder: Path, tmp_path: Path) -> None:
    """A segment of another index, under the name of this one's."""
    RankBm25().build([["tram"]]).save(tmp_path / "other")
    segment_of(folder).write_bytes(segment_of(tmp_path / "other").read_bytes())

    with pytest.raises(StoredIndexError, match="belongs to another segment"):
        RankBm25().open(folder)


def test_arrays_that_are_no_segment_are_refused(folder: Path) -> None:
    """Whole, and of this format, but not what an index is made of."""
    write(segment_of(folder), "segment", {}, {"hashes": np.zeros(2, np.uint64)})

    with pytest.raises(StoredIndexError, match="not the arrays of a segment"):
        RankBm25().open(folder)


def test_the_names_of_the_segments_are_checked(folder: Path) -> None:
    """Against the list that is kept of them."""
    arrays = read(folder / PARTS, "index").arrays
    write(folder / PARTS, "index", {"segments": []}, arrays)

    with pytest.raises(StoredIndexError, match="not those that it names"):
        RankBm25().open(folder)


def test_arrays_cannot_be_written_to(folder: Path) -> None:
    """Several questions read them at once."""
    hashes = read(segment_of(folder), "segment").arrays["hashes"]

    with pytest.raises(ValueError, match="read-only"):
        hashes[0] = 1
