"""How many replies are lost or doubled while things go wrong on the way.

python -m tests.benchmarks.faults [--questions N] [--rate PART]

The bot answers questions over the stand-in, of whose calls the part --rate meets a fault; updates
come twice and out of order as well. Once for each kind of fault, and once for all together.
A reply is in doubt when the connection broke or Telegram failed while it was sent: then nobody can
know whether it was taken, and the bot does not send it again.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bot.running import running
from tests.standin import STORM, Fault, Standin, Weather

QUESTION = "who denied involvement?"
IN_A_CHAT = 4
SEED = 4
LONGEST = 300.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the questions. *lost* and *doubled* leave out what was in doubt."""

    kind: str
    faults: int
    lost: int
    lost_in_doubt: int
    doubled: int
    doubled_in_doubt: int
    seconds: float

    def row(self) -> str:
        """A line of the table."""
        counts = (self.faults, self.lost, self.lost_in_doubt, self.doubled, self.doubled_in_doubt)
        return f"{self.kind:44}" + "".join(f"{n:10}" for n in counts) + f"{self.seconds:9.1f}"


HEAD = f"{'fault':44}" + "".join(
    f"{name:>10}" for name in ("faults", "lost", "in doubt", "doubled", "in doubt")
)


async def measure(
    kind: str, faults: Sequence[Fault], questions: int, rate: float, folder: Path
) -> Outcome:
    """Ask *questions* questions while calls meet *faults*; say what became of them."""
    began = time.monotonic()
    async with Standin() as standin:
        people = [standin.user(1_000 + n, f"P{n}") for n in range(questions // IN_A_CHAT)]
        async with running(standin, state=str(folder / f"{abs(hash(kind))}.sqlite3")):
            standin.world.weather = Weather(
                SEED, rate=rate, faults=faults, doubled=rate, disordered=rate
            )
            for _ in range(IN_A_CHAT):
                for person in people:
                    standin.say(person, QUESTION)
                await asyncio.sleep(1)
            await _quiet(standin)
            standin.world.weather = None
            await asyncio.sleep(1)
        doubtful = set(standin.doubtful())
        lost, doubled = standin.lost(), standin.doubled()
        standin.world.violations.clear()
        return Outcome(
            kind=kind,
            faults=sum(call.fault is not None for call in standin.calls),
            lost=sum(message not in doubtful for message in lost),
            lost_in_doubt=sum(message in doubtful for message in lost),
            doubled=sum(message not in doubtful for message in doubled),
            doubled_in_doubt=sum(message in doubtful for message in doubled),
            seconds=time.monotonic() - began,
        )


async def _quiet(standin: Standin) -> None:
    """Return when everything is answered, or nothing was sent for ten seconds."""
    until = time.monotonic() + LONGEST
    seen, since = -1, time.monotonic()
    while time.monotonic() < until and standin.lost():
        if len(standin.world.sent) != seen:
            seen, since = len(standin.world.sent), time.monotonic()
        elif time.monotonic() - since > 10:
            return
        await asyncio.sleep(0.2)


def kinds() -> dict[str, Sequence[Fault]]:
    """The faults by what they are called, each alone and all together."""
    return {**{_name(fault): [fault] for fault in STORM}, "all of them": STORM}


def _name(fault: Fault) -> str:
    when = "after" if fault.executed else "before"
    if fault.drop:
        return f"connection dropped {when} execution"
    if fault.garbage:
        return f"garbled answer {when} execution"
    if fault.page:
        return f"{fault.status} from a gateway"
    if fault.seconds:
        return f"answered after {fault.seconds:g} s"
    return f"{fault.status} {fault.description}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=0.05)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    _print(f"{options.questions} questions each, {options.rate:.0%} of the calls with a fault")
    _print(f"{HEAD}{'s':>9}")
    clear = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind, faults in kinds().items():
            outcome = asyncio.run(
                measure(kind, faults, options.questions, options.rate, Path(folder))
            )
            _print(outcome.row())
            clear += outcome.lost + outcome.doubled
    return int(clear > 0)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
