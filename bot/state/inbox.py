"""The inbox: updates that Telegram sent, until they are done, and the replies that were sent."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, true, update

from bot.state.answers import show_in
from bot.state.database import Database, insert
from bot.state.records import Incoming, Waiting
from bot.state.tables import replies, updates

LEASE = timedelta(seconds=60)
"""How long an update is a running program's own, unless it renews that. For PostgreSQL, where
several run; a SQLite file has one at a time, and what another had is free at once."""

_WAITING, _DONE, _ASIDE = "waiting", "done", "aside"


class Inbox:
    """Keeps the updates of one bot. Raises StateError only.

    An update that was received is in the caller's hands, who handles it and says `done`, and so is
    one that `pending` gave. `pending` gives what nobody has in hand: what a program that ended left
    behind.
    """

    def __init__(self, database: Database, *, bot_id: int, owner: str) -> None:
        self._database = database
        self._bot_id = bot_id
        self._owner = owner

    async def receive(self, incoming: Iterable[Incoming]) -> set[int]:
        """Write updates down, in one transaction; return the ids of those that are new."""
        rows = [self._row(update) for update in incoming]
        return await self._database.write(_receive, rows) if rows else set()

    async def pending(self, limit: int = 100) -> list[Waiting]:
        """Take what waits and nobody has in hand, the oldest first. Empty when there is no more."""
        return await self._database.write(self._take, limit)

    async def renew(self) -> None:
        """Keep what is in hand for another LEASE. Needed on PostgreSQL only, twice in a LEASE."""
        await self._database.write(self._change_mine, leased_until=_now() + LEASE)

    async def release(self, *update_ids: int) -> None:
        """Give updates back, for `pending` to give them to somebody."""
        await self._database.write(self._change, update_ids, owner=None, leased_until=None)

    async def attempt(self, update_id: int) -> int:
        """Count an attempt at handling; return how many there were with this one."""
        return await self._database.write(self._attempt, update_id)

    async def done(self, *update_ids: int) -> None:
        """Nothing is left to do; what the updates said is deleted."""
        await self._database.write(
            self._change,
            update_ids,
            status=_DONE,
            payload=None,
            user_id=None,
            chat_id=None,
            owner=None,
        )

    async def set_aside(self, update_id: int, note: str) -> None:
        """Do not try again; *note* says why. What the update said is kept for the operator."""
        await self._database.write(self._change, [update_id], status=_ASIDE, note=note, owner=None)

    async def aside(self, limit: int = 100) -> list[Waiting]:
        """Return what was set aside, the newest first."""
        return await self._database.read(self._aside, limit)

    async def waiting(self) -> int:
        """How many updates are not done, in anybody's hands or in nobody's."""
        return await self._database.read(self._waiting)

    async def sent(self, update_id: int) -> dict[int, int | None]:
        """Return which parts of the reply were accepted: part -> message id, if it has one."""
        return await self._database.read(self._sent, update_id)

    async def mark_sent(
        self, update_id: int, part: int, message_id: int | None, *, answer_id: str | None = None
    ) -> None:
        """Note that Telegram accepted a part of the reply, and which answer the message shows.

        Of a part that was noted before, the first message counts. An update that is not in the
        inbox is passed over.
        """
        await self._database.write(self._mark_sent, update_id, part, message_id, answer_id)

    def _row(self, incoming: Incoming) -> dict[str, Any]:
        return {
            **asdict(incoming),
            "bot_id": self._bot_id,
            "status": _WAITING,
            "attempts": 0,
            "owner": self._owner,
            "leased_until": _now() + LEASE,
        }

    def _take(self, connection: Connection, limit: int) -> list[Waiting]:
        alone = connection.dialect.name == "sqlite"
        free = or_(
            updates.c.owner.is_(None),
            (updates.c.owner != self._owner)
            & (true() if alone else updates.c.leased_until < _now()),
        )
        oldest = (
            select(updates.c.update_id)
            .where(self._mine, updates.c.status == _WAITING, free)
            .order_by(updates.c.update_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        taken = (
            update(updates)
            .where(self._mine, updates.c.update_id.in_(oldest.scalar_subquery()))
            .values(owner=self._owner, leased_until=_now() + LEASE)
            .returning(*_COLUMNS)
        )
        found = map(_waiting, connection.execute(taken))
        return sorted(found, key=lambda waiting: waiting.update_id)

    def _change(
        self, connection: Connection, /, update_ids: Collection[int], **changes: Any
    ) -> None:
        ids = updates.c.update_id.in_(update_ids)
        connection.execute(update(updates).where(self._mine, ids).values(**changes))

    def _change_mine(self, connection: Connection, /, **changes: Any) -> None:
        mine = (updates.c.owner == self._owner) & (updates.c.status == _WAITING)
        connection.execute(update(updates).where(self._mine, mine).values(**changes))

    def _attempt(self, connection: Connection, update_id: int) -> int:
        statement = (
            update(updates)
            .where(self._mine, updates.c.update_id == update_id)
            .values(attempts=updates.c.attempts + 1)
            .returning(updates.c.attempts)
        )
        return connection.scalar(statement) or 1

    def _aside(self, connection: Connection, limit: int) -> list[Waiting]:
        statement = select(*_COLUMNS).where(self._mine, updates.c.status == _ASIDE)
        newest = statement.order_by(updates.c.received_at.desc()).limit(limit)
        return [_waiting(row) for row in connection.execute(newest)]

    def _waiting(self, connection: Connection) -> int:
        statement = select(func.count()).where(self._mine, updates.c.status == _WAITING)
        return connection.scalar(statement) or 0

    def _sent(self, connection: Connection, update_id: int) -> dict[int, int | None]:
        statement = select(replies.c.part, replies.c.message_id).where(
            replies.c.bot_id == self._bot_id, replies.c.update_id == update_id
        )
        return dict(connection.execute(statement))

    def _mark_sent(
        self,
        connection: Connection,
        update_id: int,
        part: int,
        message_id: int | None,
        answer_id: str | None,
    ) -> None:
        row = {"bot_id": self._bot_id, "update_id": update_id, "part": part}
        known = select(updates.c.update_id).where(self._mine, updates.c.update_id == update_id)
        if connection.scalar(known) is not None:
            statement = insert(connection, replies).on_conflict_do_nothing()
            connection.execute(statement, {**row, "message_id": message_id})
        if answer_id is not None and message_id is not None:
            show_in(connection, answer_id, [message_id])

    @property
    def _mine(self) -> ColumnElement[bool]:
        return updates.c.bot_id == self._bot_id


_COLUMNS = [
    updates.c[name]
    for name in ("update_id", "payload", "received_at", "chat_id", "user_id", "attempts", "note")
]


def _waiting(row: Row) -> Waiting:
    return Waiting(**row._mapping)  # noqa: SLF001 - this is its public name


def _receive(connection: Connection, rows: list[dict[str, Any]]) -> set[int]:
    statement = insert(connection, updates).on_conflict_do_nothing()
    return set(connection.scalars(statement.returning(updates.c.update_id), rows))


def _now() -> datetime:
    return datetime.now(UTC)
