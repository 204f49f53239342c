"""The same tests on each kind of database."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.settings.address import Address
from bot.state import State
from tests.bot.state import postgres


@pytest.fixture(name="server", scope="session")
def _server() -> Iterator[postgres.Server | str]:
    """A PostgreSQL server, or why there is none."""
    with ExitStack() as stack:
        try:
            server: postgres.Server | str = stack.enter_context(postgres.running())
        except postgres.NoServerError as error:
            server = str(error)
        yield server


@pytest.fixture(name="address", params=["sqlite", "postgresql"])
def _address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Address]:
    """Where an empty database is, of each kind."""
    if request.param == "sqlite":
        yield Address.of_file(tmp_path / "state.sqlite3")
        return
    server: postgres.Server | str = request.getfixturevalue("server")
    if isinstance(server, str):
        pytest.skip(f"not tested on PostgreSQL: {server}")
    yield Address.parse(server.empty())


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Address:
    """Where an empty SQLite database is."""
    return Address.of_file(tmp_path / "state.sqlite3")


@pytest.fixture(name="state")
async def _state(address: Address) -> AsyncIterator[State]:
    """A state that is open, of each kind."""
    async with await State.open(address, bot_id=7) as state:
        yield state


@pytest.fixture(name="keeping")
async def _keeping(address: Address) -> AsyncIterator[State]:
    """A state of an operator who keeps questions."""
    async with await State.open(address, keep_questions=True) as state:
        yield state
