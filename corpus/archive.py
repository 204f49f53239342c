"""Articles as they were read, kept in a file: what has not changed is not read again."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Self

from corpus import database, rows
from corpus.errors import ArchiveDamagedError, CorpusError
from corpus.examining import Elsewhere
from corpus.gathering import Progress
from corpus.loading import Corpus, load
from corpus.locks import Presence, alone
from corpus.packed import Digests, Texts
from corpus.rereading import Rereading
from corpus.rows import Rows, StoredArticles

FILE = "articles.sqlite3"
"""How the archive of a folder of snapshots is called."""


class Archive:
    """What was read of corpora, in one SQLite file, by the digests of the articles.

    Any thread may call; `read` and `prune` one at a time. Several processes may use one file: one
    at a time writes, another that reads meanwhile keeps what it reads in memory.
    """

    def __init__(self, path: Path, presence: Presence) -> None:
        self.path = path
        self.troubles: list[str] = []
        """What went wrong and was mended or done without, a line each: for the log."""
        self._presence = presence
        self._rows = Rows(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the archive at *path*, or make it. One that is damaged, foreign, or of another version
        is set aside as `<path>.damaged` and made anew. Raises CorpusError where that cannot be done.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            archive = cls(path, Presence(_beside(path, ".open")))
            archive._mend()
        except (OSError, sqlite3.Error) as error:
            raise CorpusError(f"{path}: cannot be used: {error}") from error
        return archive

    def read(
        self,
        corpus: Path,
        *,
        progress: Progress | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> Corpus:
        """Read the corpus at *corpus* as `corpus.loading.load` does, but only what has changed.

        What has changed is read *elsewhere*, if that is given: by other processes.

        A file of the size and the times that it had is not opened, one with the same bytes is not
        parsed. What was read stays read when this is ended, by what *progress* raises or by a kill.
        """
        with alone(_beside(self.path, ".lock")) as writes:
            if not writes:
                self.troubles.append(f"{self.path}: another process is writing; not kept there")
                return load(corpus, progress=progress)
            for _ in range(2):
                try:
                    self._mend(locked=True)
                    with self._connection() as connection:
                        return Rereading(connection, self._rows).read(corpus, progress, elsewhere)
                except ArchiveDamagedError as error:
                    self._rows.spoilt(error.reason)
                except sqlite3.Error as error:
                    self._note(error)
                    if not database.is_broken(error):
                        break
        return load(corpus, progress=progress)

    def stored(self, digests: Digests, ids: Texts, sources: Texts) -> StoredArticles:
        """Return the articles with *digests*, which were read at *sources*."""
        return StoredArticles(self._rows, digests, ids, sources)

    def prune(self, kept: Iterable[bytes] = ()) -> int:
        """Delete the articles that were not read last and whose digests are not in *kept*.

        Returns how many. Does nothing while another process uses the archive.
        """
        with alone(_beside(self.path, ".lock")) as writes, self._presence.only() as nobody:
            if not (writes and nobody):
                return 0
            try:
                with self._connection() as connection:
                    listed = connection.execute("SELECT digest FROM entries WHERE digest NOTNULL")
                    return rows.keep_only(connection, [*kept, *(digest for (digest,) in listed)])
            except sqlite3.Error as error:
                self._note(error)
                return 0

    def close(self) -> None:
        """Let go of the file. Articles can be fetched afterwards, for as long as it is there."""
        self._rows.close()
        self._presence.close()

    def _mend(self, *, locked: bool = False) -> None:
        """Make the file if it is not there, or of no use."""
        if self._fault() is None:
            return
        if not locked:
            with alone(_beside(self.path, ".lock"), wait=True):
                self._mend(locked=True)
        elif (fault := self._fault()) is not None:
            if fault:
                self.troubles.append(
                    f"{self.path}: {fault}; set aside, and everything is read anew"
                )
            database.make(self.path)
            self._rows.mended()

    def _fault(self) -> str | None:
        return self._rows.fault() or database.fault(self.path)

    def _note(self, error: sqlite3.Error) -> None:
        if database.is_broken(error):
            self._rows.spoilt(str(error))
        else:
            self.troubles.append(f"{self.path}: {error}; what was read is not kept there")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Give what is written to; it counts even if something other than the file goes wrong."""
        with closing(database.connect(self.path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except (sqlite3.Error, ArchiveDamagedError):
                raise
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("COMMIT")
                raise
            connection.execute("COMMIT")


def _beside(path: Path, tail: str) -> Path:
    return path.with_name(path.name + tail)
