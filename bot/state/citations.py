"""Citations: what permanent links lead to, and whether its articles still say so."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.state.database import Database, upsert
from bot.state.records import Citation, CitedChanges, as_row
from bot.state.tables import citations

_PAGE = 1_000
"""Cited texts that are compared at a time, so that others get their turn in between."""

_TextKey = tuple[str, str]
"""An article's id and the digest of its text."""


_BY_ID = select(citations).where(citations.c.id == bindparam("id"))
_MARK = (
    update(citations)
    .where(citations.c.article == bindparam("of"), citations.c.sha256 == bindparam("as_read"))
    .values(changed_at=bindparam("at"), left=bindparam("gone"))
)


class Citations:
    """Keeps what was cited, for ever. Raises StateError only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cite(self, cited: Iterable[Citation]) -> None:
        """Write citations. What is cited already stays as it was, with its first *cited_at*."""
        await self._database.run(write, [*cited])

    async def get(self, citation_id: str) -> Citation | None:
        """Return the citation with this id, which may be forged; None if there is none."""
        return await self._database.run(_get, citation_id)

    async def compare(self, articles: Mapping[str, str], *, at: datetime) -> CitedChanges:
        """Note which cited articles differ from those of today, and say what is new of that.

        *articles* are all of today's, id -> sha256; to be called at the start and after each
        reload. An article that reads again as it did when cited counts as unchanged.
        """
        found: dict[str, list[str]] = {"changed": [], "left": [], "restored": []}
        after: _TextKey | None = None
        while page := await self._database.run(_texts, after):
            after = (page[-1].article, page[-1].sha256)
            if differing := [d for row in page if (d := _difference(row, articles))]:
                await self._database.run(_mark, differing, at)
            for kind, article, _ in differing:
                found[kind].append(article)
        return CitedChanges(**{kind: tuple(dict.fromkeys(ids)) for kind, ids in found.items()})


def write(connection: Connection, cited: Sequence[Citation]) -> None:
    """Write citations in the transaction of *connection*."""
    rows = [{"id": citation.id, **as_row(citation)} for citation in cited]
    if rows:
        connection.execute(upsert(connection.dialect.name, citations), rows)


def _get(connection: Connection, citation_id: str) -> Citation | None:
    row = connection.execute(_BY_ID, {"id": citation_id}).first()
    if row is None:
        return None
    values = {name: value for name, value in row._mapping.items() if name != "id"}  # noqa: SLF001 - public
    return Citation(**values)


def _texts(connection: Connection, after: _TextKey | None) -> Sequence[Row]:
    key = (citations.c.article, citations.c.sha256)
    statement = select(*key, citations.c.changed_at, citations.c.left).distinct()
    statement = statement.order_by(*key).limit(_PAGE)
    if after is not None:
        article, sha256 = key
        statement = statement.where(
            (article > after[0]) | ((article == after[0]) & (sha256 > after[1]))
        )
    return connection.execute(statement).all()


def _difference(row: Row, articles: Mapping[str, str]) -> tuple[str, str, str] | None:
    """What is to be noted of a cited text: (kind, article, sha256), or None."""
    today = articles.get(row.article)
    kind = "restored" if today == row.sha256 else "left" if today is None else "changed"
    noted = "restored" if row.changed_at is None else "left" if row.left else "changed"
    return None if kind == noted else (kind, row.article, row.sha256)


def _mark(connection: Connection, differing: Sequence[tuple[str, str, str]], at: datetime) -> None:
    rows = [
        {
            "of": article,
            "as_read": sha256,
            "at": None if kind == "restored" else at,
            "gone": kind == "left",
        }
        for kind, article, sha256 in differing
    ]
    connection.execute(_MARK, rows)
