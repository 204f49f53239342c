"""The engine beneath the state: one connection to a SQLite file, or a pool to PostgreSQL."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import cache, partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import greenlet_spawn

from bot.settings.address import Address
from bot.state.errors import as_state_errors
from bot.state.sqlite import connect

P = ParamSpec("P")
T = TypeVar("T")

POOL_TIMEOUT = 10.0
"""Seconds that work waits for a connection."""

# At DEBUG it logs every statement with its values: what people asked, among them.
logging.getLogger("aiosqlite").setLevel(logging.WARNING)


class Database:
    """Runs work in transactions. Belongs to one event loop; `close` at the end.

    Work is a function of a connection and of whatever else it needs. It is finished even if the
    caller is cancelled meanwhile, so that no transaction is left half-way.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        with as_state_errors(address):
            self.engine = _engine(address)
        self._under_way: set[asyncio.Task[Any]] = set()

    async def run(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Do *work* in one transaction: all that it writes is kept, or nothing. Raises StateError."""

        def bound(connection: Connection) -> T:
            return work(connection, *args, **kwargs)

        return await self._shielded(self._in_transaction(bound))

    async def close(self) -> None:
        """Wait for what is under way, and let go of the database."""
        if self._under_way:
            await asyncio.wait(self._under_way)
        with as_state_errors(self.address):
            await self.engine.dispose()

    async def _in_transaction(self, work: Callable[[Connection], T]) -> T:
        with as_state_errors(self.address):
            # What AsyncConnection does for each step, once for the whole: half the cost of a call.
            return await greenlet_spawn(self._work, work)

    def _work(self, work: Callable[[Connection], T]) -> T:
        with self.engine.sync_engine.begin() as connection:
            return work(connection)

    async def _shielded(self, coroutine: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(coroutine)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # seen, in case the caller has gone


@cache
def upsert(dialect: str, table: Table, *new: str) -> Insert:
    """An INSERT into *table* that, where the key is there, takes the columns *new* only.

    Without *new* what is there stays as it is. Statements are built once: that takes longer than
    to execute them.
    """
    statement = dialect_insert(dialect, table)
    if not new:
        return statement.on_conflict_do_nothing()
    changes = {name: statement.excluded[name] for name in new}
    return statement.on_conflict_do_update(index_elements=[*table.primary_key], set_=changes)


def dialect_insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that knows ON CONFLICT, which the two dialects spell alike."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _engine(address: Address) -> AsyncEngine:
    if address.server is not None:
        return create_async_engine(
            address.server,
            pool_size=5,
            max_overflow=5,
            pool_timeout=POOL_TIMEOUT,
            pool_pre_ping=True,  # a server that was restarted costs no question
            hide_parameters=True,  # errors are logged
            connect_args={"connect_timeout": int(POOL_TIMEOUT)},
        )
    # SQLite has one writer anyway. With one connection, work waits here, in order, and not in
    # SQLite, which sleeps and tries again; and the memory stays one memory.
    return create_async_engine(
        "sqlite+aiosqlite://",
        async_creator=partial(connect, address.path),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT,
        hide_parameters=True,
    )
