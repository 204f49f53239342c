"""What people are typing: a query comes with each key, and only the newest is worth an answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.delivery.turns import place_given_up

_PAUSE = 30.0
"""Seconds without a key after which something else is asked."""

_KEYS = 30
"""Queries that are one question; more of the same count again."""

_MANY = 10_000
"""People of whom it is known what they typed last."""


class Typed:
    """Lets one query of each person be looked for at a time, and of what waits only the newest.

    Belongs to one event loop. Keeps nothing of who is served.
    """

    def __init__(self) -> None:
        self._people: dict[int, _Person] = {}

    @asynccontextmanager
    async def turn(self, user: int, number: int) -> AsyncIterator[Callable[[], bool]]:
        """Wait until nothing else of *user* is looked for, or until there is something newer.

        *number* is the update's. Yields what tells, then and later, whether this is the newest.
        """
        person = self._people.setdefault(user, _Person(number))
        mine = False
        try:
            mine = await person.take(number) if number >= person.newest else False
            yield lambda: mine and person.newest == number
        finally:
            if mine:
                person.hand_on()
            if not person.busy and self._people.get(user) is person:
                del self._people[user]


class _Person:
    """Somebody with a query in hand, and perhaps one that waits. *newest* is the number of either."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        self.busy = False
        self._waiting: asyncio.Future[bool] | None = None

    async def take(self, number: int) -> bool:
        """Return whether it is this one's turn; false once there is a newer one."""
        self.newest = number
        self._end_waiting(turn=False)
        if not self.busy:
            self.busy = True
            return True
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            async with place_given_up():
                return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.result():
                self.hand_on()
            raise

    def hand_on(self) -> None:
        """Give the turn to whoever waits, if somebody does."""
        self.busy = self._end_waiting(turn=True)

    def _end_waiting(self, *, turn: bool) -> bool:
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            return False
        waiting.set_result(turn)
        return True


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    number: int
    at: float
    keys: int


class Keystrokes:
    """Tells which queries are one question, typed letter by letter. Bounded, whoever types."""

    def __init__(self) -> None:
        # In the order of use.
        self._last: dict[int, _Question] = {}

    def question_of(self, user: int, text: str, number: int, at: float) -> int:
        """Return the number of the update with which *user* began to type what is now *text*.

        It is *number* when something else is asked. *at* counts seconds, by any clock.
        """
        last = self._last.pop(user, None)
        if last is None or not _goes_on(last, text, at):
            last = _Question(text, number, at, 0)
        if len(self._last) >= _MANY:
            del self._last[next(iter(self._last))]
        self._last[user] = _Question(text, last.number, at, last.keys + 1)
        return last.number

    def begin_anew(self, user: int) -> None:
        """Whatever *user* types next is another question."""
        self._last.pop(user, None)


def _goes_on(last: _Question, text: str, at: float) -> bool:
    typed_on = text.startswith(last.text) or last.text.startswith(text)
    return typed_on and at - last.at <= _PAUSE and last.keys < _KEYS
