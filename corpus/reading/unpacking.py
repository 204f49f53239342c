"""What comes out of gzip and zip: streams that stop where a file would unpack to far too much."""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, BinaryIO, TypeVar, cast
from zipfile import BadZipFile

from typing_extensions import Buffer, override

MOST_TIMES = 100
"""How many times its packed size a file may unpack to. News packs to a fifth, seldom to a thirtieth."""
ALWAYS = 10_000_000
"""Bytes that a file may unpack to, however small it is."""
DEEPEST = 2
"""A packed file in a packed file is read, one in that is not."""

_T = TypeVar("_T")


class PackedError(OSError):
    """A packed file that cannot be read on. The message is the reason."""


class Allowance:
    """What a file and all that is packed in it may yet unpack to, in bytes."""

    def __init__(self, packed: int) -> None:
        self._left = packed * MOST_TIMES + ALWAYS
        self.is_spent = False

    def spend(self, size: int) -> None:
        """Count *size* bytes. Raises PackedError when it is too much."""
        self._left -= size
        if self._left < 0:
            self.is_spent = True
            raise PackedError(f"unpacks to more than {MOST_TIMES} times its size")


class Unpacked(io.BufferedReader):
    """A packed file that is being read, as an open file. Errors of the packing are PackedError."""

    def __init__(self, stream: IO[bytes], allowance: Allowance, depth: int) -> None:
        super().__init__(_Counted(stream, allowance), 1 << 16)
        self.allowance = allowance
        self.depth = depth


class _Counted(io.RawIOBase):
    def __init__(self, stream: IO[bytes], allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance
        self._furthest = 0

    @override
    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = _guarded(lambda: self._stream.read(len(view)))
        view[: len(data)] = data
        here = self._stream.tell()
        if here > self._furthest:
            self._allowance.spend(here - self._furthest)
            self._furthest = here
        return len(data)

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return _guarded(lambda: self._stream.seek(offset, whence))

    @override
    def tell(self) -> int:
        return self._stream.tell()

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True


def _guarded(step: Callable[[], _T]) -> _T:
    try:
        return step()
    except (BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
        cut = isinstance(error, EOFError)
        raise PackedError("damaged: it ends too early" if cut else "damaged") from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise PackedError(f"cannot be unpacked: {error}") from error


def allowance_of(file: BinaryIO) -> tuple[Allowance, int]:
    """What *file* may unpack to, and how deep it is packed already. Raises PackedError if too deep."""
    if isinstance(file, Unpacked):
        if file.depth >= DEEPEST:
            raise PackedError("packed more than twice")
        return file.allowance, file.depth
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return Allowance(size), 0


def gunzipped(file: BinaryIO) -> Unpacked:
    """*file*, which is packed with gzip, unpacked while it is read. Raises PackedError."""
    allowance, depth = allowance_of(file)
    stream = cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb"))
    return Unpacked(stream, allowance, depth + 1)
