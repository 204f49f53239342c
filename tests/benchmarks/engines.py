"""How fast search engines are, and what they take, side by side: ours, and their peers.

python -m tests.benchmarks.engines [--passages N ...] [--engines NAME ...] [--quick] [--write FOLDER]

Indexes made-up passages with the statistics of news, each engine in a process of its own: how long it
takes to build, to open what was built, to replace one passage of a hundred, and the memory and the disk
for it. Then each engine is asked in turns with the default one, in one process, question by question, so
that whatever else the machine does meets both alike. --write makes FOLDER/engines.md and engines.png.
"""

import argparse
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import Any, cast

from tests.benchmarks.contenders import (
    ALL_TERMS,
    CONTENDERS,
    OURS,
    Contender,
    Opens,
    Updates,
    at_hand,
)
from tests.benchmarks.engines_report import Figures, Ratio, plot, tables
from tests.benchmarks.newswire import Newswire

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK = (1_000, 10_000)
_WARM = 30
"""Questions that are asked before any is timed, or as many as a quarter of the time allows."""
_LEAST = 10
"""Questions that are timed, however long it takes."""


@dataclass(frozen=True)
class Job:
    """What one process measures: an engine, how many passages, and where its index is."""

    stage: str
    engine: str
    passages: int
    folder: Path
    questions: int
    seconds: float
    """After which no more questions are asked, unless there were too few for a median."""


def measure_building(job: Job) -> dict[str, float]:
    """Return what it takes to build an index, in seconds and megabytes."""
    for _ in _wire(job).passages(job.passages):  # also brings forth what is made only once
        pass
    alone = _timed(lambda: [None for _ in _wire(job).passages(job.passages)])
    before = _most_megabytes()
    contender, wire = CONTENDERS[job.engine](), _wire(job)
    took = _timed(lambda: contender.build(wire.passages(job.passages), job.folder))
    files = [path for path in job.folder.rglob("*") if path.is_file()]
    return {
        "build_s": max(0.001, took - alone),
        "peak_mb": _most_megabytes() - before,
        "disk_mb": sum(path.stat().st_size for path in files) / 2**20,
    }


def measure_opening(job: Job) -> dict[str, float]:
    """Return how long opening and updating takes, and the memory once questions were asked."""
    questions = _wire(job).questions(job.questions, job.passages)
    contender = CONTENDERS[job.engine]()
    gc.collect()
    own, mapped = _megabytes()
    measured: dict[str, float] = {}
    took = _timed(lambda: _ready(contender, job))
    if hasattr(contender, "open"):
        measured["open_ms"] = took * 1000
    measured["first_ms"] = _timed(lambda: contender.ask(questions[0])) * 1000
    ends = time.perf_counter() + job.seconds
    for terms in questions:
        contender.ask(terms)
        if time.perf_counter() > ends:
            break
    gc.collect()
    own_then, mapped_then = _megabytes()
    measured |= {"memory_mb": own_then - own, "mapped_mb": mapped_then - mapped}
    if hasattr(contender, "update"):
        gone = range(0, job.passages, 100)
        fresh = list(_wire(job).passages(len(gone), first=job.passages))
        updates = cast("Updates", contender)
        measured["update_s"] = _timed(lambda: updates.update(gone, fresh, job.folder))
        contender.ask(questions[0])
    return measured


def measure_asking(job: Job) -> dict[str, Any]:
    """Return the times of questions, in turns with the default engine, and how they compare."""
    ours, other = CONTENDERS[OURS](), CONTENDERS[job.engine]()
    _ready(ours, replace(job, engine=OURS, folder=job.folder.parent / _slug(OURS)))
    _ready(other, job)
    plain = Newswire().questions(job.questions, job.passages)
    asked = list(zip(plain, _wire(job).questions(job.questions, job.passages), strict=True))
    ours_ms: list[float] = []
    other_ms: list[float] = []
    same, most = 0, 0
    ends = time.perf_counter() + job.seconds / 4
    for of_ours, of_other in asked[:_WARM]:
        ours.ask(of_ours)
        other.ask(of_other)
        if time.perf_counter() > ends:
            break
    ends = time.perf_counter() + job.seconds
    for number, (of_ours, of_other) in enumerate(asked):
        calls = [(ours, of_ours, ours_ms), (other, of_other, other_ms)]
        found = []
        # Who is asked first finds the processor's caches cold, so they take turns.
        for contender, terms, times in calls[:: 1 if number % 2 else -1]:
            began = time.perf_counter()
            found.append(set(contender.ask(terms)))
            times.append((time.perf_counter() - began) * 1000)
        same += len(found[0] & found[1])
        most += max(map(len, found))
        if time.perf_counter() > ends and number >= _LEAST:
            break
    ratios = [b / a for a, b in zip(ours_ms, other_ms, strict=True)]
    tenths = quantiles(ratios, n=10, method="inclusive")
    return {
        "median_ms": median(other_ms),
        "p95_ms": quantiles(other_ms, n=20, method="inclusive")[-1],
        "ratio": asdict(Ratio(median(ratios), tenths[0], tenths[-1])),
        "questions": len(ratios),
        "overlap": same / max(1, most),
    }


