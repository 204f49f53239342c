"""Which engine serves a corpus, and why: a pure choice by its size, then the engine itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from corpus.models import Article
from corpus.passages import PASSAGE_WORDS
from retrieval.errors import EngineMissingError

if TYPE_CHECKING:  # settings are read without what only a search needs
    from retrieval.engine import Engine

MOST_IN_MEMORY = 2_000_000
"""Passages up to which the default engine answers faster than any other, and fits into memory."""

REQUIREMENT = "tantivy>=0.27,<0.28"
"""What the optional engine is installed as. Pinned, for some of its versions were slower than others."""


class Kind(StrEnum):
    """An engine by its name."""

    RANK_BM25 = "rank-bm25"
    TANTIVY = "tantivy"


Wanted = Literal["auto", "rank-bm25", "tantivy"]
"""What is asked for: an engine, or the one that suits the size of the corpus."""


@dataclass(frozen=True)
class Choice:
    """An engine, and the reason in words for an operator."""

    kind: Kind
    reason: str


def choose(wanted: Wanted, passages: int, installed: Collection[Kind]) -> Choice:
    """Return the engine for so many *passages*: the one *wanted*, or the one that suits.

    Raises EngineMissingError if one that is wanted is not *installed*.
    """
    if wanted != "auto":
        kind = Kind(wanted)
        if kind not in installed:
            raise EngineMissingError(kind, f"pip install '{REQUIREMENT}'")
        return Choice(kind, "asked for")
    size = f"about {passages:,} passages"
    if passages <= MOST_IN_MEMORY:
        return Choice(Kind.RANK_BM25, f"{size}, and up to {MOST_IN_MEMORY:,} memory is fastest")
    if Kind.TANTIVY in installed:
        return Choice(Kind.TANTIVY, f"{size}, and beyond {MOST_IN_MEMORY:,} the disk is better")
    missing = f"tantivy would suit better; install it with: pip install '{REQUIREMENT}'"
    return Choice(Kind.RANK_BM25, f"{size}, and no other engine is installed; {missing}")


def installed() -> frozenset[Kind]:
    """Return the engines that can be used here."""
    optional = {Kind.TANTIVY} if find_spec("tantivy") is not None else set()
    return frozenset({Kind.RANK_BM25} | optional)


def expected_passages(articles: Sequence[Article]) -> int:
    """Return about how many passages *articles* will be cut into, without cutting them."""
    return sum(1 + article.text.count(" ") // PASSAGE_WORDS for article in articles)


def engine(kind: Kind, folder: Path | None = None) -> "Engine":
    """Return an engine that is installed. One on disk builds in *folder*, or where temporary files are."""
    match kind:
        case Kind.RANK_BM25:
            from retrieval.engines.bm25 import RankBm25  # noqa: PLC0415 - imports numpy

            return RankBm25()
        case Kind.TANTIVY:
            from retrieval.engines.tantivy import Tantivy  # noqa: PLC0415 - optional, so only now

            return Tantivy(folder)
        case _:
            assert_never(kind)
