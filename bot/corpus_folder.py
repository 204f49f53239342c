"""The corpus folder as admins change it from the chat. At any moment it is the old one or the new.

A file that is to be added waits in a hidden folder beside the articles, until it is renamed to where
it belongs. Articles are taken away by a list of their ids; their files stay as they are.
"""

import os
import re
import secrets
import shutil
import time
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bot.errors import FolderError
from bot.state.entries import Action
from bot.writing import fsync_folder, write_whole
from corpus.errors import SourceError
from corpus.loading import SAMPLE, load
from corpus.models import Article

ADDED = "added"
"""Below the corpus folder: what was added from the chat."""

INCOMING = ".incoming"
"""Below the corpus folder: what was read, and waits to be confirmed. A hidden folder is not read."""

_DAY = 86_400.0
_WAITING = 20
"""Files that may wait; the oldest make room."""

_TOKEN = re.compile(r"[0-9a-f]{16}")
_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,8}){1,2}")
_PACKED = (".gz", ".zip", ".bz2", ".xz")
_BESIDE = ("mapping.toml",)
"""Files of the corpus folder that say how others are read."""

Obstacle = Literal["folder-sample", "folder-file", "folder-read-only"]


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that waits to be added: what was read of it, and where it would be.

    *target* is below the corpus folder; *token* is the name by which to confirm it.
    """

    token: str
    target: Path
    articles: tuple[Article, ...]
    refused: tuple[SourceError, ...]


@dataclass(frozen=True, slots=True)
class CorpusFolder:
    """The folder at *path*. All of it blocks; what it raises is OSError, besides FolderError."""

    path: Path

    @property
    def obstacle(self) -> Obstacle | None:
        """What keeps it from being changed: the name of a message. None if nothing does."""
        if self.path == SAMPLE:
            return "folder-sample"
        if not self.path.is_dir():
            return "folder-file"
        return None if os.access(self.path, os.W_OK | os.X_OK) else "folder-read-only"

    def stage(self, name: str, content: bytes, today: date) -> Staged:
        """Put a file aside and read it. *name* may be hostile: its suffix and its letters are kept."""
        self._sweep()
        token = secrets.token_hex(8)
        aside = self.path / INCOMING / token
        target = self._free(f"{today.isoformat()}-{_slug(name)}", _suffix(name))
        (aside / ADDED).mkdir(parents=True)
        for each in _BESIDE:
            if (self.path / each).is_file():
                shutil.copyfile(self.path / each, aside / each)
        write_whole(aside / target, content)
        read = load(aside)
        return Staged(token, target, tuple(read.articles), read.refused)

    def drop(self, token: str) -> bool:
        """Throw away what waits; return whether it did."""
        aside = self.path / INCOMING / token
        there = _TOKEN.fullmatch(token) is not None and aside.is_dir()
        if there:
            shutil.rmtree(aside, ignore_errors=True)
        return there

    def waiting(self, token: str) -> Path | None:
        """Return where a file that waits would be, below the corpus folder; None if none does."""
        aside = self.path / INCOMING / token / ADDED
        if _TOKEN.fullmatch(token) is None or not aside.is_dir():
            return None
        found = next(iter(sorted(aside.iterdir())), None)
        return None if found is None else Path(ADDED, found.name)

    def _free(self, stem: str, suffix: str) -> Path:
        """A name that no file has yet. An article's id may be that of its file, so whatever the suffix."""
        folder = self.path / ADDED
        taken = (
            {each.name.partition(".")[0] for each in folder.iterdir()} if folder.is_dir() else ()
        )
        stems = (stem if n == 1 else f"{stem}-{n}" for n in range(1, 10_000))
        return Path(ADDED, next(each for each in stems if each not in taken) + suffix)

    def _sweep(self) -> None:
        """Throw away what waits for long, and the oldest of what is too many."""
        folder = self.path / INCOMING
        if not folder.is_dir():
            return
        waiting = sorted(folder.iterdir(), key=lambda each: each.lstat().st_mtime, reverse=True)
        for number, each in enumerate(waiting, start=1):
            if number >= _WAITING or time.time() - each.lstat().st_mtime > _DAY:
                shutil.rmtree(each, ignore_errors=True)


class Landing:
    """What waits under *token* becomes part of the corpus folder. A Change."""

    action = Action.ADD

    def __init__(self, folder: CorpusFolder, token: str) -> None:
        """Raises FolderError when nothing waits under it."""
        target = folder.waiting(token)
        if target is None:
            raise FolderError("nothing waits to be added under this name")
        self._aside = folder.path / INCOMING / token
        self._landed = folder.path / target
        self._target = target

    @property
    def about(self) -> str:
        """The file, below the corpus folder."""
        return self._target.as_posix()

    @property
    def before(self) -> dict[str, bytes | None]:
        """There is no such file before."""
        return {self.about: None}

    def make(self) -> None:
        """Rename the file to where it belongs."""
        folder = self._landed.parent
        if folder.is_symlink() or os.path.lexists(self._landed):
            raise FolderError(f"{self.about}: is there already, or leads out of the folder")
        folder.mkdir(exist_ok=True)
        (self._aside / self._target).rename(self._landed)
        fsync_folder(folder)
        fsync_folder(folder.parent)
        shutil.rmtree(self._aside, ignore_errors=True)

    def take_back(self) -> None:
        """Take the file away again."""
        self._landed.unlink(missing_ok=True)
        fsync_folder(self._landed.parent)


def _slug(name: str) -> str:
    """Letters and digits of a file's name or a title, in any script, with dashes between."""
    last = re.split(r"[/\\]", name)[-1]
    bare = last.removesuffix(last[len(last) - len(_suffix(name)) :]) if _suffix(name) else last
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare).casefold())
    cut = "-".join(words).encode()[:80].decode(errors="ignore").strip("-")
    return cut or "article"


def _suffix(name: str) -> str:
    """What says the format, with what it is packed in: `.txt`, `.jsonl.gz`, or nothing."""
    suffixes = Path(name.replace("\0", "").casefold()).suffixes
    ending = "".join(suffixes[-2:] if suffixes[-1:] and suffixes[-1] in _PACKED else suffixes[-1:])
    return ending if _SUFFIX.fullmatch(ending) and ending.isascii() else ""
