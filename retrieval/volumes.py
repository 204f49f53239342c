"""The rows of many articles in a few files, which are written once and then only read.

A corpus that differs little from another shares its volumes, and has one more for what is new.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from corpus.models import Article
from retrieval.directory import DIGEST, Digests
from retrieval.engines.arrays import read, write
from retrieval.errors import StoredIndexError
from retrieval.rows import Study, article_of
from retrieval.sequences import Lazy
from retrieval.strings import Bytes

Ends = npt.NDArray[np.uint64]
Places = npt.NDArray[np.uint32]
"""For each article the number of its volume, and that of its row in it: an array of two columns."""

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
