"""Packed files: every format inside, addresses, and what is packed to do harm."""

import bz2
import gzip
import io
import json
import lzma
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from corpus.loading import load
from corpus.reading.entries import Found
from corpus.reading.unpacking import ALWAYS, MOST_TIMES
from tests.corpus.made import FORMATS, page, read, refusals, zipped


def line(name: str, text: str = "The quay is closed.") -> bytes:
    return json.dumps({"id": name, "title": name, "text": text}).encode() + b"\n"


def origins(name: str, data: bytes) -> list[str]:
    return [
        str(each.origin) if isinstance(each, Found) else f"<{each}>" for each in read(name, data)
    ]


def test_members_of_a_zip_have_addresses_of_their_own() -> None:
    """The zip, the member, its line; in the order of names, whatever that in the zip."""
    bundle = zipped(
        {
            "news.jsonl": line("a") + b"\n" + line("b") + b"no\n",
            "deep/er/page.html": page("The quay is closed, the port said."),
            "a.txt": b"Text.",
            "photo.jpg": b"\xff\xd8",
            "__MACOSX/a.txt": b"x",
            ".hidden/a.txt": b"x",
        }
    )

    assert origins("bundle.zip", bundle) == [
        "bundle.zip/a.txt",
        "bundle.zip/deep/er/page.html",
        "bundle.zip/news.jsonl:1",
        "bundle.zip/news.jsonl:3",
        "<bundle.zip/news.jsonl:4: not JSON: expecting value at column 1>",
    ]


def test_a_file_packed_with_gzip_keeps_its_lines() -> None:
    """The address is that of the packed file; its name tells what is in it."""
    assert origins("news.jsonl.gz", gzip.compress(line("a") + line("b"))) == [
        "news.jsonl.gz:1",
        "news.jsonl.gz:2",
    ]


@pytest.mark.parametrize("name", ["dump.gz", "page.html", "page.html.gz"])
def test_content_tells_what_the_name_does_not(name: str) -> None:
    """A packed page is read whatever it is called."""
    packed = gzip.compress(page("The quay is closed, the port said."))

    assert origins(name, packed) == [name]


def test_a_gzip_of_nothing_that_is_read_is_refused() -> None:
    """Nobody is left to wonder where it went."""
    assert refusals("dump.gz", gzip.compress(b"\x7fELF")) == [
        "dump.gz: holds nothing of a kind that is read"
    ]


@pytest.mark.parametrize(
    "name",
    ["structured.html", "reservoir.pdf", "harbour.rss", "message.xml", "ninjs-3.json", "quay.json"],
)
def test_any_format_can_be_packed(name: str) -> None:
    """In a zip, in gzip, and in a zip in a zip it is read as it is read alone."""
    data = (FORMATS / name).read_bytes()
    alone = [each.article for each in read(name, data) if isinstance(each, Found)]
    assert alone

    for packed, held in (
        ("a.zip", zipped({name: data})),
        (f"{name}.gz", gzip.compress(data)),
        ("a.zip", zipped({"inner.zip": zipped({name: data})})),
        ("a.zip", zipped({f"{name}.gz": gzip.compress(data)})),
    ):
        assert [e.article for e in read(packed, held) if isinstance(e, Found)] == alone


def test_what_is_packed_three_times_is_refused() -> None:
    """A zip in a zip in a zip is no export, but a trap."""
    inner = zipped({"b.zip": zipped({"c.zip": zipped({"a.txt": b"Text."})})})

    assert refusals("a.zip", inner) == ["a.zip/b.zip/c.zip: packed more than twice"]


