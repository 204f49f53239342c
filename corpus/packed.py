"""Many short values in little memory: digests and texts by number, as they are kept on disk, too."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from typing_extensions import override

WIDTH = 32
"""Bytes of a digest."""


class Digests(Sequence[bytes]):
    """Digests of WIDTH bytes, one after the other in *data*. Takes no more memory than that."""

    __slots__ = ("data",)

    def __init__(self, data: bytes | bytearray | memoryview = b"") -> None:
        if len(data) % WIDTH:
            raise ValueError(f"{len(data)} bytes are no digests of {WIDTH}")
        self.data = data

    @classmethod
    def of(cls, digests: Iterable[bytes]) -> "Digests":
        """Pack *digests*."""
        return cls(b"".join(digests))

    @override
    def __len__(self) -> int:
        return len(self.data) // WIDTH

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> "Digests": ...
    @override
    def __getitem__(self, index: int | slice) -> "bytes | Digests":
        if isinstance(index, slice):
            return Digests.of(self[place] for place in range(*index.indices(len(self))))
        start = range(len(self))[index] * WIDTH
        return bytes(self.data[start : start + WIDTH])

    @override
    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self.data), WIDTH):
            yield bytes(self.data[start : start + WIDTH])


class Texts(Sequence[str]):
    """Texts in one run of UTF-8: text *n* ends at byte `ends[n]` of *data*, where the next begins."""

    __slots__ = ("data", "ends")

    def __init__(
        self, data: bytes | bytearray | memoryview = b"", ends: Sequence[int] = ()
    ) -> None:
        self.data = data
        self.ends = ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Pack *texts*."""
        packing = Packing()
        for text in texts:
            packing.add(text)
        return packing.texts()

    @override
    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "Texts": ...
    @override
    def __getitem__(self, index: int | slice) -> "str | Texts":
        if isinstance(index, slice):
            return Texts.of(self[place] for place in range(*index.indices(len(self))))
        number = range(len(self))[index]
        start = self.ends[number - 1] if number else 0
        return str(self.data[start : self.ends[number]], "utf-8", "surrogatepass")

    @override
    def __iter__(self) -> Iterator[str]:
        start = 0
        for end in self.ends:
            yield str(self.data[start:end], "utf-8", "surrogatepass")
            start = end


class Packing:
    """Texts on their way into a `Texts`."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q")

    def add(self, text: str) -> None:
        """Pack one more."""
        self._data += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._data))

    def texts(self) -> Texts:
        """All that were added. Nothing is to be added afterwards."""
        return Texts(bytes(self._data), self._ends)
