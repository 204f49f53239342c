"""Several instances over one database: what one puts in place, the others follow."""

import asyncio
from pathlib import Path

import pytest

from bot.instances import instances_followed
from bot.library import Library
from bot.reports import By
from bot.settings.address import Address
from bot.snapshots import Snapshots
from bot.state import Action, State
from tests.bot.administering import KEPT, NEW, OLD
from tests.bot.running import write_articles


def opened(folder: Path, corpus: Path) -> Library:
    """An instance's library, with an index of its own."""
    snapshots = Snapshots(corpus, folder=folder)
    return Library(snapshots, snapshots.open())


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_another_instance_follows(address: Address, tmp_path: Path) -> None:
    """A reload, and then a rollback, of one instance are soon those of the other, and no third one's."""
    corpus = write_articles(tmp_path / "corpus", OLD)
    async with await State.open(address) as one, await State.open(address) as other:
        deciding, following = opened(tmp_path / "1", corpus), opened(tmp_path / "2", corpus)
        deciding.trail.on_line(one.journal.record)
        following.trail.on_line(other.journal.record)
        old = deciding.snapshot.corpus.version
        write_articles(corpus, NEW, KEPT)
        async with (
            instances_followed(one, deciding, every=0.05),
            instances_followed(other, following, every=0.05),
        ):
            new = (await deciding.reload(by=By("command", 42))).new_version
            await at_version(following, new)
            await deciding.roll_back(old, by=By("command", 42))
            await at_version(following, old)
            await asyncio.sleep(0.3)
            lines = await one.journal.reloads()
        deciding.close()
        following.close()

    assert [(each.action, each.new_version) for each in reversed(lines)] == [
        (Action.RELOAD, new),
        (Action.FOLLOW, new),
        (Action.ROLLBACK, old),
        (Action.FOLLOW, old),
    ]


async def at_version(library: Library, version: str) -> None:
    """Return when *library* is at *version*."""
    async with asyncio.timeout(20):
        while library.snapshot.corpus.version != version:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
async def test_a_file_has_one_instance(address: Address, tmp_path: Path) -> None:
    """Where the state is a file nobody looks; the trail tells what was decided all the same."""
    library = opened(tmp_path / "1", write_articles(tmp_path / "corpus", OLD))
    async with await State.open(address) as state, instances_followed(state, library, every=0.01):
        library.trail.on_line(state.journal.record)
        before = await state.journal.decided()
        await library.check()
        checked = await state.journal.decided()
        report = await library.reload()
        decided = await state.journal.decided()
        count, second = await state.journal.reload_count(), await state.journal.reloads(1, offset=1)
    library.close()

    assert before is checked is None
    assert decided is not None
    assert decided[1] == report.new_version
    assert (count, [each.action for each in second]) == (2, [Action.CHECK])
