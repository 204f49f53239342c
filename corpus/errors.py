"""What can go wrong while a corpus is read.

CorpusError                     anything about the corpus that stops a load
├── CorpusNotFoundError         the path of the corpus does not exist
├── ArchiveDamagedError         articles that were kept are not what they were
└── SourceError                 one place in one file that could not be read; the rest loads

A message is an address and a reason: `news.jsonl:17: published_at: not a date: "Wednsday"`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.items import item_of


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What an agency takes back: the item *guid* up to this *version*, all of them without one."""

    guid: str
    version: int | None = None

    def covers(self, identifier: str) -> bool:
        """Whether the article with this id is such a version (see `corpus.items`)."""
        guid, version = item_of(identifier)
        if self.guid not in {guid, identifier}:
            return False
        return self.version is None or version is None or version <= self.version


class CorpusError(Exception):
    """The corpus could not be loaded. The message is fit to be shown to an operator."""


class CorpusNotFoundError(CorpusError):
    """The file or folder named as the corpus does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no such file or folder")
        self.path = path


class ArchiveDamagedError(CorpusError):
    """The file in which articles are kept is gone, or is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class SourceError(CorpusError):
    """One place in one file was refused.

    *path* is relative to the corpus folder; *line* is 1-based, or None when the file as a whole
    is meant; *reason* says what is wrong and, where it helps, what was found. *until*: the moment
    from which on it may be read after all, where time alone changes that. *withdraws*: what else
    is not to be used because of it, wherever in the corpus that is.
    """

    def __init__(
        self,
        path: Path,
        line: int | None,
        reason: str,
        *,
        until: datetime | None = None,
        withdraws: Withdrawal | None = None,
    ) -> None:
        address = f"{path}" if line is None else f"{path}:{line}"
        super().__init__(f"{address}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
        self.until = until
        self.withdraws = withdraws
