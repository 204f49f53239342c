"""What was sent in reply to one update, so that nothing of it is sent twice; and what it came to."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from retrieval.models import Outcome, Reason


class Ending(StrEnum):
    """How a question ended, for whoever counts."""

    ANSWERED = Outcome.ANSWERED.value
    RELATED = Outcome.RELATED.value
    NOTHING = Outcome.NOTHING.value
    TOO_SLOW = "too_slow"
    """Looking for an answer took longer than it may."""
    TOO_MANY = "too_many"
    """Its asker, or the chat, had asked too much."""
    LATE = "late"
    """It had waited for too long while the bot was away."""
    BUSY = "busy"
    """Too much was in hand."""
    FAILED = "failed"


class Note(Protocol):
    """Writes down that a part of the reply to an update was sent."""

    def __call__(
        self, update_id: int, part: int, message_id: int | None, answer_id: str | None, /
    ) -> None:
        """*message_id* is None when Telegram did not say whether it took the message.

        *answer_id* is the answer that the message shows, if any. Returns at once.
        """


@dataclass(frozen=True, slots=True)
class Sent:
    """A part that needs no sending. *message_id* is None when nobody knows whether it was taken."""

    message_id: int | None


class Delivery:
    """The reply to one update, in parts that are numbered in the order in which they are sent.

    A handler that runs again for the same update sends the same parts in the same order; what an
    earlier run has sent is not sent again.
    """

    def __init__(self, update_id: int = 0, note: Note | None = None) -> None:
        self.update_id = update_id
        self.acknowledged = False
        """Whether the press of a button that this replies to was answered."""
        self.error: Exception | None = None
        """What the handler raised in the last run, if it did."""
        self.last_try = True
        """Whether the handler is not run again if this run fails."""
        self.ending: Ending | None = None
        """How the question ended, if the update is one."""
        self.reason: Reason | None = None
        """Why it was not answered, if it was not."""
        self.searching: float | None = None
        """Seconds that were spent looking for an answer, if that was done."""
        self._sent: dict[int, int | None] = {}
        self._note = note
        self._next = 0

    def resume(self, sent: Mapping[int, int | None]) -> None:
        """Take over which parts were sent before the program was started: number -> message id."""
        self._sent.update(sent)

    def begin(self, *, last_try: bool) -> None:
        """A run of the handler begins: count the parts from the first again."""
        self._next = 0
        self.error = None
        self.ending = self.reason = None
        self.last_try = last_try

    def next_part(self) -> int:
        """Return the number of the part that is to be sent now."""
        self._next += 1
        return self._next - 1

    def sent(self, part: int) -> Sent | None:
        """Return what an earlier run has sent as *part*, or None if it is still to be sent."""
        return Sent(self._sent[part]) if part in self._sent else None

    def accepted(self, part: int, message_id: int | None, answer_id: str | None = None) -> None:
        """Note that *part* was sent, or that it may have been, and must not be sent again."""
        self._sent[part] = message_id
        if self._note is not None:
            self._note(self.update_id, part, message_id, answer_id)


_in_hand: ContextVar[Delivery | None] = ContextVar("delivery", default=None)


def in_hand() -> Delivery:
    """Return the reply to the update that this task, or the task that began it, is handling."""
    delivery = _in_hand.get()
    return Delivery() if delivery is None else delivery


def take_in_hand(delivery: Delivery) -> Callable[[], None]:
    """From now on this task handles *delivery*, until the returned function is called."""
    token = _in_hand.set(delivery)
    return lambda: _in_hand.reset(token)
