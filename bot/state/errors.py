"""Whatever a database can do to us, as one StateError with an address and what to do."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError, TimeoutError as Busy

from bot.errors import BotError
from bot.settings.address import Address

POSTGRES_EXTRA = "pip install 'on-the-record[postgres]'"

_KNOWN = {
    "database is locked": (
        "another program is writing to it and does not finish; "
        "end that program, or name another file as ONRECORD_STATE"
    ),
    "disk is full": "the disk is full; make room, nothing need be restarted",
    "readonly": "it may not be written to; mend the permissions of the file and of its folder",
    "read-only": "it may not be written to; mend the permissions of the file and of its folder",
    "unable to open": "cannot be opened; mend the permissions of the file and of its folder",
    "not a database": (
        "is damaged or no SQLite database; put a backup in its place, or move it away to begin anew"
    ),
    "malformed": (
        "is damaged; stop the bot, then put a backup in its place, or move it away to begin anew"
    ),
    "disk i/o error": "the disk does not read or write; check the disk, then restart the bot",
    "password authentication failed": "refuses the user or the password of ONRECORD_STATE",
    "does not exist": "the server has no such database; make it, or mend ONRECORD_STATE",
    "no such table": "its tables are missing; restart the bot, which makes them",
    "connection": "cannot be reached; is the server running, and is ONRECORD_STATE its address?",
}


class StateError(BotError):
    """The state cannot be used, now or at all. What was to be written is not.

    The message begins with the address (without a password) and says what to do. A caller can go on
    without state.
    """

    def __init__(self, address: Address, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        self.reason = reason


class StateInUseError(StateError):
    """Another bot is using the state. Two at once would answer everything twice."""


class UnreadableError(Exception):
    """A row of the database is not what the program writes."""


@contextmanager
def making_records() -> Iterator[None]:
    """Turn what goes wrong while a row is made into a record into an UnreadableError."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnreadableError(str(error)) from error


@contextmanager
def as_state_errors(address: Address) -> Iterator[None]:
    """Turn every error of a database or of the file system into a StateError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, CommandError, OSError) as error:
        raise StateError(address, reason_of(error)) from error
    except ModuleNotFoundError as error:
        raise StateError(address, f"needs {error.name}: {POSTGRES_EXTRA}") from error
    except (json.JSONDecodeError, UnreadableError) as error:
        raise StateError(address, f"holds what cannot be read: {error}") from error


def reason_of(error: Exception) -> str:
    """What is wrong, and what to do, on one line."""
    match error:
        case Busy():
            return "is busy: too much is waiting to be read or written; try again later"
        case NoSuchModuleError():
            return f"this kind of database needs its driver: {POSTGRES_EXTRA}"
        case DBAPIError(orig=BaseException() as original):
            said = str(original)
        case OSError(strerror=str(reason), filename=str(name)):
            return f"{reason} ({name})"
        case _:
            said = str(error)
    for part, meaning in _KNOWN.items():
        if part in said.lower():
            return meaning
    # The first line only: PostgreSQL tells the values of a row after it.
    return said.strip().partition("\n")[0] or type(error).__name__
