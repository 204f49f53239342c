"""What can go wrong with a database: one error with an address, and what to do about it."""

import asyncio
import logging
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.errors import BotError
from bot.settings.address import Address
from bot.state import State, StateError, StateInUseError, Unanswered
from retrieval.models import Outcome
from tests.bot.state.made import NOW, citation, incoming, shown

SECRET = "who stole the crown"  # noqa: S105 - a question, which is nobody's business


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is locked is waited for no longer than a test can wait."""
    monkeypatch.setattr("bot.state.sqlite.BUSY_SECONDS", 0.05)


def path_of(address: Address) -> Path:
    """The file at *address*."""
    assert address.path is not None
    return address.path


def execute(address: Address, *statements: str) -> None:
    """Do something to a file behind the program's back."""
    with closing(sqlite3.connect(path_of(address), isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


async def refused(address: Address) -> str:
    """Why the state at *address* cannot be opened."""
    with pytest.raises(StateError) as error:
        await State.open(address)
    message = str(error.value)
    assert isinstance(error.value, BotError)
    assert message.startswith(f"{address}: ")
    assert "\n" not in message
    return message.removeprefix(f"{address}: ")


async def test_a_second_bot_on_one_file(file: Address, tmp_path: Path) -> None:
    """It is refused, by whatever name it calls the file, until the first has ended."""
    link = tmp_path / "link.sqlite3"
    async with await State.open(file) as state:
        assert f"another bot (process {os.getpid()})" in await refused(file)
        with pytest.raises(StateInUseError):
            await State.open(file)
        link.symlink_to(path_of(file))
        assert "another bot" in await refused(Address.of_file(link))
        await state.answers.remember(shown())

    await (await State.open(file)).close()


async def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    """Neither the file, nor what SQLite puts beside it, nor a folder that was made for it."""
    address = Address.of_file(tmp_path / "new" / "state.sqlite3")
    async with await State.open(address) as state:
        await state.answers.remember(shown())

        modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "new").iterdir()}
        assert {"state.sqlite3", "state.sqlite3-wal"} <= modes.keys()
        assert set(modes.values()) == {0}
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"no database at all\n" * 100, b"SQLite format 3\0" + b"x" * 9000]
)
async def test_no_database(file: Address, content: bytes) -> None:
    """A file of something else, or of rubbish, is refused and left as it is."""
    path_of(file).write_bytes(content)

    assert "put a backup in its place, or move it away" in await refused(file)
    assert path_of(file).read_bytes() == content


async def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """The system's own words, and what to do."""
    advice = "name a file that can be written to as ONRECORD_STATE"
    assert await refused(Address.of_file(tmp_path)) == f"Is a directory ({tmp_path}); {advice}"
    file = tmp_path / "file"
    file.touch()
    assert await refused(Address.of_file(file / "state")) == f"File exists ({file}); {advice}"


