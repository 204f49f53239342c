"""All that watches one running bot, in one place."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.alarms import Notice
from bot.monitoring.handled import Handled
from bot.monitoring.lag import lag_watched
from bot.monitoring.metrics import Metrics
from bot.monitoring.pulse import Pulse
from bot.monitoring.tallying import Tallying
from bot.state import Reload, ReloadOutcome, State

if TYPE_CHECKING:
    from bot.library import Library

BY_COMMAND = "command"
"""The cause of a reload that somebody in a chat asked for, and is told how it ends."""


class Monitor:
    """Is told what happens, and knows whether the bot is at work. Belongs to one event loop."""

    def __init__(
        self, state: State | None = None, *, version: str = "", pulse: Pulse | None = None
    ) -> None:
        self.metrics = Metrics(version)
        self.tallying = Tallying(state)
        self.pulse = pulse or Pulse()
        self.library: Library | None = None
        """What is asked; None while the articles are read for the first time."""
        self.at_work = False
        """Whether updates are taken: between the first connection and the signal to stop."""
        self.in_hand: Callable[[], int] = lambda: 0
        """How many updates are being handled."""
        self.tell: Callable[[Notice], object] = lambda _: None
        """Tells the admins, soon, and at most once an hour for the same cause."""

    @property
    def unready(self) -> str | None:
        """Why the bot answers nobody at the moment; None when it does."""
        silence = self.pulse.silence
        if self.library is None:
            return "the articles are being read"
        if not self.at_work:
            return "not at work: it starts, or it stops"
        if silence is None:
            return "Telegram has not answered yet"
        if silence > self.pulse.patience:
            return f"Telegram has not answered for {silence:.0f} s"
        return None

    def handled(self, handled: Handled) -> None:
        """An update is over."""
        self.metrics.handled(handled)
        self.tallying.handled(handled)

    async def reloaded(self, line: Reload) -> None:
        """Something was done to the corpus, or was to be; *line* is that of the audit trail.

        Of what nobody in a chat waits for, the admins are told when it failed.
        """
        self.metrics.reloaded(line.outcome, line.cause, line.seconds)
        if line.outcome is ReloadOutcome.FAILED and line.cause != BY_COMMAND:
            self.tell(Notice("reload", "alarm-reload", {"reason": line.detail or line.cause}))

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Measure and write down during the block."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(lag_watched(self.metrics.lag.observe))
            await stack.enter_async_context(self.tallying.written())
            yield
