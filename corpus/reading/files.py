"""The files of a corpus: found in a stable order, opened without ever waiting for one."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import SourceError
from corpus.reading.entries import Origin
from corpus.reading.formats import Reader, is_skipped, reader_for


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read. *path* has no links; *size* is in bytes, as it was when found."""

    path: Path
    origin: Origin
    reader: Reader
    size: int

    def open(self) -> BinaryIO:
        """Open for reading. Raises OSError, also if it is no longer a regular file."""
        # A pipe put in the file's place would keep a plain open waiting for ever.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OSError(errno.EINVAL, "not a regular file")
        return os.fdopen(descriptor, "rb")


def find(root: Path) -> Iterator[SourceFile | SourceError]:
    """The files below the folder *root* that have a reader, by path, and what is refused.

    Hidden files and editors' backups are skipped, files of other kinds are ignored. A link is
    followed to a file inside the folder only, a link to a folder never.
    """
    yield from _walk(Path(os.path.realpath(root)), Path())


def single(path: Path, reader: Reader) -> SourceFile | SourceError:
    """The one file *path*; its folder stands for the corpus folder."""
    real = Path(os.path.realpath(path))
    return _checked(real, Path(path.name), reader)


def _walk(root: Path, folder: Path) -> Iterator[SourceFile | SourceError]:
    try:
        with os.scandir(root / folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _refuse(folder, reason(error))
        return
    for entry in found:
        if is_skipped(entry.name):
            continue
        name = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, name)
        elif entry.is_symlink():
            yield from _linked(root, name)
        elif reader := reader_for(name):
            yield _checked(root / name, name, reader)


def _linked(root: Path, name: Path) -> Iterator[SourceFile | SourceError]:
    reader = reader_for(name)
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


def _checked(path: Path, name: Path, reader: Reader) -> SourceFile | SourceError:
    try:
        status = path.lstat()
    except OSError as error:
        return _refuse(name, reason(error))
    origin = Origin(_printable(name))
    if not stat.S_ISREG(status.st_mode):
        return origin.refuse("not a regular file")
    if origin.path != name:
        return origin.refuse("the file's name is not UTF-8: rename it")
    return SourceFile(path, origin, reader, status.st_size)


def reason(error: OSError) -> str:
    """Why the system does not let us read."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _printable(name: Path) -> Path:
    """Bytes of a name that are not UTF-8 cannot be printed; they become U+FFFD."""
    return Path(os.fsencode(name).decode("utf-8", "replace"))


def _refuse(name: Path, why: str) -> SourceError:
    return Origin(_printable(name)).refuse(why)
