"""How long it takes to load articles and to ask them, and how much memory they take.

python -m tests.benchmarks.speed [--articles N ...] [--questions N]

Writes made-up articles of about 500 words into a file, loads it as the bot does, and asks questions,
one after the other, in one thread. A question's time is shown whole, as what its search takes alone,
and as the difference. Each number of articles is measured in a process of its own, for its memory.
Times are of the processor, so that others who use it change little; loading is timed by the clock, too.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import mean, median

from bot.reports import Stage
from bot.snapshots import load_snapshot
from corpus.models import Article
from corpus.passages import passages
from retrieval.answering import HITS, answer
from retrieval.attribution import attribute
from retrieval.calibration import measure_chance
from retrieval.indexed import IndexedCorpus
from retrieval.question import understand
from retrieval.sentences import study
from tests.benchmarks.made_up import Newsroom

_SAMPLE = 500
"""Articles that the steps of loading are timed on, one by one."""


def write(articles: Iterable[Article], path: Path) -> None:
    """Write articles as lines of JSON."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles:
            date = str(article.published_at)
            known = {"id": article.id, "title": article.title, "text": article.text}
            file.write(json.dumps(known | {"published_at": date}) + "\n")


def megabytes() -> float:
    """Return the memory that this process has resident; where that is not told, its most so far."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 2**20
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def timed(work: Callable[[], object]) -> float:
    """Return how long *work* takes, in milliseconds."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def measure_loading(path: Path, number: int) -> IndexedCorpus:
    """Load the file, and print how long each stage takes and what memory it needs."""
    ends: dict[str, float] = {}
    before, clock, began = megabytes(), time.perf_counter(), time.process_time()

    def tell(stage: Stage, _done: int, _total: int) -> None:
        ends[stage.name.lower()] = time.process_time()

    index = load_snapshot(path, tell).index
    took, by_clock = time.process_time() - began, time.perf_counter() - clock
    used = megabytes() - before
    an_article = f"{took * 1000 / number:.2f} ms an article"
    _print("loading", f"{by_clock:.1f} s; of the processor {took:.1f} s, {an_article}, of which")
    last = began
    for stage, end in ends.items():
        _print(f"  {stage}", f"{(end - last) * 1000 / number:.2f} ms an article")
        last = end
    _print("  the rest", f"{took - (last - began):.1f} s")
    per_thousand = used * 1000 / number
    text = sum(map(sys.getsizeof, (a.text for a in index.articles))) / 2**20 * 1000 / number
    _print("memory", f"{used:.0f} MB, {per_thousand:.1f} MB per 1,000 articles ({text:.1f} text)")
    _print("passages, stems", f"{len(index.passages):,}, {len(index.vocabulary):,}")
    return index


def measure_steps(corpus: IndexedCorpus) -> None:
    """Print what the steps of reading an article take, each alone."""
    sample = corpus.articles[:_SAMPLE]
    cut = [[bounds for passage in passages(article) for bounds in passage] for article in sample]
    steps: dict[str, Callable[[], object]] = {
        "sentences": lambda: [list(passages(article)) for article in sample],
        "attribution": lambda: [attribute(a.text, c) for a, c in zip(sample, cut, strict=True)],
        "reading in all": lambda: [study(article) for article in sample],
    }
    for name, work in steps.items():
        _print(f"  {name}", f"{timed(work) / len(sample):.2f} ms an article")
    _print("  calibration", f"{timed(lambda: measure_chance(corpus)):.0f} ms a corpus")


def measure_questions(corpus: IndexedCorpus, questions: Sequence[str]) -> None:
    """Print the time of questions: the whole, the search alone, and the difference."""
    newest = corpus.searched.newest
    for question in questions[:20]:
        answer(question, corpus, now=newest)
    whole, search, beyond = [], [], []
    for question in questions:
        query = understand(question, corpus.vocabulary, now=newest)
        search.append(timed(partial(corpus.index.search, query.terms, HITS)))
        whole.append(timed(partial(answer, question, corpus, now=newest)))
        beyond.append(whole[-1] - search[-1])
    for name, times in (("question", whole), ("  search", search), ("  beyond it", beyond)):
        p99 = sorted(times)[int(0.99 * len(times))]
        _print(
            name,
            f"median {median(times):.2f} ms, p99 {p99:.2f}, max {max(times):.2f}, mean {mean(times):.2f}",
        )


def measure(number: int, asked: int) -> None:
    """Print everything for one number of articles."""
    newsroom = Newsroom()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        write(newsroom.articles(number), path)
        gc.collect()
        _print(f"\n{number:,} articles", f"{path.stat().st_size / 2**20:.0f} MB of JSON")
        corpus = measure_loading(path, number)
    measure_steps(corpus)
    measure_questions(corpus, list(newsroom.questions(corpus.articles, asked)))


def _print(name: str, figures: str) -> None:
    print(f"{name:20}{figures}", flush=True)


def main() -> None:
    """Measure each number of articles in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--questions", type=int, default=500)
    options = parser.parse_args()
    if len(options.articles) == 1:
        measure(options.articles[0], options.questions)
        return
    for number in options.articles:
        command = [sys.executable, "-m", "tests.benchmarks.speed", "--articles", str(number)]
        subprocess.run([*command, "--questions", str(options.questions)], check=True)


if __name__ == "__main__":
    main()
