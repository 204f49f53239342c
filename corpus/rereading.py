"""A corpus read through the ledger: only the files that have changed."""

import hashlib
import os
import sqlite3
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from corpus.digests import version_of_digests
from corpus.editions import edition
from corpus.errors import SourceError
from corpus.gathering import Gathering, Meter, Progress
from corpus.ledger import Known, Ledger, More
from corpus.loading import Corpus
from corpus.packed import Digests, Packing
from corpus.reading.files import SourceFile, Stamp, reason
from corpus.removal import removed
from corpus.rows import Rows, StoredArticles
from corpus.sources import ATTEMPTS, read_whole, sources

COMMIT_SECONDS = 1.0
"""How much reading a kill can undo, besides that of the file at hand."""

_PIECE = 1 << 18


class Rereading:
    """Reads one corpus into the tables of *connection*, where a transaction has begun; *rows* are theirs."""

    def __init__(self, connection: sqlite3.Connection, rows: Rows) -> None:
        self._connection = connection
        self._rows = rows
        self._ledger = Ledger(connection, rows.path)
        self._reader = edition()
        self._committed = time.monotonic()

    def read(self, path: Path, progress: Progress | None = None) -> Corpus:
        """Read the corpus at *path* as `corpus.loading.load` does."""
        found = list(sources(path))
        ids, broken = removed(path)
        gathering = Gathering(ids)
        for refusal in broken:
            gathering.refusals.add(refusal)
        meter = Meter(sum(s.size for s in found if isinstance(s, SourceFile)), progress)
        numbers = array("q")
        refused: list[SourceError] = []
        for source in found:
            known = self._known(source, meter)
            if isinstance(known, SourceError):
                refused.append(known)
                numbers.append(-len(refused))
            else:
                numbers.append(known)
        self._ledger.keep_only(number for number in numbers if number > 0)
        meter.end()
        return self._corpus(numbers, refused, gathering)

    def _known(self, source: SourceFile | SourceError, meter: Meter) -> int | SourceError:
        """The number of what a file gives, which is read if need be, or why it gives nothing."""
        if isinstance(source, SourceError):
            return source
        start = meter.done
        meter.at(start)
        known = self._ledger.known(source.origin.path)
        if known is not None and not self._is_fresh(known, source):
            known = None
        if known is not None and known.settled and known.stamp == source.stamp:
            read: int | SourceError = known.number
        else:
            try:
                read = self._read(source, known, lambda position: meter.at(start + position))
            except OSError as error:
                read = source.origin.refuse(reason(error))
        meter.at(start + source.size)
        self._commit_now_and_then()
        return read

    def _read(
        self, source: SourceFile, known: Known | None, tell: Callable[[int], None]
    ) -> int | SourceError:
        """Read a file of which no more than *known* is known. Raises OSError."""
        for _ in range(ATTEMPTS):
            now = time.time_ns()
            sha256, stamp = _hashed(source)
            settled = stamp.is_settled(now)
            if known is not None and sha256 == known.sha256:
                known = replace(known, stamp=stamp, settled=settled)
                self._ledger.finish(source.origin.path, known)
                return known.number
            read = read_whole(source, self._ledger.begin, tell)
            if isinstance(read, SourceError):
                return read
            writing, stamp_then = read
            # A coarse clock may have missed a change while it was read.
            if stamp_then == stamp and (settled or _hashed(source) == (sha256, stamp)):
                entries, reader = writing.close(), self._reader_of(source)
                fresh = Known(
                    *(writing.number, stamp, settled, sha256, reader, writing.until, entries)
                )
                self._ledger.finish(source.origin.path, fresh)
                return writing.number
            writing.drop()
        return source.origin.refuse("changes while it is read")

    def _is_fresh(self, known: Known, source: SourceFile) -> bool:
        """Whether the same bytes would give the same."""
        in_time = known.until is None or time.time() < known.until
        return known.reader == self._reader_of(source) and in_time

    def _reader_of(self, source: SourceFile) -> bytes:
        return hashlib.sha256(self._reader + source.mapped.encode()).digest()

    def _corpus(
        self, numbers: Sequence[int], refused: list[SourceError], gathering: Gathering
    ) -> Corpus:
        digests, ids, places = bytearray(), Packing(), Packing()
        for number in numbers:
            if number < 0:
                gathering.refusals.add(refused[-number - 1])
                continue
            for entry in self._ledger.entries(number):
                if isinstance(entry, SourceError):
                    gathering.refusals.add(entry)
                elif isinstance(entry, More):
                    gathering.refusals.add_more(entry.path, entry.number)
                elif gathering.takes(entry.id, entry.source, entry.origin):
                    digests += entry.digest
                    ids.add(entry.id)
                    places.add(entry.source)
        packed = Digests(bytes(digests))
        return Corpus(
            StoredArticles(self._rows, packed, ids.texts(), places.texts()),
            version_of_digests(packed),
            gathering.refusals.listed(),
            gathering.left_out,
        )

    def _commit_now_and_then(self) -> None:
        if time.monotonic() - self._committed > COMMIT_SECONDS:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
            self._committed = time.monotonic()


def _hashed(source: SourceFile) -> tuple[bytes, Stamp]:
    """What stands for the bytes of a file, and its stamp. Raises OSError."""
    total = hashlib.sha256()
    with source.open() as file:
        while piece := file.read(_PIECE):
            total.update(piece)
        return total.digest(), Stamp.of(os.fstat(file.fileno()))
