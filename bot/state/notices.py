"""What the operator hears of the program itself: which notices were sent, and how runs have ended."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from bot.state.database import Database, dialect_insert
from bot.state.tables import notices, runs

ALIVE = timedelta(minutes=5)
"""How long ago a program that shares the state may have been seen and be running all the same."""


class Notices:
    """Knows what was told, so that it is not told again too soon. Raises StateError only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, cause: str, now: datetime, again_after: timedelta) -> bool:
        """Tell whether *cause* may be told now, which then counts as done.

        Of several programs that ask at the same time only one is told so.
        """
        return await self._database.run(_claim, cause, now, now - again_after)

    async def withdraw(self, cause: str) -> None:
        """*cause* was not told after all."""
        await self._database.run(_withdraw, cause)


class Runs:
    """Knows when the program was started, and whether it ended in good order. Raises StateError only.

    *owner* names this run.
    """

    def __init__(self, database: Database, *, bot_id: int, owner: str) -> None:
        self._database = database
        self._bot_id = bot_id
        self._owner = owner

    async def begin(self, now: datetime, within: timedelta) -> int:
        """Note that the program starts; return how many runs, begun *within* that time, were cut off.

        On a server another program may be running: one that was seen lately is not counted.
        """
        return await self._database.run(self._begin, now, now - within)

    async def seen(self, now: datetime) -> None:
        """Note that the program still runs. To be called more often than every ALIVE."""
        await self._database.run(self._change, seen_at=now)

    async def end(self, now: datetime) -> None:
        """Note that the program ends in good order."""
        await self._database.run(self._change, seen_at=now, ended_at=now)

    def _begin(self, connection: Connection, now: datetime, since: datetime) -> int:
        cut_off = [runs.c.bot_id == self._bot_id, runs.c.ended_at.is_(None)]
        if connection.dialect.name != "sqlite":  # a file has one program at a time
            cut_off.append(runs.c.seen_at < now - ALIVE)
        wanted = select(func.count()).where(*cut_off, runs.c.started_at >= since)
        count = connection.scalar(wanted) or 0
        row = {"id": self._owner, "bot_id": self._bot_id, "started_at": now, "seen_at": now}
        connection.execute(insert(runs), row)
        return count

    def _change(self, connection: Connection, /, **values: datetime) -> None:
        connection.execute(update(runs).where(runs.c.id == self._owner).values(**values))


def _claim(connection: Connection, cause: str, now: datetime, long_ago: datetime) -> bool:
    statement = dialect_insert(connection.dialect.name, notices).on_conflict_do_update(
        index_elements=["cause"],
        set_={"told_at": now},
        # One of the future is of a clock that was put right since.
        where=or_(notices.c.told_at <= long_ago, notices.c.told_at > now),
    )
    row = {"cause": cause, "told_at": now}
    return connection.execute(statement.returning(notices.c.cause), row).first() is not None


def _withdraw(connection: Connection, cause: str) -> None:
    connection.execute(delete(notices).where(notices.c.cause == cause))
