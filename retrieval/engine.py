"""The boundary to a search engine: what one must offer, whatever it is made of."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from retrieval.models import Hit, Terms

Origin = Sequence[int] | npt.NDArray[np.integer]
"""Where each passage of a new index is in the old one; -1 for a fresh one."""


Numbers = npt.NDArray[np.int64]
"""Passages by their numbers in an index."""

Among = Callable[[Numbers], npt.NDArray[np.bool_]]
"""Tells of each of some passages whether it may be found. It is asked of those that would be found."""


class Index(Protocol):
    """**Protocol:** passages that can be searched. Never changes once built; safe from several threads."""

    def __len__(self) -> int:
        """Return the number of passages."""
        ...

    def search(
        self,
        terms: Terms,
        limit: int,
        among: Among | None = None,
        *,
        only: Numbers | None = None,
    ) -> Sequence[Hit]:
        """Return at most *limit* passages that share a term with *terms*, best first.

        With *among*, only passages that it says True of, which is quick where it says so of most;
        with *only*, which are ascending, none but these, which is quick where they are few. Scores
        are what they are without.

        Each weight is above 0 and multiplies what its term adds to a passage's score. Equal scores
        keep the order of the passages. No terms, or none that is known, find nothing.
        """
        ...

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold *term*."""
        ...


@runtime_checkable
class UpdatableIndex(Index, Protocol):
    """**Protocol:** an index that can be saved, and from which another can be made that is much like it."""

    def save(self, folder: Path) -> None:
        """Write the index into a folder, in place of one that is there. Raises OSError."""
        ...

    def updated(self, origin: Origin, fresh: Iterable[Iterable[str]]) -> "UpdatableIndex":
        """Return a new index; this one stays as it is, and is still searched.

        Passage i of the new one is passage origin[i] of this one, or, where that is -1, the next of
        *fresh*. Passages of this one that *origin* does not name are left out. Takes time for what
        is fresh and for what is left out, and little for the rest. Raises ValueError if *origin*
        names a passage twice, or has room for more or fewer than *fresh* yields.
        """
        ...


class Engine(Protocol):
    """**Protocol:** makes an index. Passages are numbered from 0 in the order given."""

    def build(self, passages: Iterable[Iterable[str]]) -> UpdatableIndex:
        """Index the terms of each passage; a term that occurs twice counts twice. May be empty."""
        ...

    def open(self, folder: Path) -> UpdatableIndex:
        """Open an index that was saved. Raises StoredIndexError."""
        ...
