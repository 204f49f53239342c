"""The files of a corpus: found in a stable order, opened without ever waiting for one."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import SourceError
from corpus.reading import mapping
from corpus.reading.entries import Origin
from corpus.reading.foreign import reader_of
from corpus.reading.formats import Reader, is_skipped
from corpus.reading.mapping import Mappings


@dataclass(frozen=True, slots=True)
class Stamp:
    """By what a file that was not changed is known, without opening it. Times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Stamp":
        """Take it from what the system tells."""
        inode = status.st_ino & (1 << 63) - 1  # a whole number with a sign can be kept anywhere
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, inode)

    def is_settled(self, now: int) -> bool:
        """Whether a change after *now* is sure to change the stamp: clocks of disks are coarse."""
        newest = max(self.modified, self.changed)
        return newest + (_COARSE if newest % _SECOND == 0 else _FINE) < now


_SECOND = 1_000_000_000
_COARSE = 2 * _SECOND
"""The step of a disk's clock that knows whole seconds only, at the worst."""
_FINE = _SECOND // 20
"""That of any other: a few times what it takes a system to look at its clock again."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read. *path* has no links; *stamp* is what it was when found.

    *mapped* stands for the table of mapping.toml that the file is read by, if there is one.
    """

    path: Path
    origin: Origin
    reader: Reader
    stamp: Stamp
    mapped: str = ""

    @property
    def size(self) -> int:
        """Bytes of the file when it was found."""
        return self.stamp.size

    def open(self) -> BinaryIO:
        """Open for reading. Raises OSError, also if it is no longer a regular file."""
        # A pipe put in the file's place would keep a plain open waiting for ever.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "not a regular file")
        return os.fdopen(descriptor, "rb")


BESIDE = frozenset({"golden.jsonl", "mapping.toml"})
"""Files at the top of a corpus folder that hold no articles: judged questions, and the fields of
foreign files. Nor does a README, wherever it is."""


def find(root: Path) -> Iterator[SourceFile | SourceError]:
    """The files below the folder *root* that have a reader, by path, and what is refused.

    Hidden files, editors' backups and what an operator keeps beside the articles are skipped, files
    of other kinds are ignored. A link is followed to a file inside the folder only, a link to a
    folder never.
    """
    real = Path(os.path.realpath(root))
    mappings = mapping.load(real)
    yield from mappings.refused
    yield from _walk(_Corpus(real, mappings), Path())


def single(path: Path, reader: Reader) -> SourceFile | SourceError:
    """The one file *path*; its folder stands for the corpus folder."""
    real = Path(os.path.realpath(path))
    corpus = _Corpus(real.parent, mapping.load(real.parent))
    name = Path(path.name)
    return _checked(real, name, corpus.reading(name) or _Reading(reader))


@dataclass(frozen=True, slots=True)
class _Reading:
    reader: Reader
    mapped: str = ""


@dataclass(frozen=True, slots=True)
class _Corpus:
    root: Path
    mappings: Mappings

    def reading(self, name: Path) -> _Reading | None:
        """How the file *name* is read; None: it is ignored."""
        reader, mapped = reader_of(name, self.mappings)
        return _Reading(reader, mapped) if reader else None


def _walk(corpus: _Corpus, folder: Path) -> Iterator[SourceFile | SourceError]:
    try:
        with os.scandir(corpus.root / folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _refuse(folder, reason(error))
        return
    for entry in found:
        name = folder / entry.name
        if is_skipped(entry.name) or _is_beside(name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(corpus, name)
        elif entry.is_symlink():
            yield from _linked(corpus, name)
        elif reading := corpus.reading(name):
            yield _checked(corpus.root / name, name, reading)


def _is_beside(name: Path) -> bool:
    """Whether a file is one of those that are kept in a corpus folder and hold no articles."""
    return name.as_posix() in BESIDE or name.name.upper().startswith("README")


def _linked(corpus: _Corpus, name: Path) -> Iterator[SourceFile | SourceError]:
    root, reader = corpus.root, corpus.reading(name)
    try:
        target = Path(os.path.realpath(root / name, strict=True))
    except OSError as error:
        if reader:
            yield _refuse(name, reason(error))
        return
    if target.is_dir():
        yield _refuse(name, "a link to a folder is not followed")
    elif reader and not target.is_relative_to(root):
        yield _refuse(name, "a link that leads out of the folder is not followed")
    elif reader:
        yield _checked(target, name, reader)


def _checked(path: Path, name: Path, reading: _Reading) -> SourceFile | SourceError:
    try:
        status = path.lstat()
    except OSError as error:
        return _refuse(name, reason(error))
    origin = Origin(_printable(name))
    if not stat.S_ISREG(status.st_mode):
        return origin.refuse("not a regular file")
    if origin.path != name:
        return origin.refuse("the file's name is not UTF-8: rename it")
    return SourceFile(path, origin, reading.reader, Stamp.of(status), reading.mapped)


def reason(error: OSError) -> str:
    """Why the system does not let us read."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _printable(name: Path) -> Path:
    """Bytes of a name that are not UTF-8 cannot be printed; they become U+FFFD."""
    return Path(os.fsencode(name).decode("utf-8", "replace"))


def _refuse(name: Path, why: str) -> SourceError:
    return Origin(_printable(name)).refuse(why)
