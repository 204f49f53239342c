"""Whether broken updates keep the bot from answering the good questions between them.

python -m tests.benchmarks.fuzz [--updates N] [--seed N]

Gives the bot updates of all kinds with fields missing, of wrong types, huge and nested, over the
stand-in, by polls and by a webhook, with a good question after each ten of them.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from tests.bot.delivered import delivered
from tests.bot.fuzzing import Withstood, by_polls, by_webhook, fuzzed, shapes, withstand
from tests.bot.running import running
from tests.standin import Standin


async def by_way(way: str, updates: int, seed: int, folder: Path) -> Withstood:
    """Give *updates* to a bot that is reached by *way*, `polls` or `webhook`."""
    settings: dict[str, Any] = {"state": str(folder / f"{way}.sqlite3"), "questions_per_user": 600}
    async with Standin() as standin:
        broken = fuzzed(shapes(standin), updates, seed)
        if way == "polls":
            async with running(standin, **settings) as bot:
                found = await withstand(standin, broken, by_polls(standin))
        else:
            async with delivered(standin, **settings) as (bot, url), httpx.AsyncClient() as client:
                found = await withstand(standin, broken, by_webhook(client, url))
        assert bot.serving.cancelled(), "the bot ended by itself"
        return found


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--updates", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    names = ("fuzzed", "asked", "lost", "doubled", "slowest", "all in")
    _print(f"{'':9}" + "".join(f"{name:>10}" for name in names))
    clean = True
    for way in ("polls", "webhook"):
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(by_way(way, options.updates, options.seed, Path(folder)))
        counts = (found.fuzzed, found.asked, found.lost, found.doubled)
        took = f"{found.slowest:8.1f} s{time.monotonic() - began:8.0f} s"
        _print(f"{way:9}" + "".join(f"{each:10}" for each in counts) + took)
        clean = clean and found.is_clean
    return int(not clean)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
