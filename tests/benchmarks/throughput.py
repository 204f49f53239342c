"""How many questions a second the bot answers, and what an update costs beside a bare echo bot.

python -m tests.benchmarks.throughput [--questions N] [--chats N] [--passages N [--keep FOLDER]]

With --passages, of a made-up corpus of about so many, which is indexed first (--keep: in a folder where
the next run, and tests.benchmarks.whole_answer, find it); many questions are asked instead of one, and
of the library alone, too, by as many processes as there are processors.

Both are programs of their own and talk to the same stand-in, one after the other, twice. The CPU
time is theirs alone. The echo bot is python-telegram-bot's plainest: it keeps nothing, knows no
order within a chat and loses what it holds when it is killed.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.snapshots import Snapshots
from tests.benchmarks.made_up import Newsroom
from tests.benchmarks.whole_answer import PER_ARTICLE, corpus_of
from tests.standin import Standin

ROOT = Path(__file__).parents[2]
QUESTION = "who denied involvement?"
PROCESSORS = os.cpu_count() or 1


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


async def ask(standin: Standin, pid: int, texts: Sequence[str], updates: int, chats: int) -> Cost:
    """Send so many *updates*, *texts* in turn, from so many chats in turn; wait for all the replies."""
    people = [standin.user(1_000 + number, f"P{number}") for number in range(chats)]
    await standin.wait_for_reply(standin.say(people[0], texts[0]), seconds=60)
    before, began = cpu_of(pid), time.monotonic()
    asked = [
        standin.say(people[number % chats], texts[number % len(texts)]) for number in range(updates)
    ]
    for message in asked:
        await standin.wait_for_reply(message, seconds=300)
    return Cost(updates, time.monotonic() - began, cpu_of(pid) - before)


def cpu_of(pid: int) -> float:
    """CPU seconds that a process has used, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(
    command: tuple[str, ...], texts: Sequence[str], updates: int, chats: int, **more: str
) -> Cost:
    """Measure one bot, from its start on; with *more* settings."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Standin() as standin,
            program(standin, *command, folder=Path(folder), **more) as pid,
        ):
            cost = await ask(standin, pid, texts, updates, chats)
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
    parser.add_argument("--passages", type=int)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--alone", action="store_true", help="be one process of the library")
    options = parser.parse_args()
    if options.echo:
        echo()
        return 0
    if options.alone:
        alone(options.passages, options.keep, options.questions)
        return 0
    with tempfile.TemporaryDirectory() as own:
        compare(options, options.keep or Path(own))
    return 0


def compare(options: argparse.Namespace, folder: Path) -> None:
    """Measure each bot twice, in turns, and the library if there is a corpus to ask it of."""
    texts: Sequence[str] = [QUESTION]
    more: dict[str, str] = {}
    if options.passages:
        corpus = corpus_of(options.passages, folder)
        index = str(corpus.parent / "saved")
        more = {"ONRECORD_CORPUS": str(corpus), "ONRECORD_INDEX": index}
        _alone(options.passages, folder, 1)  # indexes it, if that is not done
        texts = questions_of(options.passages)
        for _ in range(2):
            rate = library_rate(options.passages, folder, options.questions)
            _print(f"the library alone: {rate:.0f} answers a second by {PROCESSORS} processes")
    _print(f"{'':12}{'a second':>10}{'CPU ms each':>13}{'beside echo':>13}")
    bare = 0.0
    for _ in range(2):
        for name, (command, text) in BOTS.items():
            said = texts if name == "question" else [text]
            cost = asyncio.run(measure(command, said, options.questions, options.chats, **more))
            bare = cost.each if name == "echo bot" else bare
            _print(f"{name:12}{cost.rate:10.0f}{cost.each:13.2f}{cost.each / bare:13.2f}")


def questions_of(passages: int) -> list[str]:
    """Return questions of a made-up corpus of so many passages."""
    newsroom = Newsroom()
    texts = list(newsroom.articles(min(500, passages // PER_ARTICLE)))
    return list(newsroom.questions(texts, 300))


def library_rate(passages: int, folder: Path, asked: int) -> float:
    """Return the answers a second of one process for each processor, all at work at once."""
    with ThreadPoolExecutor(PROCESSORS) as threads:
        rates = threads.map(lambda _: _alone(passages, folder, asked), range(PROCESSORS))
        return sum(rates)


def _alone(passages: int, folder: Path, asked: int) -> float:
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.throughput",
        "--alone",
        "--keep",
        str(folder),
    ]
    command += ["--passages", str(passages), "--questions", str(asked)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def alone(passages: int, folder: Path, asked: int) -> None:
    """Be one process that asks the library, and print its answers a second."""
    corpus = corpus_of(passages, folder)
    snapshot = Snapshots(corpus, folder=corpus.parent / "saved").open()
    questions, newest = questions_of(passages), snapshot.index.searched.newest
    for question in questions[:20]:  # the first ones find nothing in memory yet
        snapshot.answer(question, now=newest)
    began = time.monotonic()
    for number in range(asked):
        snapshot.answer(questions[number % len(questions)], now=newest)
    _print(str(asked / (time.monotonic() - began)))


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
