"""How fast Telegram lets a bot write into one chat."""

import time
from collections import deque
from collections.abc import Callable

Chat = int | str
"""A chat by its number, or a public one by its @name."""

BURST = (5, 5.0)
"""In any chat: at most so many messages in so many seconds. About one a second, as documented."""

IN_A_GROUP = (20, 60.0)
"""The same for groups and channels."""

_MANY = 1_000


class Pace:
    """Tells when a message may be sent into a chat, before Telegram has to refuse it.

    There is no pace for the bot as a whole: what Telegram takes differs from bot to bot, it says so
    when it is too much, and then each chat waits for itself. *clock* counts seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[Chat, deque[float]] = {}
        self._held: dict[Chat, float] = {}

    def wait(self, chat: Chat) -> float:
        """Take the next free moment for a message into *chat*; return the seconds until then."""
        now = self._clock()
        times = self._times.get(chat)
        if times is None:
            self._forget_the_quiet(now)
            times = self._times[chat] = deque(maxlen=IN_A_GROUP[0])
        moment = max(now, self._held.get(chat, now))
        for most, seconds in (BURST,) if _is_private(chat) else (BURST, IN_A_GROUP):
            if len(times) >= most:
                moment = max(moment, times[-most] + seconds)
        times.append(moment)
        return moment - now

    def hold(self, chat: Chat, seconds: float) -> None:
        """Let nothing into *chat* for so long: Telegram has asked for it."""
        self._held[chat] = self._clock() + seconds

    def _forget_the_quiet(self, now: float) -> None:
        if len(self._times) < _MANY:
            return
        long_ago = now - IN_A_GROUP[1]
        self._times = {chat: times for chat, times in self._times.items() if times[-1] > long_ago}
        self._held = {chat: until for chat, until in self._held.items() if until > now}


def _is_private(chat: Chat) -> bool:
    return isinstance(chat, int) and chat > 0