STAGES: dict[str, Callable[[Job], dict[str, Any]]] = {
    "build": measure_building,
    "open": measure_opening,
    "ask": measure_asking,
}


def measured(engine: str, passages: int, folder: Path, limits: Sequence[str]) -> Figures:
    """Return the figures of one engine, each stage measured in a process of its own."""
    found: dict[str, Any] = {"engine": engine, "passages": passages}
    for stage in ("build", "ask", "open"):  # an update comes last, for it changes the index
        command = [sys.executable, "-m", "tests.benchmarks.engines", "--stage", stage, *limits]
        command += ["--engines", engine, "--passages", str(passages), "--folder", str(folder)]
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        found |= json.loads(ended.stdout)
    return Figures.read(found)


def run(options: argparse.Namespace) -> Iterator[Figures]:
    """Yield the figures of each engine, the default one first: the others are asked beside it."""
    limits = ["--questions", str(options.questions), "--seconds", str(options.seconds)]
    others = [name for name in options.engines if name != OURS]
    for passages in options.passages:
        with tempfile.TemporaryDirectory(prefix="engines-") as folder:
            for engine in (OURS, *others):
                yield measured(engine, passages, Path(folder), limits)


def main() -> None:
    """Measure one stage of one engine, as told by the process above; or all of them."""
    options = _parser().parse_args()
    if options.stage:
        (engine,), (passages,) = options.engines, options.passages
        folder = options.folder / _slug(engine)
        job = Job(options.stage, engine, passages, folder, options.questions, options.seconds)
        print(json.dumps(STAGES[options.stage](job)))
        return
    if options.quick:
        options.passages, options.questions, options.seconds = list(QUICK), 60, 1.0
    figures = _known(options.raw)
    for one in run(options):
        _tell(one)
        figures = [f for f in figures if (f.engine, f.passages) != (one.engine, one.passages)]
        figures.append(one)
        if options.raw:
            options.raw.write_text("".join(f"{json.dumps(asdict(f))}\n" for f in figures))
    _show(figures, options.write)


def _show(figures: Sequence[Figures], folder: Path | None) -> None:
    text = tables(figures, _machine())
    if folder is None:
        print(text)
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "engines.md").write_text(text, encoding="utf-8")
    if find_spec("matplotlib") is None:
        print("no plot: pip install matplotlib", file=sys.stderr)
    else:
        plot(figures, folder / "engines.png")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--engines", nargs="+", default=list(at_hand()), choices=CONTENDERS)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20.0, help="for each engine's questions")
    parser.add_argument("--quick", action="store_true", help="small sizes, in under two minutes")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write tables and plot there")
    parser.add_argument("--raw", type=Path, metavar="FILE", help="keep the figures between runs")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser


def _known(raw: Path | None) -> list[Figures]:
    """Return the figures of an earlier run."""
    if raw is None or not raw.exists():
        return []
    return [Figures.read(json.loads(line)) for line in raw.read_text().splitlines()]


def _tell(one: Figures) -> None:
    ratio = f"{one.ratio.median:.2f} x ours ({one.ratio.low:.2f} to {one.ratio.high:.2f})"
    figures = f"{one.median_ms:9.3f} ms, {ratio}, same hits {one.overlap:.3f}"
    print(f"{one.passages:>9,}  {one.engine:28}{figures}", file=sys.stderr, flush=True)


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{cores} cores ({platform.machine()}), Python {platform.python_version()}"


def _wire(job: Job) -> Newswire:
    return Newswire(fields=job.engine == ALL_TERMS)


def _ready(contender: Contender, job: Job) -> None:
    """Open what was built, or build it where that cannot be."""
    if hasattr(contender, "open"):
        cast("Opens", contender).open(job.folder)
    else:
        contender.build(_wire(job).passages(job.passages), job.folder)


def _slug(engine: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in engine)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _megabytes() -> tuple[float, float]:
    """Return the memory that is this process's own, and what of files is in memory for it.

    The second is the system's to take back. Where they are not told apart, all is the process's.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return _most_megabytes(), 0.0
    lines = (line.split() for line in status.read_text(encoding="ascii").splitlines())
    kilobytes = {line[0]: int(line[1]) for line in lines if line[0].startswith("Rss")}
    return kilobytes["RssAnon:"] / 1024, kilobytes["RssFile:"] / 1024


def _most_megabytes() -> float:
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    main()
