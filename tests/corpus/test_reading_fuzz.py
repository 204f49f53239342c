"""Damaged files of each format of feeds, agencies and exports: only entries ever come out."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from corpus.errors import SourceError
from corpus.reading import mapping
from corpus.reading.entries import Found, Origin
from corpus.reading.foreign import reader_of

FORMATS = Path(__file__).parent / "formats"
FEEDS = ["harbour.rss", "hills.rdf", "tal.atom", "quay.json"]
AGENCIES = ["ninjs-1.json", "ninjs-2.json", "ninjs-3.json", "message.xml", "story.nitf"]
FOREIGN = ["tables/export.csv", "rain.tsv", "api.json", "dump.jsonl"]
FILES = [*FEEDS, *AGENCIES, *(f"foreign/{name}" for name in FOREIGN)]

PIECES = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"<", b">", b"</", b"<a>", b"]]>", b"<![CDATA[",
    b"&", b"&nbsp;", b"&#0;", b"&#x110000;", b"<!--", b"<?x", b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"x:y",
    b' xmlns="u"', b'"', b"'", b"\\", b"\\ud800", b"{", b"}", b"[", b"]", b",", b":", b"null", b"1e999", b"-",
    b"NaN", b"\n", b"\r", b"\t", b";", b" ", b"9" * 120, b"[" * 2_000, b"<b>" * 300, b"2023-05-04", b"99999",
]  # fmt: skip

CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=8)),
    min_size=1,
    max_size=6,
)


def damaged(data: bytes, changes: Sequence[tuple[float, int, bytes]]) -> bytes:
    """Each change cuts out some bytes at a place and puts others there."""
    for share, cut, put in changes:
        at = int(share * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


def read(name: str, data: bytes) -> list[str]:
    """What comes out, each entry in one line."""
    folder = FORMATS / Path(name).parts[0] if name.startswith("foreign/") else FORMATS
    path = Path(name.removeprefix("foreign/"))
    reader, _ = reader_of(path, mapping.load(folder))
    assert reader is not None
    found = []
    for entry in reader(io.BytesIO(data), Origin(path)):
        assert isinstance(entry, Found | SourceError)
        if isinstance(entry, SourceError):
            message = str(entry)
            assert message.encode().splitlines() == [message.encode()]
            assert len(message) < 1_500
        else:
            assert entry.article.text.encode()
            message = repr((entry.article, entry.article.text))
        found.append(message)
    return found


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES)
def test_a_damaged_file_gives_entries(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    """An article or a refusal in one line; and the same ones again."""
    data = damaged((FORMATS / name).read_bytes(), changes)

    assert read(name, data) == read(name, data)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=15)
@given(share=st.floats(0, 1))
def test_a_cut_file_gives_no_other_articles(name: str, share: float) -> None:
    """What is there of a file that breaks off is what the whole file gives, save the last."""
    data = (FORMATS / name).read_bytes()
    cut = [each for each in read(name, data[: int(share * len(data))]) if each.startswith("(<")]

    assert cut[:-1] == [each for each in read(name, data) if each.startswith("(<")][: len(cut[:-1])]


@pytest.mark.parametrize("name", ["a.xml", "a.json", "a.csv", "a.tsv", "a.ndjson"])
@given(data=st.binary() | st.text().map(str.encode))
def test_any_bytes_give_entries(name: str, data: bytes) -> None:
    """Whatever is in a file of this name."""
    read(name, data)
