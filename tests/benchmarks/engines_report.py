"""The figures of search engines as tables in Markdown, and as a plot."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ratio:
    """How many times as long as the default engine another takes for the same question.

    The median of all questions, and the bounds that leave out a tenth of them at each end.
    """

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """What was measured of one engine with so many passages. None is what it cannot do."""

    engine: str
    passages: int
    median_ms: float
    p95_ms: float
    ratio: Ratio
    questions: int
    overlap: float
    build_s: float
    peak_mb: float
    disk_mb: float
    memory_mb: float
    mapped_mb: float
    first_ms: float
    open_ms: float | None = None
    update_s: float | None = None

    @classmethod
    def read(cls, plain: dict[str, Any]) -> "Figures":
        """Return the figures that were written as JSON."""
        return cls(**(plain | {"ratio": Ratio(**plain["ratio"])}))


Cell = Callable[[Figures], str]


@dataclass(frozen=True)
class Table:
    """One measure of all engines: what it is called, what is said about it, and a cell of it."""

    title: str
    note: str
    cell: Cell


def _number(value: float | None, none: str = "-") -> str:
    """Return three digits that matter, and no more."""
    if value is None:
        return none
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2g}" if value < 1 else f"{value:.3g}"


TABLES = (
    Table(
        "A question",
        "Median and 95th percentile in milliseconds, the best ten of each.",
        lambda f: f"{_number(f.median_ms)} / {_number(f.p95_ms)}",
    ),
    Table(
        "A question, compared",
        "How many times as long as the default engine, asked in turns in one process: the median "
        "ratio, and between which ratios eight of ten questions are. The first row is the default "
        "engine against itself, so it shows what the machine adds.",
        lambda f: f"{_number(f.ratio.median)} ({_number(f.ratio.low)}-{_number(f.ratio.high)})",
    ),
    Table(
        "The same hits",
        "The share of the best ten that the default engine finds, too. That of all terms is asked "
        "for more, so it finds others.",
        lambda f: f"{f.overlap:.3f}",
    ),
    Table("To build", "Seconds, with saving.", lambda f: _number(f.build_s)),
    Table(
        "To open",
        "Milliseconds; where there is none, the engine has to build anew.",
        lambda f: _number(f.open_ms),
    ),
    Table(
        "To replace one passage of a hundred",
        "Seconds until the new ones are found, with saving; where there is none, the engine has to "
        "build anew.",
        lambda f: _number(f.update_s),
    ),
    Table(
        "Memory",
        "Megabytes after the questions, beyond what the program had before: its own, and what is "
        "mapped from files, which the system takes back when it is short.",
        lambda f: f"{_number(max(f.memory_mb, 0.0))} + {_number(max(f.mapped_mb, 0.0))}",
    ),
    Table("Disk", "Megabytes.", lambda f: _number(f.disk_mb or None)),
)


def tables(figures: Sequence[Figures], machine: str) -> str:
    """Return all tables, with what was measured, and on what."""
    sizes = sorted({figure.passages for figure in figures})
    parts = [
        "# Search engines, measured side by side",
        "Written by `make bench`, not by hand. Every engine was given the same terms of the same "
        "made-up passages, with the statistics of news (`tests/benchmarks/newswire.py`), and was "
        f"asked the same questions of 5 to 12 words. {machine}.",
        "![The same figures as curves](engines.png)",
    ]
    for table in TABLES:
        head = ["", *(f"{size:,}" for size in sizes)]
        rows = [head, ["---", *("---:" for _ in sizes)]]
        rows += [[name, *_cells(figures, name, sizes, table)] for name in _names(figures)]
        lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
        parts.append(f"## {table.title}\n\n{table.note}\n\n{lines}")
    return "\n\n".join(parts) + "\n"


def _cells(
    figures: Iterable[Figures], name: str, sizes: Sequence[int], table: Table
) -> Iterable[str]:
    known = {figure.passages: figure for figure in figures if figure.engine == name}
    return (table.cell(known[size]) if size in known else "" for size in sizes)


def _names(figures: Iterable[Figures]) -> Sequence[str]:
    return list(dict.fromkeys(figure.engine for figure in figures))


_CURVES: Sequence[tuple[str, Callable[[Figures], float | None]]] = (
    ("a question, ms", lambda f: f.median_ms),
    ("to build, s", lambda f: f.build_s),
    ("to open, ms", lambda f: f.open_ms),
    ("memory, its own and mapped, MB", lambda f: max(f.memory_mb + f.mapped_mb, 1.0)),
    ("to replace 1 %, s", lambda f: f.update_s),
    ("disk, MB", lambda f: f.disk_mb or None),
)


def plot(figures: Sequence[Figures], path: Path) -> None:
    """Draw each measure against the number of passages, both in powers of ten, into a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    drawing, axes = plt.subplots(2, 3, figsize=(13, 8), constrained_layout=True)
    for axis, (title, value) in zip(axes.flat, _CURVES, strict=True):
        for name in _names(figures):
            points = sorted((f.passages, value(f)) for f in figures if f.engine == name)
            drawn = [(x, y) for x, y in points if y is not None]
            is_ours = "ours" in name
            axis.plot(
                [x for x, _ in drawn],
                [y for _, y in drawn],
                marker="o" if is_ours else ".",
                linewidth=2.5 if is_ours else 1.2,
                label=name,
            )
        axis.set(xscale="log", yscale="log", title=title, xlabel="passages")
        axis.grid(visible=True, which="major", alpha=0.3)
    handles, labels = axes.flat[0].get_legend_handles_labels()
    drawing.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)
    drawing.savefig(path, dpi=110)
    plt.close(drawing)
