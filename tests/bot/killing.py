"""A program that changes a corpus and is killed before each of its steps, one after another.

`python -m tests.bot.killing FOLDER CHANGE [MOST]` prints a line of JSON for each step, or for MOST of
them by chance: what is in the corpus folder then, and what a restart answers from. The first line is of
the run that nobody killed.
"""

import asyncio
import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.corpus_folder import CorpusFolder, Landing
from bot.library import Library
from bot.removed import Removal, Restoration
from bot.snapshots import Snapshots
from bot.transaction import Change
from corpus.loading import load
from tests.bot.administering import KEPT, NEW, OLD
from tests.bot.running import write_articles

STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate"}
"""What a program can do to files, by the names of Python's audit events."""

ENDLESS = 1_000_000
"""More steps than there are."""

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def opened(root: Path) -> Library:
    """The library of a corpus whose snapshots are kept, as after a start."""
    snapshots = Snapshots(root / "corpus", folder=root / "index")
    return Library(snapshots, snapshots.open())


def prepared(root: Path, change: str) -> tuple[Library, Change | None]:
    """A corpus that was reloaded once, and what is to be done to it."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    corpus = write_articles(root / "corpus", OLD)
    library = opened(root)
    write_articles(corpus, OLD, KEPT)
    asyncio.run(reload(library, None))
    if change == "add":
        folder = CorpusFolder(corpus)
        staged = folder.stage("Rain.txt", b"It rained.", date(2026, 11, 23))
        return library, Landing(folder, staged.token)
    if change == "remove":
        return library, Removal(corpus, "old", 42)
    if change == "restore":
        asyncio.run(reload(library, Removal(corpus, "old", 42)))
        return library, Restoration(corpus, "old")
    if change == "reload":
        # As an operator does it who knows how: beside the old file, and renamed.
        write_articles(root / "other", NEW, KEPT)
        (root / "other" / "articles.jsonl").replace(corpus / "articles.jsonl")
    return library, None


async def reload(library: Library, change: Change | None) -> None:
    """Do it, and put the outcome in place."""
    await library.reload(change=change)


async def go_back(library: Library) -> None:
    """Put the version before in place."""
    kept = await library.kept()
    await library.roll_back(kept[1].version)


def killed_before(step: int, below: Path) -> list[int]:
    """Let this process be killed before the step of this number that changes a file *below*.

    Returns how many are left.
    """
    left = [step]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in STEPS or not arguments or not str(arguments[0]).startswith(str(below)):
            return
        if event == "open" and not int(arguments[2] or 0) & WRITES:
            return
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    sys.addaudithook(hook)
    return left


def change_it(root: Path, change: str, step: int) -> None:
    """The run that is killed."""
    library, what = prepared(root, change)
    versions = {"folder": load(root / "corpus").version, "asked": library.snapshot.corpus.version}
    (root / "before.json").write_text(json.dumps(versions), encoding="utf-8")
    left = killed_before(step, root)
    asyncio.run(go_back(library) if change == "rollback" else reload(library, what))
    steps = step - left[0]
    (root / "before.json").write_text(json.dumps(versions | {"steps": steps}), encoding="utf-8")


def look(root: Path) -> None:
    """What is there after it, told on standard output."""
    before = json.loads((root / "before.json").read_text(encoding="utf-8"))
    found = load(root / "corpus")
    started = opened(root).snapshot
    again = opened(root)
    assert again.snapshot.corpus.version == started.corpus.version, "two starts differ"
    asyncio.run(reload(again, None))
    told = {
        "before": before,
        "folder": found.version,
        "refused": [str(each) for each in found.refused],
        "started": started.corpus.version,
        "answered": bool(started.answer("who denied everything?").snippets),
        "reloaded": again.snapshot.corpus.version,
    }
    os.write(1, f"{json.dumps(told)}\n".encode())


def forked(work: Callable[[], None]) -> int:
    """Do *work* in a process that has all modules already; return its exit code, negative if killed."""
    if (child := os.fork()) == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it has to end here, whatever it is
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def run(root: Path, change: str, step: int) -> int:
    """Be killed before this step, and tell what is there then; return the exit code."""
    ended = forked(partial(change_it, root, change, step))
    return forked(partial(look, root)) or (0 if ended in {0, -signal.SIGKILL} else ended)


def main(root: Path, change: str, most: int = ENDLESS) -> int:
    """Let it run to its end, then kill it."""
    if run(root, change, ENDLESS) != 0:
        return 1
    steps = int(json.loads((root / "before.json").read_text(encoding="utf-8"))["steps"])
    chosen = sorted(random.sample(range(steps), min(most, steps)))
    return max((run(root, change, step) for step in chosen), default=0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])))
