"""The benchmark of engines: its passages are like news, and it measures what it says."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from tests.benchmarks.contenders import ALL_TERMS, CONTENDERS, OURS, TOP, at_hand
from tests.benchmarks.engines_report import Figures, Ratio, plot, tables
from tests.benchmarks.newswire import Newswire

ROOT = Path(__file__).parents[2]
STOCK = "rank-bm25, stock"


def figures(engine: str, passages: int, *, update_s: float | None = 0.25) -> Figures:
    """Figures of one engine, all made up."""
    return Figures(
        engine=engine,
        passages=passages,
        median_ms=1.5,
        p95_ms=2345.6,
        ratio=Ratio(1.0, 0.9, 12.34),
        questions=90,
        overlap=0.99,
        build_s=3,
        peak_mb=200,
        disk_mb=0,
        memory_mb=17.2,
        mapped_mb=-1,
        first_ms=4,
        open_ms=None,
        update_s=update_s,
    )


def test_passages_are_as_news_is() -> None:
    """A few words are in every fifth passage, most are in one only, and a passage has about 28."""
    passages = list(Newswire().passages(5_000))
    holders = Counter(word for passage in passages for word in set(passage))

    assert 0.15 < holders.most_common(1)[0][1] / len(passages) < 0.3
    assert sum(count == 1 for count in holders.values()) > len(holders) / 2
    assert 26 < mean(map(len, passages)) < 30


def test_a_seed_gives_the_same_passages() -> None:
    """However many are asked for, and wherever one begins."""
    some = list(Newswire(3).passages(40))

    assert list(Newswire(3).passages(10, first=25)) == some[25:35]
    assert list(Newswire(4).passages(40)) != some
    assert Newswire(3).questions(5, 40) == Newswire(3).questions(5, 40)


def test_all_terms_are_those_of_the_analyzer() -> None:
    """Beside the words their forms, pairs and those of the title; questions ask for them all."""
    (plain,) = Newswire().passages(1)
    (full,) = Newswire(fields=True).passages(1)
    marks = Counter(term[0] for term in full)

    assert full[: len(plain)] == plain
    assert marks["="] == len(plain) == marks["+"] + 1
    assert marks["^"] > 0
    (plain_question,) = Newswire().questions(1, 100)
    (question,) = Newswire(fields=True).questions(1, 100)
    assert list(question)[: len(plain_question)] == list(plain_question)
    assert {term[0] for term in question} == {"w", "=", "+", "^"}


@pytest.mark.parametrize("name", [n for n in CONTENDERS if n in set(at_hand()) - {ALL_TERMS}])
def test_all_engines_find_much_the_same(name: str, tmp_path: Path) -> None:
    """Or they would be compared at different work."""
    wire, contender, ours = Newswire(), CONTENDERS[name](), CONTENDERS[OURS]()
    contender.build(wire.passages(500), tmp_path / "theirs")
    ours.build(wire.passages(500), tmp_path / "ours")
    asked = wire.questions(20, 500)
    same = [len({*contender.ask(q)} & {*ours.ask(q)}) / len(ours.ask(q)) for q in asked]

    assert mean(same) > 0.85
    assert all(len(contender.ask(q)) <= TOP for q in asked)


def test_it_measures_each_engine(tmp_path: Path) -> None:
    """From the first process to the tables, with few passages; and keeps what it measured."""
    command = [sys.executable, "-m", "tests.benchmarks.engines", "--passages", "200"]
    command += ["--questions", "20", "--seconds", "0.1", "--engines", STOCK]
    command += ["--raw", str(tmp_path / "raw.jsonl")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    lines = (tmp_path / "raw.jsonl").read_text().splitlines()
    ours, stock = (Figures.read(json.loads(line)) for line in lines)
    assert (ours.engine, stock.engine) == (OURS, STOCK)
    assert ours.median_ms > 0
    assert ours.open_ms is not None
    assert stock.open_ms is stock.update_s is None
    assert ours.overlap == 1
    assert f"| {STOCK} |" in ended.stdout
    assert ended.stderr.count(" x ours (") == 2


def test_tables_have_a_row_for_each_engine_and_a_column_for_each_size() -> None:
    """What was not measured is empty, and what an engine cannot do is a dash."""
    text = tables([figures("one", 1_000), figures("one", 10_000), figures("two", 1_000)], "here")

    assert "| one | 1.5 / 2,346 | 1.5 / 2,346 |" in text
    assert "| two | 1.5 / 2,346 |  |" in text
    assert "| one | 1 (0.9-12.3) | 1 (0.9-12.3) |" in text
    assert "| one | - | - |" in text
    assert "| one | 17.2 + 0 | 17.2 + 0 |" in text


def test_the_plot_is_a_picture(tmp_path: Path) -> None:
    """Also where an engine lacks a figure."""
    pytest.importorskip("matplotlib")

    plot([figures("one", 10, update_s=None), figures("two", 100)], tmp_path / "plot.png")

    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
