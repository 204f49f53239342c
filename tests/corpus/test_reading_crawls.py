"""WARC files: each page an article at its record, the rest counted."""

import gzip
import io
import tracemalloc
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings, strategies as st
from typing_extensions import Buffer, override

from corpus.errors import SourceError
from corpus.reading import crawls
from corpus.reading.entries import Found, Origin
from tests.corpus.made import article, page, read, record, refusals, served

PAGE = page("The quay is closed until May, the port said.")
CHUNKED = b"5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE[5:]), PAGE[5:])
CRAWL = b"".join(
    [
        record("warcinfo", "", b"software: none\r\n", "application/warc-fields"),
        record("request", "https://x.example/1", b"GET /1 HTTP/1.1\r\n\r\n"),
        record("response", "https://x.example/1", served(PAGE)),
        record("response", "https://x.example/no", served(b"no", status="404 Not Found")),
        record("response", "https://x.example/p.png", served(b"\x89PNG", media="image/png")),
        record("revisit", "https://x.example/1", served(b"")),
        record("resource", "https://x.example/2", page("Second."), "text/html"),
        record("response", "https://x.example/empty", served(b"<p></p>")),
    ]
)


class Long(io.RawIOBase):
    """A file that holds one thing over and over, and is nowhere as a whole."""

    def __init__(self, piece: bytes, times: int) -> None:
        self._piece, self._left, self._rest = piece, times, b""

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    @override
    def readinto(self, buffer: Buffer) -> int:
        if not self._rest and self._left:
            self._left -= 1
            self._rest = self._piece
        view = memoryview(buffer)
        data, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(data)] = data
        return len(data)


def told(data: bytes, name: str = "crawl.warc") -> list[str]:
    return [
        f"{each.origin} {each.article.url}" if isinstance(each, Found) else str(each)
        for each in read(name, data)
    ]


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "segment.gz"])
def test_pages_are_articles_at_their_records(name: str) -> None:
    """What holds no page is passed over and counted; a page without an article is refused."""
    packed = b"".join(gzip.compress(part) for part in (CRAWL[:700], CRAWL[700:]))

    assert told(CRAWL if name.endswith(".warc") else packed, name) == [
        f"{name}:3 https://x.example/1",
        f"{name}:7 https://x.example/2",
        f"{name}:8: https://x.example/empty: no text of an article found on the page",
        f"{name}: 3 records passed over: 1 no page, 1 revisits, 1 with another status than 200",
    ]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        pytest.param(gzip.compress(PAGE), "Content-Encoding: gzip\r\n", id="gzip"),
        pytest.param(brotli.compress(PAGE), "Content-Encoding: br\r\n", id="br"),
        pytest.param(CHUNKED, "Transfer-Encoding: chunked\r\n", id="chunks"),
        pytest.param(PAGE, "Content-Encoding: gzip\r\n", id="no gzip"),
        pytest.param(PAGE, "Content-Encoding: br\r\n", id="no br"),
        pytest.param(PAGE, "Transfer-Encoding: chunked\r\n", id="no chunks"),
    ],
)
def test_a_page_is_read_as_it_was_sent(body: bytes, more: str) -> None:
    """Packed, in chunks, or unpacked by a crawler that kept the headers."""
    data = record("response", "https://x.example/1", served(body, more=more))

    assert article("a.warc", data).text == "The quay is closed until May, the port said."


def test_the_servers_word_on_the_encoding_counts() -> None:
    """Pages often leave it to the server."""
    body = "<title>Каї</title><p>Порт закрито, кажуть місцеві.</p>".encode("cp1251")
    data = record(
        "response", "https://x.example/1", served(body, media="text/html; charset=cp1251")
    )

    assert article("a.warc", data).text == "Порт закрито, кажуть місцеві."


def test_a_page_that_unpacks_to_too_much_is_refused_and_the_next_is_read() -> None:
    """A bomb costs the memory of one page."""
    for bomb, name in (
        (gzip.compress(b"a" * 40_000_000), "gzip"),
        (brotli.compress(b"a" * 40_000_000), "br"),
    ):
        sent = served(bomb, more=f"Content-Encoding: {name}\r\n")
        data = record("response", "https://x.example/b", sent)
        data += record("response", "https://x.example/1", served(PAGE))
        tracemalloc.start()

        assert told(data) == [
            "crawl.warc:1: https://x.example/b: longer than 32,000,000 bytes",
            "crawl.warc:2 https://x.example/1",
        ]
        assert tracemalloc.get_traced_memory()[1] < 150_000_000
        tracemalloc.stop()


def test_what_is_broken_ends_the_file_with_its_place() -> None:
    """What came before is read."""
    assert told(CRAWL[:-400] + b"XX")[:1] == ["crawl.warc:3 https://x.example/1"]
    assert told(b"") == ["crawl.warc: no record in it"]
    assert told(CRAWL[:-30])[-2] == "crawl.warc:8: https://x.example/empty: cut off"
    assert refusals("a.warc", b"no crawl\n" * 9)[0].startswith("a.warc:1: not a record")


def test_a_long_crawl_is_streamed() -> None:
    """Records are read one at a time, and the memory needed is that of one."""
    one = record("response", "https://x.example/p", served(b"x" * 1_000_000, media="image/png"))

    tracemalloc.start()
    [last] = crawls.read(io.BufferedReader(Long(one, 60)), Origin(Path("a.warc")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert str(last) == "a.warc: 60 records passed over: 60 no page"
    assert peak < 20_000_000


bits = st.sampled_from(
    [
        b"\r\n",
        b"\r\n\r\n",
        b"WARC/1.0\r\n",
        b"Content-Length: 5\r\n",
        b"\0",
        b"\xff" * 5,
        b":",
        b"9" * 20,
        b"-",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(CRAWL)), st.integers(0, 60), bits), min_size=1, max_size=6
    ),
    st.integers(0, len(CRAWL)),
)
def test_a_damaged_crawl_gives_entries_and_nothing_else(
    changes: list[tuple[int, int, bytes]], length: int
) -> None:
    """Whatever happened to it, and twice the same."""
    data = CRAWL
    for at, cut, change in changes:
        data = data[:at] + change + data[at + cut :]
    data = data[: length or None]

    entries = read("a.warc", data)

    assert all(isinstance(each, Found | SourceError) for each in entries)
    assert [repr(each) for each in read("a.warc", data)] == [repr(each) for each in entries]
