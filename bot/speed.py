"""How fast something goes on, and how long it will still take."""

import time
from collections import deque
from collections.abc import Callable

_WINDOW = 30.0
"""Seconds over which a speed is taken: what was slow at first is not held against what follows."""


class Speed:
    """The speed of one thing that goes on. *clock* tells seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, done: int) -> None:
        """Note how far it is."""
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and self._seen[1][0] < now - _WINDOW:
            self._seen.popleft()

    @property
    def per_second(self) -> float | None:
        """How much is done in a second; None while that cannot be told."""
        if len(self._seen) < 2:
            return None
        (began, first), (now, last) = self._seen[0], self._seen[-1]
        return (last - first) / (now - began) if now - began >= 0.5 else None

    def left(self, total: int) -> float | None:
        """Seconds until *total* is done; None while that cannot be told."""
        if not (speed := self.per_second):
            return None
        return max(0, total - self._seen[-1][1]) / speed


def lasting(seconds: float) -> str:
    """Say how long something lasts: 40 s, 3 min, 2 h 5 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
