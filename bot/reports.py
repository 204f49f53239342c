"""What the library reports to those who show it: how a load goes on, and how a reload ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.errors import SourceError
from corpus.loading import Changes
from retrieval.evaluation import JudgedQuestion
from retrieval.models import Searched


class Stage(StrEnum):
    """What a load is doing."""

    READING = "reading"
    STUDYING = "studying"
    INDEXING = "indexing"


Progress = Callable[[Stage, int, int], None]
"""Told (stage, done, total) as a load goes on, in the thread that loads."""


@dataclass(frozen=True, slots=True)
class By:
    """Who or what wants something done.

    *cause* is one word: `command`, `schedule`, `folder`, `signal`, `feed`, `instance`, `expiry`,
    `restart`; *user* is the id of the admin, if it is one.
    """

    cause: str
    user: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How many golden questions were asked, and got a right answer before and after.

    *broken* are those that had a right one and have none any more.
    """

    asked: int = 0
    right_before: int = 0
    right_after: int = 0
    broken: tuple[JudgedQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadReport:
    """How a reload ended: what changed since the old corpus and what could not be read.

    *offer* is None when the new corpus is in place (or was never to be, in a check). Else it is the
    name by which to confirm or to cancel: more golden questions broke than may.
    """

    changes: Changes
    refused: tuple[SourceError, ...]
    old_version: str
    new_version: str
    seconds: float
    golden: Trial = Trial()
    offer: str | None = None

    @property
    def summary(self) -> str:
        """What changed, in figures only: `+3 ~1 -0 !2`, and `* 12>11` for the golden questions."""
        changes, golden = self.changes, self.golden
        figures = f"+{len(changes.added)} ~{len(changes.changed)} -{len(changes.removed)}"
        asked = f" * {golden.right_before}>{golden.right_after}" if golden.asked else ""
        return f"{figures} !{len(self.refused)}{asked}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is being searched at the moment. *loaded_at* is in UTC."""

    searched: Searched
    version: str
    loaded_at: datetime
    refused: int
