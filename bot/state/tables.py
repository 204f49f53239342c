"""The tables. Whoever changes one adds a migration: a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)

from bot.state.columns import AnyText, Id, Json, Moment, Stamp

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

answers = Table(
    "answers",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("chat_id", BigInteger),
    Column("thread_id", BigInteger),
    Column("asker_id", BigInteger, index=True),
    Column("asked_in", BigInteger),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("language", AnyText),
    Column("outcome", String(16), nullable=False),
    Column("reason", String(32)),
    Column("page", Integer, nullable=False),
    Column("corpus_version", AnyText, nullable=False),
    Column("snippets", Json, nullable=False),
    Column("carried", Json),
    Column("question", AnyText),
    Index(None, "chat_id", "asked_in"),
)

messages = Table(
    "messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
)
"""The messages by which an answer was sent."""

feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("helpful", Boolean, nullable=False),
    Column("given_at", Moment, nullable=False),
)

citations = Table(
    "citations",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("article", AnyText, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("start", BigInteger, nullable=False),
    Column("end", BigInteger, nullable=False),
    Column("quote", AnyText, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("publisher", AnyText),
    Column("url", AnyText),
    Column("published_at", Stamp),
    Column("speaker", AnyText),
    Column("inferred", Boolean, nullable=False),
    Column("cited_at", Moment, nullable=False),
    Column("changed_at", Moment),
    Column("left", Boolean, nullable=False),
    Index(None, "article", "sha256", "changed_at", "left"),
)

chats = Table(
    "chats",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16)),
    Column("language", AnyText),
    Column("greeted", Boolean, nullable=False),
    Column("limit", Integer),
    Column("migrated_to", BigInteger),
)

updates = Table(
    "updates",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("status", String(8), nullable=False),
    Column("chat_id", BigInteger),
    Column("user_id", BigInteger, index=True),
    Column("payload", AnyText),
    Column("received_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(16)),
    Column("leased_until", Moment),
    Column("note", AnyText),
    Index(None, "status", "received_at"),
)
"""The inbox. *owner* is the running program that has an update in hand until *leased_until*."""

replies = Table(
    "replies",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger),
    ForeignKeyConstraint(
        ["bot_id", "update_id"], ["updates.bot_id", "updates.update_id"], ondelete="CASCADE"
    ),
)

questions = Table(
    "questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("question", AnyText, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("reason", AnyText),
    Column("language", AnyText),
    Column("asker_id", BigInteger, index=True),
    Column("asked_at", Moment, nullable=False, index=True),
)
"""Unanswered questions, if the operator keeps them."""

reloads = Table(
    "reloads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("began_at", Moment, nullable=False, index=True),
    Column("cause", AnyText, nullable=False),
    Column("by", BigInteger),
    Column("outcome", String(16), nullable=False),
    Column("old_version", AnyText, nullable=False),
    Column("new_version", AnyText),
    Column("seconds", Float, nullable=False),
    Column("detail", AnyText),
    Column("action", String(16), nullable=False, server_default="reload"),
)
"""The audit trail of all that is done to the corpus."""

tallies = Table(
    "tallies",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("name", AnyText, primary_key=True),
    Column("count", BigInteger, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("cause", AnyText, primary_key=True),
    Column("told_at", Moment, nullable=False),
)
"""What admins were told of, and when last."""

runs = Table(
    "runs",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("bot_id", BigInteger, nullable=False),
    Column("started_at", Moment, nullable=False, index=True),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
"""Each start of the program. *ended_at* is None while it runs, and for ever if it was cut off."""
