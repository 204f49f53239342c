"""The tables that migrations make are the tables that the program uses."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.address import Address
from bot.state import State
from bot.state.tables import metadata
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
