"""A state that fails while people ask: they are answered, admins are told once, nothing is dropped."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.bot.running import running
from tests.standin import Standin, User

QUESTION = "who denied involvement?"
ADMIN = 42


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is locked, and what could not be written, is tried again soon."""
    monkeypatch.setattr("bot.state.sqlite.BUSY_SECONDS", 0.05)
    monkeypatch.setattr("bot.delivery.inbox._LATER", 0.5)


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a megabyte; only the system's own user may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no disk can be filled up here: {made.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill *disk* to its last byte for as long as the block takes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 512, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let another program write to *file*, and not finish, for as long as the block takes."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def spoil(folder: Path) -> None:
    """Write rubbish over a state and what SQLite keeps beside it."""
    for part in folder.glob("state.sqlite3*"):
        part.write_bytes(b"\xff" * part.stat().st_size)


async def crowd_is_answered(standin: Standin, first: int, number: int) -> None:
    """So many people ask, and each has an answer, and one only."""
    people = [standin.user(first + each, f"P{each}") for each in range(number)]
    for person in people:
        reply = await standin.wait_for_reply(standin.say(person, QUESTION))
        assert reply.marked("blockquote")
    assert standin.doubled() == []


async def recovered(standin: Standin, person: User) -> bool:
    """Whether the state is used again: an answer has the buttons that need it."""
    for _ in range(20):
        reply = await standin.wait_for_reply(standin.say(person, QUESTION))
        if any("callback_data" in button for button in reply.buttons()):
            return True
    return False


def waiting(file: Path) -> int:
    """How many updates are not done in the state in *file*."""
    with closing(sqlite3.connect(file)) as database:
        counted = database.execute("SELECT count(*) FROM updates WHERE status = 'waiting'")
        return int(counted.fetchone()[0])


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [("full", "the disk is full"), ("locked", "another program is writing to it")],
)
async def test_for_a_while(
    standin: Standin, trouble: str, reason: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """With the disk full, or the file locked: answered all along, told once, and well again after it."""
    adam = standin.user(ADMIN, "Adam")
    standin.private(adam)
    folder = request.getfixturevalue("small_disk") if trouble == "full" else tmp_path
    file = folder / "state.sqlite3"
    async with running(standin, state=str(file), admins=[ADMIN], questions_per_user=600):
        await crowd_is_answered(standin, 100, 2)
        with full(folder) if trouble == "full" else locked(file):
            await crowd_is_answered(standin, 200, 30)
            await standin.wait_for_message(adam, "from memory")
        assert await recovered(standin, standin.user(300, "Zoe"))
        told = [sent.text for sent in standin.sent(adam) if "from memory" in sent.text]

    (text,) = told
    assert reason in text
    assert waiting(file) == 0


async def test_for_good(standin: Standin, tmp_path: Path) -> None:
    """With rubbish in the file, people are answered as before, and the admins know why."""
    adam = standin.user(ADMIN, "Adam")
    standin.private(adam)
    file = tmp_path / "state.sqlite3"
    async with running(standin, state=str(file), admins=[ADMIN]):
        await crowd_is_answered(standin, 100, 2)
        spoil(tmp_path)
        await crowd_is_answered(standin, 200, 10)
        told = await standin.wait_for_message(adam, "from memory")

    assert "damaged" in told.text
