"""`.zip` and `.gz`: files of any format, packed. Nothing is ever unpacked to a disk."""

import io
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import BinaryIO, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from typing_extensions import override

from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.records import CONTROL, shown
from corpus.reading.unpacking import Allowance, PackedError, Unpacked, allowance_of, gunzipped

Reader: TypeAlias = Callable[[BinaryIO, Origin], Iterator[Entry]]
Choose: TypeAlias = Callable[[PurePath], Reader | None]

LARGEST_INDEX = 8_000_000
"""Bytes of a zip's list of members: some 70,000 names."""
LONGEST_NAME = 500
MOST_REFUSALS = 1_000
"""Refusals told of one zip; the others are counted."""


def read_gzip(file: BinaryIO, origin: Origin, choose: Choose) -> Iterator[Entry]:
    """Read one file packed with gzip. Its name without `.gz` tells its format, else its content.

    Addresses are those of the packed file: `news.jsonl.gz:17` is its line 17.
    """
    try:
        unpacked = gunzipped(file)
        reader = choose(PurePath(origin.path.stem))
        if reader is None:
            yield origin.refuse("holds nothing of a kind that is read")
            return
        yield from reader(unpacked, origin)
    except PackedError as error:
        yield origin.refuse(str(error))


def read_zip(
    file: BinaryIO, origin: Origin, choose: Choose, is_skipped: Callable[[str], bool]
) -> Iterator[Entry]:
    """Read the members of a zip whose names tell a format that is read, in the order of names.

    A member's address is its path behind the zip's: `bundle.zip/news.jsonl:17`. A member that
    cannot be read does not stop the others.
    """
    refusals = 0
    for entry in _entries(file, origin, choose, is_skipped):
        refusals += not isinstance(entry, Found)
        if isinstance(entry, Found) or refusals <= MOST_REFUSALS:
            yield entry
    if refusals > MOST_REFUSALS:
        yield origin.refuse(f"{refusals - MOST_REFUSALS:,} more refused")


def _entries(
    file: BinaryIO, origin: Origin, choose: Choose, is_skipped: Callable[[str], bool]
) -> Iterator[Entry]:
    try:
        allowance, depth = allowance_of(file)
        archive = ZipFile(_Indexed(file))
    except PackedError as error:
        yield origin.refuse(str(error))
        return
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        yield origin.refuse(f"not a zip that can be read: {str(error).lower()}")
        return
    with archive:
        for member in sorted(_members(archive, is_skipped), key=lambda each: each.filename):
            place = Origin(origin.path / _printable(member.filename))
            if why := _fault(member):
                yield place.refuse(why)
            elif reader := choose(PurePath(member.filename)):
                yield from _member(_opened(archive, member, allowance, depth), place, reader)
            if allowance.is_spent:
                return


def _opened(
    archive: ZipFile, member: ZipInfo, allowance: Allowance, depth: int
) -> Callable[[], Unpacked]:
    return lambda: Unpacked(archive.open(member), allowance, depth + 1)


def _member(opened: Callable[[], Unpacked], place: Origin, reader: Reader) -> Iterator[Entry]:
    try:
        with opened() as file:
            yield from reader(file, place)
    except PackedError as error:
        yield place.refuse(str(error))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield place.refuse(f"cannot be unpacked: {str(error).lower()}")


class _Indexed(io.BufferedIOBase):
    """A zip whose list of members is not read if it would fill the memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @override
    def read(self, size: int | None = -1) -> bytes:
        if size is None or size > LARGEST_INDEX:
            raise zipfile.BadZipFile(f"a list of members of more than {LARGEST_INDEX:,} bytes")
        return self._file.read(size)

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    @override
    def tell(self) -> int:
        return self._file.tell()

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True


def _members(archive: ZipFile, is_skipped: Callable[[str], bool]) -> Iterable[ZipInfo]:
    for member in archive.infolist():
        parts = PurePath(member.filename).parts
        hidden = any(is_skipped(part) and part != ".." for part in parts)
        if not member.is_dir() and not hidden and "__MACOSX" not in parts:
            yield member


def _fault(member: ZipInfo) -> str | None:
    """Why *member* is not even opened."""
    path = PurePath(member.filename)
    if path.is_absolute() or ".." in path.parts or CONTROL.search(member.filename):
        return "a name that leads out of the zip"
    if len(member.filename) > LONGEST_NAME:
        return f"a name of {len(member.filename):,} characters, at most {LONGEST_NAME:,}"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "a link is not followed"
    if member.flag_bits & 0x1:
        return "encrypted: unpack it with its password"
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        # The others can ask for gigabytes of memory before the first byte.
        return "packed in another way than deflate: pack it anew"
    return None


def _printable(name: str) -> str:
    """*name* fit for an address: on one line, not long, not leading anywhere."""
    kept = [part for part in PurePath(name).parts if part not in {"..", "/", "//"}]
    return CONTROL.sub("\ufffd", "/".join(kept))[:LONGEST_NAME] or shown(name)
