"""The rows of many articles in a few files, which are written once and then only read.

A corpus that differs little from another shares its volumes, and has one more for what is new.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from secrets import token_hex
from typing import Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from corpus.models import Article
from retrieval.directory import DIGEST, Digests
from retrieval.engines.arrays import read, write
from retrieval.errors import StoredIndexError
from retrieval.rows import Study, article_of
from retrieval.strings import Bytes

Ends = npt.NDArray[np.uint64]
Places = npt.NDArray[np.uint32]
"""For each article the number of its volume, and that of its row in it: an array of two columns."""

MOST_SMALL = 8
"""Volumes that may be small before they become one."""

SMALL = 1024
"""Rows below which a volume is small."""

FULL = 4096
"""Rows after which the next volume is begun. Bounds the memory that writing takes."""

_MOST_BYTES = 1 << 26
"""... or after so many bytes."""

_KIND = "rows"
_ARRAYS = ("articles", "article_ends", "studies", "study_ends", "digests")

_ARTICLES = 512
_STUDIES = 1024
"""How many that were read last are remembered: some ten megabytes."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """An article and what was found out about it, as bytes; *digest* stands for all of the article."""

    digest: bytes
    article: bytes
    study: bytes


@dataclass(frozen=True, eq=False)
class Volume:
    """The rows of some articles. Never changes; safe from several threads."""

    articles: Bytes
    article_ends: Ends
    studies: Bytes
    study_ends: Ends
    digests: Digests
    """What stands for all of each article; none where nothing is to be found by it."""
    name: str = field(default_factory=lambda: token_hex(8))
    """No two volumes have one name."""
    path: Path | None = None
    """Where it was opened."""

    def __len__(self) -> int:
        return len(self.study_ends)

    @classmethod
    def of(cls, rows: Iterable["Row"]) -> "Volume":
        """Gather rows."""
        every = list(rows)
        return cls(
            *_run_of([row.article for row in every]),
            *_run_of([row.study for row in every]),
            np.frombuffer(b"".join(row.digest for row in every), np.uint8).reshape(-1, DIGEST),
        )

    def row(self, number: int) -> "Row":
        """Return a row."""
        return Row(self.digests[number].tobytes(), self.article(number), self.study(number))

    def article(self, row: int) -> bytes:
        """Return the row of an article."""
        return _cut(self.articles, self.article_ends, row)

    def study(self, row: int) -> bytes:
        """Return the row of what was found out about it."""
        return _cut(self.studies, self.study_ends, row)

    def save(self, folder: Path) -> "Volume":
        """Write the volume into *folder*, and return it mapped from there. Raises OSError.

        A file that there is of it already is shared, where the disk can do that.
        """
        path = file_of(folder, self.name)
        if path == self.path:
            return self
        if self.path is None or not linked(self.path, path):
            write(path, _KIND, {}, {name: getattr(self, name) for name in _ARRAYS})
        return Volume.open(folder, self.name)

    @classmethod
    def open(cls, folder: Path, name: str) -> "Volume":
        """Open one that was saved, mapped from its file. Raises StoredIndexError."""
        path = file_of(folder, name)
        arrays = read(path, _KIND).arrays
        if (
            tuple(arrays) != _ARRAYS
            or not all(
                ends.dtype == np.uint64
                and letters.dtype == np.uint8
                and _last(ends) == len(letters)
                for letters, ends in (
                    (arrays["articles"], arrays["article_ends"]),
                    (arrays["studies"], arrays["study_ends"]),
                )
            )
            or arrays["digests"].shape != (len(arrays["study_ends"]), DIGEST)
        ):
            raise StoredIndexError(path, "not the arrays of a volume; build the index again")
        return cls(**arrays, name=name, path=path)  # type: ignore[arg-type]  # checked above


def linked(source: Path, target: Path) -> bool:
    """Tell whether *target* is *source* under another name now, so that no room is taken."""
    try:
        os.link(source, target)
    except OSError:  # another disk, one that knows no links, or the source is gone
        return target.exists()
    return True


def file_of(folder: Path, name: str) -> Path:
    """Return where the volume of this name is in *folder*."""
    return folder / f"{name}.rows"


class Volumes:
    """Some volumes, and where in them each article of a corpus is. Safe from several threads."""

    def __init__(self, volumes: Sequence[Volume], places: Places) -> None:
        self.volumes = tuple(volumes)
        self.places = places

    def articles(self) -> "Lazy[Article]":
        """Return the articles, each read from its row when it is asked for."""
        return Lazy(len(self.places), partial(_article, self.volumes, self.places), _ARTICLES)

    def studies(self) -> "Lazy[Study]":
        """Return what was found out about each article, read when it is asked for."""
        return Lazy(len(self.places), partial(_study, self.volumes, self.places), _STUDIES)


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


class Lazy(Sequence[T], Generic[T]):
    """Things that are read one by one, and the last *kept* of them remembered. Safe from several threads."""

    def __init__(self, size: int, read_one: Callable[[int], T], kept: int) -> None:
        self._size = size
        self._read = lru_cache(kept)(read_one)

    @override
    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    @override
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._size))]
        if not -self._size <= place < self._size:
            raise IndexError(place)
        return self._read(place % self._size)


class Picked(Sequence[T], Generic[T]):
    """Some of many things, in an order of their own. *numbers* are their places among *things*."""

    def __init__(self, things: Sequence[T], numbers: npt.NDArray[np.integer]) -> None:
        self._things = things
        self.numbers = numbers

    @override
    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    @override
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        if isinstance(place, slice):
            return [self._things[number] for number in self.numbers[place].tolist()]
        return self._things[int(self.numbers[place])]


def _article(volumes: Sequence[Volume], places: Places, number: int) -> Article:
    volume, row = places[number].tolist()
    return article_of(volumes[volume].article(row))


def _study(volumes: Sequence[Volume], places: Places, number: int) -> Study:
    volume, row = places[number].tolist()
    return Study(volumes[volume].study(row))


def _cut(letters: Bytes, ends: Ends, row: int) -> bytes:
    start = int(ends[row - 1]) if row else 0
    return letters[start : int(ends[row])].tobytes()


def _run_of(rows: Sequence[bytes]) -> tuple[Bytes, Ends]:
    ends = np.cumsum([len(row) for row in rows], dtype=np.uint64)
    return np.frombuffer(b"".join(rows), np.uint8), ends


def _last(ends: npt.NDArray[np.integer]) -> int:
    return int(ends[-1]) if len(ends) else 0
