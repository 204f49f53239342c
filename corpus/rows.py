"""Articles as rows of an SQLite file, addressed by their digests, and fetched when they are needed."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from queue import Empty, LifoQueue
from typing import overload

from typing_extensions import override

from corpus.digests import digest_of
from corpus.errors import ArchiveDamagedError
from corpus.models import Article
from corpus.packed import Digests, Texts

CACHED = 512
"""Articles that a sequence remembers."""

_BATCH = 200
_COLUMNS = "digest, id, title, text, url, publisher, published_at, language"


class Rows:
    """The articles in the file *path*. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_name(f"{path.name}.fault")
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()

    def article(self, digest: bytes, source: str) -> Article:
        """Return the article with *digest*, as it was read at *source*.

        Raises ArchiveDamagedError when it is not there, or is not what it was.
        """
        query = f"SELECT {_COLUMNS} FROM articles WHERE digest = ?"  # noqa: S608 - ours alone
        with self._connection() as connection:
            row = connection.execute(query, (digest,)).fetchone()
        return self._article(digest, row, source)

    def articles(self, wanted: Sequence[tuple[bytes, str]]) -> Iterator[Article]:
        """Yield an article for each (digest, source), in this order; few at a time are in memory."""
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT {_COLUMNS} FROM articles WHERE digest IN ({marks})"  # noqa: S608
            with self._connection() as connection:
                found = connection.execute(query, [digest for digest, _ in batch]).fetchall()
            rows = {row[0]: row for row in found}
            for digest, source in batch:
                yield self._article(digest, rows.get(digest), source)

    def spoilt(self, reason: str) -> ArchiveDamagedError:
        """Note beside the file that it is damaged, and return the error that says so."""
        with suppress(OSError):
            self._note.write_text(reason, "utf-8")
        return ArchiveDamagedError(self.path, reason)

    def fault(self) -> str | None:
        """Return how the file was found to be damaged, by any process, or None."""
        try:
            return self._note.read_text("utf-8", "replace") or "damaged"
        except OSError:
            return None

    def mended(self) -> None:
        """Note that there is another file now."""
        self._note.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let go of the file. It is opened again by whoever asks for an article afterwards."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = self._opened()
        try:
            yield connection
        except sqlite3.Error as error:
            connection.close()
            raise self.spoilt(str(error)) from error
        except BaseException:
            connection.close()
            raise
        self._idle.put(connection)

    def _opened(self) -> sqlite3.Connection:
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        try:
            # Handed from thread to thread, never used by two at once.
            return sqlite3.connect(uri, uri=True, check_same_thread=False, timeout=30)
        except sqlite3.Error as error:
            raise self.spoilt(str(error)) from error

    def _article(self, digest: bytes, row: tuple[str, ...] | None, source: str) -> Article:
        if row is None:
            raise self.spoilt(f"no article {digest.hex()[:12]} ({source})")
        try:
            article = _decoded(row, source)
        except (TypeError, ValueError) as error:
            raise self.spoilt(f"{source}: {error}") from error
        if digest_of(article) != digest:
            raise self.spoilt(f"{source} is not what was read")
        return article


class StoredArticles(Sequence[Article]):
    """Articles by number, each fetched from its row when it is asked for. Never changes.

    Number *n* has `digests[n]`, `ids[n]` and `sources[n]`, which are in memory. Safe to use from
    several threads. An article that is asked for twice may be two objects, equal ones. What
    fetches raises ArchiveDamagedError when the file is not what it was.
    """

    def __init__(self, rows: Rows, digests: Digests, ids: Texts, sources: Texts) -> None:
        if not len(digests) == len(ids) == len(sources):
            raise ValueError("not as many digests as ids and sources")
        self.digests = digests
        self.ids = ids
        self.sources = sources
        self._rows = rows
        # Not of a bound method: what refers to itself is not freed where nothing is collected.
        self._fetched = lru_cache(CACHED)(partial(_fetch, rows, digests, sources))

    @property
    def path(self) -> Path:
        """The file that they are fetched from, which `Rows` opens."""
        return self._rows.path

    def chosen(self, numbers: Iterable[int]) -> "StoredArticles":
        """Return the articles with these numbers, in their order."""
        chosen = list(numbers)
        return StoredArticles(
            self._rows,
            Digests.of(self.digests[number] for number in chosen),
            Texts.of(self.ids[number] for number in chosen),
            Texts.of(self.sources[number] for number in chosen),
        )

    @override
    def __len__(self) -> int:
        return len(self.digests)

    @override
    def __iter__(self) -> Iterator[Article]:
        for start in range(0, len(self), _BATCH):
            numbers = range(start, min(start + _BATCH, len(self)))
            yield from self._rows.articles([(self.digests[n], self.sources[n]) for n in numbers])

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> "StoredArticles": ...
    @override
    def __getitem__(self, index: int | slice) -> "Article | StoredArticles":
        if isinstance(index, slice):
            return self.chosen(range(*index.indices(len(self))))
        return self._fetched(range(len(self))[index])

    @override
    def __repr__(self) -> str:
        return f"<StoredArticles: {len(self)}>"


def _fetch(rows: Rows, digests: Digests, sources: Texts, number: int) -> Article:
    return rows.article(digests[number], sources[number])


def put(connection: sqlite3.Connection, article: Article) -> bytes:
    """Write *article*, unless it is there, and return its digest."""
    digest = digest_of(article)
    moment = article.published_at
    connection.execute(
        f"INSERT OR IGNORE INTO articles ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            *(digest, article.id, article.title, article.text, article.url, article.publisher),
            *(moment and moment.isoformat(), article.language),
        ),
    )
    return digest


def keep_only(connection: sqlite3.Connection, digests: Iterable[bytes]) -> int:
    """Delete all articles but those with *digests*, and return how many that were."""
    with closing(connection.cursor()) as cursor:
        cursor.execute("CREATE TEMP TABLE kept (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        try:
            cursor.executemany(
                "INSERT OR IGNORE INTO kept VALUES (?)", ((digest,) for digest in digests)
            )
            cursor.execute("DELETE FROM articles WHERE digest NOT IN (SELECT digest FROM kept)")
            return cursor.rowcount
        finally:
            cursor.execute("DROP TABLE kept")


def _decoded(row: tuple[str, ...], source: str) -> Article:
    _, identifier, title, text, url, publisher, published_at, language = row
    return Article(
        id=identifier,
        title=title,
        text=text,
        url=url,
        publisher=publisher,
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        language=language,
        source=source,
    )
