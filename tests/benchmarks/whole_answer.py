"""Where the time of an answer goes, from the question's words to the snippets, by the corpus's size.

python -m tests.benchmarks.whole_answer [--passages N ...] [--questions N] [--keep FOLDER] [--write FILE]

Each corpus of made-up articles is read and saved once, in a process of its own (--keep: into a folder
where the next run finds it), then opened and asked in a fresh one, question by question, in one thread.
Times are of the processor. --write makes a page in Markdown.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bot.pauses import short_pauses
from bot.snapshots import Snapshot, Snapshots
from retrieval import answering
from tests.benchmarks.made_up import Newsroom
from tests.benchmarks.speed import megabytes, write

SIZES = (1_000, 10_000, 100_000)
PER_ARTICLE = 4
"""Passages of a made-up article, nearly."""

STEPS = ("understand", "search", "rank", "judge", "select")
"""What an answer is made of, in its order; names of what `retrieval.answering` calls, but for the search."""

_PAGE = """# The whole answer, by the size of the corpus

Written by `python -m tests.benchmarks.whole_answer --write docs/whole_answer.md`: what a question takes of
a processor, in milliseconds, from its words to the snippets. Of each step it is the median; *whole* is the
median of all of it, and *p99* what one question of a hundred takes more than. The corpora are made up,
read and saved beforehand; each is opened and asked by a process of its own, one question after the other.

- *understand*: the question's words, what it asks for, whom it names, and when
- *search*: its terms in the index; 30 passages are found, 120 where it says something of time
- *rank*: the sentences of these passages; 40 of them looked at closely
- *judge*: whether the best of them answer
- *select*: what is shown, and what stands in other articles, too
"""

_ASKED_FROM = 2_000
"""Articles that questions are made of."""


class Meter:
    """Adds up what each step of one answer takes; *beside* is what is to be taken off it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    def timed(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return *work*, its time added to *name*."""

        def measured(*args: Any, **kwargs: Any) -> Any:
            began = time.thread_time()
            try:
                return work(*args, **kwargs)
            finally:
                self.spent[name] += (time.thread_time() - began) * 1_000

        return measured


class _Searched:
    """An index whose searches are timed."""

    def __init__(self, index: Any, meter: Meter) -> None:
        self._index = index
        self.search = meter.timed("search", index.search)

    def __len__(self) -> int:
        return len(self._index)

    def frequency(self, term: str) -> int:
        """See `retrieval.engine.Index`."""
        return int(self._index.frequency(term))


def ask(snapshot: Snapshot, questions: Sequence[str]) -> list[dict[str, float]]:
    """Return for each question what each step took, and "whole", in milliseconds."""
    meter = Meter()
    for step in STEPS:
        if step != "search":
            setattr(answering, step, meter.timed(step, getattr(answering, step)))
    object.__setattr__(snapshot.index, "index", _Searched(snapshot.index.index, meter))
    newest = snapshot.index.searched.newest
    whole = meter.timed("whole", snapshot.answer)
    took = []
    for question in questions:
        meter.spent = defaultdict(float)
        whole(question, limit=12, now=newest)
        took.append(dict(meter.spent))
    return took


def summed_up(took: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the medians of the steps and of the whole, and the whole's 99th percentile."""
    names = (*STEPS, "whole")
    figures = {name: median(each.get(name, 0.0) for each in took) for name in names}
    whole = sorted(each["whole"] for each in took)
    return figures | {"p99": whole[int(0.99 * (len(whole) - 1))], "most": whole[-1]}


def corpus_of(passages: int, folder: Path) -> Path:
    """Return a file of made-up articles with about so many passages, written if it is not there."""
    path = folder / f"{passages}" / "articles.jsonl"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        write(Newsroom().articles(passages // PER_ARTICLE), part)
        part.rename(path)
    return path


def measure(passages: int, folder: Path, asked: int) -> dict[str, float]:
    """Open the corpus that is saved in *folder*, and ask it."""
    before, began = megabytes(), time.perf_counter()
    snapshots = Snapshots(corpus_of(passages, folder), folder=folder / f"{passages}" / "saved")
    snapshot = snapshots.open()
    opened = time.perf_counter() - began
    newsroom = Newsroom()
    texts = list(newsroom.articles(min(_ASKED_FROM, passages // PER_ARTICLE)))
    questions = list(newsroom.questions(texts, asked + 20))
    with short_pauses():  # as in the bot
        took = ask(snapshot, questions)[20:]  # the first ones find nothing in memory yet
    found = {"passages": float(snapshot.index.searched.passages), "open_s": opened}
    return found | summed_up(took) | {"memory_mb": megabytes() - before}


def tabled(rows: Sequence[dict[str, float]]) -> str:
    """Return a table of milliseconds, one row a corpus."""
    steps = (*STEPS, "whole", "p99")
    head = ["passages", *steps, "opened in s", "MB"]
    lines = [f"| {' | '.join(head)} |", f"|{'---:|' * len(head)}"]
    for row in rows:
        cells = [f"{row['passages']:,.0f}", *(f"{row[step]:.2f}" for step in steps)]
        cells += [f"{row['open_s']:.2f}", f"{row['memory_mb']:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Save each corpus in a process of its own, then measure it in another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--measure", action="store_true", help="do one, and print it as JSON")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.passages[0], options.keep, options.questions)))
        return
    with tempfile.TemporaryDirectory() as own:
        rows = []
        for passages in options.passages:
            command = [sys.executable, "-m", "tests.benchmarks.whole_answer", "--measure"]
            command += ["--keep", str(options.keep or own), "--passages", str(passages)]
            subprocess.run([*command, "--questions", "1"], check=True, capture_output=True)
            command += ["--questions", str(options.questions)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            rows.append(json.loads(done.stdout.splitlines()[-1]))
            print(tabled(rows).splitlines()[-1], flush=True)
    table = tabled(rows)
    print(table)
    if options.write:
        options.write.write_text(f"{_PAGE}\n{table}", encoding="utf-8")


if __name__ == "__main__":
    main()
