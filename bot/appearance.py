"""What a corpus looks like from outside: has anything been touched since it was read?"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Appearance:
    """*digest* stands for the names, sizes and times of all files; *size* is that of all, in bytes."""

    digest: str
    size: int

    @classmethod
    def of(cls, corpus: Path) -> "Appearance":
        """Look at the file or folder *corpus*. No file is opened. Raises nothing."""
        total, size = hashlib.sha256(), 0
        for path in _files(Path(os.path.realpath(corpus))):
            try:
                status = path.stat()
            except OSError:  # gone already, or a link to nowhere
                facts = b"gone"
            else:
                size += status.st_size
                facts = f"{status.st_size} {status.st_mtime_ns} {status.st_ino}".encode()
            total.update(os.fsencode(path) + b"\0" + facts + b"\0")
        return cls(total.hexdigest(), size)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            yield Path(folder, name)
