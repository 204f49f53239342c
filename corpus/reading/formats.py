"""Which files are read, by which reader, and which are passed over: the one list of both."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO, TypeAlias

from corpus.reading import jsonfile, jsonl, tables, text, xmlfile
from corpus.reading.entries import Entry, Origin

Reader: TypeAlias = Callable[[BinaryIO, Origin], Iterator[Entry]]
"""Reads an open, seekable file from its start. What cannot be read is an entry, never an error
that is raised, except OSError of the file itself."""

READERS: Mapping[str, Reader] = {
    ".atom": xmlfile.read,
    ".csv": tables.read,
    ".json": jsonfile.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".nitf": xmlfile.read,
    ".rdf": xmlfile.read,
    ".rss": xmlfile.read,
    ".tsv": tables.read,
    ".xml": xmlfile.read,
    ".md": text.read_markdown,
    ".txt": text.read_plain,
}

SKIPPED_HEADS = (".", "~$", "#")
SKIPPED_TAILS = ("~", "#")


def reader_for(path: PurePath) -> Reader | None:
    """The reader of files named like *path*; case does not matter. None: the file is ignored."""
    return READERS.get(path.suffix.lower())


def is_skipped(name: str) -> bool:
    """Whether a file or folder of this name is hidden, a lock file, or what an editor left."""
    return name.startswith(SKIPPED_HEADS) or name.endswith(SKIPPED_TAILS)
