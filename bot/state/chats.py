"""Chats: the language chosen there, whether they were greeted, what they became."""

from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from bot.state.database import Database, dialect_insert, upsert
from bot.state.records import Chat, as_row
from bot.state.tables import chats

_BY_ID = select(chats).where(chats.c.id == bindparam("id"))


class Chats:
    """Knows what chats chose. Raises StateError only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int) -> Chat:
        """Return what is known of a chat; of one never seen, nothing but its id."""
        return await self._database.run(_get, chat_id)

    async def set_language(self, chat_id: int, language: str | None) -> None:
        """Note the language chosen in a chat; None follows the asker's again."""
        await self._database.run(_set, chat_id, language=language)

    async def set_limit(self, chat_id: int, limit: int | None) -> None:
        """Note how many questions a minute a chat may ask; None is the setting again."""
        await self._database.run(_set, chat_id, limit=limit)

    async def greet(self, chat_id: int, kind: str) -> bool:
        """Tell whether the chat is to be greeted now: true once, and again after `part`."""
        return await self._database.run(_greet, chat_id, kind)

    async def part(self, chat_id: int) -> None:
        """Note that the bot was removed from a chat, to be greeted when it comes again."""
        await self._database.run(_set, chat_id, greeted=False)

    async def migrate(self, old: int, new: int) -> None:
        """Note that the group *old* became the supergroup *new*, which keeps what was chosen."""
        await self._database.run(_migrate, old, new)


def _get(connection: Connection, chat_id: int) -> Chat:
    row = connection.execute(_BY_ID, {"id": chat_id}).first()
    return Chat(id=chat_id) if row is None else Chat(**row._mapping)  # noqa: SLF001 - public


def _set(connection: Connection, /, chat_id: int, **changes: Any) -> None:
    row = {**as_row(Chat(id=chat_id)), **changes}
    connection.execute(upsert(connection.dialect.name, chats, *changes), row)


def _greet(connection: Connection, chat_id: int, kind: str) -> bool:
    statement = dialect_insert(connection.dialect.name, chats).on_conflict_do_update(
        index_elements=["id"],
        set_={"greeted": True, "kind": kind},
        where=chats.c.greeted.is_(False),
    )
    row = {**as_row(Chat(id=chat_id)), "kind": kind, "greeted": True}
    return connection.execute(statement.returning(chats.c.id), row).first() is not None


def _migrate(connection: Connection, old: int, new: int) -> None:
    before = as_row(_get(connection, old)) | {"id": new, "kind": "supergroup", "migrated_to": None}
    statement = dialect_insert(connection.dialect.name, chats)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "kind": "supergroup",
                "greeted": chats.c.greeted | statement.excluded.greeted,
                "language": func.coalesce(chats.c.language, statement.excluded.language),
                "limit": func.coalesce(chats.c.limit, statement.excluded.limit),
            },
        ),
        before,
    )
    _set(connection, old, migrated_to=new)
