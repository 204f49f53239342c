"""What the bot is asked other than by messages: presses, inline queries and guest queries.

*at* is when it was asked (seconds since 1970); *old* makes it too late for an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.standin.messages import Message
from tests.standin.params import Json
from tests.standin.people import User

LIFETIME = 60.0
"""Seconds for which a query can be answered. Telegram's documents don't say it; it is not long."""


@dataclass(slots=True, eq=False)
class Query:
    """A press of a button. *answer* is what the bot answered, None before it did."""

    id: str
    sender: User
    message: Message
    data: str
    at: float
    answer: Json | None = None
    old: bool = False


@dataclass(slots=True, eq=False)
class InlineQuery:
    """What somebody typed after the bot's name. *answer* are the parameters of the bot's answer.

    *cached* says that Telegram answered by itself, from what the bot had said before.
    """

    id: str
    sender: User
    query: str
    at: float
    offset: str = ""
    chat_type: str = "private"
    answer: Json | None = None
    old: bool = False
    cached: bool = False

    @property
    def results(self) -> Sequence[Json]:
        """What is offered to the user; nothing before the answer."""
        return list((self.answer or {}).get("results", []))

    @property
    def next_offset(self) -> str:
        """Where the next page begins, empty after the last."""
        return str((self.answer or {}).get("next_offset", ""))

    @property
    def start_button(self) -> Json | None:
        """The button above the results."""
        return (self.answer or {}).get("button")


@dataclass(slots=True, eq=False)
class GuestQuery:
    """A message that mentions the bot where it is not a member; *replies* is what it posted there."""

    id: str
    message: Message
    at: float
    old: bool = False
    replies: list[Message] = field(default_factory=list)

    @property
    def reply(self) -> Message | None:
        """What the bot posted."""
        return self.replies[0] if self.replies else None


def answerable(query: Query | InlineQuery | GuestQuery | None, now: float) -> bool:
    """Whether *query* is known, and young at *now* (seconds since 1970)."""
    return query is not None and not query.old and now - query.at <= LIFETIME
