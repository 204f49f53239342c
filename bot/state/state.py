"""The state: what must survive a restart, in one database."""

import os
import secrets
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, text
from typing_extensions import override

from bot.settings.address import Address
from bot.state.answers import Answers
from bot.state.chats import Chats
from bot.state.citations import Citations
from bot.state.database import Database
from bot.state.entries import Removed, Retention
from bot.state.errors import StateError, reason_of
from bot.state.forgetting import delete_some, forget, outdated
from bot.state.inbox import Inbox
from bot.state.journal import Journal
from bot.state.lock import InstanceLock
from bot.state.migrating import migrate
from bot.state.notices import Notices, Runs


class State:
    """What must survive a restart. Lives as long as the bot; made by `open`.

    All coroutines belong to the event loop that opened it, and raise nothing but StateError, after
    which nothing was written and the caller may go on without. A call that is cancelled is finished
    all the same.
    """

    def __init__(
        self, database: Database, lock: InstanceLock | None, *, keep_questions: bool, bot_id: int
    ) -> None:
        """Use `open` instead."""
        self.database = database
        self._lock = lock
        self.answers = Answers(database, keep_questions=keep_questions)
        self.citations = Citations(database)
        self.chats = Chats(database)
        owner = secrets.token_urlsafe(8)
        self.inbox = Inbox(database, bot_id=bot_id, owner=owner)
        self.journal = Journal(database, keep_questions=keep_questions)
        self.notices = Notices(database)
        self.runs = Runs(database, bot_id=bot_id, owner=owner)

    @classmethod
    async def open(cls, address: Address, *, keep_questions: bool = False, bot_id: int = 0) -> Self:
        """Open the database at *address*, make it if it is new, migrate it if it is older.

        *keep_questions* is the operator's permission to write questions down. *bot_id* is the
        number before the colon of the token: each bot has its own inbox. Raises StateError, and
        of these StateInUseError when another bot uses the same file.
        """
        lock = _prepared(address)
        database = None
        try:
            database = Database(address)
            await database.run(migrate, address)
        except BaseException:
            if database is not None:
                await database.close()
            if lock is not None:
                lock.release()
            raise
        return cls(database, lock, keep_questions=keep_questions, bot_id=bot_id)

    @property
    def address(self) -> Address:
        """Where the state is kept."""
        return self.database.address

    async def forget(self, user_id: int) -> Removed:
        """Delete what is stored about somebody, in one transaction, and count it.

        What still waits to be answered is not touched, nor are citations, which say nothing of
        anybody who asked, nor the audit trail, which says which admin reloaded.
        """
        return await self.database.run(forget, user_id)

    async def prune(self, now: datetime, retention: Retention | None = None) -> Removed:
        """Delete what has been kept long enough, little by little, and count it.

        Citations are kept for ever, and so are chats. To be called once a day.
        """
        counts: dict[str, int] = {}
        for name, (table, old) in outdated(now, retention or Retention()).items():
            counts[name] = 0
            while deleted := await self.database.run(delete_some, table, old):
                counts[name] += deleted
        return Removed(**counts)

    async def check(self) -> None:
        """Read the whole of it, and write nothing that lasts. Raises StateError if that fails.

        May take seconds for a big file.
        """
        await self.database.run(_check, self.address)

    async def close(self) -> None:
        """Finish what is under way and let go of the database. Nothing works afterwards."""
        try:
            await self.database.close()
        finally:
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @override
    def __repr__(self) -> str:
        return f"<State {self.address}>"


def _prepared(address: Address) -> InstanceLock | None:
    """Make the file for its owner's eyes only, if it is new, and lock it."""
    if address.path is None:
        return None
    try:
        _make(address.path)
        return InstanceLock(address, address.path)
    except OSError as error:
        advice = "name a file that can be written to as ONRECORD_STATE"
        raise StateError(address, f"{reason_of(error)}; {advice}") from error


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives the files that it puts beside this one the same permissions.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _check(connection: Connection, address: Address) -> None:
    if connection.dialect.name == "sqlite":
        found = connection.scalar(text("PRAGMA quick_check(1)"))
        if found != "ok":
            raise StateError(address, f"is damaged ({found}); put a backup in its place")
    connection.execute(text("CREATE TEMPORARY TABLE onrecord_check (one INTEGER)"))
    connection.execute(text("DROP TABLE onrecord_check"))
