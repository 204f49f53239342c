"""What the state costs a question: milliseconds of the wall and of the processor a call.

python -m tests.benchmarks.state [--calls N] [--url URL]

Uses a SQLite file in a temporary folder, or the PostgreSQL database at URL. Then tells how long it
takes to compare 100,000 cited articles with those of a reload, and how long the event loop was
held up by that.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings.address import Address
from bot.state import Citation, Incoming, Reference, ShownAnswer, State, Tally, new_id
from retrieval.models import Outcome

CITED = 100_000
NOW = datetime.now(UTC)
DIGEST = "0" * 64


def answer(number: int) -> ShownAnswer:
    """An answer with as many snippets as one keeps."""
    snippets = tuple(
        Reference(
            article=f"article-{number}-{place}",
            sha256=DIGEST,
            span=(100, 250),
            context=(0, 600),
            paragraph=3,
            speaker=(100, 120),
            highlights=((130, 140), (150, 160)),
            score=1.5,
            also_in=("another",),
        )
        for place in range(12)
    )
    return ShownAnswer(
        id=new_id(),
        outcome=Outcome.ANSWERED,
        snippets=snippets,
        corpus_version="0123456789ab",
        asked_at=NOW,
        chat_id=1,
        asker_id=2,
        asked_in=number,
        language="en",
    )


def citation(article: str) -> Citation:
    """A citation of an article."""
    return Citation(
        article=article,
        sha256=DIGEST,
        start=100,
        end=250,
        quote="x" * 150,
        paragraph=3,
        title="A title",
        cited_at=NOW,
    )


def calls(state: State) -> dict[str, Callable[[int], Awaitable[object]]]:
    """What a question does with the state, in its order."""
    tallies = [Tally(NOW.date(), "outcome", "answered"), Tally(NOW.date(), "language", "en")]
    return {
        "inbox.receive": lambda n: state.inbox.receive(
            [Incoming(update_id=n, payload="{}" * 300, received_at=NOW, chat_id=1, user_id=2)]
        ),
        "chats.get": state.chats.get,
        "answers.remember": lambda n: state.answers.remember(
            answer(n), citations=[citation(f"{n} {i}") for i in range(3)], tallies=tallies
        ),
        "inbox.mark_sent": lambda n: state.inbox.mark_sent(n, 0, n),
        "inbox.done": state.inbox.done,
        "answers.by_question": lambda n: state.answers.by_question(1, n),
    }


async def measure(state: State, times: int) -> None:
    """Print a line for each call."""
    print(f"{'':24}{'wall ms':>10}{'CPU ms':>10}")
    for name, call in calls(state).items():
        await call(times)
        wall, processor = time.perf_counter(), time.process_time()
        for number in range(times):
            await call(number)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print(f"{name:24}{wall / times * 1e3:10.3f}{processor / times * 1e3:10.3f}")


async def compare(state: State) -> None:
    """Print how long it takes to find out what changed."""
    for first in range(0, CITED, 1_000):
        await state.citations.cite(citation(f"a{n}") for n in range(first, first + 1_000))
    today = {f"a{n}": DIGEST for n in range(CITED) if n % 1_000}
    gap = 0.0
    comparing = asyncio.create_task(state.citations.compare(today, at=NOW))
    began = time.perf_counter()
    for _ in count():
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        gap = max(gap, time.perf_counter() - before)
        if comparing.done():
            break
    left = len((await comparing).left)
    print(f"compare {CITED:,} cited: {time.perf_counter() - began:.2f} s, {left} gone;", end=" ")
    print(f"the loop was held up for {gap * 1e3:.0f} ms at most")


async def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000)
    parser.add_argument("--url")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        address = Address.parse(options.url or str(Path(folder) / "state.sqlite3"))
        began = time.perf_counter()
        async with await State.open(address) as state:
            print(f"opened {address} in {(time.perf_counter() - began) * 1e3:.0f} ms")
            await measure(state, options.calls)
            await compare(state)


if __name__ == "__main__":
    asyncio.run(main())
