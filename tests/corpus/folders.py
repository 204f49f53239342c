"""Corpus folders for tests of the archive: what is in them, and which of their files are opened."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from corpus.loading import Corpus
from corpus.reading import files
from corpus.reading.files import SourceFile


def line(number: int, text: str = "Two drones fell.") -> str:
    """An article, as a line of .jsonl."""
    return json.dumps({"id": f"n{number}", "title": f"No. {number}", "text": text}) + "\n"


def whole(corpus: Corpus) -> object:
    """All that a corpus is, in plain values: equal for equal ones."""
    articles = [
        (a, a.source, a.published_at and a.published_at.isoformat()) for a in corpus.articles
    ]
    refused = [str(refusal) for refusal in corpus.refused]
    return articles, corpus.version, refused, corpus.removed, list(corpus.ids), list(corpus.digests)


@contextmanager
def opened() -> Iterator[list[str]]:
    """Yield the names of the files that are opened meanwhile, in order."""
    names: list[str] = []
    before = SourceFile.open

    def noting(source: SourceFile) -> BinaryIO:
        names.append(source.path.name)
        return before(source)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SourceFile, "open", noting)
        yield names


@contextmanager
def exact_clock() -> Iterator[None]:
    """Let the disk's clock be believed at once; a test that changes a file gives it a time of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_FINE", -(10**18))
        patch.setattr(files, "_COARSE", -(10**18))
        yield


def at(path: Path, moment: int) -> None:
    """Set when the file was changed, in seconds."""
    os.utime(path, ns=(0, moment * 1_000_000_000 + 1))
