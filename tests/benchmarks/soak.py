"""What becomes of a bot that is used in every way, for long, while things go wrong on the way.

python -m tests.benchmarks.soak [--minutes N] [--rate N] [--faults PART] [--seed N]

The bot is a program of its own, over the stand-in. People ask, in private and in groups, ask on,
edit, press buttons and type inline queries; the part --faults of all calls meets a fault, updates
come twice and out of order, and every half minute the corpus changes and is read again.

In doubt is what was answered while the connection broke or Telegram failed: nobody can know whether
it was taken, and the bot does not send it again. The times are of messages, from when they were
written until their reply was there, the waits that faults and Telegram's limits bring included.
"""

import argparse
import asyncio
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from corpus.loading import SAMPLE
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.throughput import program
from tests.standin import STORM, Query, Standin, Weather

ADMIN = 999
ROUND = 30.0
"""Seconds, about, after which it is seen what became of what was done."""

QUIET = 15.0
"""Seconds without a message of the bot after which what waits counts as lost."""

GROWTH = 0.2
"""The part by which the memory may grow in the second half."""

_QUERIES = {"answerCallbackQuery": "callback_query_id", "answerInlineQuery": "inline_query_id"}
_COUNTS = ("done", "faults", "lost", "doubled", "in doubt", "refused")
HEAD = "".join(f"{name:>9}" for name in ("minutes", *_COUNTS, "p50 ms", "p99 ms", "RSS MB"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long people use the bot, how much they do a second, and what part of the calls fails."""

    minutes: float
    rate: float = 8.0
    faults: float = 0.03
    seed: int = 1

    @property
    def rounds(self) -> int:
        """How many times it is seen what became of what was done."""
        return max(math.ceil(60 * self.minutes / ROUND), 2)

    @property
    def seconds(self) -> float:
        """How long a round is."""
        return 60 * self.minutes / self.rounds


@dataclass(slots=True)
class Figures:
    """What became of what people did. *took* are the seconds until each message was answered."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))
    violations: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def add(self, other: Self) -> None:
        """Count what *other* counts as well."""
        self.counts = {name: n + other.counts[name] for name, n in self.counts.items()}
        self.violations.extend(other.violations)
        self.lost.extend(other.lost)
        self.took.extend(other.took)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost or doubled, and nothing done that should not be."""
        return not (self.lost or self.counts["doubled"] or self.violations)

    def row(self, name: str, memory: float) -> str:
        """A line of the table; *memory* in MB."""
        times = (1_000 * share(self.took, part) for part in (0.5, 0.99))
        counts = "".join(f"{count:9}" for count in self.counts.values())
        return f"{name:>9}{counts}" + "".join(f"{each:9.0f}" for each in times) + f"{memory:9.1f}"


@dataclass(frozen=True, slots=True)
class Soaked:
    """All that was seen; the memory of the bot, in MB, at the start and after each round."""

    figures: Figures
    memory: Sequence[float]

    @property
    def growth(self) -> float:
        """The part by which the memory has grown in the second half."""
        return self.memory[-1] / self.memory[len(self.memory) // 2] - 1

    def report(self) -> str:
        """The memory in words."""
        start, middle, end = self.memory[0], self.memory[len(self.memory) // 2], self.memory[-1]
        answered = len(self.figures.took)
        each = 1_024 * (end - middle) / max(answered / 2_000, 1e-9)
        return (
            f"RSS {start:.1f} MB at the start, {middle:.1f} in the middle, {end:.1f} at the end: "
            f"{each:+.0f} kB for 1,000 messages in the second half"
        )


async def soak(plan: Plan) -> Soaked:
    """Let people use the bot as planned; print a line a round."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(SAMPLE, folder / "corpus")
        settings = {
            "ONRECORD_CORPUS": str(folder / "corpus"),
            "ONRECORD_ADMINS": str(ADMIN),
            "ONRECORD_QUESTIONS_PER_USER": "600",
            "ONRECORD_QUESTIONS_PER_CHAT": "600",
            "ONRECORD_LOG_LEVEL": "ERROR",
        }
        async with (
            Standin() as standin,
            program(standin, "-m", "bot", "run", folder=folder, **settings) as pid,
        ):
            return await _Soak(standin, folder / "corpus", pid, plan).run()


class _Soak:
    def __init__(self, standin: Standin, corpus: Path, pid: int, plan: Plan) -> None:
        self._standin = standin
        self._corpus = corpus
        self._pid = pid
        self._plan = plan
        self._crowd = Crowd(standin, plan.seed)
        self._admin = standin.user(ADMIN, "Adam")

    async def run(self) -> Soaked:
        await self._standin.wait_for_reply(self._standin.say(self._admin, "/help"), seconds=60)
        rate = self._plan.faults
        self._standin.world.weather = Weather(
            self._plan.seed, rate=rate, faults=STORM, doubled=rate, disordered=rate
        )
        whole, memory = Figures(), [memory_of(self._pid)]
        for number in range(1, self._plan.rounds + 1):
            figures = await self._round(number)
            memory.append(memory_of(self._pid))
            whole.add(figures)
            _print(figures.row(f"{number * self._plan.seconds / 60:.1f}", memory[-1]))
        return Soaked(whole, memory)

    async def _round(self, number: int) -> Figures:
        self._change_corpus(number)
        self._standin.say(self._admin, "/reload")
        end = time.monotonic() + self._plan.seconds
        while (now := time.monotonic()) < end:
            self._crowd.act()
            await asyncio.sleep(max(now + 1 / self._plan.rate - time.monotonic(), 0))
        await self._until_quiet()
        figures = self._figures()
        self._crowd.forget()
        self._standin.forget()
        return figures

    def _change_corpus(self, number: int) -> None:
        article = self._corpus / "soaking.txt"
        article.write_text(f"Mayor Ada Brook opened bridge {number} on Monday.", encoding="utf-8")

    async def _until_quiet(self) -> None:
        """Return when everything is answered, or the bot has said nothing for a while."""
        said, since = -1, time.monotonic()
        while self._waiting()[0] and time.monotonic() - since < QUIET:
            if len(self._standin.world.sent) != said:
                said, since = len(self._standin.world.sent), time.monotonic()
            await asyncio.sleep(0.1)
        await asyncio.sleep(1)  # for what comes twice

    def _waiting(self) -> tuple[list[str], list[str]]:
        """What has no answer: what surely was lost, and what is in doubt."""
        done = self._crowd.done
        unsure = set(self._standin.doubtful())
        queries = {
            str(call.parameters.get(_QUERIES[call.method]))
            for call in self._standin.calls
            if call.method in _QUERIES and call.fault is not None and call.fault.in_doubt
        }
        lost: tuple[list[str], list[str]] = ([], [])
        for message in (each for each in done.messages if not each.replies):
            lost[message in unsure].append(f"{message.chat.kind}: {message.text}")
        for query in (each for each in done.queries if each.answer is None):
            asked = query.data if isinstance(query, Query) else query.query
            lost[query.id in queries].append(f"{type(query).__name__}: {asked}")
        return lost

    def _figures(self) -> Figures:
        done, standin = self._crowd.done, self._standin
        lost, unsure = self._waiting(), set(standin.doubtful())
        doubled = [each in unsure for each in done.messages if len(each.replies) > 1]
        counts = {
            "done": len(done.messages) + len(done.queries) + done.edits,
            "faults": sum(call.fault is not None for call in standin.calls),
            "lost": len(lost[0]),
            "doubled": doubled.count(False),
            "in doubt": len(lost[1]) + doubled.count(True),
            "refused": len(standin.refusals()),
        }
        took = [each.replies[0].at - each.at for each in done.messages if each.replies]
        return Figures(counts, self._violations(), lost[0], took)

    def _violations(self) -> list[str]:
        """What is not as it should be, but for what harms nobody: that is counted as refused."""
        # Two who press at once, or an edit made again whose fate nobody knew, change nothing; what
        # was never answered is lost, or in doubt.
        harmless = ("not modified", "never answered")
        return [
            violation
            for violation in self._standin.take_violations()
            if not any(each in violation for each in harmless)
        ]


def memory_of(pid: int) -> float:
    """MB that a process has in memory."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_024
    return 0.0


def share(numbers: Iterable[float], part: float) -> float:
    """The number that the *part* of *numbers* does not exceed; 0 if there are none."""
    ordered = sorted(numbers)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def main() -> int:
    """Soak, and print. 1 if anything was lost or doubled, or the memory grew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rate", type=float, default=8.0, help="what people do a second")
    parser.add_argument("--faults", type=float, default=0.03, help="the part of the calls")
    parser.add_argument("--seed", type=int, default=1)
    _print(HEAD)
    soaked = asyncio.run(soak(Plan(**vars(parser.parse_args()))))
    _print(soaked.figures.row("all", soaked.memory[-1]))
    _print(soaked.report())
    for lost in soaked.figures.lost:
        _print(f"lost: {lost}")
    for violation in sorted(set(soaked.figures.violations)):
        _print(f"not as it should be: {violation}")
    return int(not soaked.figures.is_clean or soaked.growth > GROWTH)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
