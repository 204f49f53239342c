"""What starts a reload besides the command: wishes, one at a time, and what becomes of them."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.library import Library
from bot.reports import By
from bot.snapshots import Snapshots, load_snapshot
from bot.state.entries import Reload, ReloadOutcome
from bot.triggers import Wishes, if_it_tells_something, signals_heard, wishes_granted
from retrieval.models import Outcome
from tests.bot.administering import KEPT, NEW, OLD, QUESTION, corpus_of, golden, write_golden
from tests.bot.running import running, write_articles
from tests.bot.test_library import Gate
from tests.bot.test_process import started
from tests.standin import Standin

if TYPE_CHECKING:
    from bot.alarms import Notice


async def until(holds: Callable[[], object], seconds: float = 10.0) -> None:
    """Return once *holds* does."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is looked at has no event
            await asyncio.sleep(0.01)


class Kept:
    """A library, its wishes, the lines of its audit trail and what admins were told."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.wishes = Wishes()
        self.lines: list[Reload] = []
        self.told: list[Notice] = []
        library.trail.on_line(self._write)

    async def _write(self, line: Reload) -> None:
        self.lines.append(line)

    @property
    def causes(self) -> list[str]:
        """What the reloads came of."""
        return [line.cause for line in self.lines]


@asynccontextmanager
async def kept(folder: Path, *, every: float = 0.0) -> AsyncIterator[Kept]:
    """Grant wishes over *folder* during the block."""
    library = Library(Snapshots(folder), load_snapshot(folder))
    each = Kept(library)
    async with wishes_granted(each.wishes, library, each.told.append, every=every):
        yield each
    library.close()


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return corpus_of(tmp_path / "corpus")


async def test_a_wish_is_granted(corpus: Path) -> None:
    """A wish reloads, and the trail says what it came of; no admin is told."""
    async with kept(corpus) as each:
        write_articles(corpus, NEW)
        each.wishes.ask("folder")
        await until(lambda: each.lines)

        assert [article.id for article in each.library.snapshot.corpus.articles] == ["new"]
        assert each.causes == ["folder"]
        assert each.told == []


async def test_many_wishes_during_a_reload_are_one_more(corpus: Path) -> None:
    """Ten wishes while a reload runs make one reload afterwards, not ten."""
    async with kept(corpus) as each:
        gate = Gate()
        first = each.library.reload(gate)
        await gate.reached.wait()

        for _ in range(10):
            each.wishes.ask("signal")
        await asyncio.sleep(0.05)
        assert each.lines == []
        gate.opened.set()
        await first
        await until(lambda: len(each.lines) == 2)
        await asyncio.sleep(0.3)

        assert each.causes == ["command", "signal"]


async def test_schedule(corpus: Path) -> None:
    """Every so often the corpus is read afresh without anybody's doing."""
    async with kept(corpus, every=0.05) as each:
        write_articles(corpus, NEW)
        await until(lambda: len(each.lines) >= 2)

    assert set(each.causes[:2]) == {"schedule"}


async def test_what_breaks_golden_questions_is_let_go_of(corpus: Path) -> None:
    """It is not put in place, admins hear which break, nothing waits, and the next wish is heard."""
    write_golden(corpus, golden("minister", QUESTION, OLD))
    async with kept(corpus) as each:
        before = each.library.snapshot.corpus.version
        write_articles(corpus, KEPT)

        each.wishes.ask("schedule")
        await until(lambda: len(each.lines) == 2)

        assert each.library.snapshot.corpus.version == before
        assert not each.library.undecided
        assert [line.outcome for line in each.lines] == ["waiting", "cancelled"]
        [notice] = each.told
        assert (notice.cause, notice.message_id) == ("golden", "alarm-golden")
        assert notice.values["count"] == 1
        assert f"minister: {QUESTION}" in str(notice.values["questions"])
        write_articles(corpus, OLD, KEPT, NEW)
        each.wishes.ask("schedule")
        await until(lambda: len(each.lines) == 3)
        assert each.library.snapshot.corpus.version != before


