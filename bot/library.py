"""The articles that are being asked, and the one bridge from the event loop to the search."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.errors import ReloadFailedError, ReloadRunningError
from bot.release import release
from bot.reports import Progress, ReloadReport
from bot.snapshots import Snapshot, load_snapshot
from bot.threads import beside
from corpus.errors import CorpusError
from corpus.loading import Corpus, compare
from retrieval.engines.choice import Wanted
from retrieval.errors import EngineError
from retrieval.following import NOTHING, Carried
from retrieval.models import Answer

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


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
