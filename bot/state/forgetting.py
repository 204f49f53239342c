"""Deleting: what is stored about somebody, and what has been kept long enough."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_, update

from bot.state.entries import Removed, Retention
from bot.state.tables import (
    answers,
    chats,
    feedback,
    notices,
    questions,
    reloads,
    runs,
    tallies,
    updates,
)

CHUNK = 500
"""Rows that are deleted in one transaction, so that others get their turn in between."""


def forget(connection: Connection, user_id: int) -> Removed:
    """Delete what is stored about somebody.

    Of an update that was set aside, what it said and who sent it is deleted, and one that is still
    waiting is answered first. The audit trail keeps which admin reloaded.
    """
    theirs = select(answers.c.id).where(answers.c.asker_id == user_id)
    said = updates.c.user_id == user_id
    return Removed(
        feedback=_delete(
            connection,
            feedback,
            (feedback.c.user_id == user_id) | feedback.c.answer_id.in_(theirs),
        ),
        answers=_delete(connection, answers, answers.c.asker_id == user_id),
        questions=_delete(connection, questions, questions.c.asker_id == user_id),
        chats=_delete(connection, chats, chats.c.id == user_id),
        updates=connection.execute(
            update(updates)
            .where(said, updates.c.status != "waiting")
            .values(payload=None, user_id=None, chat_id=None, note=None)
        ).rowcount,
    )


def outdated(now: datetime, retention: Retention) -> dict[str, tuple[Table, ColumnElement[bool]]]:
    """Return what is to be deleted, by the field of `Removed` that counts it."""
    long_ago = now - timedelta(days=retention.answers)
    closed = updates.c.status == "done"
    of_updates = now - timedelta(days=retention.updates)
    old = (closed & (updates.c.received_at < of_updates)) | (
        (updates.c.status == "aside") & (updates.c.received_at < long_ago)
    )
    return {
        "feedback": (feedback, feedback.c.given_at < long_ago),
        "answers": (answers, answers.c.asked_at < long_ago),
        "questions": (questions, questions.c.asked_at < long_ago),
        "reloads": (reloads, reloads.c.began_at < long_ago),
        "updates": (updates, old),
        "runs": (runs, runs.c.seen_at < long_ago),
        "notices": (notices, notices.c.told_at < long_ago),
        "tallies": (tallies, tallies.c.day < (now - timedelta(days=retention.tallies)).date()),
    }


def delete_some(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> int:
    """Delete at most CHUNK rows, and say how many."""
    key = tuple_(*table.primary_key)
    some = connection.execute(select(*table.primary_key).where(wanted).limit(CHUNK)).all()
    return _delete(connection, table, key.in_(some)) if some else 0


def _delete(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(wanted)).rowcount
