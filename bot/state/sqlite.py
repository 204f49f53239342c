"""SQLite's connection: opened as a state file needs it, and asked with few trips to its thread."""

import sqlite3
from collections.abc import Awaitable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

import aiosqlite
from typing_extensions import override

BUSY_SECONDS = 2.0
"""How long SQLite waits for another program that writes."""

_BRIEFLY = 0.1
"""The same once that was in vain: what follows would wait in turn, and every answer with it."""

_PRAGMAS = (
    "journal_mode=WAL",  # readers and backups do not wait for the writer
    "synchronous=NORMAL",  # safe against a killed program; power loss may undo the last moments
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is overwritten
)


async def connect(path: Path | None) -> "Connection":
    """Open the file at *path*, or the memory, in a thread of its own."""
    connection = Connection(partial(_opened, ":memory:" if path is None else path), 64)
    return await connection.opened()


class Connection(aiosqlite.Connection):
    """A connection whose every statement is one trip to its thread, and a row's reading another.

    A transaction begins by itself before the first statement that changes rows, so that only
    others, such as CREATE TABLE, need a BEGIN.
    """

    _given_up = False

    async def opened(self) -> Self:
        """Open it, and return it."""
        self._thread.daemon = (
            True  # a program that ends without closing the state ends all the same
        )
        _ = await self
        return self

    @override
    def cursor(self) -> "Cursor":  # type: ignore[override] # all that SQLAlchemy asks of one
        return Cursor(self)

    @override
    async def commit(self) -> None:
        if self.in_transaction:
            await super().commit()
            if self._given_up:
                await self._wait_for(BUSY_SECONDS)
                self._given_up = False

    async def begun(self, beginning: Awaitable[aiosqlite.Cursor]) -> aiosqlite.Cursor:
        """Await a statement. Where it waited in vain for a writer, others wait briefly, until one writes."""
        try:
            return await beginning
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_BUSY" and not self._given_up:
                self._given_up = True
                await self._wait_for(min(_BRIEFLY, BUSY_SECONDS))
            raise

    async def _wait_for(self, seconds: float) -> None:
        await super().execute(f"PRAGMA busy_timeout={round(1_000 * seconds)}")

    @override
    async def rollback(self) -> None:
        if self.in_transaction:
            await super().rollback()


class Cursor:
    """What SQLAlchemy asks of a cursor, which is opened by the statement itself."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._opened: aiosqlite.Cursor | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, values: Iterable[Any] = ()) -> "Cursor":
        """Execute a statement."""
        self._opened = await self._connection.begun(self._connection.execute(statement, values))
        return self

    async def executemany(self, statement: str, rows: Iterable[Iterable[Any]]) -> "Cursor":
        """Execute a statement for each of *rows*."""
        self._opened = await self._connection.begun(self._connection.executemany(statement, rows))
        return self

    async def fetchall(self) -> Iterable[Any]:
        """Return the rows of the last statement."""
        return () if self._opened is None else await self._opened.fetchall()

    async def close(self) -> None:
        """Nothing is left to close: SQLAlchemy reads all rows at once, which ends a statement."""
        self._opened = None

    @property
    def description(self) -> Sequence[Any] | None:
        """The names of the columns, if the statement gives rows."""
        return None if self._opened is None else self._opened.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed; -1 if that is not known."""
        return -1 if self._opened is None else self._opened.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was inserted last."""
        return None if self._opened is None else self._opened.lastrowid


def _opened(place: str | Path) -> sqlite3.Connection:
    # A transaction that reads first and then writes can be refused at any time; one that says at
    # once that it will write waits for its turn.
    connection = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level="IMMEDIATE")
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection
