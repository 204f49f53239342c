"""A corpus that is read and indexed, ready to be asked; and how one is made."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from typing_extensions import override

from bot.contents import Contents
from bot.receipts import checked
from bot.reports import Progress, Stage, Status
from corpus.loading import Corpus, load
from retrieval.answering import answer
from retrieval.engines.choice import Choice, Wanted, choose, engine, expected_passages, installed
from retrieval.examples import example_questions
from retrieval.following import NOTHING, Carried
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Answer

EXAMPLES = 3
"""Questions offered to somebody who asks for the first time."""

_TURN = 0.001
"""Seconds that a thread computes before it gives way, while a corpus is loaded."""


@dataclass(frozen=True)
class Snapshot:
    """One loaded corpus, ready to be asked. Never changes; replaced as a whole.

    *loaded_at* is in UTC; *examples* are questions that this corpus answers; *engine* is
    what searches it, and why.
    """

    index: IndexedCorpus
    corpus: Corpus
    loaded_at: datetime
    examples: tuple[str, ...]
    engine: Choice

    def answer(
        self,
        question: str,
        *,
        limit: int = 3,
        now: datetime | None = None,
        carried: Carried = NOTHING,
    ) -> Answer:
        """Answer from this snapshot, each snippet checked against its article. Thread-safe."""
        found = answer(question, self.index, now=now, limit=limit, carried=carried)
        return checked(found, self.index)

    @cached_property
    def contents(self) -> Contents:
        """What it holds, in order; made when it is first asked for, not on the event loop."""
        return Contents.of(self.index.articles)

    @property
    def status(self) -> Status:
        """What is searched, for those who ask after it."""
        return Status(
            searched=self.index.searched,
            version=self.corpus.version,
            loaded_at=self.loaded_at,
            refused=len(self.corpus.refused),
        )

    @override
    def __repr__(self) -> str:
        return f"<Snapshot {self.corpus.version}: {len(self.index.articles)} articles>"


def load_snapshot(
    path: Path, progress: Progress | None = None, *, wanted: Wanted = "auto"
) -> Snapshot:
    """Read and index the corpus at *path* with the engine *wanted*. Blocks for as long as that takes.

    Raises EngineMissingError when that is not installed, CorpusError when there is nothing at *path*; files that cannot be read are refused, in
    `corpus.refused`, and do not stop the rest.
    """
    with _considerate():
        corpus = load(path, progress=_stage(Stage.READING, progress))
        indexing = _stage(Stage.INDEXING, progress)
        chosen = choose(wanted, expected_passages(corpus.articles), installed())
        index = index_corpus(
            corpus.articles, corpus.version, engine=engine(chosen.kind), progress=indexing
        )
        examples = example_questions(index, EXAMPLES)
    return Snapshot(index, corpus, datetime.now(UTC), examples, chosen)


def _stage(stage: Stage, progress: Progress | None) -> Callable[[int, int], None] | None:
    return None if progress is None else partial(progress, stage)


@contextmanager
def _considerate() -> Iterator[None]:
    """Load so that the other threads of the program, the event loop's above all, go on working."""
    collecting, interval = gc.isenabled(), sys.getswitchinterval()
    # A full collection stops every thread while it walks all objects, and a corpus is millions of
    # them, none in a cycle. So none while it is built, and none through it afterwards (freeze).
    gc.disable()
    # By default a thread that computes gives way after 5 ms only, at each step of each reply.
    sys.setswitchinterval(min(interval, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.freeze()
        if collecting:
            gc.enable()
