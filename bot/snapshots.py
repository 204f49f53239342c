"""A corpus that is read and indexed, ready to be asked; and how one is made, kept and gone back to."""

import gc
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from weakref import WeakValueDictionary

from typing_extensions import override

from bot.appearance import Appearance
from bot.building import EXAMPLES, Job, build
from bot.child import Child
from bot.contents import Contents
from bot.errors import SnapshotLostError
from bot.indexfolder import Entry, IndexFolder, Kept
from bot.keeping import unusable
from bot.receipts import checked
from bot.reports import Progress, Stage, Status
from corpus.loading import Corpus, load
from corpus.sources import sources
from retrieval.answering import answer
from retrieval.engines.choice import Choice, Wanted, choose, engine, expected_passages, installed
from retrieval.errors import StoredIndexError
from retrieval.examples import example_questions
from retrieval.following import NOTHING, Carried
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Answer
from retrieval.saving import open_saved

__all__ = ["Kept", "Snapshot", "Snapshots", "load_snapshot"]

logger = logging.getLogger(__name__)

_TURN = 0.001
"""Seconds that a thread computes before it gives way, while a corpus is loaded."""

_MANY_OBJECTS = 100_000
"""New ones in memory from which on it takes too long to look through them for what is in a cycle."""

_LITTLE = 500_000
"""Bytes of a corpus up to which no process of its own is worth the second in which it starts."""


@dataclass(frozen=True)
class Snapshot:
    """One loaded corpus, ready to be asked. Never changes; replaced as a whole.

    *loaded_at* is in UTC; *examples* are questions that this corpus answers; *engine* is
    what searches it, and why. *entry* is what it is in the folder, None for one in memory.
    """

    index: IndexedCorpus
    corpus: Corpus
    loaded_at: datetime
    examples: tuple[str, ...]
    engine: Choice
    entry: Entry | None = None

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
        return Contents.of(self.index.articles, self.index.directory, self.index.stories)

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


