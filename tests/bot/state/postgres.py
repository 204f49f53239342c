"""A PostgreSQL server of our own, from the system's package, for as long as the tests run."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

START = 30.0
"""Seconds that a server may take to come up on a busy machine."""


class NoServerError(Exception):
    """There can be no server here. The message says why."""


@dataclass(frozen=True)
class Server:
    """A running server with one database, reached by a socket in *folder*."""

    folder: Path

    def empty(self) -> str:
        """Empty the database, whoever still uses it, and return its URL."""
        with psycopg.connect(host=str(self.folder), user="bot", dbname="postgres") as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return f"postgresql://bot@/postgres?host={self.folder}"


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
            yield Server(folder)
        finally:
            process.terminate()
            process.wait(START)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version)
    found = shutil.which("initdb")
    for folder in [*reversed(installed), *([Path(found).parent] if found else [])]:
        if all((folder / name).exists() for name in ("initdb", "postgres")):
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
    while True:
        try:
            psycopg.connect(host=str(folder), user="bot", dbname="postgres").close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > ends:
                said = (folder / "log").read_text(encoding="utf-8")[-300:]
                raise NoServerError(f"PostgreSQL does not start: {said}") from error
            time.sleep(0.05)
        else:
            return
