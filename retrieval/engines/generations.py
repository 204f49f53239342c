"""Indexes of an engine that has files of its own: each in a folder that is never changed.

What is saved is a folder of such folders, and a file that says which of them counts, with the checksum
of each of its files. That file is replaced in one step.
"""

import os
import shutil
import zlib
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from pydantic import TypeAdapter, ValidationError

from retrieval.engines.arrays import Fact, read, write
from retrieval.engines.numbering import Numbers
from retrieval.errors import StoredIndexError

CURRENT = "current"
"""The name of the file that says which index counts."""

_KIND = "generation"
_FILES = TypeAdapter(dict[str, int])
_READ = 1 << 22


def link(source: Path, beside: Path) -> Path:
    """Return a new folder in *beside* with the files of *source*, shared if that can be done."""
    folder = Path(mkdtemp(prefix=f"{source.name.split('-')[0]}-", dir=beside))
    for path in _files(source):
        # Those in JSON are replaced by whoever writes into the folder; to share them might go wrong.
        if path.suffix != ".json":
            try:
                os.link(path, folder / path.name)
                continue
            except OSError:  # another disk, or one that knows no links
                pass
        shutil.copy2(path, folder / path.name)
    return folder


def make_current(generation: Path, folder: Path, numbers: Numbers) -> None:
    """Save an index into *folder*, in place of the one that counted there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = generation if generation.parent == folder else None
    before = {path for path in folder.iterdir() if path.is_dir() and path != saved}
    if saved is None or not _is_named(folder, saved.name):
        saved = link(generation, folder)
    files: dict[str, Fact] = {path.name: _checksum(path) for path in _files(saved)}
    facts: dict[str, Fact] = {"folder": saved.name, "files": files}
    write(folder / CURRENT, _KIND, facts, {"numbers": numbers})
    for path in before:
        shutil.rmtree(path, ignore_errors=True)


def current(folder: Path) -> tuple[Path, Numbers]:
    """Return the index that counts in *folder*, and its numbers. Raises StoredIndexError."""
    path = folder / CURRENT
    saved = read(path, _KIND)
    try:
        files = _FILES.validate_python(saved.facts.get("files"))
        numbers = saved.arrays["numbers"]
    except (KeyError, ValidationError):
        raise StoredIndexError(path, "does not say which index counts; build it again") from None
    generation = folder / Path(str(saved.facts.get("folder"))).name
    for name, checksum in files.items():
        _check(generation / Path(name).name, checksum)
    return generation, np.asarray(numbers, dtype=np.int32)


def _is_named(folder: Path, name: str) -> bool:
    """Tell whether the index of this name is the one that counts in *folder*."""
    try:
        return read(folder / CURRENT, _KIND).facts.get("folder") == name
    except StoredIndexError:
        return False


def _check(path: Path, checksum: int) -> None:
    try:
        found = _checksum(path)
    except FileNotFoundError:
        raise StoredIndexError(path, "no such file; build the index again") from None
    if found != checksum:
        raise StoredIndexError(path, "damaged, the checksum is another; build the index again")


def _checksum(path: Path) -> int:
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_READ):
            checksum = zlib.crc32(piece, checksum)
    return checksum


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix != ".lock")
