"""A path into the files to be read, and one file into all that it gives, whole or not at all."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from corpus.errors import CorpusError, CorpusNotFoundError, SourceError
from corpus.reading import files
from corpus.reading.entries import Entry
from corpus.reading.files import SourceFile, Stamp
from corpus.reading.formats import READERS, reader_for

ATTEMPTS = 3
"""How often a file that changes while it is read is begun anew."""


class Taking(Protocol):
    """**Protocol:** what takes the entries of one file."""

    def add(self, entry: Entry) -> None:
        """Take one more."""
        ...

    def drop(self) -> None:
        """Forget those that were taken: the file is begun anew, or refused."""
        ...


T = TypeVar("T", bound=Taking)


def sources(path: Path) -> Iterator[SourceFile | SourceError]:
    """Yield the files of the corpus at *path*, by path, and what is refused.

    Raises CorpusNotFoundError, and CorpusError when *path* is of a kind that is not read.
    """
    try:
        if path.is_dir():
            os.scandir(path).close()
            return files.find(path)
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise CorpusNotFoundError(path) from None
    except OSError as error:
        raise CorpusError(f"{path}: {files.reason(error)}") from error
    if reader := reader_for(path):
        return iter([files.single(path, reader)])
    raise CorpusError(f"{path}: not a folder, nor a file that ends in {', '.join(sorted(READERS))}")


def read_whole(
    source: SourceFile, begin: Callable[[], T], tell: Callable[[int], None]
) -> tuple[T, Stamp] | SourceError:
    """Read *source* into what *begin* makes, and return that with the stamp of what was read.

    *tell* is told the position in the file. A file that changes meanwhile is begun anew; one that
    goes on changing, or that cannot be read to its end, is refused as a whole.
    """
    for _ in range(ATTEMPTS):
        taking = begin()
        try:
            with source.open() as file:
                before = Stamp.of(os.fstat(file.fileno()))
                for entry in source.reader(file, source.origin):
                    taking.add(entry)
                    tell(file.tell())
                if Stamp.of(os.fstat(file.fileno())) == before:
                    return taking, before
        except OSError as error:
            taking.drop()
            return source.origin.refuse(files.reason(error))
        taking.drop()
    return source.origin.refuse("changes while it is read")
