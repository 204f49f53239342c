"""What Telegram sent and is not done: written down before it is confirmed, until it was answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.delivery.arrived import Arrived, Json, as_arrived, as_incoming, numbered
from bot.state import SentPart, State, StateError

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

_KNOWN = 10_000
"""Ids of updates that are known to have come; the state knows more, and for longer."""

_LATER = 5.0
"""Seconds after which what could not be written is tried again."""

_LOOK = 0.1
_OUT_OF_ORDER = 60.0
"""Seconds that an update waits at most for earlier ones that other programs have in hand."""

_MOMENT = 0.001
"""Seconds for which what is to be written is gathered: what one answer leaves behind, above all."""


class Inbox:
    """Keeps updates in *state* until they are done, and in memory where that cannot be used.

    Belongs to one event loop. Nothing here fails: trouble with the state is logged when it begins
    and when it is over, and `on_trouble` is called with the reason. While there is trouble, or
    without a state, nothing survives the end of the program: `durable` says so, for whoever can
    leave updates with Telegram for a while.
    """

    def __init__(self, state: State | None) -> None:
        self.on_trouble: Callable[[str], object] = lambda _: None
        self._state = state
        self._trouble = False
        # Insertion order is age; the values mean nothing.
        self._known: dict[int, None] = {}
        self._parts: list[SentPart] = []
        self._done: list[int] = []
        self._writing: asyncio.Task[None] | None = None
        # By chat, what is to be handled before what has its turn there.
        self._jumping: dict[int, list[Arrived]] = {}
        self._round = asyncio.Event()
        """Set when what is to be written now has been, or could not be."""

    @property
    def durable(self) -> bool:
        """Whether what is received now is found again after a sudden end."""
        if self._state is None or self._trouble:
            return False
        return self._state.address.is_server or self._state.address.path is not None

    @property
    def shared(self) -> bool:
        """Whether other programs may use the same inbox."""
        return self._state is not None and self._state.address.is_server

    async def receive(self, batch: Sequence[Json]) -> list[Arrived]:
        """Write a batch down; return what of it had not come before, by number.

        What has no number is passed over.
        """
        fresh = {n: each for n, each in sorted(numbered(batch).items()) if n not in self._known}
        if not fresh:
            return []
        written = [as_incoming(number, update) for number, update in fresh.items()]
        new = await self._try(lambda state: state.inbox.receive(written))
        self._remember(fresh)
        return [Arrived(n, raw) for n, raw in fresh.items() if new is None or n in new]

    async def left_behind(self, limit: int) -> list[Arrived]:
        """Take at most *limit* updates that an earlier run did not finish, the oldest first."""
        waiting = await self._try(lambda state: state.inbox.pending(limit)) or []
        self._remember({each.update_id: None for each in waiting})
        arrived: list[Arrived] = []
        for each in waiting:
            # A later one of the same chat has its turn, and waits for just this.
            jumping = self._jumping.get(each.chat_id or 0)
            (arrived if jumping is None else jumping).append(as_arrived(each))
        return arrived

    async def sent(self, update_id: int) -> dict[int, int | None]:
        """Return which parts of the reply to an update an earlier run has sent, by number."""
        return await self._try(lambda state: state.inbox.sent(update_id)) or {}

    async def turn(self, update_id: int, chat_id: int | None) -> list[Arrived]:
        """Return when no other program has an earlier update of the chat in hand.

        Or when that has taken long: an answer out of order is better than none. What is returned
        are earlier ones that were left behind meanwhile, to be handled first.
        """
        if not self.shared or chat_id is None:
            return []
        earlier = self._jumping.setdefault(chat_id, [])
        try:
            async with asyncio.timeout(_OUT_OF_ORDER):
                while await self._is_elsewhere(chat_id, update_id):  # noqa: ASYNC110 - nobody calls
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            logger.warning("update %d goes before an earlier one of its chat", update_id)
        finally:
            self._jumping.pop(chat_id, None)
        return sorted(earlier, key=lambda each: each.update_id)

    async def _is_elsewhere(self, chat_id: int, update_id: int) -> bool | None:
        return await self._try(lambda state: state.inbox.elsewhere(chat_id, update_id))

    async def let_go(self) -> None:
        """Leave what is not done to other programs, as this one ends."""
        if self.shared:
            await self._try(lambda state: state.inbox.let_go())

    async def attempt(self, update_id: int, otherwise: int) -> int:
        """Count an attempt at handling an update; return how many there were.

        *otherwise* is what to return while the state cannot be used.
        """
        return await self._try(lambda state: state.inbox.attempt(update_id)) or otherwise

    async def set_aside(self, update_id: int, note: str) -> None:
        """Do not try an update again; *note* is the reason."""
        await self._try(lambda state: state.inbox.set_aside(update_id, note))

    def note(
        self, update_id: int, part: int, message_id: int | None, answer_id: str | None
    ) -> None:
        """Write down soon that a part of a reply was sent. See `bot.delivery.sent.Note`."""
        if self._state is not None:
            self._parts.append(SentPart(update_id, part, message_id, answer_id))
            self._write_soon()

    async def done(self, update_id: int) -> None:
        """Return when it is written down that nothing is left to do for an update, if it can be."""
        if self._state is not None:
            self._done.append(update_id)
            self._write_soon()
            await self._round.wait()

    async def written(self) -> None:
        """Return when all is written down that there was to write."""
        while self._writing is not None:
            await asyncio.shield(self._writing)

    def _write_soon(self) -> None:
        if self._writing is None:
            self._writing = asyncio.get_running_loop().create_task(self._write(), name="inbox")

    async def _write(self) -> None:
        try:
            await asyncio.sleep(_MOMENT)
            while self._parts or self._done:
                # Who comes from now on waits for the next round.
                written, self._round = self._round, asyncio.Event()
                parts, self._parts = self._parts, []
                done, self._done = self._done, []
                settled = await self._settle(parts, done)
                written.set()
                if not settled:
                    self._parts = [*parts, *self._parts][-_KNOWN:]
                    self._done = [*done, *self._done][-_KNOWN:]
                    # Nobody is to wait for it.
                    self._round.set()
                    await asyncio.sleep(_LATER)
        finally:
            self._writing = None

    async def _settle(self, parts: Sequence[SentPart], done: Sequence[int]) -> bool:
        finished = set(done)
        # Of what is done as a whole nobody asks any more which parts were sent.
        asked_for = [e for e in parts if e.update_id not in finished or e.answer_id is not None]
        await self._try(lambda state: state.inbox.settle(asked_for, done))
        return not self._trouble

    async def _try(self, use: Callable[[State], Awaitable[_T]]) -> _T | None:
        if self._state is None:
            return None
        try:
            result = await use(self._state)
        except StateError as error:
            if not self._trouble:
                logger.error("going on in memory: %s", error)  # noqa: TRY400 - it says it all
                self.on_trouble(error.reason)
            self._trouble = True
            return None
        if self._trouble:
            logger.warning("the state can be used again")
        self._trouble = False
        return result

    def _remember(self, update_ids: Mapping[int, object]) -> None:
        self._known.update(dict.fromkeys(update_ids))
        for number in list(self._known)[: max(len(self._known) - _KNOWN, 0)]:
            del self._known[number]
