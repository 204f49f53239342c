"""The SQLite file of the archive: opened, checked, set aside when it is of no use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.ledger import SCHEMA

APPLICATION = 0x4F6E5265
"""In the header of the file: that it is ours."""
VERSION = 1
"""Of the tables. A file with another is made anew: what is in it can be read again."""

_TABLES = {"articles", "files", "entries"}
_PASSING = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY),
}
"""Errors that say nothing about what is in the file."""


def fault(path: Path) -> str | None:
    """Return why *path* is not an archive that can be used: '' where there is nothing, None: it is."""
    try:
        if not path.stat().st_size:
            return ""
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=30)) as connection:
            [(application,)] = connection.execute("PRAGMA application_id")
            [(version,)] = connection.execute("PRAGMA user_version")
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    except FileNotFoundError:
        return ""
    except (sqlite3.Error, OSError) as error:
        return str(error)
    if not tables:  # killed while it was made
        return ""
    if application != APPLICATION or not tables >= _TABLES:
        return "not an archive of articles"
    return None if version == VERSION else f"an archive of version {version}, not {VERSION}"


def make(path: Path) -> None:
    """Make a new archive at *path*; one that is there is set aside. Raises OSError, sqlite3.Error."""
    set_aside(path)
    with closing(connect(path)) as connection:
        connection.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
            f"{SCHEMA} COMMIT;"
        )


def connect(path: Path) -> sqlite3.Connection:
    """Open for writing. The caller begins and commits."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    # So that others can read meanwhile, and a kill at any moment leaves a whole file.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def set_aside(path: Path) -> None:
    """Rename what is at *path*, over what was set aside before. Raises OSError."""
    for tail in ("-wal", "-shm"):  # of no use without the file
        path.with_name(path.name + tail).unlink(missing_ok=True)
    if path.exists():
        path.replace(path.with_name(path.name + ".damaged"))


def is_broken(error: sqlite3.Error) -> bool:
    """Whether the file is damaged, and the disk not only full, or not to be written to."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF not in _PASSING