async def test_damage_is_found(file: Address) -> None:
    """Pages that were overwritten are found by a check, and by whoever comes upon them."""
    async with await State.open(file) as state:
        for number in range(300):
            await state.answers.remember(shown(language="x" * 500, asked_in=number, chat_id=1))
        await state.check()
    content = bytearray(path_of(file).read_bytes())
    content[len(content) // 2 :] = b"\xff" * (len(content) - len(content) // 2)
    path_of(file).write_bytes(content)

    async with await State.open(file) as state:
        with pytest.raises(StateError, match="put a backup in its place"):
            await state.check()
        asked = (state.answers.by_question(1, number) for number in range(300))
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert StateError in {type(one) for one in found}


async def test_a_newer_version(address: Address) -> None:
    """A program that is too old does not touch what it does not know."""
    async with await State.open(address) as state:
        await state.database.run(_newer)
    message = await refused(address)

    assert "made by a newer version of this program (it is at 9999, this program" in message
    assert "update the program" in message


async def test_the_database_of_another_program(file: Address) -> None:
    """Its tables are left alone."""
    execute(file, "CREATE TABLE songs (name TEXT)")

    assert await refused(file) == "holds the tables of another program; name another file"


async def test_locked(file: Address) -> None:
    """While another program writes, calls fail with the reason; afterwards all is well."""
    async with await State.open(file) as state:
        with closing(sqlite3.connect(path_of(file), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StateError, match="another program is writing to it"):
                await state.answers.remember(shown())
            assert await state.answers.get("x") is None  # readers do not wait
            other.execute("ROLLBACK")
        await state.answers.remember(shown())


async def test_locked_for_long(file: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited for another program in vain lets nobody after wait as long, until it has ended."""
    monkeypatch.setattr("bot.state.sqlite.BUSY_SECONDS", 0.25)
    async with await State.open(file) as state:
        assert await state.database.run(_patience) == 250
        with closing(sqlite3.connect(path_of(file), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            for _ in range(2):
                with pytest.raises(StateError, match="another program is writing to it"):
                    await state.answers.remember(shown())
                assert await state.database.run(_patience) == 100
            other.execute("ROLLBACK")
        await state.answers.remember(shown())
        assert await state.database.run(_patience) == 250


async def test_full(file: Address) -> None:
    """Nothing is half-written on a full disk, and when there is room again it goes on."""
    whole, cut = shown(), shown()
    large = [citation(start=n, quote="x" * 1000) for n in range(100)]
    async with await State.open(file) as state:
        await state.answers.remember(whole)
        await state.database.run(_pragma, "max_page_count=1")
        with pytest.raises(StateError, match="the disk is full; make room"):
            await state.answers.remember(cut, citations=large)
        assert await state.answers.get(cut.id) is None
        assert await state.answers.get(whole.id) == whole

        await state.database.run(_pragma, "max_page_count=1000000")
        await state.answers.remember(cut, citations=large)
        assert await state.citations.get(large[-1].id) == large[-1]


async def test_read_only(file: Address) -> None:
    """What cannot be written says so; reading goes on."""
    answer = shown()
    async with await State.open(file) as state:
        await state.answers.remember(answer)
        await state.database.run(_pragma, "query_only=ON")
        with pytest.raises(StateError, match="it may not be written to; mend the permissions"):
            await state.answers.remember(shown())
        assert await state.answers.get(answer.id) == answer


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
async def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    """The first start says so."""
    os.chmod(tmp_path, 0o500)  # noqa: PTH101 - ruff takes it for slow

    message = await refused(Address.of_file(tmp_path / "state.sqlite3"))
    assert message.startswith("Permission denied (")


async def test_a_server_that_is_not_there() -> None:
    """The address is shown without the password, and so is every cause that is logged."""
    address = Address.parse("postgresql://bot:hush-hush@127.0.0.1:1/bot")
    with pytest.raises(StateError) as error:
        await State.open(address)

    assert str(error.value).startswith("postgresql://127.0.0.1:1/bot: cannot be reached; is the")
    logged = logging.Formatter().formatException((StateError, error.value, error.tb))
    assert "hush-hush" not in logged


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_a_server_that_stops(address: Address) -> None:
    """Connections that were cut while they were idle cost nothing."""
    async with await State.open(address) as state, await State.open(address) as other:
        await state.answers.get("x")
        await other.database.run(_cut)
        await state.answers.remember(shown())


async def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL is optional, and the error says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    message = await refused(Address.parse("postgresql://localhost/bot"))
    assert message == "needs psycopg: pip install 'on-the-record[postgres]'"


@pytest.mark.parametrize(
    "nonsense",
    [
        "snippets = '[[1,'",
        "snippets = '[[1]]'",
        "snippets = '5'",
        "outcome = 'perhaps'",
        "carried = '[]'",
    ],
)
async def test_nonsense_in_the_database(file: Address, nonsense: str) -> None:
    """What nobody can have written is an error like any other."""
    answer = shown()
    async with await State.open(file) as state:
        await state.answers.remember(answer)
        execute(file, f"UPDATE answers SET {nonsense}")  # noqa: S608 - it is our own
        with pytest.raises(StateError, match="holds what cannot be read"):
            await state.answers.get(answer.id)


async def test_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does what a file does, without one, until it is closed."""
    monkeypatch.chdir(tmp_path)
    answers = [shown(chat_id=n) for n in range(20)]
    async with await State.open(Address.parse(":memory:")) as state:
        await asyncio.gather(*(state.answers.remember(answer) for answer in answers))
        assert await state.answers.get(answers[7].id) == answers[7]
        await state.check()

    assert os.listdir(tmp_path) == []  # noqa: PTH208 - ruff takes it for slow


async def test_no_question_in_the_logs(address: Address, caplog: pytest.LogCaptureFixture) -> None:
    """Not even at DEBUG, and not in the causes of an error."""
    caplog.set_level(logging.DEBUG)
    asked = Unanswered(question=SECRET, outcome=Outcome.NOTHING, asked_at=NOW)
    async with await State.open(address, keep_questions=True) as state:
        await state.inbox.receive([incoming(1, payload=SECRET)])
        await state.answers.remember(shown(question=SECRET), unanswered=asked)
        await state.database.run(_break)
        with pytest.raises(StateError) as error:
            await state.answers.remember(shown(question=SECRET), unanswered=asked)

    logged = logging.Formatter().formatException((StateError, error.value, error.tb))
    assert SECRET not in caplog.text
    assert SECRET not in str(error.value)
    assert SECRET not in logged.replace(f'"{SECRET}"', "")


def _patience(connection: Connection) -> int:
    """Milliseconds that a statement waits for another program."""
    return int(connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one())


def _pragma(connection: Connection, pragma: str) -> None:
    connection.exec_driver_sql(f"PRAGMA {pragma}")


def _newer(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


def _break(connection: Connection) -> None:
    connection.exec_driver_sql("DROP TABLE questions")


def _cut(connection: Connection) -> None:
    connection.exec_driver_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
