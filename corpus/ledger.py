"""Which files were read, and what they gave: tables of the archive's SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import rows
from corpus.errors import SourceError
from corpus.gathering import MOST_REFUSALS
from corpus.reading.entries import Entry, Origin
from corpus.reading.files import Stamp

SCHEMA = """
CREATE TABLE articles (
    digest BLOB NOT NULL UNIQUE, id TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    url TEXT, publisher TEXT, published_at TEXT, language TEXT
);
CREATE TABLE files (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL, inode TEXT NOT NULL,
    settled INTEGER NOT NULL, sha256 BLOB NOT NULL, reader BLOB NOT NULL, until REAL
);
CREATE TABLE entries (
    file INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB, id TEXT, source TEXT,
    path TEXT NOT NULL, line INTEGER, reason TEXT, more INTEGER,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
"""
"""An entry is an article (digest, id, source), a refusal (reason), or the number of refusals *more*."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that a file gave."""

    digest: bytes
    id: str
    source: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class More:
    """How many more places of a file were refused than are listed."""

    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class Known:
    """A file that was read. *reader* stands for all that its entries depend on but its bytes.

    *settled*: the stamp tells any change. *until*: the moment, as a timestamp, from which on it may
    give something else.
    """

    number: int
    stamp: Stamp
    settled: bool
    sha256: bytes
    reader: bytes
    until: float | None = None


class Ledger:
    """The files that were read. For one thread, and one writer; the caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # What was begun and not finished, when a process was killed.
        connection.execute("DELETE FROM entries WHERE file NOT IN (SELECT number FROM files)")
        [(self._last,)] = connection.execute("SELECT coalesce(max(number), 0) FROM files")

    def known(self, path: Path) -> Known | None:
        """Return what is known of a file."""
        found = self._connection.execute(
            "SELECT number, size, modified, changed, inode, settled, sha256, reader, until "
            "FROM files WHERE path = ?",
            (path.as_posix(),),
        ).fetchone()
        if found is None:
            return None
        number, size, modified, changed, inode, settled, sha256, reader, until = found
        stamp = Stamp(size, modified, changed, int(inode))
        return Known(number, stamp, bool(settled), sha256, reader, until)

    def begin(self) -> "Writing":
        """Begin to write down what a file gives. It counts when `finish` is called."""
        self._last += 1
        return Writing(self._connection, self._last)

    def finish(self, path: Path, known: Known) -> None:
        """From now on the file at *path* is known as *known*, and no more as what it was before."""
        name, stamp = path.as_posix(), known.stamp
        self._connection.execute(
            "DELETE FROM entries WHERE file IN (SELECT number FROM files WHERE path = ?) AND file != ?",
            (name, known.number),
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(known.number, name, stamp.size, stamp.modified, stamp.changed, str(stamp.inode)),
                *(known.settled, known.sha256, known.reader, known.until),
            ),
        )

    def keep_only(self, numbers: Iterable[int]) -> None:
        """Forget all files but those with *numbers*."""
        run = self._connection.execute
        run("CREATE TEMP TABLE seen (number INTEGER PRIMARY KEY)")
        try:
            self._connection.executemany(
                "INSERT OR IGNORE INTO seen VALUES (?)", ((number,) for number in numbers)
            )
            run("DELETE FROM files WHERE number NOT IN (SELECT number FROM seen)")
            run("DELETE FROM entries WHERE file NOT IN (SELECT number FROM seen)")
        finally:
            run("DROP TABLE seen")

    def entries(self, number: int) -> Iterator[Listed | SourceError | More]:
        """Yield what file *number* gave, in its order."""
        found = self._connection.execute(
            "SELECT digest, id, source, path, line, reason, more FROM entries "
            "WHERE file = ? ORDER BY position",
            (number,),
        )
        for digest, identifier, source, path, line, reason, more in found:
            if more is not None:
                yield More(Path(path), more)
            elif reason is not None:
                yield SourceError(Path(path), line, reason)
            else:
                yield Listed(digest, identifier, source, Origin(Path(path), line))


class Writing:
    """What one file gives, as it is read: rows that do not count yet."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.number = number
        self.until: float | None = None
        self._connection = connection
        self._refused: dict[Path, int] = {}
        self._position = 0

    def add(self, entry: Entry) -> None:
        """Write down one more entry; of refusals no more than MOST_REFUSALS a file."""
        if isinstance(entry, SourceError):
            self._refuse(entry)
            return
        article, origin = entry.article, entry.origin
        digest = rows.put(self._connection, article)
        self._write(origin.path, origin.line, digest, article.id, article.source)

    def close(self) -> None:
        """Write down how many refusals are not listed."""
        for path, number in self._refused.items():
            if number > MOST_REFUSALS:
                self._write(path, None, more=number - MOST_REFUSALS)

    def drop(self) -> None:
        """Take back what was written."""
        self._connection.execute("DELETE FROM entries WHERE file = ?", (self.number,))

    def _refuse(self, refusal: SourceError) -> None:
        if refusal.until is not None:
            ends = refusal.until.timestamp()
            self.until = ends if self.until is None else min(self.until, ends)
        number = self._refused[refusal.path] = self._refused.get(refusal.path, 0) + 1
        if number <= MOST_REFUSALS:
            self._write(refusal.path, refusal.line, reason=refusal.reason)

    def _write(
        self,
        path: Path,
        line: int | None,
        *article: object,
        reason: str | None = None,
        more: int | None = None,
    ) -> None:
        digest, identifier, source = article or (None, None, None)
        self._connection.execute(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(self.number, self._position, digest, identifier, source),
                *(path.as_posix(), line, reason, more),
            ),
        )
        self._position += 1
