"""What a reader gives: articles with the place they were found at, and refusals."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from typing_extensions import override

from corpus.errors import SourceError, Withdrawal
from corpus.models import Article
from corpus.reading.records import RecordError


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a file: *path* relative to the corpus folder, *line* from 1, None for the whole."""

    path: Path
    line: int | None = None

    def at(self, line: int | None) -> "Origin":
        """The same file, another line."""
        return Origin(self.path, line)

    def refuse(
        self,
        reason: str,
        *,
        until: datetime | None = None,
        withdraws: Withdrawal | None = None,
    ) -> SourceError:
        """The refusal of what stands at this place (see SourceError)."""
        return SourceError(self.path, self.line, reason, until=until, withdraws=withdraws)

    def refuse_for(self, error: ValueError) -> SourceError:
        """The refusal for what a reader stumbled over, with the moment when that is over, if any."""
        until = error.until if isinstance(error, RecordError) else None
        return self.refuse(str(error), until=until)

    @override
    def __str__(self) -> str:
        path = self.path.as_posix()
        return path if self.line is None else f"{path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it was found."""

    article: Article
    origin: Origin


Entry = Found | SourceError
"""One article of a file, or the reason why there is none. A refusal does not end the file."""
