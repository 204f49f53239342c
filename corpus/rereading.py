"""A corpus read through the ledger: only the files that have changed."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from corpus.digests import version_of_digests
from corpus.editions import edition
from corpus.errors import SourceError
from corpus.examining import Begun, Elsewhere, Ended, Seen, examine
from corpus.gathering import Gathering, Meter, Progress
from corpus.ledger import Known, Ledger, More, Writing
from corpus.loading import Corpus
from corpus.packed import Digests, Packing, Texts
from corpus.reading.entries import Found
from corpus.reading.files import SourceFile
from corpus.removal import removed
from corpus.rows import Rows, StoredArticles
from corpus.sources import sources

COMMIT_SECONDS = 1.0
"""How much reading a kill can undo, besides that of the file at hand."""
MUCH = 2_000_000
"""Bytes for which other processes are worth the second in which they start."""

Waiting: TypeAlias = Sequence[tuple[int, SourceFile]]


class Rereading:
    """Reads one corpus into the tables of *connection*, where a transaction has begun; *rows* are theirs."""

    def __init__(self, connection: sqlite3.Connection, rows: Rows) -> None:
        self._connection = connection
        self._rows = rows
        self._ledger = Ledger(connection, rows.path)
        self._reader = edition()
        self._committed = time.monotonic()

    def read(
        self, path: Path, progress: Progress | None = None, elsewhere: Elsewhere | None = None
    ) -> Corpus:
        """Read the corpus at *path* as `corpus.loading.load` does; what is to be parsed, *elsewhere*."""
        found = list(sources(path))
        ids, broken = removed(path)
        gathering = Gathering(ids)
        for refusal in broken:
            gathering.refuse(refusal)
        meter = Meter(sum(s.size for s in found if isinstance(s, SourceFile)), progress)
        meter.at(0)
        came: list[int | SourceError | None] = [self._settled(source, meter) for source in found]
        waiting = [
            (place, source)
            for place, source in enumerate(found)
            if came[place] is None and isinstance(source, SourceFile)
        ]
        much = sum(source.size for _, source in waiting) >= MUCH and len(waiting) > 1
        reads = (
            partial(self._read_there, path, elsewhere) if elsewhere and much else self._read_here
        )
        for place, read in reads(waiting, meter):
            came[place] = read
            self._commit_now_and_then()
        self._ledger.keep_only(number for number in came if isinstance(number, int))
        meter.end()
        return self._corpus(came, gathering)

    def _settled(self, source: SourceFile | SourceError, meter: Meter) -> int | SourceError | None:
        """The number of what a file gives, or why it gives nothing, if no look into it is needed."""
        if isinstance(source, SourceError):
            return source
        known = self._known(source)
        if known is not None and known.settled and known.stamp == source.stamp:
            meter.more(source.size)
            return known.number
        return None

    def _known(self, source: SourceFile) -> Known | None:
        """What is known of a file, if the same bytes would give the same."""
        known = self._ledger.known(source.origin.path)
        return known if known is not None and self._is_fresh(known, source) else None

    def _read_here(self, waiting: Waiting, meter: Meter) -> Iterator[tuple[int, int | SourceError]]:
        for place, source in waiting:
            start = meter.done
            yield (
                place,
                self._read(source, self._known(source), lambda at: meter.at(start + at)),  # noqa: B023 - called at once
            )
            meter.at(start + source.size)

    def _read_there(
        self, corpus: Path, elsewhere: Elsewhere, waiting: Waiting, meter: Meter
    ) -> Iterator[tuple[int, int | SourceError]]:
        """Have files read by others; several may come at the same time, each in its order."""
        places = {source.origin.path: (place, source) for place, source in waiting}
        known = {source.origin.path: self._known(source) for _, source in waiting}
        wanted = [(path, was.sha256 if was else None) for path, was in known.items()]
        writing: dict[Path, Writing] = {}
        for path, told in elsewhere(corpus, wanted):
            place, source = places[path]
            if isinstance(told, Begun):
                if path in writing:
                    writing[path].drop()
                writing[path] = self._ledger.begin()
            elif isinstance(told, Found | SourceError):
                writing[path].add(told)
            else:
                if isinstance(told, Ended):
                    if path in writing:
                        writing.pop(path).drop()
                    yield place, told.refusal
                else:
                    yield place, self._finish(source, told, writing.pop(path, None), known[path])
                meter.more(source.size)

    def _read(
        self, source: SourceFile, known: Known | None, tell: Callable[[int], None]
    ) -> int | SourceError:
        """Read a file of which no more than *known* is known."""
        sha256 = None if known is None else known.sha256
        came = examine(source, sha256, self._ledger.begin, tell)
        if isinstance(came, SourceError):
            return came
        return self._finish(source, came, came.taking, known)

    def _finish(
        self, source: SourceFile, seen: Seen, writing: Writing | None, known: Known | None
    ) -> int:
        """Write down what came of a file: what *writing* took, or that it is what was *known*."""
        if writing is None and known is not None:
            fresh = replace(known, stamp=seen.stamp, settled=seen.settled)
        elif writing is not None:
            of_all, reader = writing.close(), self._reader_of(source)
            fresh = Known(
                *(writing.number, seen.stamp, seen.settled, seen.sha256, reader, writing.until),
                entries=of_all,
            )
        else:
            raise ValueError(f"{source.origin.path}: nothing was read of it, and nothing is known")
        self._ledger.finish(source.origin.path, fresh)
        return fresh.number

    def _is_fresh(self, known: Known, source: SourceFile) -> bool:
        """Whether the same bytes would give the same."""
        in_time = known.until is None or time.time() < known.until
        return known.reader == self._reader_of(source) and in_time

    def _reader_of(self, source: SourceFile) -> bytes:
        return hashlib.sha256(self._reader + source.mapped.encode()).digest()

    def _corpus(self, came: Sequence[int | SourceError | None], gathering: Gathering) -> Corpus:
        digests, ids, places = bytearray(), Packing(), Packing()
        for number in came:
            if isinstance(number, SourceError):
                gathering.refuse(number)
            if not isinstance(number, int):
                continue
            for entry in self._ledger.entries(number):
                if isinstance(entry, SourceError):
                    gathering.refuse(entry)
                elif isinstance(entry, More):
                    gathering.refusals.add_more(entry.path, entry.number)
                elif gathering.takes(entry.id, entry.source, entry.origin):
                    digests += entry.digest
                    ids.add(entry.id)
                    places.add(entry.source)
        read = Digests(bytes(digests)), ids.texts(), places.texts()
        packed, named, found = _usable(*read, gathering)
        return Corpus(
            StoredArticles(self._rows, packed, named, found),
            version_of_digests(packed),
            gathering.refusals.listed(),
            gathering.left_out,
        )

    def _commit_now_and_then(self) -> None:
        if time.monotonic() - self._committed > COMMIT_SECONDS:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
            self._committed = time.monotonic()


def _usable(
    digests: Digests, ids: Texts, places: Texts, gathering: Gathering
) -> tuple[Digests, Texts, Texts]:
    """The same without what was withdrawn."""
    usable = gathering.usable(ids)
    if usable is None:
        return digests, ids, places
    return (
        Digests.of(digests[place] for place in usable),
        Texts.of(ids[place] for place in usable),
        Texts.of(places[place] for place in usable),
    )
