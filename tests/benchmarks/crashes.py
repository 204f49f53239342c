"""How many replies are lost or doubled when the bot is killed, or told to stop, at random moments.

python -m tests.benchmarks.crashes [--webhook | --two] [--questions N] [--kills N] [--stops N] [--seed N]

People ask over the stand-in all the time, and the bot, a program of its own with its state in a
file, is ended and started again. With --webhook it does not poll, but is delivered to; with --two,
two of them stand behind the webhook, share a PostgreSQL server, and take turns at being ended. A reply that Telegram took a moment before the bot was killed, and
that the bot could not write down any more, is sent again: those are the doubled ones.
"""

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from tests.bot.delivered import PUBLIC, URL, Balancer, free_port, public_route
from tests.bot.state import postgres
from tests.standin import Message, Standin

ROOT = Path(__file__).parents[2]
QUESTION = "who denied involvement?"
CHATS = 200
PATIENCE = 120.0


@dataclass(slots=True)
class Outcome:
    """What became of the questions, and how long the bot took to end, each time."""

    asked: int = 0
    lost: int = 0
    doubled: int = 0
    codes: set[int] = field(default_factory=set)
    took: list[float] = field(default_factory=list)


class Bot:
    """`onrecord run` as a program that can be ended and started again."""

    def __init__(self, standin: Standin, folder: Path, **more: str) -> None:
        self._standin = standin
        self._folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "TELEGRAM_"))}
        self._settings = kept | {
            "TELEGRAM_BOT_TOKEN": standin.token,
            "TELEGRAM_API_URL": standin.url,
            "ONRECORD_STATE": str(folder / "state.sqlite3"),
            "PYTHONPATH": str(ROOT),
            **more,
        }
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the program; return when it has begun to work."""
        before = self._connected()
        with (self._folder / "log.txt").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self._folder,
                env=self._settings,
                stdout=log,
                stderr=log,
            )
        await until(lambda: self._connected() > before)

    def _connected(self) -> int:
        """How often a program has connected so far."""
        return sum(call.method in {"deleteWebhook", "setWebhook"} for call in self._standin.calls)

    async def end(self, sign: signal.Signals) -> tuple[int, float]:
        """Send *sign*; return the exit code, and the seconds until it had ended."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(sign)
        code = await self._process.wait()
        return code, time.monotonic() - began


@asynccontextmanager
async def polling(standin: Standin, folder: Path) -> AsyncIterator[list[Bot]]:
    """One program that polls."""
    yield [Bot(standin, folder)]


@asynccontextmanager
async def behind_a_webhook(standin: Standin, folder: Path) -> AsyncIterator[list[Bot]]:
    """One program that is delivered to."""
    listen = public_route(standin)
    yield [Bot(standin, folder, ONRECORD_WEBHOOK_URL=URL, ONRECORD_WEBHOOK_LISTEN=listen)]


@asynccontextmanager
async def two(standin: Standin, folder: Path) -> AsyncIterator[list[Bot]]:
    """Two programs that are delivered to in turn, on one PostgreSQL server."""
    with postgres.running() as server:
        async with Balancer(free_port(), free_port()) as balancer:
            standin.route(PUBLIC, balancer.address)
            shared = {"ONRECORD_WEBHOOK_URL": URL, "ONRECORD_STATE": server.empty()}
            yield [
                Bot(standin, folder, **shared, ONRECORD_WEBHOOK_LISTEN=str(port))
                for port in balancer.taken
            ]


Way = Callable[[Standin, Path], AbstractAsyncContextManager[list[Bot]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the bot runs, and how many questions it is asked while it is ended so many *times*."""

    way: Way
    questions: int
    times: int
    chance: random.Random


async def measure(sign: signal.Signals, plan: Plan) -> Outcome:
    """Ask questions while the bot is ended by *sign*, as planned."""
    outcome = Outcome(asked=plan.questions)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with Standin() as standin, plan.way(standin, folder) as bots:
            for bot in bots:
                await bot.start()
            asking = asyncio.create_task(_ask(standin, plan.questions, seconds=plan.times * 3.0))
            for bot in islice(cycle(bots), plan.times):
                await asyncio.sleep(plan.chance.uniform(0.0, 2.0))
                code, took = await bot.end(sign)
                outcome.codes.add(code)
                outcome.took.append(took)
                await bot.start()
            asked = await asking
            await until(lambda: all(message.replies for message in asked))
            await asyncio.sleep(1)  # for what comes twice
            for bot in bots:
                await bot.end(signal.SIGTERM)
            outcome.lost, outcome.doubled = len(standin.lost()), len(standin.doubled())
            standin.take_violations()
    return outcome


async def _ask(standin: Standin, questions: int, seconds: float) -> Sequence[Message]:
    people = [standin.user(1_000 + number, f"P{number}") for number in range(CHATS)]
    asked = []
    for number in range(questions):
        asked.append(standin.say(people[number % CHATS], QUESTION))
        await asyncio.sleep(seconds / questions)
    return asked


async def until(look: Callable[[], bool]) -> None:
    """Return when *look* is true, or patience has an end."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not look():  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.05)


def report(name: str, times: int, outcome: Outcome) -> str:
    """A line of the table."""
    slowest = max(outcome.took, default=0.0)
    codes = ", ".join(map(str, sorted(outcome.codes)))
    counts = f"{times:7}{outcome.asked:9}{outcome.lost:7}{outcome.doubled:9}"
    return f"{name:8}{counts}{slowest:11.2f} s   {codes}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--webhook", dest="way", action="store_const", const=behind_a_webhook)
    ways.add_argument("--two", dest="way", action="store_const", const=two)
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--stops", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    way = options.way or polling
    chance = random.Random(options.seed)  # noqa: S311 - chance that can be repeated is wanted
    _print(
        f"{'':8}{'times':>7}{'asked':>9}{'lost':>7}{'doubled':>9}{'slowest end':>13}   exit codes"
    )
    kills = asyncio.run(
        measure(signal.SIGKILL, Plan(way, options.questions, options.kills, chance))
    )
    _print(report("SIGKILL", options.kills, kills))
    stops = asyncio.run(
        measure(signal.SIGTERM, Plan(way, options.questions, options.stops, chance))
    )
    _print(report("SIGTERM", options.stops, stops))
    return int(kills.lost + stops.lost + stops.doubled > 0)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
