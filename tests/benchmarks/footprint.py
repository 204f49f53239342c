"""How much memory and time a corpus takes that is kept on disk: indexing, starting, changing, asking.

python -m tests.benchmarks.footprint [--articles N] [--changed N] [--folder PATH]

Makes up news, a thousand articles a file, and indexes it as the bot does, in a process of its own.
Then a fresh process starts from what was saved, and asks. Then some articles are changed, and it is
read again. Memory is what a process has in all, and what of that is its own: pages that are
mapped from files can be had back by the system at any time. The folder is used again if it is there.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

from bot.snapshots import Snapshot, Snapshots
from corpus.models import Article
from tests.benchmarks.made_up import Newsroom

_PER_FILE = 1000
_ASKED = 300
_MB = 1 << 20
_MILLION = 1_000_000


def write_news(folder: Path, articles: int) -> None:
    """Write so many made-up articles into *folder*, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.jsonl"))) * _PER_FILE >= articles:
        return
    made = Newsroom().articles(articles)
    for number in range(-(-articles // _PER_FILE)):
        some = islice(made, _PER_FILE)
        with (folder / f"{number:05}.jsonl").open("w", encoding="utf-8") as file:
            for article in some:
                published = article.published_at
                row = {
                    "id": article.id,
                    "title": article.title,
                    "text": article.text,
                    "publisher": article.publisher,
                    "published_at": None if published is None else published.isoformat(),
                }
                file.write(json.dumps(row) + "\n")


def change(folder: Path, number: int) -> None:
    """Add a sentence to *number* articles, in as many files as can be."""
    files = sorted(folder.glob("*.jsonl"))
    each = -(-number // len(files))
    left = number
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        for place in random.Random(time.time_ns()).sample(  # noqa: S311 - no secrets
            range(len(lines)), min(each, left)
        ):
            row = json.loads(lines[place])
            row["text"] += f"\nIt was changed at {time.time_ns()}."
            lines[place] = json.dumps(row)
        left -= min(each, left)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        if not left:
            return


@dataclass(frozen=True)
class Memory:
    """What this process has of the machine's memory, in bytes: in all, and of its own."""

    resident: int
    own: int

    @classmethod
    def now(cls) -> "Memory":
        """Measure it. On Linux only."""
        found = {}
        for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
            name, kilobytes = line.split()[:2]
            found[name] = int(kilobytes) * 1024
        return cls(found["Rss:"], found["Anonymous:"])


def start(news: Path, saved: Path) -> Iterator[str]:
    """Start from what was saved, ask, and say how long it took and what memory it takes."""
    imported = Memory.now()
    began = time.perf_counter()
    snapshot = Snapshots(news, folder=saved).open(_unexpected)
    took = time.perf_counter() - began
    passages = snapshot.index.searched.passages
    yield f"{len(snapshot.index.articles):,} articles, {passages:,} passages"
    yield f"start from what was saved: {took:.2f} s"
    opened = Memory.now()
    questions = list(Newsroom(9).questions(_Some(snapshot), _ASKED))
    times = list(_times(snapshot, questions))
    yield f"first question {times[0] * 1000:.1f} ms"
    cuts = quantiles(times, n=100)
    yield f"{len(times)} questions: median {median(times) * 1000:.1f} ms, p99 {cuts[-1] * 1000:.1f} ms"
    again = list(_times(snapshot, questions))
    yield f"the same again: median {median(again) * 1000:.1f} ms, p99 {quantiles(again, n=100)[-1] * 1000:.1f} ms"
    began = time.perf_counter()
    snapshot.contents.with_key("0" * 16)
    snapshot.index.directory.texts.get("nowhere")
    yield f"lists of all articles put in order: {(time.perf_counter() - began) * 1000:.0f} ms"
    memory = Memory.now()
    yield (
        f"memory: {memory.resident / _MB:.0f} MB, {memory.own / _MB:.0f} MB without mapped pages "
        f"(before it was opened: {imported.resident / _MB:.0f}, {imported.own / _MB:.0f})"
    )
    # What is remembered of articles that were read last does not grow with the corpus.
    remembered = memory.own - opened.own
    slope = (opened.own - imported.own) / max(1, passages)
    million = imported.own + slope * _MILLION + remembered
    yield f"at that rate a million passages take {million / _MB:.0f} MB without mapped pages"


class _Some(list[Article]):
    """A hundred articles of a corpus, to ask about."""

    def __init__(self, snapshot: Snapshot) -> None:
        size = len(snapshot.index.articles)
        super().__init__(snapshot.index.articles[n] for n in range(0, size, max(1, size // 100)))


def _times(snapshot: Snapshot, questions: list[str]) -> Iterator[float]:
    for question in questions:
        began = time.perf_counter()
        snapshot.answer(question, now=datetime(2024, 1, 1, tzinfo=UTC))
        yield time.perf_counter() - began


def _unexpected(*_: object) -> None:
    raise AssertionError("it was to be opened, and is read")


def measure(articles: int, changed: int, folder: Path) -> Iterator[str]:
    """Do all of it."""
    news, saved = folder / "news", folder / "saved"
    write_news(news, articles)
    snapshots = Snapshots(news, folder=saved)
    began = time.perf_counter()
    snapshots.open()
    took = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if most:
        yield f"indexed in {took:.1f} s, {articles / took:.0f} articles/s, at most {most / _MB:.0f} MB"
    yield from _in_fresh_process(news, saved)
    for _ in range(2):
        change(news, changed)
        began = time.perf_counter()
        snapshots.keep(snapshots.read())
        yield f"{changed} articles changed: {time.perf_counter() - began:.2f} s"
    began = time.perf_counter()
    snapshots.keep(snapshots.read())
    yield f"nothing changed: {time.perf_counter() - began:.2f} s"
    yield f"on disk: {_size(saved) / _MB:.0f} MB, of {_size(news) / _MB:.0f} MB of news"


def _size(folder: Path) -> int:
    """Return how many bytes the files of a folder have; what has several names counts once."""
    found = (path.stat() for path in folder.rglob("*") if path.is_file())
    return sum({status.st_ino: status.st_size for status in found}.values())


def _in_fresh_process(news: Path, saved: Path) -> list[str]:
    command = [sys.executable, "-m", "tests.benchmarks.footprint", "--start", str(news), str(saved)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def main() -> None:
    """Read the options, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--changed", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="where all of it is written, and stays")
    parser.add_argument("--start", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.start:
        _print(start(*options.start))
        return
    with tempfile.TemporaryDirectory() as temporary:
        _print(measure(options.articles, options.changed, options.folder or Path(temporary)))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
