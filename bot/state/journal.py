"""What an operator looks back on: reloads, tallies, and questions without an answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, RowMapping, func, insert, select

from bot.state.database import Database, dialect_insert
from bot.state.entries import Action, Reload, ReloadOutcome, Tally, Unanswered
from bot.state.errors import making_records
from bot.state.records import ShownAnswer, as_row
from bot.state.tables import questions, reloads, tallies
from retrieval.models import Outcome


class Journal:
    """Keeps what an operator looks back on. Raises StateError only."""

    def __init__(self, database: Database, *, keep_questions: bool) -> None:
        self._database = database
        self.keep_questions = keep_questions

    async def record(self, reload: Reload) -> None:
        """Add a line to the audit trail."""
        await self._database.run(_record, reload)

    async def reloads(self, limit: int = 20, *, offset: int = 0) -> list[Reload]:
        """Return the newest lines of the audit trail, the newest first, without the first *offset*."""
        return await self._database.run(_reloads, limit, offset)

    async def reload_count(self) -> int:
        """Return how many lines the audit trail has."""
        return await self._database.run(_reload_count)

    async def decided(self) -> tuple[int, str] | None:
        """Return the number and the version of the newest line by which some instance put a corpus in place.

        None without one. What an instance did to follow another does not count.
        """
        return await self._database.run(_decided)

    async def count(self, counted: Iterable[Tally]) -> None:
        """Add each tally's count to that of its day."""
        await self._database.run(count, [*counted])

    async def tallies(self, since: date, *, kind: str | None = None) -> list[Tally]:
        """Return the tallies of *since* and later, of one kind or all, the oldest day first."""
        return await self._database.run(_tallies, since, kind)

    async def keep(self, unanswered: Unanswered) -> bool:
        """Keep a question without an answer. False, and nothing is kept, unless the operator wants it."""
        if self.keep_questions:
            await self._database.run(keep, unanswered)
        return self.keep_questions

    async def unanswered(
        self, limit: int = 100, *, since: datetime | None = None
    ) -> list[Unanswered]:
        """Return the newest unanswered questions that were kept, the newest first."""
        return await self._database.run(_unanswered, limit, since)


def missed(shown: ShownAnswer) -> Unanswered | None:
    """Return what an operator may want to look through, if *shown* is no answer; else None."""
    if shown.outcome is Outcome.ANSWERED or shown.question is None:
        return None
    return Unanswered(
        question=shown.question,
        outcome=shown.outcome,
        asked_at=shown.asked_at,
        reason=shown.reason,
        language=shown.language,
        asker_id=shown.asker_id,
    )


def count(connection: Connection, counted: Sequence[Tally]) -> None:
    """Add tallies in the transaction of *connection*."""
    if not counted:
        return
    # In one order for everybody, so that no two programs wait for each other.
    rows = sorted(map(as_row, counted), key=lambda row: (row["day"], row["kind"], row["name"]))
    connection.execute(_add(connection.dialect.name), rows)


@cache
def _add(dialect: str) -> Insert:
    statement = dialect_insert(dialect, tallies)
    return statement.on_conflict_do_update(
        index_elements=[*tallies.primary_key],
        set_={"count": tallies.c.count + statement.excluded.count},
    )


def keep(connection: Connection, unanswered: Unanswered) -> None:
    """Keep a question in the transaction of *connection*."""
    connection.execute(insert(questions), as_row(unanswered))


def _record(connection: Connection, reload: Reload) -> None:
    connection.execute(insert(reloads), as_row(reload))


def _reloads(connection: Connection, limit: int, offset: int) -> list[Reload]:
    newest = (reloads.c.began_at.desc(), reloads.c.id.desc())
    chosen = select(reloads).order_by(*newest).limit(limit).offset(offset)
    found = connection.execute(chosen).mappings()
    with making_records():
        return [Reload(**_without_id(row) | _named(row)) for row in found]


def _named(row: RowMapping) -> dict[str, Any]:
    return {"outcome": ReloadOutcome(row["outcome"]), "action": Action(row["action"])}


def _reload_count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(reloads)) or 0


def _decided(connection: Connection) -> tuple[int, str] | None:
    chosen = select(reloads.c.id, reloads.c.new_version).where(
        reloads.c.outcome == ReloadOutcome.LOADED, reloads.c.action != Action.FOLLOW
    )
    found = connection.execute(chosen.order_by(reloads.c.id.desc()).limit(1)).first()
    return None if found is None else (found[0], found[1])


def _tallies(connection: Connection, since: date, kind: str | None) -> list[Tally]:
    statement = select(*tallies.c).where(tallies.c.day >= since)
    if kind is not None:
        statement = statement.where(tallies.c.kind == kind)
    ordered = statement.order_by(tallies.c.day, tallies.c.kind, tallies.c.name)
    return [Tally(*row) for row in connection.execute(ordered)]


def _unanswered(connection: Connection, limit: int, since: datetime | None) -> list[Unanswered]:
    statement = select(questions).order_by(questions.c.asked_at.desc(), questions.c.id.desc())
    if since is not None:
        statement = statement.where(questions.c.asked_at >= since)
    found = connection.execute(statement.limit(limit)).mappings()
    with making_records():
        return [
            Unanswered(**_without_id(row) | {"outcome": Outcome(row["outcome"])}) for row in found
        ]


def _without_id(row: RowMapping) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}
