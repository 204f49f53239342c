"""A whole file as text, a piece at a time: for formats that do not go line by line."""

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from corpus.reading.encoding import LONGEST, MARKS, SAMPLE_BYTES, UnreadableError, recognise

CHUNK = 1 << 16
"""Bytes that are read at a time."""

WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What bears the first name is in the second wherever the two differ; browsers read it so, too."""


def pieces(file: BinaryIO, declared: str | None = None) -> Iterator[str]:
    """Yield the text of *file* from its start, without its byte-order mark, in pieces.

    The encoding is what a byte-order mark says, else UTF-8 where the whole file is UTF-8, else
    *declared*, else what the bytes are recognised as. A declared name that the bytes contradict is
    not believed. Raises UnreadableError, with the line: at the start where no encoding can be told,
    or after all that came before the first bytes that are no text.
    """
    file.seek(0)
    head = file.read(4)
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), None)
    return _decoded(file, encoding or _unmarked(file, declared))


def lines(texts: Iterable[str]) -> Iterator[str]:
    """Cut pieces of text into lines, each with its `\\n`. Raises UnreadableError at a line that is too long."""
    rest = ""
    number = 1
    for text in texts:
        *whole, rest = (rest + text).split("\n")
        for line in whole:
            yield line + "\n"
        number += len(whole)
        if len(rest) > LONGEST:
            raise UnreadableError(f"longer than {LONGEST:,} characters", number)
    if rest:
        yield rest


def _decoded(file: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    line = 1
    while True:
        data = file.read(CHUNK)
        try:
            text = decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, "ignore")
            yield good
            name = encoding.removesuffix("-sig").upper()
            raise UnreadableError(f"not {name}", line + good.count("\n")) from None
        line += text.count("\n")
        yield text
        if not data:
            return


def _unmarked(file: BinaryIO, declared: str | None) -> str:
    """The encoding of a file without a byte-order mark."""
    sample = _not_utf8(file)
    if sample is None:
        return "utf-8"
    if (name := _known(declared)) and name != "utf-8" and _fits(sample, name):
        return name
    return recognise(sample)


def _not_utf8(file: BinaryIO) -> bytes | None:
    """Some lines of the file around its first byte that is not UTF-8; None where all is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    before = b""
    while True:
        data = file.read(CHUNK)
        try:
            decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            return before + data + file.read(SAMPLE_BYTES)
        if not data:
            return None
        before = data


def _known(declared: str | None) -> str | None:
    """The name of an encoding for texts that Python knows, in its own spelling."""
    try:
        info = codecs.lookup((declared or "").strip())
    except (LookupError, ValueError):
        return None
    # Python also calls some things encodings that are none, such as base64.
    named = WINDOWS.get(info.name, info.name)
    return named if getattr(info, "_is_text_encoding", True) else None


def _fits(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
