"""What happened on each day, as mere counts, for /stats: gathered here, written down now and then."""

import asyncio
import bisect
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

from bot.delivery.sent import Ending
from bot.monitoring.handled import Handled
from bot.state import State, StateError, Tally

logger = logging.getLogger(__name__)

EVERY = 5.0
"""Seconds between two writings. What a killed program has not written is not counted."""

QUESTION, INLINE, LANGUAGE, REASON, ANSWER_MS = "question", "inline", "language", "reason", "ms"
"""The kinds of tallies. Names: an Ending, the same, a language, a Reason, one of BOUNDS or MORE."""

BOUNDS = tuple(round(10 ** (step / 10)) for step in range(10, 59))
"""Milliseconds up to which an answer took: a quarter more at each step, up to ten minutes."""

MORE = "more"

_DAYS = 8
"""Days for which counts are kept in memory while they cannot be written down."""

_GIVEN = {Ending.ANSWERED, Ending.RELATED, Ending.NOTHING}

_Key = tuple[date, str, str]


class Tallying:
    """Counts what is handled, and writes it into *state*; without one it counts since the start.

    Belongs to one event loop.
    """

    def __init__(
        self,
        state: State | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._state = state
        self._today = today
        self._counts: Counter[_Key] = Counter()
        self._trouble = False

    def handled(self, handled: Handled) -> None:
        """Count an update, if it was a question."""
        if handled.ending is None:
            return
        day = self._today()
        if handled.chat == "inline":
            # A search at each pause in typing: no number to put beside that of questions.
            self._counts[day, INLINE, handled.ending.value] += 1
            return
        self._counts[day, QUESTION, handled.ending.value] += 1
        self._counts[day, LANGUAGE, handled.language] += 1
        if handled.reason is not None:
            self._counts[day, REASON, handled.reason.value] += 1
        if handled.ending in _GIVEN:
            self._counts[day, ANSWER_MS, bound_of(handled.seconds)] += 1

    async def since(self, day: date) -> list[Tally]:
        """Return the tallies of *day* and later, also those that are not written yet.

        Raises StateError.
        """
        fresh = [tally for tally in _tallies(self._counts) if tally.day >= day]
        written = [] if self._state is None else await self._state.journal.tallies(day)
        return [*written, *fresh]

    async def write(self) -> None:
        """Write down what was counted. Trouble is logged when it begins, and nothing is lost by it."""
        if self._state is None or not self._counts:
            self._drop_the_old()
            return
        counts, self._counts = self._counts, Counter()
        try:
            await self._state.journal.count(_tallies(counts))
            self._trouble = False
        except StateError as error:
            self._counts.update(counts)
            self._drop_the_old()
            if not self._trouble:
                logger.warning("the day's counts are not written yet: %s", error)
            self._trouble = True

    @asynccontextmanager
    async def written(self, every: float = EVERY) -> AsyncIterator[None]:
        """Write again and again during the block, and at its end."""
        writing = asyncio.create_task(self._write_on(every), name="tallying")
        try:
            yield
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            await self.write()

    async def _write_on(self, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            await self.write()

    def _drop_the_old(self) -> None:
        oldest = self._today() - timedelta(days=_DAYS)
        for key in [key for key in self._counts if key[0] < oldest]:
            del self._counts[key]


def bound_of(seconds: float) -> str:
    """Return the name of the tally for an answer that took so long."""
    place = bisect.bisect_left(BOUNDS, seconds * 1_000)
    return str(BOUNDS[place]) if place < len(BOUNDS) else MORE


def _tallies(counts: Counter[_Key]) -> Iterable[Tally]:
    return [Tally(day, kind, name, count) for (day, kind, name), count in counts.items()]
