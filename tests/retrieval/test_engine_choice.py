"""Which engine serves a corpus: by its size, by what is asked for, by what is installed."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from corpus.loading import SAMPLE, load
from corpus.passages import passages
from retrieval.engines.bm25 import RankBm25
from retrieval.engines.choice import (
    MOST_IN_MEMORY,
    REQUIREMENT,
    Kind,
    Wanted,
    choose,
    engine,
    expected_passages,
    installed,
)
from retrieval.engines.tantivy import Tantivy
from retrieval.errors import EngineMissingError

BOTH = frozenset(Kind)
ONE = frozenset({Kind.RANK_BM25})
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("number", "kind", "reason"),
    [
        (0, Kind.RANK_BM25, "about 0 passages, and up to 2,000,000 memory is fastest"),
        (MOST_IN_MEMORY, Kind.RANK_BM25, "about 2,000,000 passages, and up to 2,000,000 memory"),
        (MOST_IN_MEMORY + 1, Kind.TANTIVY, "and beyond 2,000,000 the disk is better"),
    ],
)
def test_the_size_decides(number: int, kind: Kind, reason: str) -> None:
    """And the operator is told why."""
    choice = choose("auto", number, BOTH)

    assert choice.kind is kind
    assert reason in choice.reason


@pytest.mark.parametrize("wanted", ["rank-bm25", "tantivy"])
def test_what_is_asked_for_is_taken(wanted: Wanted) -> None:
    """Whatever the size."""
    assert choose(wanted, 7, BOTH).kind == wanted
    assert choose(wanted, 70_000_000, BOTH).kind == wanted


def test_every_engine_can_be_asked_for() -> None:
    """By its name; and "auto" for the one that suits."""
    assert get_args(Wanted) == ("auto", *Kind)


def test_a_missing_engine_says_how_it_is_installed() -> None:
    """In one line that can be copied."""
    with pytest.raises(EngineMissingError) as caught:
        choose("tantivy", 7, ONE)

    wanted = (
        "the engine 'tantivy' is not installed; install it with: pip install 'tantivy>=0.27,<0.28'"
    )
    assert str(caught.value) == wanted


def test_without_the_other_the_default_takes_any_size() -> None:
    """A large corpus is served more slowly, rather than not at all; and what would help is said."""
    choice = choose("auto", 5_000_000, ONE)

    assert choice.kind is Kind.RANK_BM25
    assert f"pip install '{REQUIREMENT}'" in choice.reason


def test_what_is_installed_here_can_be_made() -> None:
    """Each kind has its engine."""
    assert installed() == BOTH
    assert isinstance(engine(Kind.RANK_BM25), RankBm25)
    assert isinstance(engine(Kind.TANTIVY), Tantivy)


def test_nothing_needs_the_optional_engine() -> None:
    """Where tantivy cannot be imported, the default works, and tantivy counts as not installed."""
    script = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'tantivy': raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "from retrieval.engines.choice import Kind, choose, engine\n"
        "from retrieval.indexing import index_corpus\n"
        "found = index_corpus([], 'v', engine=engine(Kind.RANK_BM25))\n"
        "print(found, 'tantivy' in sys.modules)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert ended.stdout == "<IndexedCorpus v: 0 articles> False\n"


def test_the_extra_is_what_the_message_says() -> None:
    """Whoever installs the extra has the same version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["optional-dependencies"]["tantivy"] == [REQUIREMENT]


def test_passages_are_estimated_without_cutting() -> None:
    """Near enough to choose by."""
    articles = load(SAMPLE).articles
    cut = sum(len(list(passages(article))) for article in articles)

    assert cut / 1.5 <= expected_passages(articles) <= cut * 1.5
