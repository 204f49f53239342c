"""The articles that are being asked, and the one bridge from the event loop to the search."""

import asyncio
import gc
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from bot.contents import Contents
from bot.errors import ReloadFailedError, ReloadRunningError
from bot.receipts import checked
from bot.release import release
from bot.reports import Progress, ReloadReport, Stage, Status
from bot.threads import beside
from corpus.errors import CorpusError
from corpus.loading import Corpus, compare, load
from retrieval.answering import answer
from retrieval.engines.choice import Choice, Wanted, choose, engine, expected_passages, installed
from retrieval.errors import EngineError
from retrieval.examples import example_questions
from retrieval.following import NOTHING, Carried
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Answer

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

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


class _Shelf:
    """A snapshot, how many are reading it, and whether another has taken its place."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.readers = 0
        self.retired = False


class Library:
    """Answers questions from the current snapshot, and replaces it. Lives as long as the bot.

    All coroutines belong to one event loop. Call `close` at the end.
    """

    def __init__(
        self,
        path: Path,
        snapshot: Snapshot,
        *,
        limit: int = 3,
        threads: int = 2,
        wanted: Wanted = "auto",
    ) -> None:
        self.path = path
        self._wanted = wanted
        self._shelf = _Shelf(snapshot)
        self._limit = limit
        self._reloading = False
        self._told: list[Callable[[Snapshot], Awaitable[None]]] = []
        # One more than searches may run, so that freeing an old corpus takes no search's place.
        self._pool = ThreadPoolExecutor(threads + 1, thread_name_prefix="library")

    @property
    def snapshot(self) -> Snapshot:
        """What is being asked at the moment."""
        return self._shelf.snapshot

    async def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        now: datetime | None = None,
        carried: Carried = NOTHING,
    ) -> Answer:
        """Answer from the snapshot that is current now, even if it is replaced meanwhile.

        At most *limit* snippets; without one, as many as the library was made with.
        """
        asked_at = now or datetime.now(UTC)
        return await self.read(
            lambda snapshot: snapshot.answer(
                question, limit=limit or self._limit, now=asked_at, carried=carried
            )
        )

    async def read(self, work: Callable[[Snapshot], _T]) -> _T:
        """Return what *work*, done in a thread, makes of the current snapshot."""
        shelf = self._shelf
        shelf.readers += 1
        try:
            return await self._in_thread(partial(work, shelf.snapshot))
        finally:
            shelf.readers -= 1
            self._clear(shelf)

    def on_change(self, told: Callable[[Snapshot], Awaitable[None]]) -> None:
        """From now on call *told* with each snapshot that takes the place of another.

        The reload is not over before it returns; what it raises is logged and changes nothing.
        """
        self._told.append(told)

    def reload(self, progress: Progress | None = None) -> asyncio.Task[ReloadReport]:
        """Begin to load the corpus afresh; questions are answered from the old one until it is done.

        Raises ReloadRunningError at once if one is running. Awaiting the task raises
        ReloadFailedError if the fresh corpus cannot be used; then nothing has changed.
        """
        if self._reloading:
            raise ReloadRunningError
        self._reloading = True
        return asyncio.get_running_loop().create_task(self._reload(progress), name="reload")

    def close(self) -> None:
        """Wait for searches to end, not for a reload. Nothing can be asked afterwards."""
        self._pool.shutdown()

    async def _reload(self, progress: Progress | None) -> ReloadReport:
        began = time.monotonic()
        old = self.snapshot
        try:
            fresh = await beside(partial(load_snapshot, self.path, progress, wanted=self._wanted))
            changes = await beside(partial(compare, old.corpus, fresh.corpus))
        except Exception as error:
            # Whatever went wrong, the old corpus still answers, and the admin is told why.
            logger.exception("the reload failed; still answering from %s", old.corpus.version)
            raise ReloadFailedError(_why(error)) from error
        finally:
            self._reloading = False
        if old.index.articles and not fresh.index.articles:
            raise ReloadFailedError(_nothing_left(self.path, fresh.corpus))
        retired, self._shelf = self._shelf, _Shelf(fresh)
        retired.retired = True
        self._clear(retired)
        await self._tell(fresh)
        return ReloadReport(
            changes=changes,
            refused=fresh.corpus.refused,
            old_version=old.corpus.version,
            new_version=fresh.corpus.version,
            seconds=time.monotonic() - began,
        )

    async def _tell(self, fresh: Snapshot) -> None:
        for told in self._told:
            try:
                await told(fresh)
            except Exception:
                logger.exception("not everybody could be told of version %s", fresh.corpus.version)

    def _clear(self, shelf: _Shelf) -> None:
        """Free a snapshot that was replaced, once its last reader has left."""
        if shelf.retired and not shelf.readers:
            # A list that nobody else holds, so that `release` drops the last reference.
            self._pool.submit(release, [shelf.snapshot])
            del shelf.snapshot

    def _in_thread(self, work: Callable[[], _T]) -> asyncio.Future[_T]:
        return asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, work)


def _why(error: Exception) -> str:
    if isinstance(error, CorpusError | EngineError | OSError):
        return str(error)
    return f"unexpected {type(error).__name__}, see the log"


def _nothing_left(path: Path, corpus: Corpus) -> str:
    refused = corpus.refused
    reason = f"; first of {len(refused)} refused: {refused[0]}" if refused else ""
    return f"{path}: no article could be read{reason}"


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