def test_a_bomb_goes_off_harmlessly() -> None:
    """It is refused as soon as it unpacks to too much, and little memory is needed until then."""
    limit = f"unpacks to more than {MOST_TIMES} times its size"
    zeros = b"\0" * 60_000_000
    bomb = {
        "a.zip": zipped({"a.jsonl": zeros, "b.txt": b"Text."}),
        "a.jsonl.gz": gzip.compress(zeros),
        "b.zip": zipped({"x.zip": zipped({"y.jsonl": zeros})}),
    }
    tracemalloc.start()

    for name, data in bomb.items():
        assert any(limit in refusal for refusal in refusals(name, data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40_000_000


def test_members_that_lie_over_each_other_count_each_time() -> None:
    """One piece of a zip can stand for many members, none of which unpacks to much by itself."""
    data = bytearray(zipped({"0000.jsonl": (b" " * 999 + b"\n") * 1_000}))
    start = data.index(b"PK\x01\x02")
    entry, end = bytes(data[start : data.index(b"PK\x05\x06")]), data[data.index(b"PK\x05\x06") :]
    entries = b"".join(entry.replace(b"0000.", b"%04d." % n) for n in range(60))
    struct.pack_into("<HHI", end, 8, 60, 60, len(entries))

    last = refusals("a.zip", bytes(data[:start]) + entries + bytes(end))

    assert any("unpacks to more than" in each or "cannot be unpacked" in each for each in last)


def test_much_that_packs_well_is_no_bomb() -> None:
    """Small files may always unpack to something."""
    assert ALWAYS > 5_000_000
    lines = b"".join(line(str(n), "The quay is closed. " * 5) for n in range(5_000))

    assert len(read("a.jsonl.gz", gzip.compress(lines))) == 5_000


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "a\nb.txt", "x" * 501 + ".txt"]
)
def test_a_name_that_plays_tricks_is_refused(name: str) -> None:
    """Nothing is ever written anywhere, and no address is to look like another file's."""
    [refusal] = refusals("a.zip", zipped({name: b"Text."}))

    assert refusal.startswith("a.zip/")
    assert ".." not in refusal
    assert "\n" not in refusal
    assert "a name" in refusal


def test_what_needs_a_password_is_refused_and_the_rest_is_read() -> None:
    """So it is with links, and with packings that can ask for any amount of memory."""
    data = bytearray(zipped({"a.txt": b"Text.", "z.txt": b"Text."}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1

    assert origins("a.zip", bytes(data)) == [
        "<a.zip/a.txt: encrypted: unpack it with its password>",
        "a.zip/z.txt",
    ]
    for packing in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        assert "packed in another way" in refusals("a.zip", zipped({"a.txt": b"T"}, packing))[0]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusals("a.zip", file.getvalue()) == ["a.zip/a.txt: a link is not followed"]


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x05\x06" + b"\xff" * 18, b"no zip at all", b"PK\x03\x04" * 99]
)
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    """With its address."""
    [refusal] = refusals("a.zip", data)

    assert refusal.startswith("a.zip: not a zip that can be read")


def test_what_is_whole_of_a_damaged_gzip_is_read() -> None:
    """What came before the damage stands."""
    packed = gzip.compress(b"".join(line(str(n), str(n) * 99) for n in range(3_000)))

    entries = read("a.jsonl.gz", packed[: len(packed) // 2])

    assert len(entries) > 100
    assert str(entries[-1]) == "a.jsonl.gz: damaged: it ends too early"


def test_a_list_of_members_that_would_fill_the_memory_is_not_read() -> None:
    """A zip can claim a million members in few bytes."""
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 9, 9, 9_000_000, 0, 0)

    [refusal] = refusals("a.zip", b"\0" * 9_000_000 + end)

    assert "a list of members of more than 8,000,000 bytes" in refusal


def test_refusals_of_one_zip_are_counted_not_kept() -> None:
    """Its members have names of their own, and could be very many."""
    found = refusals("a.zip", zipped({f"{n:05}.md": b"\xff\x00" for n in range(1_200)}))

    assert len(found) == 1_001
    assert found[-1] == "a.zip: 200 more refused"


def test_a_folder_with_packed_files_loads(tmp_path: Path) -> None:
    """Files of other kinds that are packed are passed over as they are unpacked."""
    (tmp_path / "a.zip").write_bytes(zipped({"a.jsonl": line("a")}))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line("b")))
    (tmp_path / "access.log.gz").write_bytes(gzip.compress(b"GET /"))
    (tmp_path / "backup.tar.gz").write_bytes(gzip.compress(b"x"))

    corpus = load(tmp_path)

    assert [each.id for each in corpus.articles] == ["a", "b"]
    assert not corpus.refused


good = zipped(
    {"a.jsonl": line("a") + line("b"), "b.html": page("The quay is closed."), "c.txt": b"T"}
)
packed = gzip.compress(line("a") * 20)
other = [bz2.compress(b"x" * 99), lzma.compress(b"x" * 99)]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([("a.zip", good), ("a.jsonl.gz", packed), ("a.zip", other[0])]),
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=6)), min_size=1, max_size=5),
    st.integers(0, 5_000),
)
def test_a_damaged_packed_file_gives_entries_and_nothing_else(
    whole: tuple[str, bytes], changes: list[tuple[int, bytes]], length: int
) -> None:
    """Whatever happened to it, and twice the same."""
    name, start = whole
    data = bytearray(start)
    for at, change in changes:
        begin = at % len(start)
        data[begin : begin + len(change)] = change
    held = bytes(data[: length or None])

    assert [repr(each) for each in read(name, held)] == [repr(each) for each in read(name, held)]
