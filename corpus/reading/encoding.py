"""Bytes -> text: UTF-8, what a byte-order mark announces, else what a library recognises."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from corpus.reading.legacy import guess

LONGEST = 8_000_000
"""Bytes of the longest line and of the longest text file; no article is near it."""

SAMPLE_BYTES = 65_536

# UTF-32 first: its mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableError(ValueError):
    """Bytes that are not text. The message is the reason; *line* is where, when that is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def decode(data: bytes) -> str:
    """The text of a whole file, without its byte-order mark. Raises UnreadableError."""
    encoding = _marked(data) or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnreadableError(_not(encoding)) from None
        line = data.count(b"\n", 0, error.start) + 1
        fault = _fault(error)
    if (encoding := recognise(data)) == "utf-8":
        raise UnreadableError(fault, line)
    return data.decode(encoding)


def lines(file: BinaryIO) -> Iterator[str | UnreadableError]:
    """Each line of *file*, or the reason why it is none; never more than one line in memory.

    A line that is not in the file's encoding, or that is longer than LONGEST, does not stop the
    others. A broken UTF-16 or UTF-32 file ends there.
    """
    encoding = _marked(file.read(4))
    file.seek(0)
    if encoding in {"utf-16", "utf-32"}:
        return _wide_lines(file, encoding)
    return _narrow_lines(file)


def recognise(sample: bytes) -> str:
    """Name the encoding of *sample*, some of which is not UTF-8. Raises UnreadableError.

    The answer is `utf-8` when another line is UTF-8 beyond ASCII: then single lines are broken.
    """
    if b"\0" in sample:
        raise UnreadableError("not text, or UTF-16 without its byte-order mark: save it as UTF-8")
    telling = [line for line in sample.splitlines() if not line.isascii()]
    if any(_is_utf8(line) for line in telling):
        return "utf-8"
    names = guess(_head(b"\n".join(telling)))
    if len(names) != 1:
        either = " or ".join(map(_name, names)) or "not recognised"
        raise UnreadableError(f"not UTF-8, encoding {either}: save it as UTF-8")
    try:
        sample.decode(names[0])
    except UnicodeDecodeError:
        raise UnreadableError(f"not UTF-8 nor all {_name(names[0])}: save it as UTF-8") from None
    return names[0]


def _narrow_lines(file: BinaryIO) -> Iterator[str | UnreadableError]:
    encoding: str | None = None  # not known while all is ASCII
    while line := file.readline(LONGEST + 1):
        if len(line) > LONGEST:
            _skip_line(file, line)
            yield UnreadableError(f"longer than {LONGEST:,} bytes")
            continue
        line = line.removeprefix(codecs.BOM_UTF8)
        if encoding is None and not line.isascii():
            try:
                encoding = "utf-8" if _is_utf8(line) else recognise(line + _ahead(file))
            except UnreadableError as error:
                encoding = "utf-8"
                yield error
                continue
        try:
            yield line.decode(encoding or "ascii")
        except UnicodeDecodeError as error:
            yield UnreadableError(_fault(error))


def _wide_lines(file: BinaryIO, encoding: str) -> Iterator[str | UnreadableError]:
    text = io.TextIOWrapper(file, encoding=encoding, newline="\n")
    try:
        while line := text.readline(LONGEST + 1):
            if len(line) > LONGEST:
                while line and not line.endswith("\n"):
                    line = text.readline(LONGEST)
                yield UnreadableError(f"longer than {LONGEST:,} characters")
            else:
                yield line
    except UnicodeDecodeError:
        yield UnreadableError(_not(encoding))
    finally:
        text.detach()  # or the file would be closed along with it


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST)


def _head(sample: bytes) -> bytes:
    """As much as a guess needs, cut where no character of any encoding can be cut in two."""
    if len(sample) <= SAMPLE_BYTES:
        return sample
    head = sample[:SAMPLE_BYTES]
    return head[: max(head.rfind(b" "), head.rfind(b"\n"))] or head


def _ahead(file: BinaryIO) -> bytes:
    """Some whole lines that follow, without moving on."""
    here = file.tell()
    ahead = file.read(SAMPLE_BYTES)
    file.seek(here)
    return ahead if len(ahead) < SAMPLE_BYTES else ahead[: ahead.rfind(b"\n") + 1]


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _fault(error: UnicodeDecodeError) -> str:
    return f"{_not(error.encoding)}: byte 0x{error.object[error.start]:02X}"


def _not(encoding: str) -> str:
    return f"not {_name(encoding)}"


def _name(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper().replace("_", "-")
