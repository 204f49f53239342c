"""Many things that are not all at hand: read when they are asked for, or in an order of their own."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt
from typing_extensions import override

T = TypeVar("T")


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
