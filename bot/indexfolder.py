"""The folder in which indexed corpora are kept: which there are, and which one counts."""

import logging
import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import SourceError
from retrieval.errors import StaleIndexError, StoredIndexError

try:
    import fcntl
except ImportError:  # not on Windows, where two programs must not build in one folder
    fcntl = None  # type: ignore[assignment] # as there is no such module

logger = logging.getLogger(__name__)

SNAPSHOTS = "snapshots"
_CURRENT = "current.json"
_UNFINISHED = ".unfinished"
_ASIDE = ".set-aside"
_FORGOTTEN = 7200.0
"""Seconds after which a snapshot that was never kept is dropped: nobody decides on it any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot that can be gone back to. *made_at* is in UTC."""

    version: str
    made_at: datetime
    articles: int


class Refused(BaseModel):
    """A refusal, as it is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    line: int | None
    reason: str
    until: datetime | None = None

    @classmethod
    def of(cls, error: SourceError) -> "Refused":
        """Return what is kept of *error*."""
        path = os.fspath(error.path).encode("utf-8", "replace").decode()
        return cls(path=path, line=error.line, reason=error.reason, until=error.until)

    @property
    def error(self) -> SourceError:
        """The refusal."""
        return SourceError(Path(self.path), self.line, self.reason, until=self.until)


class Entry(BaseModel):
    """A snapshot in the folder, by the name of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[0-9a-f]{12}-[0-9a-f]{8}$")
    version: str
    made_at: datetime
    articles: int
    refused: tuple[Refused, ...] = ()
    removed: int = 0

    @property
    def due(self) -> bool:
        """Whether something that was refused may be read by now."""
        now = datetime.now(UTC)
        return any(one.until is not None and one.until <= now for one in self.refused)

    @property
    def kept(self) -> Kept:
        """What is told of it."""
        return Kept(self.version, self.made_at, self.articles)


class _Current(BaseModel):
    """What counts: the first of *kept*. *seen* stands for the corpus when that was decided on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seen: str = ""
    kept: tuple[Entry, ...] = ()


class IndexFolder:
    """What is kept in *root*, which is made if need be. Blocking; several programs may use it.

    One of them at a time changes what it holds (`held`). What is dropped can still be read by those
    that have it open.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def seen(self) -> str:
        """What the corpus was like when it was last decided what counts."""
        return self._current().seen

    def kept(self) -> Sequence[Entry]:
        """Return the snapshots that are kept: first the one that counts, then the newest first."""
        return [entry for entry in self._current().kept if self.path(entry).is_dir()]

    def path(self, entry: Entry) -> Path:
        """Return the folder of a snapshot."""
        return self.root / SNAPSHOTS / entry.name

    def unfinished(self, rules: str) -> Path:
        """Return where a snapshot is written, and drop what was written there by other *rules*."""
        folder = self.root / SNAPSHOTS
        wanted = folder / f"{_UNFINISHED}-{rules}"
        wanted.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in folder.glob(f"{_UNFINISHED}-*"):
            if path != wanted:
                shutil.rmtree(path, ignore_errors=True)
        return wanted

    def finish(self, folder: Path, version: str) -> str:
        """Give a snapshot that is whole a name of its own, in one step, and return that. Raises OSError."""
        name = f"{version}-{token_hex(4)}"
        folder.rename(self.root / SNAPSHOTS / name)
        return name

    def written(self, version: str) -> Iterator[str]:
        """Yield the names of the snapshots of this version that were finished, kept or not."""
        for path in sorted((self.root / SNAPSHOTS).glob(f"{version}-*")):
            yield path.name

    def keep(self, entry: Entry, seen: str, most: int) -> None:
        """Let *entry* count from now on, and no more than *most* be kept. Raises OSError."""
        before = self._current().kept
        others = [one for one in self.kept() if one.version != entry.version]
        kept = (entry, *others)[:most]
        self._write(_Current(seen=seen, kept=kept))
        names = {one.name for one in kept}
        self._drop(one.name for one in before if one.name not in names)
        self._drop(self._forgotten(names))

    def look_at(self, seen: str) -> None:
        """Note what the corpus is like, of which nothing is wanted. Raises OSError."""
        current = self._current()
        if current.kept:
            self._write(current.model_copy(update={"seen": seen}))

    def set_aside(self, entry: Entry, error: StoredIndexError) -> None:
        """Take a snapshot that cannot be used out of the way, and say so in the log."""
        aside = self.root / SNAPSHOTS / _ASIDE
        # After an upgrade this is as it should be, and nobody has to look into it.
        level = logging.INFO if isinstance(error, StaleIndexError) else logging.WARNING
        logger.log(level, "the saved corpus %s is set aside: %s", self.path(entry), error)
        shutil.rmtree(aside, ignore_errors=True)
        with suppress(OSError):
            self.path(entry).rename(aside)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Change the folder while no other program does: wait until it has done."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

    def _current(self) -> _Current:
        path = self.root / _CURRENT
        try:
            return _Current.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return _Current()
        except (OSError, ValidationError) as error:
            reason = str(error).splitlines()[0]
            logger.warning("%s: not understood, so the corpus is indexed anew: %s", path, reason)
            return _Current()

    def _write(self, current: _Current) -> None:
        path = self.root / _CURRENT
        beside = path.with_name(f".{_CURRENT}.{token_hex(4)}")
        try:
            with beside.open("xb") as file:
                file.write(current.model_dump_json().encode())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)

    def _forgotten(self, kept: Collection[str]) -> Iterator[str]:
        """Yield what nobody kept, but for what somebody may still decide on."""
        for path in (self.root / SNAPSHOTS).glob("[0-9a-f]*"):
            if path.name not in kept and time.time() - path.stat().st_mtime > _FORGOTTEN:
                yield path.name

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            shutil.rmtree(self.root / SNAPSHOTS / name, ignore_errors=True)
