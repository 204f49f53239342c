"""Run by Alembic: migrates over the connection that bot/state/migrating.py opened."""

from alembic import context

from bot.state.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, though Alembic thinks not
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
