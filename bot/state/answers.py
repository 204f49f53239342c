"""Answers that were shown, with the messages that show them, and what readers said of them."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from bot.state import carrying, citations, journal, references
from bot.state.database import Database, upsert
from bot.state.entries import Tally, Unanswered, Votes
from bot.state.errors import making_records
from bot.state.records import Citation, ShownAnswer
from bot.state.tables import answers, feedback, messages
from retrieval.models import Outcome, Reason

_CHANGING = tuple(column.name for column in answers.c if not column.primary_key)

# Statements are built once: that takes longer than to execute them.
_BY_ID = select(answers).where(answers.c.id == bindparam("id"))
_BY_MESSAGE = (
    select(answers)
    .join(messages)
    .where(
        messages.c.chat_id == bindparam("chat_id"), messages.c.message_id == bindparam("message_id")
    )
)
_BY_QUESTION = (
    select(answers)
    .where(answers.c.chat_id == bindparam("chat_id"), answers.c.asked_in == bindparam("asked_in"))
    .order_by(answers.c.asked_at.desc())
    .limit(1)
)
_CHAT_OF = select(answers.c.chat_id).where(answers.c.id == bindparam("id"))


def new_id() -> str:
    """An id for an answer: 11 characters of `A-Za-z0-9_-` that nobody can guess."""
    return secrets.token_urlsafe(8)


class Answers:
    """Remembers answers for their buttons and for what follows them. Raises StateError only.

    With *keep_questions* false no question is written, whatever is given.
    """

    def __init__(self, database: Database, *, keep_questions: bool) -> None:
        self._database = database
        self.keep_questions = keep_questions

    async def remember(
        self,
        answer: ShownAnswer,
        *,
        citations: Iterable[Citation] = (),
        tallies: Iterable[Tally] = (),
        unanswered: Unanswered | None = None,
    ) -> None:
        """Write all that one answer leaves behind, in one transaction.

        An answer with the same id is replaced, which keeps its messages and its feedback.
        """
        if not self.keep_questions:
            answer, unanswered = replace(answer, question=None), None
        await self._database.run(_remember, answer, [*citations], [*tallies], unanswered)

    async def get(self, answer_id: str) -> ShownAnswer | None:
        """Return the answer with this id, which may be forged; None if there is none."""
        return await self._database.run(_first, _BY_ID, {"id": answer_id})

    async def by_message(self, chat_id: int, message_id: int) -> ShownAnswer | None:
        """Return the answer that a message of the bot shows, for a reply to it."""
        sent_as = {"chat_id": chat_id, "message_id": message_id}
        return await self._database.run(_first, _BY_MESSAGE, sent_as)

    async def by_question(self, chat_id: int, asked_in: int) -> ShownAnswer | None:
        """Return the newest answer to the asker's message *asked_in*, for an edit of it."""
        asked = {"chat_id": chat_id, "asked_in": asked_in}
        return await self._database.run(_first, _BY_QUESTION, asked)

    async def messages_of(self, answer_id: str) -> tuple[int, ...]:
        """Return the ids of the messages that show the answer, oldest first."""
        return await self._database.run(_messages_of, answer_id)

    async def shown_in(self, answer_id: str, message_ids: Iterable[int]) -> bool:
        """Note the messages that show the answer. False if there is no such answer."""
        return await self._database.run(show_in, answer_id, [*message_ids])

    async def turn(self, answer_id: str, page: int) -> bool:
        """Note which page the answer shows now. False if there is no such answer."""
        return await self._database.run(_turn, answer_id, page)

    async def vote(self, answer_id: str, user_id: int, *, helpful: bool, at: datetime) -> bool:
        """Note what somebody says of an answer; the last word counts. False without the answer."""
        row = {"answer_id": answer_id, "user_id": user_id, "helpful": helpful, "given_at": at}
        return await self._database.run(_vote, row)

    async def votes(self, answer_id: str | None = None, *, since: datetime | None = None) -> Votes:
        """Count the votes: of one answer or of all, ever or since."""
        return await self._database.run(_votes, answer_id, since)


def show_in(connection: Connection, answer_id: str, message_ids: list[int]) -> bool:
    """Note that the answer is shown in these messages of its chat; they show nothing else now."""
    chat_id = connection.scalar(_CHAT_OF, {"id": answer_id})
    if chat_id is None:
        return False
    rows = [{"chat_id": chat_id, "message_id": m, "answer_id": answer_id} for m in message_ids]
    if rows:
        connection.execute(upsert(connection.dialect.name, messages, "answer_id"), rows)
    return True


def _remember(
    connection: Connection,
    answer: ShownAnswer,
    cited: list[Citation],
    counted: list[Tally],
    unanswered: Unanswered | None,
) -> None:
    connection.execute(upsert(connection.dialect.name, answers, *_CHANGING), _row(answer))
    citations.write(connection, cited)
    journal.count(connection, counted)
    if unanswered is not None:
        journal.keep(connection, unanswered)


def _row(answer: ShownAnswer) -> dict[str, Any]:
    row = {name: getattr(answer, name) for name in answers.c.keys()}  # noqa: SIM118 - it is no dict
    row["snippets"] = [references.packed(reference) for reference in answer.snippets]
    row["carried"] = carrying.packed(answer.carried)
    return row


def _first(connection: Connection, wanted: Select, values: dict[str, Any]) -> ShownAnswer | None:
    row = connection.execute(wanted, values).first()
    if row is None:
        return None
    with making_records():
        return _answer(row)


def _answer(row: Row) -> ShownAnswer:
    values = dict(row._mapping)  # noqa: SLF001 - this is its public name
    values["outcome"] = Outcome(row.outcome)
    values["reason"] = None if row.reason is None else Reason(row.reason)
    values["snippets"] = tuple(map(references.unpacked, row.snippets))
    values["carried"] = carrying.unpacked(row.carried)
    return ShownAnswer(**values)


def _messages_of(connection: Connection, answer_id: str) -> tuple[int, ...]:
    of_it = select(messages.c.message_id).where(messages.c.answer_id == answer_id)
    return tuple(connection.scalars(of_it.order_by(messages.c.message_id)))


def _turn(connection: Connection, answer_id: str, page: int) -> bool:
    statement = update(answers).where(answers.c.id == answer_id).values(page=page)
    return connection.execute(statement).rowcount > 0


def _vote(connection: Connection, row: dict[str, Any]) -> bool:
    if connection.scalar(select(answers.c.id).where(answers.c.id == row["answer_id"])) is None:
        return False
    connection.execute(upsert(connection.dialect.name, feedback, "helpful", "given_at"), row)
    return True


def _votes(connection: Connection, answer_id: str | None, since: datetime | None) -> Votes:
    statement = select(feedback.c.helpful, func.count()).group_by(feedback.c.helpful)
    if answer_id is not None:
        statement = statement.where(feedback.c.answer_id == answer_id)
    if since is not None:
        statement = statement.where(feedback.c.given_at >= since)
    counts = {bool(helpful): number for helpful, number in connection.execute(statement)}
    return Votes(helpful=counts.get(True, 0), not_helpful=counts.get(False, 0))
