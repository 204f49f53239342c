"""Reads and indexes made-up news with `onrecord index`, killed once in the middle: speed and memory.

    python -m tests.benchmarks.reading [--articles 20000] [--workers N] [--engine auto] [--folder F]

Prints articles a second, seconds, those of all processors, the most memory that all its processes had
at one time (their own, and with the files that are mapped, which the system can drop), and how much a
kill undid.
"""

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.made_up import Newsroom

_PER_FILE = 500
_EVERY = 0.5
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a run of `onrecord index` went. Memory in bytes."""

    seconds: float
    of_processors: float
    code: int
    own: int
    mapped: int
    out: str
    err: str


def write_news(folder: Path, articles: int) -> int:
    """Write made-up news as .jsonl; return its bytes."""
    file, size = None, 0
    for number, article in enumerate(Newsroom().articles(articles)):
        if number % _PER_FILE == 0:
            if file is not None:
                file.close()
            file = (folder / f"{number // _PER_FILE:05}.jsonl").open("w", encoding="utf-8")
        fields = {"id": article.id, "title": article.title, "text": article.text}
        moment = article.published_at
        dated = fields | {"published_at": moment and moment.isoformat(), "publisher": "Wire"}
        if file is not None:
            size += file.write(json.dumps(dated) + "\n")
    if file is not None:
        file.close()
    return size


def index(corpus: Path, kept: Path, options: list[str], *, kill_after: float | None = None) -> Run:
    """Run `onrecord index`, and kill all its processes after so many seconds."""
    environ = os.environ | {"ONRECORD_INDEX": str(kept)}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began, peak, before = time.monotonic(), (0, 0), _processors()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "index", "--corpus", str(corpus), *options],
            stdout=out,
            stderr=err,
            env=environ,
        )
        while process.poll() is None:
            peak = (max(peak[0], (now := memory(process.pid))[0]), max(peak[1], now[1]))
            if kill_after is not None and time.monotonic() - began > kill_after:
                for pid in family(process.pid):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(_EVERY)
        seconds = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        said = (out.read().decode(), err.read().decode())
    return Run(seconds, _processors() - before, process.wait(), *peak, *said)


def _processors() -> float:
    """Seconds that processors have worked for what was started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            found += family(int(child))
    return found


def memory(pid: int) -> tuple[int, int]:
    """Return what a process and all that it started have in memory: of their own, and with mapped files."""
    total = [0, 0]
    for member in family(pid):
        try:
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
        except OSError:
            continue
        for place, name in enumerate(("Anonymous", "Pss")):
            if match := re.search(rf"^{name}:\s+(\d+) kB", rollup, re.MULTILINE):
                total[place] += int(match[1]) * 1024
    return total[0], total[1]


def main() -> None:
    """Make the news, index it once whole, then once more with a kill in the middle, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--folder", type=Path, help="where the news is made, and stays")
    given = parser.parse_args()
    os.environ["ONRECORD_ENGINE"] = given.engine
    options = ["--workers", str(given.workers)]
    with tempfile.TemporaryDirectory() as temporary:
        root = given.folder or Path(temporary)
        corpus = root / "news"
        corpus.mkdir(parents=True, exist_ok=True)
        size = write_news(corpus, given.articles)
        print(f"{given.articles:,} articles, {size / 1e6:,.0f} MB, {given.workers} workers")
        whole = index(corpus, root / "whole", options)
        tell("at one go", whole, given.articles)
        broken = index(corpus, root / "broken", options, kill_after=whole.seconds / 2)
        print(f"killed after {broken.seconds:.0f} s (code {broken.code})")
        rest = index(corpus, root / "broken", options)
        tell("gone on with", rest, given.articles)
        print(f"last said before the kill: {([*broken.err.splitlines()] or ['nothing'])[-1]}")
        lines = [line for line in rest.err.splitlines() if line.startswith("going on")]
        print("\n".join(lines) or "nothing was left of the first run")


def tell(what: str, run: Run, articles: int) -> None:
    """Print how a run went."""
    print(
        f"{what}: {run.seconds:.1f} s ({run.of_processors:.1f} s of processors), "
        f"{articles / run.seconds:,.0f} articles/s, at most "
        f"{run.own / 1e6:,.0f} MB of their own, {run.mapped / 1e6:,.0f} MB with what is mapped"
    )
    print(run.out if not run.code else run.err, end="")


if __name__ == "__main__":
    main()
