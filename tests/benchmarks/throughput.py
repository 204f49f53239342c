"""How many questions a second the bot answers, and what an update costs beside a bare echo bot.

python -m tests.benchmarks.throughput [--questions N] [--chats N]

Both are programs of their own and talk to the same stand-in, one after the other, twice. The CPU
time is theirs alone. The echo bot is python-telegram-bot's plainest: it keeps nothing, knows no
order within a chat and loses what it holds when it is killed.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.standin import Standin

ROOT = Path(__file__).parents[2]
QUESTION = "who denied involvement?"


@dataclass(frozen=True, slots=True)
class Cost:
    """What *updates* cost: seconds from the first to the last reply, and CPU seconds."""

    updates: int
    seconds: float
    cpu: float

    @property
    def each(self) -> float:
        """CPU milliseconds an update."""
        return 1_000 * self.cpu / self.updates

    @property
    def rate(self) -> float:
        """Updates a second."""
        return self.updates / self.seconds


@asynccontextmanager
async def program(standin: Standin, *command: str, folder: Path, **more: str) -> AsyncIterator[int]:
    """Run a bot as a program of its own, with *more* settings; the number of its process."""
    settings = {
        "TELEGRAM_BOT_TOKEN": standin.token,
        "TELEGRAM_API_URL": standin.url,
        "ONRECORD_STATE": str(folder / "state.sqlite3"),
        "ONRECORD_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
        **more,
    }
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "TELEGRAM_"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=folder, env=kept | settings
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def ask(standin: Standin, pid: int, text: str, updates: int, chats: int) -> Cost:
    """Send *text* *updates* times, from so many chats in turn, and wait for all the replies."""
    people = [standin.user(1_000 + number, f"P{number}") for number in range(chats)]
    await standin.wait_for_reply(standin.say(people[0], text), seconds=60)
    before, began = cpu_of(pid), time.monotonic()
    asked = [standin.say(people[number % chats], text) for number in range(updates)]
    for message in asked:
        await standin.wait_for_reply(message, seconds=300)
    return Cost(updates, time.monotonic() - began, cpu_of(pid) - before)


def cpu_of(pid: int) -> float:
    """CPU seconds that a process has used, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(command: tuple[str, ...], text: str, updates: int, chats: int) -> Cost:
    """Measure one bot, from its start on."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Standin() as standin,
            program(standin, *command, folder=Path(folder)) as pid,
        ):
            cost = await ask(standin, pid, text, updates, chats)
            standin.take_violations()
            return cost


def echo() -> None:
    """The bare bot to compare with."""

    async def reply(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(update.message.text or "", do_quote=True)

    api = os.environ["TELEGRAM_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{api}/bot")
        .concurrent_updates(8)
        .connection_pool_size(12)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, reply))
    application.run_polling()


BOTS = {
    "echo bot": (("-m", "tests.benchmarks.throughput", "--echo"), "echo"),
    "/help": (("-m", "bot", "run"), "/help"),
    "question": (("-m", "bot", "run"), QUESTION),
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--chats", type=int, default=250)
    parser.add_argument("--echo", action="store_true", help="be the echo bot")
    options = parser.parse_args()
    if options.echo:
        echo()
        return 0
    _print(f"{'':12}{'a second':>10}{'CPU ms each':>13}{'beside echo':>13}")
    bare = 0.0
    for _ in range(2):
        for name, (command, text) in BOTS.items():
            cost = asyncio.run(measure(command, text, options.questions, options.chats))
            bare = cost.each if name == "echo bot" else bare
            _print(f"{name:12}{cost.rate:10.0f}{cost.each:13.2f}{cost.each / bare:13.2f}")
    return 0


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
