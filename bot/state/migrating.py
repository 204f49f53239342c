"""The tables of this version of the program, whatever version made the database."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.settings.address import Address
from bot.state.errors import StateError

logger = logging.getLogger(__name__)

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x4F6E5265636F7264
"""Held on PostgreSQL, so that of several instances that start together one migrates."""


def migrate(connection: Connection, address: Address) -> None:
    """Bring the tables up to date, in the transaction of *connection*: wholly or not at all.

    Raises StateError when a newer program made them, or another program's tables are there.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    else:
        # Nothing else begins a transaction before a table is made.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = configured(connection)
    known = ScriptDirectory.from_config(config)
    present = MigrationContext.configure(connection).get_current_heads()
    newest = known.get_current_head()
    if present == (newest,):
        return
    revisions = {script.revision for script in known.walk_revisions()}
    if strange := set(present) - revisions:
        raise StateError(
            address,
            f"was made by a newer version of this program (it is at {min(strange)}, this program "
            f"knows up to {newest}); update the program, or put back a backup from before",
        )
    if not present and not address.is_server and inspect(connection).get_table_names():
        raise StateError(address, "holds the tables of another program; name another file")
    logger.info(
        "%s: bringing the tables from %s to %s", address, ", ".join(present) or "nothing", newest
    )
    command.upgrade(config, "head")


def refuse_unless_current(connection: Connection, address: Address) -> None:
    """Raise StateError unless this very version's tables are there."""
    known = ScriptDirectory.from_config(configured(connection))
    if MigrationContext.configure(connection).get_current_heads() != (known.get_current_head(),):
        raise StateError(
            address, "is of another version of this program; start the bot once, which updates it"
        )


def configured(connection: Connection) -> Config:
    """What Alembic needs to find the migrations and to run them over *connection*."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
