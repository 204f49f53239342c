"""The numbers of passages when an index is made from another one."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.engine import Origin

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Renumbering:
    """Which number in the new index belongs to what."""

    kept: Numbers
    """For each passage of the old index its new number, -1 for one that is left out."""
    fresh: Numbers
    """The new number of each fresh passage, ascending."""

    def of(self, numbers: Numbers) -> Numbers:
        """Return the new numbers for old ones; -1 stays -1."""
        return np.append(self.kept, np.int32(-1))[numbers]

    def check(self, came: int) -> None:
        """Raise ValueError unless so many fresh passages came as there is room for."""
        if came != len(self.fresh):
            raise ValueError(f"origin: room for {len(self.fresh)} fresh passages, and {came} came")


def renumbering(origin: Origin, size: int) -> Renumbering:
    """Read the *origin* of an update of an index of *size* passages.

    Raises ValueError for one that names a passage twice, or one that is not there.
    """
    came_from = np.asarray(origin, dtype=np.int64)
    is_kept = came_from >= 0
    named = came_from[is_kept]
    if len(named) and named.max() >= size:
        raise ValueError(f"origin: names passage {named.max()}, and there are {size}")
    if np.bincount(named, minlength=1).max() > 1:
        raise ValueError("origin: a passage is named twice")
    kept = np.full(size, -1, dtype=np.int32)
    kept[named] = np.flatnonzero(is_kept)
    return Renumbering(kept, np.flatnonzero(~is_kept).astype(np.int32))
