"""The inbox: updates that Telegram sent, until they are done, and the replies that were sent."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Row,
    Update,
    bindparam,
    func,
    or_,
    select,
    true,
    update,
)

from bot.state.answers import show_in
from bot.state.database import Database, upsert
from bot.state.records import Incoming, SentPart, Waiting, as_row
from bot.state.tables import replies, updates

LEASE = timedelta(seconds=30)
"""How long an update is a running program's own, unless it renews that. For PostgreSQL, where
several run; a SQLite file has one at a time, and what another had is free at once."""

_WAITING, _DONE, _ASIDE = "waiting", "done", "aside"

_COLUMNS = [
    updates.c[name]
    for name in ("update_id", "payload", "received_at", "chat_id", "user_id", "attempts", "note")
]

# Statements are built once: that takes longer than to execute them.
_THIS = (updates.c.bot_id == bindparam("of_bot")) & (updates.c.update_id == bindparam("id"))
_RELEASE = update(updates).where(_THIS).values(owner=None, leased_until=None)
_FINISH = (
    update(updates)
    .where(_THIS)
    .values(status=_DONE, payload=None, user_id=None, chat_id=None, owner=None, leased_until=None)
)
_SET_ASIDE = update(updates).where(_THIS).values(status=_ASIDE, note=bindparam("why"), owner=None)
_ATTEMPT = (
    update(updates)
    .where(_THIS)
    .values(attempts=updates.c.attempts + 1)
    .returning(updates.c.attempts)
)
_SENT = select(replies.c.part, replies.c.message_id).where(
    replies.c.bot_id == bindparam("of_bot"), replies.c.update_id == bindparam("id")
)


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
        rows = [self._row(one) for one in incoming]
        return await self._database.run(_receive, rows) if rows else set()

    async def pending(self, limit: int = 100) -> list[Waiting]:
        """Take what waits and nobody has in hand, the oldest first. Empty when there is no more."""
        return await self._database.run(self._take, limit)

    async def renew(self) -> None:
        """Keep what is in hand for another LEASE. Needed on PostgreSQL only, twice in a LEASE."""
        mine = (updates.c.owner == self._owner) & (updates.c.status == _WAITING)
        await self._database.run(
            _change, update(updates).where(self._mine, mine).values(leased_until=_now() + LEASE), {}
        )

    async def release(self, *update_ids: int) -> None:
        """Give updates back, for `pending` to give them to somebody."""
        if update_ids:
            await self._database.run(_change, _RELEASE, *map(self._key, update_ids))

    async def let_go(self) -> None:
        """Give back all that is in hand, for a program that ends."""
        mine = (updates.c.owner == self._owner) & (updates.c.status == _WAITING)
        given = update(updates).where(self._mine, mine).values(owner=None, leased_until=None)
        await self._database.run(_change, given, {})

    async def elsewhere(self, chat_id: int, before: int) -> bool:
        """Whether an update of a chat waits that came before this one, and is not in hand here."""
        return await self._database.run(self._elsewhere, chat_id, before)

    async def attempt(self, update_id: int) -> int:
        """Count an attempt at handling; return how many there were with this one."""
        return await self._database.run(_attempt, self._key(update_id))

    async def done(self, *update_ids: int) -> None:
        """Nothing is left to do; what the updates said, and of whom they were, is deleted."""
        await self.settle([], update_ids)

    async def set_aside(self, update_id: int, note: str) -> None:
        """Do not try again; *note* says why. What the update said is kept for the operator."""
        await self._database.run(_change, _SET_ASIDE, {**self._key(update_id), "why": note})

    async def aside(self, limit: int = 100) -> list[Waiting]:
        """Return what was set aside, the newest first."""
        return await self._database.run(self._aside, limit)

    async def waiting(self) -> int:
        """How many updates are not done, in anybody's hands or in nobody's."""
        return await self._database.run(self._waiting)

    async def sent(self, update_id: int) -> dict[int, int | None]:
        """Return which parts of the reply were accepted: part -> message id, if it has one."""
        return await self._database.run(_sent, self._key(update_id))

    async def mark_sent(
        self, update_id: int, part: int, message_id: int | None, *, answer_id: str | None = None
    ) -> None:
        """Note one sent part, as `settle` does."""
        await self.settle([SentPart(update_id, part, message_id, answer_id)])

    async def settle(self, sent: Iterable[SentPart], done: Iterable[int] = ()) -> None:
        """Note what was sent and what is done, all in one transaction.

        Of a part that was noted before, the first message counts. An update that is not in the
        inbox is passed over.
        """
        parts, finished = [*sent], [self._key(update_id) for update_id in done]
        if parts or finished:
            await self._database.run(self._settle, parts, finished)

    def _settle(
        self, connection: Connection, sent: list[SentPart], done: list[dict[str, int]]
    ) -> None:
        rows = [
            {**self._key(each.update_id), "part": each.part, "message": each.message_id}
            for each in sent
        ]
        for row in rows:
            connection.execute(_write_reply(connection.dialect.name), row)
        for each in sent:
            if each.answer_id is not None and each.message_id is not None:
                show_in(connection, each.answer_id, [each.message_id])
        if done:
            connection.execute(_FINISH, done)

    def _key(self, update_id: int) -> dict[str, int]:
        return {"of_bot": self._bot_id, "id": update_id}

    def _row(self, incoming: Incoming) -> dict[str, Any]:
        return {
            **as_row(incoming),
            "bot_id": self._bot_id,
            "status": _WAITING,
            "attempts": 0,
            "owner": self._owner,
            "leased_until": _now() + LEASE,
        }

    def _take(self, connection: Connection, limit: int) -> list[Waiting]:
        alone = connection.dialect.name == "sqlite"
        lapsed = true() if alone else updates.c.leased_until < _now()
        free = or_(updates.c.owner.is_(None), (updates.c.owner != self._owner) & lapsed)
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
        found = map(_as_waiting, connection.execute(taken))
        return sorted(found, key=lambda waiting: waiting.update_id)

    def _aside(self, connection: Connection, limit: int) -> list[Waiting]:
        statement = select(*_COLUMNS).where(self._mine, updates.c.status == _ASIDE)
        newest = statement.order_by(updates.c.received_at.desc()).limit(limit)
        return [_as_waiting(row) for row in connection.execute(newest)]

    def _elsewhere(self, connection: Connection, chat_id: int, before: int) -> bool:
        not_here = or_(updates.c.owner.is_(None), updates.c.owner != self._owner)
        earlier = (updates.c.chat_id == chat_id) & (updates.c.update_id < before)
        found = select(updates.c.update_id).where(
            self._mine, updates.c.status == _WAITING, earlier, not_here
        )
        return connection.scalar(found.limit(1)) is not None

    def _waiting(self, connection: Connection) -> int:
        statement = select(func.count()).where(self._mine, updates.c.status == _WAITING)
        return connection.scalar(statement) or 0

    @property
    def _mine(self) -> ColumnElement[bool]:
        return updates.c.bot_id == self._bot_id


@cache
def _write_updates(dialect: str) -> Insert:
    return upsert(dialect, updates).returning(updates.c.update_id)


def _receive(connection: Connection, rows: list[dict[str, Any]]) -> set[int]:
    return set(connection.scalars(_write_updates(connection.dialect.name), rows))


def _change(connection: Connection, statement: Update, *values: Mapping[str, Any]) -> None:
    connection.execute(statement, list(values))


def _attempt(connection: Connection, key: dict[str, int]) -> int:
    return connection.scalar(_ATTEMPT, key) or 1


def _sent(connection: Connection, key: dict[str, int]) -> dict[int, int | None]:
    return {row.part: row.message_id for row in connection.execute(_SENT, key)}


@cache
def _write_reply(dialect: str) -> Insert:
    part, message = bindparam("part", type_=Integer), bindparam("message", type_=BigInteger)
    of_known = select(updates.c.bot_id, updates.c.update_id, part, message).where(_THIS)
    return upsert(dialect, replies).from_select([*replies.c], of_known)


def _as_waiting(row: Row) -> Waiting:
    return Waiting(**row._mapping)  # noqa: SLF001 - this is its public name


def _now() -> datetime:
    return datetime.now(UTC)
