"""The engine beneath the state: one connection to a SQLite file, or a pool to PostgreSQL."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from bot.address import Address
from bot.state.errors import as_state_errors

P = ParamSpec("P")
T = TypeVar("T")

BUSY_MS = 5_000
"""How long SQLite waits for another program that writes."""

_PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",  # readers and backups do not wait for the writer
    "synchronous=NORMAL",  # safe against a killed program; power loss may undo the last moments
    "foreign_keys=ON",
    "secure_delete=ON",  # what /forget deletes is overwritten
)
_READING = "onrecord_reading"


class Database:
    """Runs work in transactions. Belongs to one event loop; `close` at the end.

    Work is a function of a connection and of whatever else it needs. It is finished even if the
    caller is cancelled meanwhile, so that no transaction is left half-way.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        with as_state_errors(address):
            self.engine = _engine(address)
        self._reading = self.engine.execution_options(**{_READING: True})
        self._under_way: set[asyncio.Task[Any]] = set()

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do *work* in one transaction: all of it is kept, or nothing. Raises StateError."""
        return await self._shielded(self._run(self.engine, work, *args, **kwargs))

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do *work*, which only reads. Raises StateError."""
        return await self._shielded(self._run(self._reading, work, *args, **kwargs))

    async def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        with as_state_errors(self.address):
            await self.engine.dispose()

    async def _run(
        self,
        engine: AsyncEngine,
        work: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with as_state_errors(self.address):
            async with engine.begin() as connection:
                return await connection.run_sync(work, *args, **kwargs)

    async def _shielded(self, coroutine: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(coroutine)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen, in case the caller has gone


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, which the two dialects spell alike."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def _engine(address: Address) -> AsyncEngine:
    if address.server is not None:
        return create_async_engine(
            address.server,
            pool_size=5,
            max_overflow=5,
            pool_timeout=10.0,
            pool_pre_ping=True,  # a server that was restarted costs no question
            connect_args={"connect_timeout": 10},
        )
    # SQLite has one writer anyway. With one connection, programs wait here, in order, and not in
    # SQLite, which sleeps and tries again; and the memory stays one memory.
    name = None if address.path is None else str(address.path)
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=name),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=10.0,
        pool_reset_on_return=None,  # every transaction is ended by its `begin`
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Python's own idea of when a transaction begins leaves out the making of tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and then writes can be refused by SQLite at any time; one that
    # says at once that it will write waits for its turn. Single reads need none.
    if not connection.get_execution_options().get(_READING):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
