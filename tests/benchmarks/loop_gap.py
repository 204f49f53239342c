"""How long the event loop is held up by a reload, while questions are being asked.

python -m tests.benchmarks.loop_gap [--articles N] [--seconds S]

Generates a corpus, asks it questions, and reloads it meanwhile, all through the bot's own Library.
Prints how late a timer of 1 ms was: at rest, with questions only, and with a reload beside them.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import threading
import time
import traceback
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from typing_extensions import override

from bot.library import Library
from bot.snapshots import Snapshots, load_snapshot

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
SYLLABLES = ["ba", "kor", "den", "lis", "mo", "ra", "ti", "vel", "san", "pu", "gri", "no", "ek"]
VERBS = ["said", "denied", "warned", "confirmed", "accused", "visited", "blamed", "announced"]


def write_corpus(path: Path, articles: int) -> None:
    """Write *articles* made-up articles of four paragraphs, the words as skewed as real ones."""
    chance = random.Random(7)  # noqa: S311 - text, not secrets
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(30_000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]
    start = datetime(2023, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            paragraphs = [
                " ".join(_sentence(chance, words, weights) for _ in range(4)) for _ in range(4)
            ]
            article = {
                "id": f"a{number}",
                "title": " ".join(chance.choices(words, weights, k=6)).capitalize(),
                "text": "\n".join(paragraphs),
                "url": f"https://example.org/{number}",
                "publisher": "Example",
                "published_at": (start + timedelta(minutes=number)).isoformat(),
            }
            file.write(json.dumps(article) + "\n")


def _sentence(chance: random.Random, words: list[str], weights: list[float]) -> str:
    name, verb = chance.choice(words).capitalize(), chance.choice(VERBS)
    rest = " ".join(chance.choices(words, weights, k=16))
    return f"{name} {verb} on Monday that {rest} by {chance.randint(2, 900)} per cent."


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
    for question in _questions():
        before = time.perf_counter()
        await library.ask(question)
        times.append(time.perf_counter() - before)


def _questions() -> Iterator[str]:
    chance = random.Random(11)  # noqa: S311 - text, not secrets
    while True:
        words = " ".join("".join(chance.choices(SYLLABLES, k=2)) for _ in range(3))
        yield f"who {chance.choice(VERBS)} {words}?"


async def run(articles: int, seconds: float, askers: int) -> None:
    """Make a corpus, load it, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        write_corpus(path, articles)
        library = Library(Snapshots(path), load_snapshot(path))
        print(f"{library.snapshot.index.searched.passages} passages")
        print("at rest        ", await measure(asyncio.sleep(seconds)))
        times: list[float] = []
        asking = [asyncio.create_task(ask(library, times)) for _ in range(askers)]
        print("questions      ", await measure(asyncio.sleep(seconds)), _asked(times))
        times.clear()
        began = time.perf_counter()
        print("and a reload   ", await measure(library.reload()), _asked(times))
        print(f"reloaded in {time.perf_counter() - began:.1f} s")
        print("after it       ", await measure(asyncio.sleep(1)), _asked(times))
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        library.close()


def _asked(times: list[float]) -> str:
    return f"\n    {len(times)} questions, median {median(times) * 1000:.1f} ms, longest {max(times) * 1000:.1f} ms"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000, help="of four passages each")
    parser.add_argument("--seconds", type=float, default=5.0, help="of rest, and of questions only")
    parser.add_argument("--askers", type=int, default=2, help="questions at the same time")
    options = parser.parse_args()
    asyncio.run(run(options.articles, options.seconds, options.askers))
