"""Rows into volumes: what is there already is found, what is new is written, what is small is joined."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

from retrieval.errors import StoredIndexError
from retrieval.volumes import Places, Row, Volume, Volumes

MOST_SMALL = 8
"""Volumes that may be small before they become one."""

SMALL = 1024
"""Rows below which a volume is small."""

FULL = 4096
"""Rows after which the next volume is begun. Bounds the memory that writing takes."""

_MOST_BYTES = 1 << 26
"""... or after so many bytes."""

Place = tuple[int, int]
"""The number of a volume, and that of a row in it."""


class Writing:
    """Takes rows into volumes in *folder*, where those are that it *begins* with or there are links to them.

    Rows that lie in *folder* already, from a work that was broken off, are found by their digests.
    """

    def __init__(self, folder: Path, begin: Sequence[Volume]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._volumes = [*begin, *_left_in(folder, {volume.name for volume in begin})]
        self._found: dict[bytes, Place] = {}
        for number in range(len(self._volumes)):
            self._know(number)
        self._waiting: list[Row] = []
        self._size = 0

    def __len__(self) -> int:
        """How many rows there are, whether they are wanted or not."""
        return len(self._found)

    def find(self, digest: bytes) -> Place | None:
        """Return where the row with this digest is."""
        return self._found.get(digest)

    def row(self, place: Place) -> Row:
        """Return a row that was found or added."""
        volume, row = place
        if volume == len(self._volumes):
            return self._waiting[row]
        return self._volumes[volume].row(row)

    def add(self, row: Row) -> Place:
        """Add a row, and return where it is. Raises OSError."""
        place = len(self._volumes), len(self._waiting)
        self._found[row.digest] = place
        self._waiting.append(row)
        self._size += len(row.article) + len(row.study)
        if len(self._waiting) == FULL or self._size > _MOST_BYTES:
            self._flush()
        return place

    def done(self, places: Sequence[Place]) -> Volumes:
        """Write what waits; return the volumes, and where in them the rows at *places* are. Raises OSError."""
        if self._waiting:
            self._flush()
        where = np.array(places, np.uint32).reshape(-1, 2)
        used = np.bincount(where[:, 0], minlength=len(self._volumes))
        small = [n for n in np.flatnonzero(used).tolist() if used[n] < self._wanted(n)]
        if len(small) > MOST_SMALL:
            where = self._joined(where, small)
            used = np.bincount(where[:, 0], minlength=len(self._volumes))
        kept = np.flatnonzero(used)
        renumbered = np.zeros(len(used), np.uint32)
        renumbered[kept] = np.arange(len(kept))
        where[:, 0] = renumbered[where[:, 0]]
        return Volumes([self._volumes[n].save(self._folder) for n in kept.tolist()], where)

    def _wanted(self, volume: int) -> float:
        """Return how many rows of a volume must be in use, or else it is small."""
        return max(SMALL, len(self._volumes[volume]) / 2)

    def _joined(self, where: Places, small: Sequence[int]) -> Places:
        """Copy the rows of small volumes into one, and return where they are then."""
        where = where.copy()
        for article in np.flatnonzero(np.isin(where[:, 0], small)).tolist():
            volume, row = where[article].tolist()
            where[article] = self.add(self._volumes[volume].row(row))
        if self._waiting:
            self._flush()
        return where

    def _flush(self) -> None:
        volume = Volume.of(self._waiting).save(self._folder)
        self._volumes.append(volume)
        self._waiting, self._size = [], 0

    def _know(self, number: int) -> None:
        digests = self._volumes[number].digests
        self._found.update((row.tobytes(), (number, n)) for n, row in enumerate(digests))


def _left_in(folder: Path, known: Collection[str]) -> Iterator[Volume]:
    """Yield the volumes in a folder that are whole, and remove the others."""
    for path in sorted(folder.glob("*.rows")):
        if path.stem not in known:
            try:
                yield Volume.open(folder, path.stem)
            except StoredIndexError:
                path.unlink()