class Snapshots:
    """Makes the snapshots of one corpus, and keeps the last few in a folder.

    All of it blocks. Any thread may call, one at a time; `close` also meanwhile. Without *folder*,
    or with one that cannot be used, everything is in memory, and only what counts is kept. Much that
    is new is read by so many *workers*, processes of their own.
    """

    def __init__(
        self,
        corpus: Path,
        *,
        folder: Path | None = None,
        wanted: Wanted = "auto",
        keep: int = 3,
        workers: int = 1,
    ) -> None:
        self.corpus = corpus
        self._workers = workers
        self._folder = _usable(folder)
        self._wanted: Wanted = wanted
        self._keep = keep
        self._child = Child()
        self._known: WeakValueDictionary[str, Snapshot] = WeakValueDictionary()
        self._read: tuple[str, str] = ("", "")
        """The name of the snapshot that was read last, and what the corpus looked like before."""
        self._current: Snapshot | None = None
        """What counts, where that is in memory."""

    def open(self, progress: Progress | None = None, *, decides: bool = True) -> Snapshot:
        """Return what is to be asked at the start, and keep it.

        That is the kept one if the corpus looks as it did when that was decided on, else what `read`
        returns. Who only asks, and *decides* nothing, keeps it only where nothing is kept.
        Raises what `read` raises.
        """
        kept = self._counting()
        if kept is not None and self._is_decided(kept) and (counting := self._tried(kept)):
            return counting
        snapshot = self.read(progress)
        if decides or self._counting() is None:
            self.keep(snapshot)
        return snapshot

    def read(self, progress: Progress | None = None) -> Snapshot:
        """Return the corpus as it is now. It does not count before it is kept.

        What has not changed is not read again. Raises what `load_snapshot` raises, and
        BuildEndedError.
        """
        if self._folder is None:
            return load_snapshot(self.corpus, progress, wanted=self._wanted)
        sources(self.corpus)  # raises what is in the way, before a process is started for that
        choose(self._wanted, 0, installed())
        looks = Appearance.of(self.corpus)
        try:
            snapshot = self._opened(self._built(looks, progress))
        except StoredIndexError:
            # It was written before, and has been damaged since; now it is out of the way.
            snapshot = self._opened(self._built(looks, progress))
        self._read = ("" if snapshot.entry is None else snapshot.entry.name, looks.digest)
        return snapshot

    def keep(self, snapshot: Snapshot) -> None:
        """Let *snapshot* count from now on, after a restart, too; those that are too many are dropped.

        Raises SnapshotLostError if it is gone from the folder, and OSError.
        """
        entry = snapshot.entry
        if self._folder is None or entry is None:
            self._current = snapshot
            return
        if not self._folder.path(entry).is_dir():
            raise SnapshotLostError(entry.version, "its folder is gone")
        name, looks = self._read
        if name != entry.name:
            looks = Appearance.of(self.corpus).digest
        self._folder.keep(entry, looks, self._keep)

    def decline(self) -> None:
        """Note that the corpus as it was last read is not wanted.

        A restart opens what counted before, for as long as the corpus stays as it is.
        """
        if self._folder is not None and self._read[1]:
            self._folder.look_at(self._read[1])

    def kept(self) -> Sequence[Kept]:
        """Return what can be gone back to, the newest first; the first is what counts."""
        if self._folder is not None:
            return tuple(entry.kept for entry in self._folder.kept())
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
        entries = self._folder.kept() if self._folder is not None else ()
        entry = next((one for one in entries if one.version == version), None)
        if entry is None:
            raise SnapshotLostError(version, "it was not kept")
        try:
            return self._opened(entry)
        except StoredIndexError as error:
            raise SnapshotLostError(version, str(error)) from error

    def close(self) -> None:
        """End what is being read. What was opened can still be asked."""
        self._child.end()

    def _counting(self) -> Entry | None:
        kept = self._folder.kept() if self._folder is not None else ()
        return kept[0] if kept else None

    def _is_decided(self, kept: Entry) -> bool:
        """Tell whether the corpus looks as it did when it was decided that *kept* counts."""
        if self._folder is None or kept.due:
            return False
        return self._folder.seen == Appearance.of(self.corpus).digest

    def _built(self, looks: Appearance, progress: Progress | None) -> Entry:
        """Write what is read into the folder; in a process of its own if that may take long."""
        if self._folder is None:
            raise ValueError("there is no folder")
        base = self._counting()
        job = Job(
            corpus=self.corpus,
            root=self._folder.root,
            wanted=self._wanted,
            base=base,
            workers=self._workers,
        )
        if looks.size > _LITTLE:
            return self._child.build(job, progress)
        with _considerate():
            return build(job, progress)

    def _tried(self, entry: Entry) -> Snapshot | None:
        """Open what counts, or say in the log why it is of no use."""
        try:
            snapshot = self._opened(entry)
        except StoredIndexError:
            return None  # the log has it
        chosen = choose(self._wanted, len(snapshot.index.passages), installed())
        return snapshot if chosen.kind == snapshot.engine.kind else None

    def _opened(self, entry: Entry) -> Snapshot:
        """Open what is in the folder, or take what is open already.

        Raises StoredIndexError for one that is damaged, and puts it out of the way.
        """
        if self._folder is None:
            raise SnapshotLostError(entry.version, "there is no folder")
        refused, now = tuple(one.error for one in entry.refused), datetime.now(UTC)
        known = self._known.get(entry.name)
        if known is not None:
            corpus = replace(known.corpus, refused=refused, removed=entry.removed)
            return replace(known, corpus=corpus, loaded_at=now, entry=entry)
        try:
            with _considerate():
                saved = open_saved(self._folder.path(entry))
        except StoredIndexError as error:
            self._folder.set_aside(entry, error)
            raise
        corpus = Corpus(saved.articles(), entry.version, refused, entry.removed)
        facts = saved.facts
        snapshot = Snapshot(saved.corpus, corpus, now, facts.examples, facts.choice, entry)
        self._known[entry.name] = snapshot
        # The first question reads tables and maps files: nobody is to wait for that who asks.
        for example in facts.examples[:1]:
            snapshot.answer(example)
        return snapshot


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


def _usable(folder: Path | None) -> IndexFolder | None:
    """Return the folder if snapshots can be kept in it, or say in the log why not."""
    if folder is None:
        return None
    if reason := unusable(folder):
        logger.warning("the indexed corpus stays in memory, and is not kept: %s", reason)
        return None
    return IndexFolder(folder)


def _stage(stage: Stage, progress: Progress | None) -> Callable[[int, int], None] | None:
    return None if progress is None else partial(progress, stage)


@contextmanager
def _considerate() -> Iterator[None]:
    """Load so that the other threads of the program, the event loop's above all, go on working."""
    collecting, interval = gc.isenabled(), sys.getswitchinterval()
    # A full collection stops every thread while it walks all objects, and a corpus in memory is
    # millions of them, none in a cycle. So none while it is built, and none through it afterwards
    # (freeze). What is frozen is never collected: so what is garbage already goes before.
    gc.collect()
    gc.disable()
    # By default a thread that computes gives way after 5 ms only, at each step of each reply.
    sys.setswitchinterval(min(interval, _TURN))
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if gc.get_count()[0] > _MANY_OBJECTS:
            gc.freeze()
        if collecting:
            gc.enable()
