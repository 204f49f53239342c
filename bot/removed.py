"""The list of articles that admins have taken away: a hidden file of the corpus folder."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.state.entries import Action
from bot.writing import write_whole

FILE = ".removed.jsonl"
"""A line is {"id": ..., "by": ..., "at": ...}; the loader leaves these ids out."""


def removed_ids(corpus: Path) -> list[str]:
    """Return the ids that are on the list, in its order. Blocks. Raises OSError."""
    ids = (_id_of(line) for line in _lines(corpus / FILE))
    return list(dict.fromkeys(found for found in ids if found is not None))


@dataclass
class Removal:
    """The article with this *id* is put on the list. A Change."""

    corpus: Path
    id: str
    by: int | None = None
    action: Action = field(default=Action.REMOVE, init=False)
    _before: bytes = field(default=b"", init=False, repr=False)

    @property
    def about(self) -> str:
        """The article's id."""
        return self.id

    @property
    def before(self) -> dict[str, bytes | None]:
        """The list as it was."""
        return {FILE: self._before}

    def make(self) -> None:
        """Write the list anew, with one line more."""
        path = self.corpus / FILE
        self._before = _content(path)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"id": self.id, "by": self.by, "at": at}).encode()
        write_whole(path, b"\n".join([*_lines(path), line, b""]))

    def take_back(self) -> None:
        """Write the list as it was."""
        write_whole(self.corpus / FILE, self._before)


@dataclass
class Restoration:
    """The article with this *id* is taken from the list. A Change."""

    corpus: Path
    id: str
    action: Action = field(default=Action.RESTORE, init=False)
    _before: bytes = field(default=b"", init=False, repr=False)

    @property
    def about(self) -> str:
        """The article's id."""
        return self.id

    @property
    def before(self) -> dict[str, bytes | None]:
        """The list as it was."""
        return {FILE: self._before}

    def make(self) -> None:
        """Write the list anew, without it."""
        path = self.corpus / FILE
        self._before = _content(path)
        kept = [line for line in _lines(path) if _id_of(line) != self.id]
        write_whole(path, b"\n".join([*kept, b""]))

    def take_back(self) -> None:
        """Write the list as it was."""
        write_whole(self.corpus / FILE, self._before)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _lines(path: Path) -> list[bytes]:
    return [line for line in _content(path).splitlines() if line.strip()]


def _id_of(line: bytes) -> str | None:
    """The id that a line names; None for one that an operator has spoilt, which is left alone."""
    try:
        fields = json.loads(line)
    except ValueError:
        return None
    found = fields.get("id") if isinstance(fields, dict) else None
    return found if isinstance(found, str) else None
