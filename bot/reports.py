"""What the library reports to those who show it: how a load goes on, and how a reload ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.errors import SourceError
from corpus.loading import Changes
from retrieval.models import Searched


class Stage(StrEnum):
    """What a load is doing."""

    READING = "reading"
    INDEXING = "indexing"


Progress = Callable[[Stage, int, int], None]
"""Told (stage, done, total) as a load goes on, in the thread that loads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReloadReport:
    """How a reload ended: what changed since the old corpus and what could not be read."""

    changes: Changes
    refused: tuple[SourceError, ...]
    old_version: str
    new_version: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is being searched at the moment. *loaded_at* is in UTC."""

    searched: Searched
    version: str
    loaded_at: datetime
    refused: int
