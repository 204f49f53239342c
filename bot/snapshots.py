"""A corpus that is read and indexed, ready to be asked; and how one is made."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from typing_extensions import override

from bot.contents import Contents
from bot.errors import SnapshotLostError
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
        return Contents.of(self.index.articles, self.index.directory)

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


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot that can be gone back to. *made_at* is in UTC."""

    version: str
    made_at: datetime
    articles: int


class Snapshots:
    """Makes the snapshots of one corpus, and keeps the last few in a folder.

    All of it blocks. Any thread may call, one at a time. Without *folder* everything is in memory,
    and only the snapshot that counts is kept.
    """

    def __init__(
        self, corpus: Path, *, folder: Path | None = None, wanted: Wanted = "auto", keep: int = 3
    ) -> None:
        self.corpus = corpus
        self._folder = folder
        self._wanted: Wanted = wanted
        self._keep = keep
        self._current: Snapshot | None = None

    def open(self, progress: Progress | None = None) -> Snapshot:
        """Return what is to be asked at the start, and keep it.

        That is the kept one if the corpus is as it was when that was decided on, else what `read`
        returns. Raises what `load_snapshot` raises.
        """
        snapshot = self.read(progress)
        self.keep(snapshot)
        return snapshot

    def read(self, progress: Progress | None = None) -> Snapshot:
        """Return the corpus as it is now. It does not count before it is kept.

        What has not changed is not read again. Raises what `load_snapshot` raises.
        """
        return load_snapshot(self.corpus, progress, wanted=self._wanted)

    def keep(self, snapshot: Snapshot) -> None:
        """Let *snapshot* count from now on, after a restart, too; those that are too many are dropped."""
        self._current = snapshot

    def decline(self) -> None:
        """Note that the corpus as it was last read is not wanted.

        A restart opens what counted before, for as long as the corpus stays as it is.
        """

    def kept(self) -> Sequence[Kept]:
        """Return what can be gone back to, the newest first; the first is what counts."""
        if self._current is None:
            return ()
        current = self._current
        return (Kept(current.corpus.version, current.loaded_at, len(current.index.articles)),)

    def back(self, version: str) -> Snapshot:
        """Open one that was kept. It does not count before it is kept again.

        Raises SnapshotLostError when it is gone or damaged.
        """
        if self._current is not None and self._current.corpus.version == version:
            return self._current
        raise SnapshotLostError(version, "it was not kept")

    def close(self) -> None:
        """Let go of the files. What was opened can still be asked."""


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
