"""An index in a folder: a file for each segment, and one that says which of them it is made of.

A segment never changes, so an index that was updated is saved by writing what is new. The file that
names the segments is replaced last, in one step: a folder always holds one whole index.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from retrieval.engines.arrays import Array, Fact, Stored, read, write
from retrieval.engines.segment import Part, Segment
from retrieval.errors import StoredIndexError

PARTS = "parts"
"""The name of the file that says what the index is made of."""

_ARRAYS = ("hashes", "offsets", "passages", "codes", "pairs", "lengths")


def save(parts: Sequence[Part], folder: Path) -> None:
    """Write what is not in *folder* yet, then drop what is no longer needed. Raises OSError.

    One process at a time may do this. Those that have the index open are not disturbed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts:
        path = _path(folder, part.segment.name)
        if not path.exists():
            write(path, "segment", {}, {name: getattr(part.segment, name) for name in _ARRAYS})
    names: list[Fact] = [part.segment.name for part in parts]
    numbers: dict[str, Array] = {part.segment.name: part.numbers for part in parts}
    write(folder / PARTS, "index", {"segments": names}, numbers)
    for path in folder.glob("*.segment"):
        if path.stem not in names:
            path.unlink()


def load(folder: Path) -> list[Part]:
    """Open what was saved in *folder*, mapped from its files. Raises StoredIndexError."""
    path = folder / PARTS
    saved = read(path, "index")
    parts = []
    for name, numbers in saved.arrays.items():
        segment = _segment(_path(folder, name), name)
        if numbers.shape != segment.lengths.shape or numbers.dtype != np.int32:
            raise StoredIndexError(path, f"{name}: belongs to another segment than this one")
        # Into memory: every search needs them all.
        parts.append(Part(segment, np.array(numbers)))
    if saved.facts.get("segments") != [part.segment.name for part in parts]:
        raise StoredIndexError(path, "the segments are not those that it names")
    return parts


def _segment(path: Path, name: str) -> Segment:
    stored = read(path, "segment")
    if tuple(stored.arrays) != _ARRAYS or not _fits(stored):
        raise StoredIndexError(path, "not the arrays of a segment; build the index again")
    return Segment(**stored.arrays, name=name)  # type: ignore[arg-type]  # checked by _fits


def _fits(stored: Stored) -> bool:
    """Tell whether the arrays have types and lengths that belong together."""
    arrays = stored.arrays
    types = [arrays[name].dtype.str for name in ("hashes", "passages", "pairs", "lengths")]
    return (
        types == ["<u8", "<i4", "<i4", "<i4"]
        and arrays["codes"].dtype.kind == arrays["offsets"].dtype.kind == "u"
        and arrays["pairs"].shape[1:] == (2,)
        and len(arrays["offsets"]) == len(arrays["hashes"]) + 1
        and len(arrays["codes"]) == len(arrays["passages"]) == int(arrays["offsets"][-1])
    )


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.segment"
