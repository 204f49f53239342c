"""The tables that migrations make are the tables that the program uses."""

import asyncio
import json
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.settings.address import Address
from bot.state import State, references
from bot.state.backup import back_up, restore
from bot.state.database import Database
from bot.state.migrating import configured
from bot.state.tables import metadata
from tests.bot.state import made
from tests.bot.state.made import shown


class CutOffError(Exception):
    """Stands for the end of the program."""


async def test_migrated_tables_are_those_of_the_program(state: State) -> None:
    """A change of tables.py without a migration is found here, and one of a migration without it."""
    assert await state.database.run(_differences) == []


async def test_a_start_that_was_cut_off_leaves_nothing(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a migration, or nothing; the next start makes up for it."""

    def cut_off(*_: object, **__: object) -> None:
        raise CutOffError

    with monkeypatch.context() as patch:
        patch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", cut_off)
        with pytest.raises(CutOffError):
            await State.open(address)

    async with await State.open(address) as state:
        await state.answers.remember(shown())


async def test_a_second_start_changes_nothing(address: Address) -> None:
    """What is up to date is left as it is."""
    for _ in range(2):
        async with await State.open(address) as state:
            tables = await state.database.run(lambda c: set(inspect(c).get_table_names()))
            assert tables == {*metadata.tables, "alembic_version"}


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_instances_that_start_together(address: Address) -> None:
    """One makes the tables, the others wait for it."""
    states = await asyncio.gather(*(State.open(address) for _ in range(4)))
    for state in states:
        await state.answers.remember(shown())
        await state.close()


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_what_an_older_version_wrote_is_kept(file: Address, tmp_path: Path) -> None:
    """A state, or a backup, of the first version is brought up to date with all that is in it."""
    database = Database(file)
    await database.run(_first_version)
    await database.close()
    await back_up(file, tmp_path / "old")

    assert await restore(tmp_path / "old", Address.of_file(tmp_path / "new")) == 2
    for address in (file, Address.of_file(tmp_path / "new")):
        async with await State.open(address) as state:
            assert await state.answers.by_message(5, 6) == shown(id="old", chat_id=5)


def _first_version(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    command.upgrade(configured(connection), "0001")
    connection.exec_driver_sql(
        "INSERT INTO answers (id, chat_id, asked_at, outcome, page, corpus_version, snippets)"
        " VALUES ('old', 5, '2024-03-05 12:30:00.000000', 'answered', 0, '0123456789ab', ?)",
        (json.dumps([references.packed(made.reference())]),),
    )
    connection.exec_driver_sql("INSERT INTO messages VALUES (5, 6, 'old')")
