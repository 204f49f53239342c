"""Reads a corpus over and over and is killed each time at another moment: `python killing.py FOLDER STEP`.

Before each statement that the archive is about to make, of every one of STEP, a child process is
killed; then the archive must open, and give what the folder holds. Prints how often that was done.
"""

import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

from corpus import database
from corpus.archive import Archive
from corpus.loading import load
from tests.corpus.folders import line, whole


def forked(work: object, *arguments: object) -> int:
    """Do *work* in a child; return the signal that ended it."""
    if not (child := os.fork()):
        work(*arguments)  # type: ignore[operator] # whatever is called
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def killed_at(moment: int, path: Path, folder: Path) -> None:
    """Read *folder*; die before statement number *moment*."""
    left = [moment]
    connect = database.connect

    def step(statement: str) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(where: Path) -> sqlite3.Connection:
        connection = connect(where)
        connection.set_trace_callback(step)
        return connection

    vars(database)["connect"] = traced
    archive = Archive.open(path)
    archive.read(folder)
    archive.prune()


def killed_after(seconds: float, path: Path, folder: Path) -> int:
    """Read *folder*, and die after so many seconds."""
    if not (child := os.fork()):
        archive = Archive.open(path)
        archive.read(folder)
        archive.prune()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def change(folder: Path, number: int) -> None:
    """Let the folder be another one."""
    (folder / "a.jsonl").write_text(line(1, f"Text {number}.") + "{\n" + line(2))
    (folder / f"{number % 3}.txt").write_text(f"Sirens {number}.")
    (folder / f"{(number + 1) % 3}.txt").unlink(missing_ok=True)


def check(path: Path, folder: Path) -> None:
    """The archive opens, and says the truth."""
    archive = Archive.open(path)
    assert whole(archive.read(folder)) == whole(load(folder))
    assert archive.troubles == [], archive.troubles
    archive.close()


def main() -> None:
    """Kill at each step of the first reading and of one after changes, then at random moments."""
    folder, step = Path(sys.argv[1]), int(sys.argv[2])
    kept, done = folder.with_name("kept"), 0
    path = kept / "articles.sqlite3"
    for anew in (True, False):
        moment, ended = 1, int(signal.SIGKILL)
        while ended == signal.SIGKILL:
            if anew:
                shutil.rmtree(kept, ignore_errors=True)
            change(folder, moment)
            ended = forked(killed_at, moment, path, folder)
            check(path, folder)
            moment, done = moment + step, done + 1
    chance = random.Random(5)  # noqa: S311 - nothing secret
    for number in range(20):
        change(folder, number)
        killed_after(chance.random() * 0.02, path, folder)
        check(path, folder)
        done += 1
    sys.stdout.write(f"{done}\n")


if __name__ == "__main__":
    main()
