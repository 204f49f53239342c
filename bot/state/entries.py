"""What is kept for the operator: the audit trail, what was not answered, what was counted and deleted.

All frozen; datetimes are timezone-aware.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from retrieval.models import Outcome


class Action(StrEnum):
    """What was done to the corpus, or was to be."""

    RELOAD = "reload"
    CHECK = "check"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    ROLLBACK = "rollback"
    ADD = "add"
    REMOVE = "remove"
    RESTORE = "restore"
    FOLLOW = "follow"
    """Another instance of the bot decided, and this one followed."""


class ReloadOutcome(StrEnum):
    """How it ended."""

    LOADED = "loaded"
    FAILED = "failed"
    WAITING = "waiting"
    """For somebody to confirm it."""
    CANCELLED = "cancelled"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reload:
    """One line of the audit trail. *by* is the admin's id, None if nobody asked for it; *cause* says
    what did (`command`, `schedule`, ...). *detail* is the reason of a failure, or what changed.
    *new_version* is None where nothing came of it.
    """

    began_at: datetime
    cause: str
    outcome: ReloadOutcome
    old_version: str
    new_version: str | None = None
    by: int | None = None
    seconds: float = 0.0
    detail: str | None = None
    action: Action = Action.RELOAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question without an answer, if the operator keeps them."""

    question: str
    outcome: Outcome
    asked_at: datetime
    reason: str | None = None
    language: str | None = None
    asker_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened on a day (UTC), of whatever *kind*: nothing about anybody."""

    day: date
    kind: str
    name: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What readers said of answers."""

    helpful: int = 0
    not_helpful: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how many days what is kept: *answers* with their feedback, questions, what was set aside,
    the audit trail and what is known of runs; *updates* that are done, by which duplicates are known (Telegram repeats
    them for a day); *tallies*.
    """

    answers: int = 90
    updates: int = 2
    tallies: int = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """How many of each were deleted. *updates* had been set aside or were done."""

    answers: int = 0
    feedback: int = 0
    questions: int = 0
    chats: int = 0
    updates: int = 0
    reloads: int = 0
    tallies: int = 0
    runs: int = 0
    notices: int = 0

    @property
    def total(self) -> int:
        """All together."""
        return sum(getattr(self, name) for name in self.__slots__)
