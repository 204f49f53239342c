"""How much Telegram takes: by chat, by group, by bot."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil

from tests.standin.params import Refusal
from tests.standin.people import Chat

MINUTE = 60.0


@dataclass(slots=True)
class FloodLimits:
    """Limits on messages and edits, as documented, by the clock that *hear* is given.

    A private chat takes one a second, and *burst* at once after a pause; a group 20 a minute; a bot
    may send 30 a second. Whoever sends before the end of a wait waits for the rest of it.
    """

    burst: int = 3
    in_group: int = 20
    overall: int = 30
    _until: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    _heard: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _all: deque[float] = field(default_factory=deque)

    def hear(self, chat: Chat | None, now: float) -> None:
        """Count a call for *chat* at *now* (seconds); raises Refusal when it is one too many."""
        wait = self._wait(chat, now)
        if wait > 0:
            raise flooded(ceil(wait))
        self._all.append(now)
        if chat is not None:
            self._heard[chat.id].append(now)

    def _wait(self, chat: Chat | None, now: float) -> float:
        wait = _over(self._all, now, self.overall, 1.0)
        if chat is None:
            return wait
        heard = self._heard[chat.id]
        wait = max(wait, _over(heard, now, self.burst, float(self.burst)))
        if chat.kind != "private":
            wait = max(wait, _over(heard, now, self.in_group, MINUTE))
        wait = max(wait, self._until[chat.id] - now)
        if wait > 0:
            self._until[chat.id] = now + wait
        return wait


def _over(heard: deque[float], now: float, most: int, seconds: float) -> float:
    """How long to wait until fewer than *most* have been heard in the last *seconds*."""
    while heard and heard[0] <= now - MINUTE:
        heard.popleft()
    if len(heard) < most:
        return 0.0
    return max(heard[-most] + seconds - now, 0.0)


def flooded(seconds: int) -> Refusal:
    """A 429, to be tried again after *seconds*."""
    text = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, text, blame=False, parameters={"retry_after": seconds})
