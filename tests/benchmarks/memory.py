"""Whether the bot's memory stays flat over many questions.

python -m tests.benchmarks.memory [--questions N] [--chats N]

What a question goes through in the bot is real: written into the inbox of a state in a file,
handled in its chat's turn, answered from the sample, rendered, remembered with its citations,
noted as sent and done. Only Telegram is not there: its answers are given at once, in the same
process, so that this takes minutes and not an hour. (What polls and HTTP hold is what
tests.benchmarks.soak shows.) The questions differ, for caches must have bounds.
"""

import argparse
import asyncio
import gc
import logging
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram.request import RequestData
from typing_extensions import override

from bot.alarms import Alarms
from bot.app import build
from bot.delivery.handling import Handling
from bot.delivery.inbox import Inbox
from bot.delivery.turns import Turns
from bot.monitoring.monitor import Monitor
from bot.settings import read_settings
from bot.state import State
from tests.benchmarks.soak import memory_of
from tests.bot.recording import Recorder
from tests.bot.running import open_library

TOKEN = "42:AAMemoryMemoryMemoryMemoryMemoryMem"  # noqa: S105 - nobody's
LOOKS = 20
"""How often the memory is looked at."""

FLAT = 0.03
"""The part by which it may grow in the second half."""

_AT_ONCE = 100


class Oblivious(Recorder):
    """Telegram, which takes everything and remembers nothing."""

    @override
    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        answer = await super().do_request(url, method, request_data)
        self.calls.clear()
        return answer


@dataclass(frozen=True, slots=True)
class Look:
    """The memory after so many *questions*: MB in use, and Python's blocks."""

    questions: int
    seconds: float
    memory: float
    blocks: int

    def row(self) -> str:
        """A line of the table."""
        return f"{self.questions:>10}{self.seconds:9.0f}{self.memory:9.1f}{self.blocks:12}"


class Asker:
    """Makes questions, each another, of the words of the sample, from so many *chats* in turn."""

    def __init__(self, chats: int, seed: int = 1) -> None:
        self._chats = chats
        self._chance = random.Random(seed)  # noqa: S311 - chance that can be repeated is wanted
        texts = (article.text for article in open_library().snapshot.corpus.articles)
        self._words = sorted({word for text in texts for word in re.findall(r"[A-Za-z]{4,}", text)})

    def updates(self, first: int, number: int) -> list[dict[str, Any]]:
        """Updates with the numbers from *first* on, as Telegram sends them."""
        return [self._update(each) for each in range(first, first + number)]

    def _update(self, number: int) -> dict[str, Any]:
        sender = {"id": 1_000 + number % self._chats, "is_bot": False, "first_name": "P"}
        start, *words = self._chance.sample(self._words, 4)
        asked = self._chance.choice(
            ("who denied {}?", "what did {} say about {} {}?", "latest on {} {}")
        )
        text = asked.format(*words) if number % 20 else f"{start} {asked.format(*words)}" * 3
        chat = {"id": sender["id"], "type": "private"}
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender}
        return {"update_id": number, "message": {**message, "text": text}}


@asynccontextmanager
async def handling(folder: Path) -> AsyncIterator[tuple[Inbox, Handling]]:
    """Yield what takes updates in, and what handles them, as when the bot runs."""
    settings = read_settings(
        None, telegram_bot_token=TOKEN, state=str(folder / "state.sqlite3"), questions_per_user=600
    )
    library = open_library()
    async with await State.open(settings.state_address) as state:
        monitor = Monitor(state)
        application = build(settings, library, state=state, request=Oblivious(), monitor=monitor)
        inbox = Inbox(state)
        turns = Turns(settings.concurrent_chats)
        handled = Handling(application, inbox, turns, Alarms(application.bot, ()))
        handled.on_end = monitor.handled
        async with application, monitor.watching():
            yield inbox, handled
            await handled.finish(60)
            await inbox.written()
    library.close()


async def measure(questions: int, chats: int) -> AsyncIterator[Look]:
    """Ask, and look at the memory now and then."""
    asker, began = Asker(chats), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        async with handling(Path(folder)) as (inbox, handled):
            for asked in range(0, questions, _AT_ONCE):
                if asked % (questions // LOOKS) < _AT_ONCE:
                    yield _look(asked, began)
                handled.take(await inbox.receive(asker.updates(asked + 1, _AT_ONCE)), patient=True)
                while len(handled.in_hand) > _AT_ONCE:
                    await handled.in_hand.progress()
            while handled.in_hand:
                await handled.in_hand.progress()
            yield _look(questions, began)


def _look(questions: int, began: float) -> Look:
    gc.collect()
    memory, blocks = memory_of(os.getpid()), sys.getallocatedblocks()
    return Look(questions, time.monotonic() - began, memory, blocks)


async def watch(questions: int, chats: int) -> float:
    """Print a line a look; return the part by which the memory grew in the second half."""
    looks = []
    async for look in measure(questions, chats):
        looks.append(look)
        _print(look.row())
    middle = next(look for look in looks if look.questions >= questions / 2)
    return looks[-1].memory / middle.memory - 1


def main() -> int:
    """Measure and print; 1 if the memory is not flat."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--chats", type=int, default=5_000)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    _print(f"{'questions':>10}{'s':>9}{'RSS MB':>9}{'blocks':>12}")
    growth = asyncio.run(watch(options.questions, options.chats))
    _print(f"in the second half {growth:+.1%}")
    return int(growth > FLAT)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
