"""Which files were read, and what they gave: tables of the archive's SQLite file."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import rows
from corpus.errors import ArchiveDamagedError, SourceError, Withdrawal
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
    size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
    inode INTEGER NOT NULL, settled INTEGER NOT NULL, sha256 BLOB NOT NULL, reader BLOB NOT NULL,
    until REAL, entries BLOB NOT NULL, seal BLOB NOT NULL
);
CREATE TABLE entries (
    file INTEGER NOT NULL, position INTEGER NOT NULL, digest BLOB, id TEXT, source TEXT,
    path TEXT NOT NULL, line INTEGER, reason TEXT, more INTEGER,
    PRIMARY KEY (file, position)
) WITHOUT ROWID;
"""
"""An entry is an article (digest, id, source), a refusal (reason), or the number of refusals *more*.

A refusal that withdraws something has its guid for the id, and the version for the source."""


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
    give something else. *entries* stands for what it gave.
    """

    number: int
    stamp: Stamp
    settled: bool
    sha256: bytes
    reader: bytes
    until: float | None
    entries: bytes

    def fields(self) -> tuple[object, ...]:
        """All of it, as a row."""
        stamp = self.stamp
        return (
            *(self.number, stamp.size, stamp.modified, stamp.changed, stamp.inode, self.settled),
            *(self.sha256, self.reader, self.until, self.entries),
        )


class Ledger:
    """The files that were read. For one thread, and one writer; the caller commits."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        # What was begun and not finished, when a process was killed.
        connection.execute("DELETE FROM entries WHERE file NOT IN (SELECT number FROM files)")
        [(self._last,)] = connection.execute("SELECT coalesce(max(number), 0) FROM files")

    def known(self, path: Path) -> Known | None:
        """Return what is known of a file."""
        found = self._connection.execute(
            "SELECT number, size, modified, changed, inode, settled, sha256, reader, until, entries, "
            "seal FROM files WHERE path = ?",
            (path.as_posix(),),
        ).fetchone()
        if found is None:
            return None
        number, size, modified, changed, inode, settled, sha256, reader, until, entries, seal = (
            found
        )
        stamp = Stamp(size, modified, changed, inode)
        known = Known(number, stamp, bool(settled), sha256, reader, until, entries)
        if _seal(path, known) != seal:
            raise self._damaged(f"what is known of {path}")
        return known

    def begin(self) -> "Writing":
        """Begin to write down what a file gives. It counts when `finish` is called."""
        self._last += 1
        return Writing(self._connection, self._last)

    def finish(self, path: Path, known: Known) -> None:
        """From now on the file at *path* is known as *known*, and no more as what it was before."""
        name = path.as_posix()
        self._connection.execute(
            "DELETE FROM entries WHERE file IN (SELECT number FROM files WHERE path = ?) AND file != ?",
            (name, known.number),
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO files (number, size, modified, changed, inode, settled, sha256, "
            "reader, until, entries, path, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*known.fields(), name, _seal(path, known)),
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
        """Yield what file *number* gave, in its order.

        Raises ArchiveDamagedError at the end, if it is not what was written down.
        """
        found = self._connection.execute(
            "SELECT position, digest, id, source, path, line, reason, more FROM entries "
            "WHERE file = ? ORDER BY position",
            (number,),
        )
        total = _blank()
        for row in found:
            _add_to(total, row)
            try:
                yield _entry(*row[1:])
            except (TypeError, ValueError) as error:
                raise self._damaged(f"an entry of file {number}") from error
        written = self._connection.execute("SELECT entries FROM files WHERE number = ?", (number,))
        if written.fetchone() != (total.digest(),):
            raise self._damaged(f"the entries of file {number}")

    def _damaged(self, what: str) -> ArchiveDamagedError:
        return ArchiveDamagedError(self._path, f"{what} is not what was written")


class Writing:
    """What one file gives, as it is read: rows that do not count yet."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.number = number
        self.until: float | None = None
        self._connection = connection
        self._refused: dict[Path, int] = {}
        self._position = 0
        self._total = _blank()

    def add(self, entry: Entry) -> None:
        """Write down one more entry; of refusals no more than MOST_REFUSALS a file."""
        if isinstance(entry, SourceError):
            self._refuse(entry)
            return
        article, origin = entry.article, entry.origin
        digest = rows.put(self._connection, article)
        self._write(origin.path, origin.line, digest, article.id, article.source)

    def close(self) -> bytes:
        """Write down how many refusals are not listed. Return what stands for all that was written."""
        for path, number in self._refused.items():
            if number > MOST_REFUSALS:
                self._write(path, None, more=number - MOST_REFUSALS)
        return self._total.digest()

    def drop(self) -> None:
        """Take back what was written."""
        self._connection.execute("DELETE FROM entries WHERE file = ?", (self.number,))

    def _refuse(self, refusal: SourceError) -> None:
        if refusal.until is not None:
            ends = refusal.until.timestamp()
            self.until = ends if self.until is None else min(self.until, ends)
        if refusal.withdraws is not None:
            self._write(*_withdrawing(refusal, refusal.withdraws), reason=refusal.reason)
            return
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
        why = None if reason is None else _plain(reason)
        name = _plain(path.as_posix())
        row = (self._position, digest, identifier, source, name, line, why, more)
        _add_to(self._total, row)
        self._connection.execute(
            "INSERT INTO entries (file, position, digest, id, source, path, line, reason, more) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self.number, *row),
        )
        self._position += 1


def _entry(  # noqa: PLR0913, PLR0917 - the columns of a row
    digest: bytes | None,
    identifier: str | None,
    source: str | None,
    path: str,
    line: int | None,
    reason: str | None,
    more: int | None,
) -> Listed | SourceError | More:
    if more is not None:
        return More(Path(path), more)
    if reason is not None or digest is None:
        version = int(source) if source else None
        withdraws = None if identifier is None else Withdrawal(identifier, version)
        return SourceError(Path(path), line, reason or "", withdraws=withdraws)
    return Listed(digest, identifier or "", source or "", Origin(Path(path), line))


def _withdrawing(
    refusal: SourceError, what: Withdrawal
) -> tuple[Path, int | None, None, str, str | None]:
    """The row of a refusal that withdraws something, up to its reason."""
    version = None if what.version is None else str(what.version)
    return refusal.path, refusal.line, None, _plain(what.guid), version


def _plain(text: str) -> str:
    """Half a character cannot be written."""
    return text.encode("utf-8", "replace").decode()


def _seal(path: Path, known: Known) -> bytes:
    total = _blank()
    _add_to(total, (path.as_posix(), *known.fields()))
    return total.digest()


def _blank() -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=16)


def _add_to(total: "hashlib.blake2b", row: tuple[object, ...]) -> None:
    total.update(repr(row).encode("utf-8", "surrogatepass"))
