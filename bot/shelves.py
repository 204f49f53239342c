"""The snapshot that is being asked, and those that are still being read after another took its place."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from bot.release import release
from bot.snapshots import Snapshot

_T = TypeVar("_T")


class _Shelf:
    """A snapshot, how many are reading it, and whether another has taken its place."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.readers = 0
        self.retired = False


class Shelves:
    """Lets a snapshot be read in *threads*, and replaced meanwhile. Belongs to one event loop."""

    def __init__(self, snapshot: Snapshot, *, threads: int) -> None:
        self._shelf = _Shelf(snapshot)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="library")
        # A thread of its own, so that freeing an old corpus takes no search's place, nor a search its.
        self._freeing = ThreadPoolExecutor(1, thread_name_prefix="freeing")

    @property
    def snapshot(self) -> Snapshot:
        """What is being asked at the moment."""
        return self._shelf.snapshot

    async def read(self, work: Callable[[Snapshot], _T]) -> _T:
        """Return what *work*, done in a thread, makes of the current snapshot."""
        shelf = self._shelf
        shelf.readers += 1
        try:
            return await self._in_thread(partial(work, shelf.snapshot))
        finally:
            shelf.readers -= 1
            self._clear(shelf)

    def replace(self, fresh: Snapshot) -> None:
        """From now on *fresh* is asked. The old one is freed when its last reader has left."""
        retired, self._shelf = self._shelf, _Shelf(fresh)
        retired.retired = True
        self._clear(retired)

    def discard(self, held: list[object]) -> None:
        """Free what is in *held* and nowhere else, without holding anybody up. Empties the list."""
        root, held[:] = [*held], []
        self._freeing.submit(release, root)

    def close(self) -> None:
        """Wait for searches to end. Nothing can be read afterwards."""
        self._pool.shutdown()
        self._freeing.shutdown()

    def _clear(self, shelf: _Shelf) -> None:
        """Free a snapshot that was replaced, once its last reader has left."""
        if shelf.retired and not shelf.readers:
            # A list that nobody else holds, so that `release` drops the last reference.
            self._freeing.submit(release, [shelf.snapshot])
            del shelf.snapshot

    def _in_thread(self, work: Callable[[], _T]) -> asyncio.Future[_T]:
        return asyncio.get_running_loop().run_in_executor(self._pool, copy_context().run, work)