async def test_what_an_admin_decides_on_is_waited_for(corpus: Path) -> None:
    """A wish does not take the buttons away from an admin who is about to decide."""
    write_golden(corpus, golden("minister", QUESTION, OLD))
    async with kept(corpus) as each:
        write_articles(corpus, KEPT)
        report = await each.library.reload(by=By("command", 42))
        assert report.offer is not None

        each.wishes.ask("folder")
        await asyncio.sleep(0.1)
        assert each.library.undecided
        await each.library.confirm(report.offer, by=By("command", 42))
        await until(lambda: "folder" in each.causes)

        assert each.library.snapshot.corpus.version == report.new_version


async def test_a_failure_is_survived(corpus: Path) -> None:
    """An empty folder changes nothing, and when there is something again a wish is granted."""
    async with kept(corpus) as each:
        write_articles(corpus)
        each.wishes.ask("schedule")
        await until(lambda: each.lines)
        assert each.lines[0].outcome is ReloadOutcome.FAILED
        assert (await each.library.ask(QUESTION)).outcome is Outcome.ANSWERED

        write_articles(corpus, NEW)
        each.wishes.ask("schedule")
        await until(lambda: len(each.lines) == 2)

        assert each.lines[1].outcome is ReloadOutcome.LOADED


async def test_only_what_tells_something_is_recorded(corpus: Path) -> None:
    """A schedule that finds nothing new leaves no line; what an admin asked for always does."""
    recorded: list[Reload] = []

    async def record(line: Reload) -> None:
        recorded.append(line)

    library = Library(Snapshots(corpus), load_snapshot(corpus))
    library.trail.on_line(if_it_tells_something(record))
    await library.reload(by=By("schedule"))
    assert recorded == []
    await library.reload(by=By("command", 42))
    write_articles(corpus, NEW)
    await library.reload(by=By("schedule"))
    library.close()

    assert [line.cause for line in recorded] == ["command", "schedule"]


async def test_signal() -> None:
    """During the block SIGHUP is a wish; afterwards it is what it was."""
    of_the_tests = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored
    try:
        wishes = Wishes()
        with signals_heard(wishes):
            os.kill(os.getpid(), signal.SIGHUP)
            async with asyncio.timeout(60):
                assert await wishes.next() == "signal"

        assert signal.getsignal(signal.SIGHUP) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, of_the_tests)


async def test_admins_are_told_over_the_wire(standin: Standin, corpus: Path) -> None:
    """What breaks golden questions reaches an admin's chat, once though it happens twice."""
    admin = standin.user(42, "Adam")
    chat = standin.private(admin)
    write_golden(corpus, golden("minister", QUESTION, OLD))
    async with running(standin, corpus, admins=[42]) as bot:
        wishes = Wishes()
        lines: list[Reload] = []

        async def note(line: Reload) -> None:
            lines.append(line)

        bot.library.trail.on_line(note)
        async with wishes_granted(wishes, bot.library, bot.monitor.tell):
            for number in (1, 2):
                write_articles(corpus, KEPT)
                wishes.ask("schedule")
                await until(partial(_has, lines, 2 * number))
            await until(lambda: standin.world.chats[chat.id].messages)
            await asyncio.sleep(0.3)

    told = [each.text for each in chat.messages.values() if "golden questions" in each.text]
    assert len(told) == 1
    assert "minister" in told[0]


async def test_sighup_to_the_program(standin: Standin, tmp_path: Path) -> None:
    """A real process reads its articles afresh on SIGHUP, and goes on."""
    corpus = corpus_of(tmp_path / "corpus")
    more = {"ONRECORD_CORPUS": str(corpus), "ONRECORD_STATE": ":memory:"}
    async with started(standin, tmp_path, **more) as program:
        await standin.wait_for_poll()
        write_articles(corpus, NEW)
        program.process.send_signal(signal.SIGHUP)
        await program.wait_for_line("reloaded (signal): +1")

        assert program.process.returncode is None
        assert await program.end() == 0


def _has(lines: list[Reload], count: int) -> bool:
    return len(lines) == count
