"""`.warc`: what a crawler was given by web servers, one record a page."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

import brotli

from corpus.reading import pages
from corpus.reading.entries import Entry, Origin
from corpus.reading.unpacking import PackedError

if TYPE_CHECKING:
    from fastwarc.warc import HeaderMap, WarcRecord

PAGES = frozenset({"text/html", "application/xhtml+xml"})
LARGEST = pages.LARGEST


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read a WARC file record by record: each page that was served is an article, or is refused.

    The place is the number of the record, from 1, among all records: `crawl.warc.gz:17`. What is no
    page, what was answered with another status than 200, and revisits, which hold no page of their
    own, are passed over; a refusal of the whole file counts them at the end.
    """
    passed: Counter[str] = Counter()
    number = 0
    try:
        for number, record in enumerate(_records(file), start=1):
            if why := _not_a_page(record):
                passed[why] += 1
            elif str(record.record_type) in {"response", "resource"}:
                yield _entry(record, origin.at(number))
    except OSError as error:
        if isinstance(error, PackedError) or error.errno is not None:
            raise
        yield origin.at(number + 1).refuse("not a record of a WARC file; the rest is not read")
    else:
        if number == 0:
            yield origin.refuse("no record in it")
    yield from _counted(passed, origin)


def _counted(passed: Counter[str], origin: Origin) -> Iterator[Entry]:
    if passed:
        reasons = ", ".join(f"{count:,} {why}" for why, count in sorted(passed.items()))
        yield origin.refuse(f"{passed.total():,} records passed over: {reasons}")


def _records(file: BinaryIO) -> "Iterator[WarcRecord]":
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - who has no crawls need not wait

    # Its own decoding loses the place in the file where a body is not read to its end.
    yield from ArchiveIterator(file, parse_http=True, auto_decode="none", stream_detect=False)


def _not_a_page(record: "WarcRecord") -> str | None:
    """Why a record that holds what was served holds no page; None also for all other records."""
    kind = str(record.record_type)
    if kind == "revisit":
        return "revisits"
    if kind not in {"response", "resource"}:
        return None
    if kind == "response" and _status(record) != 200:
        return "with another status than 200"
    return None if _media_type(record) in PAGES else "no page"


def _status(record: "WarcRecord") -> int | None:
    # The stubs leave out that a record may hold no HTTP.
    headers = cast("HeaderMap | None", record.http_headers)
    return headers.status_code if headers else None


def _media_type(record: "WarcRecord") -> str:
    given = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    return (given or "").partition(";")[0].strip().lower()


def _entry(record: "WarcRecord", place: Origin) -> Entry:
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    body = record.reader.read(LARGEST + 1)
    if len(body) < min(record.content_length, LARGEST):
        return place.refuse(f"{address}: cut off")
    try:
        data = _decoded(body, record)
    except (ValueError, zlib.error, brotli.error):
        return place.refuse(f"{address}: cannot be unpacked")
    if len(data) > LARGEST:
        return place.refuse(f"{address}: longer than {LARGEST:,} bytes")
    return pages.entry(data, place, address=address or None, charset=record.http_charset)


def _decoded(body: bytes, record: "WarcRecord") -> bytes:
    """The page as it was before it was sent, or its first LARGEST + 1 bytes."""
    headers = cast("HeaderMap | None", record.http_headers)
    sent = {name.lower(): value for name, value in headers.items()} if headers else {}
    if "chunked" in sent.get("transfer-encoding", "").lower():
        body = b"".join(_chunks(body))
    decode = DECODERS.get(sent.get("content-encoding", "").strip().lower())
    return decode(body) if decode else body


def _chunks(body: bytes) -> Iterator[bytes]:
    """The chunks; a body that has none is one chunk: many crawlers join them, and keep the header."""
    position = 0
    while position < len(body):
        end = body.find(b"\r\n", position, position + 100)
        size = body[position:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size.isalnum() or size.strip(b"0123456789abcdefABCDEF"):
            yield body[position:] if position == 0 else b""
            return
        length = int(size, 16)
        if length == 0:
            return
        yield body[end + 2 : end + 2 + length]
        position = end + 2 + length + 2


def _inflated(body: bytes) -> bytes:
    if not body.startswith((b"\x1f\x8b", b"\x78")):
        return body  # many crawlers unpack it, and keep the header
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(body, LARGEST + 1)


def _unbrotlied(body: bytes) -> bytes:
    if body.lstrip()[:1] == b"<":
        return body
    decoder = brotli.Decompressor()
    parts = [decoder.process(body, output_buffer_limit=LARGEST)]
    while not decoder.can_accept_more_data() and sum(map(len, parts)) <= LARGEST:
        parts.append(decoder.process(b"", output_buffer_limit=LARGEST))
    return b"".join(parts)


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _inflated,
    "x-gzip": _inflated,
    "deflate": _inflated,
    "br": _unbrotlied,
}
