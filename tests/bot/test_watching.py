"""A folder that is looked after: what is told, what is passed over, and that it never gives up."""

import asyncio
import importlib.util
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.watching import folder_watched

QUIET = 0.2


class Told:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1

    async def reach(self, times: int) -> None:
        """Return when it was told so often."""
        async with asyncio.timeout(15):
            while self.times < times:  # noqa: ASYNC110 - a counter has no event
                await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(path: Path, *, poll: bool = False) -> AsyncIterator[Told]:
    """Watch *path*, and wait until it is."""
    told = Told()
    async with folder_watched(path, told, quiet=QUIET, poll=poll):
        await asyncio.sleep(2 * QUIET)
        yield told


@pytest.mark.parametrize("poll", [False, True], ids=["inotify", "polling"])
async def test_many_changes_are_one(tmp_path: Path, poll: bool) -> None:
    """A burst of new files, also in new folders, is told once; a later change once more."""
    async with watched(tmp_path, poll=poll) as told:
        for number in range(20):
            folder = tmp_path / f"f{number % 3}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.txt").write_text("Some text.")
        await told.reach(1)
        await asyncio.sleep(5 * QUIET)
        assert told.times == 1

        (tmp_path / "f0" / "0.txt").unlink()
        await told.reach(2)


async def test_what_is_passed_over(tmp_path: Path) -> None:
    """Hidden and temporary files, and what is in hidden folders, wake nobody."""
    (tmp_path / ".incoming").mkdir()
    async with watched(tmp_path) as told:
        (tmp_path / ".hidden.txt").write_text("x")
        (tmp_path / "text.txt~").write_text("x")
        (tmp_path / ".incoming" / "a.txt").write_text("x")
        await asyncio.sleep(6 * QUIET)

        assert told.times == 0


async def test_a_single_file(tmp_path: Path) -> None:
    """A corpus of one file is noticed when another takes its place; its neighbours are not."""
    file = tmp_path / "news.jsonl"
    file.write_text("{}")
    async with watched(file) as told:
        (tmp_path / "other.txt").write_text("x")
        await asyncio.sleep(5 * QUIET)
        assert told.times == 0
        for times in (1, 2):
            beside = tmp_path / "beside.part"
            beside.write_text("{}\n" * times)
            beside.replace(file)
            await told.reach(times)


async def test_a_folder_that_goes_and_comes(tmp_path: Path) -> None:
    """A folder that is taken away is waited for, and then watched as before."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    async with watched(folder) as told:
        shutil.rmtree(folder)
        await asyncio.sleep(5 * QUIET)
        times = told.times
        folder.mkdir()
        await told.reach(times + 1)
        await asyncio.sleep(3 * QUIET)
        times = told.times
        (folder / "a.txt").write_text("x")
        await told.reach(times + 1)


async def test_polling_where_the_system_has_no_more_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the system gives no watch, the folder is looked through instead."""
    import watchfiles

    real = watchfiles.watch

    def refusing(*paths: Path, **options: object) -> object:
        if not options["force_polling"]:
            raise OSError(28, "OS file watch limit reached")
        return real(*paths, **options)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(watchfiles, "watch", refusing)
    async with watched(tmp_path) as told:
        (tmp_path / "a.txt").write_text("x")
        await told.reach(1)


async def test_a_missing_part_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the error says which command installs it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)

    with pytest.raises(SettingsError, match=r"pip install 'on-the-record\[watch\]'"):
        async with folder_watched(tmp_path, lambda: None):
            pass
