"""A change of the corpus folder that waits to be confirmed, noted on disk: a restart takes it back."""

import base64
import logging
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from bot.transaction import Change
from bot.writing import fsync_folder, write_whole
from corpus.locks import Presence, alone

logger = logging.getLogger(__name__)

FILE = ".undecided.json"
"""Below the corpus folder, as long as something waits. Locked by the program that it waits in."""


class Note(BaseModel):
    """What waits, and what its files held before, in base64; null for a file that was not there."""

    about: str
    before: dict[str, str | None]


class Undecided:
    """The note of the folder *corpus*. All of it blocks and raises OSError; one call at a time."""

    def __init__(self, corpus: Path) -> None:
        self._file = corpus / FILE
        self._held: Presence | None = None

    def begin(self, change: Change | None) -> None:
        """Note that *change* waits. Without one nothing was done that is to be taken back."""
        if change is None:
            return
        note = Note(about=change.about, before=_encoded(change.before))
        write_whole(self._file, note.model_dump_json().encode())
        self._held = Presence(self._file)

    def end(self) -> None:
        """It is decided on. May be called though nothing waits."""
        if self._held is not None:
            self._file.unlink(missing_ok=True)
            fsync_folder(self._file.parent)
        self.close()

    def close(self) -> None:
        """Leave what waits to the next start."""
        if self._held is not None:
            self._held.close()
            self._held = None


def taken_back_at_start(corpus: Path) -> str | None:
    """Take back what still waited when its program ended; return what it was about, if anything.

    What waits in a program that runs is left alone. Never fails: what is in the way is logged.
    """
    file = corpus / FILE
    if not file.is_file():
        return None
    try:
        with alone(file) as ours:
            return _undone(corpus, file) if ours else None
    except (OSError, ValidationError, ValueError) as error:
        logger.error("what waited to be confirmed stays in the corpus folder: %s", error)  # noqa: TRY400 - the message is whole
        return None


def _undone(corpus: Path, file: Path) -> str:
    note = Note.model_validate_json(file.read_bytes())
    for name, before in note.before.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{file}: {name}: leads out of the folder")
        if before is None:
            (corpus / path).unlink(missing_ok=True)
        else:
            write_whole(corpus / path, base64.b64decode(before, validate=True))
    file.unlink()
    fsync_folder(corpus)
    logger.warning("taken back, for nobody had confirmed it: %s", note.about)
    return note.about


def _encoded(before: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {
        name: None if content is None else base64.b64encode(content).decode()
        for name, content in before.items()
    }
