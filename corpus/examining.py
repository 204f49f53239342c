"""Looks into one file: is it what it was, and if not, what does it give? Here, or in another process."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeAlias, TypeVar

from corpus.errors import SourceError
from corpus.reading.entries import Entry
from corpus.reading.files import SourceFile, Stamp, reason
from corpus.sources import ATTEMPTS, Taking, read_whole

_PIECE = 1 << 18

T = TypeVar("T", bound=Taking)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file was. *settled*: a later change is sure to change the stamp."""

    sha256: bytes
    stamp: Stamp
    settled: bool


@dataclass(frozen=True, slots=True)
class Taken(Seen, Generic[T]):
    """What a file was, and what took its entries; None for one whose bytes were known."""

    taking: T | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A file is read from its start; what was told of its entries before does not count."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A file cannot be read."""

    refusal: SourceError


Told: TypeAlias = Begun | Entry | Seen | Ended
"""What is told of a file: Begun, then its entries, then Seen; or Seen alone where its bytes were
known; or, at the last, Ended."""


class Elsewhere(Protocol):
    """**Protocol:** what reads files in other processes."""

    def __call__(
        self, corpus: Path, wanted: Sequence[tuple[Path, bytes | None]]
    ) -> Iterator[tuple[Path, Told]]:
        """Look into files of *corpus*, each by the path it has there and the SHA-256 that is known.

        Tells of each file in its order, of several at the same time. May raise anything.
        """
        ...


def examine(
    source: SourceFile,
    known: bytes | None,
    begin: Callable[[], T],
    tell: Callable[[int], None],
) -> Taken[T] | SourceError:
    """Look into *source*; read it into what *begin* makes, unless *known* is its SHA-256.

    A file that changes meanwhile is begun anew, and refused in the end. *tell* is told the position.
    """
    try:
        for _ in range(ATTEMPTS):
            now = time.time_ns()
            sha256, stamp = _hashed(source)
            settled = stamp.is_settled(now)
            if sha256 == known:
                return Taken(sha256, stamp, settled, None)
            read = read_whole(source, begin, tell)
            if isinstance(read, SourceError):
                return read
            taking, stamp_then = read
            # A coarse clock may have missed a change while it was read.
            if stamp_then == stamp and (settled or _hashed(source) == (sha256, stamp)):
                return Taken(sha256, stamp, settled, taking)
            taking.drop()
    except OSError as error:
        return source.origin.refuse(reason(error))
    return source.origin.refuse("changes while it is read")


def _hashed(source: SourceFile) -> tuple[bytes, Stamp]:
    """What stands for the bytes of a file, and its stamp. Raises OSError."""
    total = hashlib.sha256()
    with source.open() as file:
        while piece := file.read(_PIECE):
            total.update(piece)
        return total.digest(), Stamp.of(os.fstat(file.fileno()))
