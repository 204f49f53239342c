"""Which files are read, by which reader, and which are passed over: the one list of both."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO, TypeAlias

from corpus.reading import (
    bundles,
    crawls,
    documents,
    jsonfile,
    jsonl,
    mhtml,
    pages,
    portable,
    tables,
    text,
    xmlfile,
)
from corpus.reading.entries import Entry, Origin

Reader: TypeAlias = Callable[[BinaryIO, Origin], Iterator[Entry]]
"""Reads an open, seekable file from its start. What cannot be read is an entry, never an error
that is raised, except OSError of the file itself."""


Choose: TypeAlias = Callable[[PurePath], Reader | None]
"""The reader of files named like this, if there is one."""


def read_gzip(file: BinaryIO, origin: Origin, chosen: Choose | None = None) -> Iterator[Entry]:
    """Read what is packed in *file* by the reader that is *chosen* for its name."""
    choose = chosen or reader_for
    return bundles.read_gzip(file, origin, lambda name: choose(name) or _by_content(_unknown))


def _unknown(_file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    yield origin.refuse("holds nothing of a kind that is read")


def read_zip(file: BinaryIO, origin: Origin, chosen: Choose | None = None) -> Iterator[Entry]:
    """Read what is packed in *file* by the readers that are *chosen* for its members' names."""
    return bundles.read_zip(file, origin, chosen or reader_for, is_skipped)


PLAIN: Mapping[str, Reader] = {
    ".atom": xmlfile.read,
    ".csv": tables.read,
    ".docx": documents.read,
    ".gz": read_gzip,
    ".htm": pages.read,
    ".html": pages.read,
    ".json": jsonfile.read,
    ".jsonl": jsonl.read,
    ".md": text.read_markdown,
    ".mht": mhtml.read,
    ".mhtml": mhtml.read,
    ".ndjson": jsonl.read,
    ".nitf": xmlfile.read,
    ".pdf": portable.read,
    ".rdf": xmlfile.read,
    ".rss": xmlfile.read,
    ".tsv": tables.read,
    ".txt": text.read_plain,
    ".warc": crawls.read,
    ".xhtml": pages.read,
    ".xml": xmlfile.read,
    ".zip": read_zip,
}
"""What the name of a file tells."""

HEAD = 2_048
"""Bytes from which the content is told."""

CONTENTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), ".gz"),
    (re.compile(rb"%PDF-\d"), ".pdf"),
    (re.compile(rb"WARC/\d\.\d\r?\n"), ".warc"),
    (
        re.compile(
            rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?i:content-type:\s*multipart/related)"
        ),
        ".mhtml",
    ),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*+(?i:<!doctype\s+html|<html[\s>])",
            re.DOTALL,
        ),
        ".html",
    ),
)
"""How files of a format begin that is told apart from all others; it counts more than the name."""


def _by_content(named: Reader) -> Reader:
    """Read as the content tells, else with *named*, the reader that the name tells."""

    def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
        head = file.read(HEAD)
        file.seek(0)
        suffix = next((each for pattern, each in CONTENTS if pattern.match(head)), "")
        # A .docx is a zip, too, so that a zip is told by its name.
        return PLAIN.get(suffix, named)(file, origin)

    return read


READERS: Mapping[str, Reader] = {suffix: _by_content(reader) for suffix, reader in PLAIN.items()}

SKIPPED_HEADS = (".", "~$", "#")
SKIPPED_TAILS = ("~", "#")


def reader_for(path: PurePath) -> Reader | None:
    """The reader of files named like *path*; case does not matter. None: the file is ignored.

    A packed file is read if what is packed in it is; if the name does not tell, the content does.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz" and (inner := PurePath(path.stem).suffix.lower()) and inner not in READERS:
        return None
    return READERS.get(suffix)


def is_skipped(name: str) -> bool:
    """Whether a file or folder of this name is hidden, a lock file, or what an editor left."""
    return name.startswith(SKIPPED_HEADS) or name.endswith(SKIPPED_TAILS)
