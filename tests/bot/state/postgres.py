"""A PostgreSQL server of our own, from the system's package, for as long as the tests run."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

START = 30.0
"""Seconds that a server may take to come up on a busy machine."""


class NoServerError(Exception):
    """There can be no server here. The message says why."""


@dataclass(frozen=True)
class Server:
    """A running server, reached by a socket in *folder*."""

    folder: Path
    psql: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        name = f"state{next(self._numbers)}"
        self._sql("postgres", f"CREATE DATABASE {name}")
        return f"postgresql://bot@/{name}?host={self.folder}"

    def drop(self, url: str) -> None:
        """Remove a database, whoever still uses it."""
        name = url.removeprefix("postgresql://bot@/").partition("?")[0]
        self._sql("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, database: str, statement: str) -> None:
        command: list[str | Path] = [
            self.psql,
            "-h",
            self.folder,
            "-U",
            "bot",
            "-d",
            database,
            "-qc",
            statement,
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=START)


@contextmanager
def running() -> Iterator[Server]:
    """Start a server that nobody outside can reach. Raises NoServerError."""
    programs, user = _programs(), _somebody()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path has to be short
    try:
        if user is not None:
            shutil.chown(folder, user)
        options = ["--auth=trust", "--username=bot", "--encoding=UTF8", "--no-sync"]
        _run([programs / "initdb", "-D", folder / "data", *options], user)
        command: list[str | Path] = [programs / "postgres", "-D", folder / "data", "-k", folder]
        # Nothing here outlives the tests, so nothing need reach the disk.
        command += ["-c", "listen_addresses=", "-c", "fsync=off"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, user=user, cwd="/")
        try:
            _wait(process, folder)
            yield Server(folder, programs / "psql")
        finally:
            process.terminate()
            process.wait(START)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    found = shutil.which("initdb")
    for folder in [*reversed(installed), *([Path(found).parent] if found else [])]:
        if all((folder / name).exists() for name in ("initdb", "postgres", "psql")):
            return folder
    raise NoServerError("PostgreSQL is not installed (Debian, Ubuntu: apt install postgresql)")


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _somebody() -> str | None:
    """Who runs the server: the one who runs the tests, unless that is root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServerError("root may not run PostgreSQL, and there is no user postgres or nobody")


def _run(command: list[str | Path], user: str | None) -> None:
    done = subprocess.run(
        command, user=user, cwd="/", capture_output=True, text=True, check=False, timeout=START
    )
    if done.returncode:
        raise NoServerError(f"{command[0]} failed: {done.stderr.strip()}")


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    ends = time.monotonic() + START
    while not (folder / ".s.PGSQL.5432").exists():
        if process.poll() is not None or time.monotonic() > ends:
            raise NoServerError(f"PostgreSQL does not start: {(folder / 'log').read_text()[-300:]}")
        time.sleep(0.05)
