"""Which update is handled when: a few chats at once, one after another within each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from weakref import WeakValueDictionary


class Turns:
    """Serves at most *places* chats at once, and each chat in the order in which its turns are asked.

    A chat with many questions waits for itself only: its later updates take no place meanwhile.
    """

    def __init__(self, places: int) -> None:
        self._places = asyncio.Semaphore(places)
        # A lock lives as long as an update of its chat waits for it or holds it.
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, chat: int | None) -> AsyncIterator[None]:
        """Wait for the turn of this chat and for a place. None is in order with nobody."""
        async with self._lock(chat):
            place = _Place(self._places)
            await place.take()
            token = _mine.set(place)
            try:
                yield
            finally:
                _mine.reset(token)
                place.leave()

    def _lock(self, chat: int | None) -> asyncio.Lock:
        turn = None if chat is None else self._chats.get(chat)
        if turn is None:
            turn = asyncio.Lock()
            if chat is not None:
                self._chats[chat] = turn
        return turn


class _Place:
    """One of the places, taken or not, by the task that made this."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._taken = False
        self.task = asyncio.current_task()

    async def take(self) -> None:
        await self._places.acquire()
        self._taken = True

    def leave(self) -> None:
        if self._taken:
            self._taken = False
            self._places.release()


_mine: ContextVar[_Place | None] = ContextVar("place", default=None)


@asynccontextmanager
async def place_given_up() -> AsyncIterator[None]:
    """Let others have the place of this task for as long as the block takes, which only waits.

    The chat keeps its turn, so that its order is kept.
    """
    place = _mine.get()
    if place is None or place.task is not asyncio.current_task():
        yield
        return
    place.leave()
    yield  # after an error, a cancellation above all, nothing is left to do that needs a place
    await place.take()
