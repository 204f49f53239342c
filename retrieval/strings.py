"""Many strings in order, as bytes: no object stands for one before it is asked for."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt
from typing_extensions import override

Bytes = npt.NDArray[np.uint8]
Ends = npt.NDArray[np.uint32]

_KEPT = "surrogatepass"
"""Half of a character may stand in an article; it is kept like any other."""


class Strings(Sequence[str]):
    """Strings in ascending order, no two alike. Never changes; safe from several threads.

    *letters* are those of all, one after the other, as UTF-8; *ends* says where each ends. The
    arrays may be mapped from a file.
    """

    def __init__(self, letters: Bytes, ends: Ends) -> None:
        self.letters = letters
        self.ends = ends
        self._letters = letters.data
        self._ends = ends.data

    @classmethod
    def of(cls, strings: Iterable[str]) -> "Strings":
        """Keep *strings*, which are in order. Together they have less than 4 GB."""
        encoded = [string.encode("utf-8", _KEPT) for string in strings]
        ends = np.cumsum([len(each) for each in encoded], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    @override
    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    @override
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return str(self._at(place % len(self)), "utf-8", _KEPT)

    @override
    def __iter__(self) -> Iterator[str]:
        start, letters = 0, self._letters
        for end in self.ends.tolist():
            yield str(letters[start:end], "utf-8", _KEPT)
            start = end

    def _at(self, place: int) -> memoryview:
        start = self._ends[place - 1] if place else 0
        return self._letters[start : self._ends[place]]

    def first_from(self, beginning: str) -> int:
        """Return the place of the first string that is not before *beginning*; maybe one too far."""
        # UTF-8 sorts as its characters do.
        wanted = beginning.encode("utf-8", _KEPT)
        return bisect_left(range(len(self)), wanted, key=lambda place: bytes(self._at(place)))

    def find(self, string: str) -> int:
        """Return the place of *string*, -1 if it is not there."""
        place = self.first_from(string)
        return place if place < len(self) and self[place] == string else -1
