"""How long the event loop is held up by a reload, while questions are being asked.

python -m tests.benchmarks.loop_gap [--articles N] [--changed N] [--folder PATH] [--askers N]

Makes a corpus up, opens what is saved of it (or indexes it, at first), asks it questions, changes some
of it, and reloads it meanwhile, all through the bot's own Library. To index many takes minutes: name a
folder, and it is done once.
Prints how late a timer of 1 ms was: at rest, with questions only, and with a reload beside them.
"""

import argparse
import asyncio
import sys
import tempfile
import threading
import time
import traceback
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from typing_extensions import override

from bot.library import Library
from bot.pauses import short_pauses
from bot.snapshots import Snapshots
from tests.benchmarks.footprint import change, write_news
from tests.benchmarks.made_up import Newsroom

TICK = 0.001
LONG = 0.03
BYSTANDER = f"""
import select, sys, time
worst = 0.0
while not select.select([sys.stdin], [], [], 0)[0]:
    before = time.perf_counter()
    time.sleep({TICK})
    worst = max(worst, time.perf_counter() - before - {TICK})
print(worst)
"""
"""A program that does nothing but keep the time: how late it is, the machine is to blame for."""


@dataclass
class Gaps:
    """How late the timer was each time, in seconds."""

    late: list[float] = field(default_factory=list)
    causes: list[tuple[float, float, str]] = field(default_factory=list)
    """(seconds late, seconds since the beginning, where the other threads were) of the long ones."""
    elsewhere: float = 0.0
    """The longest of a program beside this one, in seconds."""

    def note(self, late: float, at: float) -> None:
        """Add one; of a long one, keep what the other threads had in hand when it ended."""
        self.late.append(late)
        if late > LONG:
            self.causes.append((late, at, "; ".join(_other_threads())))

    @override
    def __str__(self) -> str:
        tail = quantiles(self.late, n=1000, method="inclusive")[-1]
        head = (
            f"median {median(self.late) * 1000:.2f} ms, 99.9 % {tail * 1000:.1f} ms, "
            f"max {max(self.late) * 1000:.1f} ms (an idle program beside it: "
            f"{self.elsewhere * 1000:.1f} ms)"
        )
        worst = sorted(self.causes, reverse=True)[:8]
        lines = [f"    {late * 1000:.1f} ms at {at:.2f} s: {why}" for late, at, why in worst]
        return "\n".join([head, *lines])


def _other_threads() -> Iterator[str]:
    """The two innermost places of each thread but this one that is not waiting for work."""
    for identity, frame in sys._current_frames().items():
        stack = traceback.extract_stack(frame)
        if identity != threading.get_ident() and stack[-1].name not in {
            "_worker",
            "wait",
            "_do_waitpid",
        }:
            places = (f"{Path(each.filename).name}:{each.lineno}" for each in stack[-2:])
            yield " > ".join(places)


async def measure(work: Awaitable[object]) -> Gaps:
    """The gaps of the event loop until *work* is done."""
    bystander = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", BYSTANDER), stdin=PIPE, stdout=PIPE
    )
    task, gaps = asyncio.ensure_future(work), Gaps()
    began = time.perf_counter()
    while not task.done():
        before = time.perf_counter()
        await asyncio.sleep(TICK)
        now = time.perf_counter()
        gaps.note(now - before - TICK, now - began)
    await task
    gaps.elsewhere = float((await bystander.communicate(b""))[0])
    return gaps


async def ask(library: Library, times: list[float]) -> None:
    """Ask one question after the other until cancelled, noting how long each took."""
    known = library.snapshot.index.articles
    some = [known[number] for number in range(0, len(known), max(1, len(known) // 50))]
    for question in Newsroom(len(times)).questions(some, 100_000):
        before = time.perf_counter()
        await library.ask(question)
        times.append(time.perf_counter() - before)


async def run(options: argparse.Namespace) -> None:
    """Make a corpus, open it, and measure."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        news, saved = folder / "news", folder / "saved"
        write_news(news, options.articles)
        snapshots = Snapshots(news, folder=saved)
        began = time.perf_counter()
        library = Library(snapshots, snapshots.open())
        print(f"{library.snapshot.index.searched.passages} passages", end=", ")
        print(f"opened or indexed in {time.perf_counter() - began:.1f} s")
        with short_pauses():  # as the bot does that serves
            await _measure_all(library, news, options)
        library.close()


async def _measure_all(library: Library, news: Path, options: argparse.Namespace) -> None:
    print("at rest        ", await measure(asyncio.sleep(options.seconds)))
    times: list[float] = []
    asking = [asyncio.create_task(ask(library, times)) for _ in range(options.askers)]
    await asyncio.sleep(1)
    times.clear()
    print("questions      ", await measure(asyncio.sleep(options.seconds)), _asked(times))
    usual = median(times)
    change(news, options.changed)
    times.clear()
    began = time.perf_counter()
    print("and a reload   ", await measure(library.reload()), _asked(times))
    print(f"    reloaded in {time.perf_counter() - began:.1f} s; the median question took")
    print(f"    {median(times) / usual:.2f} times as long as without a reload")
    times.clear()
    print("after it       ", await measure(asyncio.sleep(options.seconds)), _asked(times))
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)


def _asked(times: list[float]) -> str:
    return f"\n    {len(times)} questions, median {median(times) * 1000:.1f} ms, longest {max(times) * 1000:.1f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000, help="of about five passages each")
    parser.add_argument("--changed", type=int, default=500, help="articles, before the reload")
    parser.add_argument("--folder", type=Path, help="where all of it is written, and stays")
    parser.add_argument("--seconds", type=float, default=5.0, help="of rest, and of questions only")
    parser.add_argument("--askers", type=int, default=8, help="questions at the same time")
    asyncio.run(run(parser.parse_args()))
