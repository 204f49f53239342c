"""The best of many scores, without sorting them all."""

import numpy as np
import numpy.typing as npt

BLOCK = 128
"""How many scores share a maximum: they are as far apart as can be, so that maxima are found fast."""

Scores = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_LEAST = float(np.nextafter(0.0, 1.0))


def best(scores: Scores, limit: int, numbers: npt.NDArray[np.int32]) -> Places:
    """Return the places of the *limit* highest scores above 0, best first; equal ones by *numbers*.

    The number of scores is a multiple of BLOCK. There is a number for each that is above 0, and no
    two are equal.
    """
    if limit <= 0:
        return np.empty(0, np.int64)
    places = _candidates(scores, limit)
    if limit < len(places):
        places = _cut(places, scores[places], limit, numbers)
    return places[np.lexsort((numbers[places], -scores[places]))]


def best_of(
    scores: Scores, places: npt.NDArray[np.integer], numbers: npt.NDArray[np.int32]
) -> Places:
    """Return those of *places* whose scores are above 0, best first; equal ones by *numbers*."""
    found: Places = places[scores[places] > 0].astype(np.int64)
    return found.take(np.lexsort((numbers[found], -scores[found])))


def _candidates(scores: Scores, limit: int) -> Places:
    """Return places that hold the best *limit*, and few others.

    The limit-th highest maximum of a block is no higher than the limit-th highest score, so that
    whatever is below it is not wanted; whole blocks are not looked at.
    """
    blocks = scores.reshape(BLOCK, -1)
    maxima = blocks.max(axis=0)
    least = _LEAST
    if limit < len(maxima):
        least = max(least, np.partition(maxima, -limit)[-limit])
    worth_it = np.flatnonzero(maxima >= least)
    inside = blocks.take(worth_it, axis=1)
    row, column = np.divmod(np.flatnonzero(inside.reshape(-1) >= least), len(worth_it) or 1)
    return row * len(maxima) + worth_it[column]


def _cut(places: Places, of_places: Scores, limit: int, numbers: npt.NDArray[np.int32]) -> Places:
    """Return the *limit* best of *places*, in no order."""
    least = np.partition(of_places, -limit)[-limit]
    above = places[of_places > least]
    # Thousands may be equal, and are not sorted only to be dropped.
    tied = places[of_places == least]
    wanted = limit - len(above)
    if wanted < len(tied):
        tied = tied[np.argpartition(numbers[tied], wanted)[:wanted]]
    return np.concatenate((above, tied))
