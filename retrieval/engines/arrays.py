"""Arrays in a file: written whole or not at all, opened by mapping, checked before they are used.

A file is MAGIC, three numbers of 32 bits (the version, the length of the header, the header's CRC-32),
the header in JSON, and the arrays, each beginning at a multiple of 64 bytes. All is little-endian.
"""

import json
import mmap
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from secrets import token_hex
from struct import Struct
from typing import Annotated, BinaryIO, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from retrieval.errors import StaleIndexError, StoredIndexError

MAGIC = b"ONRECORD"
VERSION = 1

_START = Struct("<8sIII")
_ALIGNMENT = 64
_READ = 1 << 22

Fact = JsonValue
Array = npt.NDArray[np.integer]
Natural = Annotated[int, Field(ge=0)]


class _Place(BaseModel):
    """Where an array stands in the file, and what it is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dtype: Literal["|u1", "<u2", "<u4", "<u8", "<i4", "<i8"]
    shape: tuple[Natural, ...]
    offset: Natural
    crc32: Natural

    @property
    def size(self) -> int:
        return int(np.dtype(self.dtype).itemsize) * prod(self.shape)


class _Header(BaseModel):
    """What a file says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    facts: dict[str, JsonValue]
    arrays: dict[str, _Place]


@dataclass(frozen=True)
class Stored:
    """What a file holds: some facts, and arrays that are read from it as they are needed."""

    facts: Mapping[str, Fact]
    arrays: Mapping[str, Array]


def write(path: Path, kind: str, facts: Mapping[str, Fact], arrays: Mapping[str, Array]) -> None:
    """Write a file in one step: at any moment *path* is as it was, or whole. Raises OSError."""
    plain = {
        name: np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
        for name, array in arrays.items()
    }
    places: dict[str, _Place] = {}
    offset = 0
    for name, array in plain.items():
        offset = _aligned(offset)
        places[name] = _Place.model_validate(
            {
                "dtype": array.dtype.str,
                "shape": array.shape,
                "offset": offset,
                "crc32": zlib.crc32(_bytes(array)),
            }
        )
        offset += array.nbytes
    header = _Header(kind=kind, facts=dict(facts), arrays=places).model_dump_json().encode()
    with _replacing(path) as file:
        file.write(_START.pack(MAGIC, VERSION, len(header), zlib.crc32(header)) + header)
        body = _aligned(file.tell())
        for name, array in plain.items():
            file.seek(body + places[name].offset)
            file.write(_bytes(array))
        file.truncate(body + offset)


def read(path: Path, kind: str) -> Stored:
    """Open a file that `write` has written. Its arrays cannot be written to.

    Every byte is read once and checked, which brings it into the system's cache but not into this
    process. Raises StoredIndexError for a file that is missing, damaged, foreign or too new.
    """
    try:
        with path.open("rb") as file:
            header, body = _read_header(path, file, kind)
            for name, place in header.arrays.items():
                _check(path, file, name, place, body)
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise StoredIndexError(path, "no such file") from None
    except OSError as error:
        raise StoredIndexError(path, f"cannot be read: {error.strerror or error}") from error
    arrays = {
        name: np.ndarray(place.shape, place.dtype, mapped, body + place.offset)
        for name, place in header.arrays.items()
    }
    return Stored(header.facts, arrays)


def _read_header(path: Path, file: BinaryIO, kind: str) -> tuple[_Header, int]:
    """Return the header, and where the arrays begin."""
    start = file.read(_START.size)
    if start[: len(MAGIC)] != MAGIC:
        raise StoredIndexError(path, f"not a saved index: it begins with {start[:8]!r}")
    if len(start) < _START.size:
        raise StoredIndexError(path, f"cut off after {len(start)} bytes; {_REMEDY}")
    _, version, length, checksum = _START.unpack(start)
    if version != VERSION:
        raise StaleIndexError(
            path, f"version {version} of the format, and this program reads {VERSION}; {_REMEDY}"
        )
    text = file.read(length)
    if len(text) < length or zlib.crc32(text) != checksum:
        raise StoredIndexError(path, f"the header is damaged; {_REMEDY}")
    try:
        header = _Header.model_validate(json.loads(text))
    except (ValueError, ValidationError) as error:
        first = str(error).splitlines()[0]
        raise StoredIndexError(path, f"the header is not understood: {first}; {_REMEDY}") from None
    if header.kind != kind:
        raise StoredIndexError(path, f"holds a {header.kind!r}, where a {kind!r} is looked for")
    return header, _aligned(_START.size + length)


def _check(path: Path, file: BinaryIO, name: str, place: _Place, body: int) -> None:
    """Raise StoredIndexError if an array is not what was written."""
    file.seek(body + place.offset)
    checksum, left = 0, place.size
    while left:
        piece = file.read(min(_READ, left))
        if not piece:
            raise StoredIndexError(path, f"{name}: cut off, {left:,} bytes are missing; {_REMEDY}")
        checksum = zlib.crc32(piece, checksum)
        left -= len(piece)
    if checksum != place.crc32:
        raise StoredIndexError(path, f"{name}: damaged, the checksum is another; {_REMEDY}")


_REMEDY = "build the index again"


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of *path* once it is written to its end."""
    beside = path.with_name(f".{path.name}.{token_hex(4)}.unfinished")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT


def _bytes(array: Array) -> memoryview:
    return array.reshape(-1).view(np.uint8).data
