"""Signs of life of whatever brings the updates: polls, or looks at the webhook."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 120.0
"""Seconds without a sign of life after which something is wrong. A poll takes 40 at most."""


class Pulse:
    """Knows when the last sign of life came, and the last answer of Telegram's.

    Belongs to one event loop. *clock* counts seconds.
    """

    def __init__(
        self, patience: float = PATIENCE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.patience = patience
        self.answered_at: float | None = None
        """When Telegram last answered, in seconds since 1970; None if it never has."""
        self._clock = clock
        self._due = clock() + patience
        self._answered: float | None = None
        self._resting = 0

    def beat(self, pause: float = 0.0) -> None:
        """A sign of life. None may come for *pause* seconds, which is as it should be."""
        self._due = self._clock() + pause + self.patience

    def answered(self) -> None:
        """A sign of life, and of Telegram's."""
        self.beat()
        self._answered = self._clock()
        self.answered_at = time.time()

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Expect no sign of life during the block: what waits there waits on purpose."""
        self._resting += 1
        try:
            yield
        finally:
            self._resting -= 1
            self.beat()

    @property
    def left(self) -> float:
        """Seconds until a sign of life is overdue; 0 or less when it is."""
        return self.patience if self._resting else self._due - self._clock()

    @property
    def silence(self) -> float | None:
        """Seconds since Telegram last answered; 0 while resting, None if it never has."""
        if self._answered is None:
            return None
        return 0.0 if self._resting else self._clock() - self._answered
