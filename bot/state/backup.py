"""A copy of the state in one SQLite file, and back again."""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, insert, select

from bot.settings.address import Address
from bot.state.database import Database
from bot.state.errors import StateError, as_state_errors
from bot.state.migrating import migrate, refuse_unless_current
from bot.state.state import State
from bot.state.tables import metadata, questions, reloads

_ROWS = 500
"""Rows that are copied at a time."""

_NUMBERED = (questions, reloads)
"""Tables whose rows get a number where they arrive; nothing refers to it."""


async def back_up(address: Address, path: Path) -> int:
    """Copy the state at *address* to the new file *path*; return the size of the copy in bytes.

    The bot may run meanwhile: the copy is of one moment. Of a SQLite file it is a SQLite file, and
    of PostgreSQL, too. Raises StateError, also when *path* is there already.
    """
    with _new_file(path) as part:
        if address.path is not None:
            _copy_file(address, address.path, part)
        elif address.is_server:
            await _copy_server(address, part)
        else:
            raise StateError(address, "is in the memory of the bot only; there is nothing to copy")
        return part.stat().st_size


async def restore(path: Path, address: Address) -> int:
    """Copy the backup *path* into the state at *address*; return how many rows that were.

    The backup may be of an older version of the program. Raises StateError, also when the state
    holds something already or a bot is using it; then nothing was changed.
    """
    backup = Address.of_file(path)
    with TemporaryDirectory() as folder:
        # A copy of the copy, for it may have to be brought up to date.
        copy = Path(folder) / "backup.sqlite3"
        _copy_file(backup, path, copy)
        async with _opened(Address.of_file(copy)) as source, await State.open(address) as state:
            await source.run(migrate, backup)
            return await source.run(_copy_rows, state.database)


def _copy_file(address: Address, path: Path, copy: Path) -> None:
    with as_state_errors(address):
        # Read-only, so that no file is made where there is none.
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with (
            closing(sqlite3.connect(uri, uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")  # one file, without companions


async def _copy_server(address: Address, copy: Path) -> None:
    async with _opened(address) as source, await State.open(Address.of_file(copy)) as state:
        await source.run(refuse_unless_current, address)
        await source.run(_copy_rows, state.database)
    copy.with_name(f"{copy.name}.lock").unlink()


def _copy_rows(source: Connection, target: Database) -> int:
    if source.dialect.name == "postgresql":
        # All tables as they are at one moment.
        source.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        source = source.execution_options(stream_results=True)
    copied = 0
    with as_state_errors(target.address), target.engine.sync_engine.begin() as into:
        for table in metadata.sorted_tables:
            if into.execute(select(table).limit(1)).first() is not None:
                raise StateError(
                    target.address,
                    "holds something already; nothing was restored. Move it away first, or name "
                    "another place as ONRECORD_STATE",
                )
            key = [*table.primary_key]
            columns = [c for c in table.c if table not in _NUMBERED or c not in key]
            for rows in (
                source.execute(select(*columns).order_by(*key)).mappings().partitions(_ROWS)
            ):
                into.execute(insert(table), [dict(row) for row in rows])
                copied += len(rows)
    return copied


@asynccontextmanager
async def _opened(address: Address) -> AsyncIterator[Database]:
    database = Database(address)
    try:
        yield database
    finally:
        await database.close()


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file to write to, which gets its name when it is whole."""
    address, part = Address.of_file(path), path.with_name(f"{path.name}.part")
    with as_state_errors(address):
        if path.exists():
            raise StateError(address, "is there already; name a new file")
        try:
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600))
            yield part
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
