"""The articles of a corpus that were taken away: a list of ids in its folder."""

import json
import os
from pathlib import Path

from corpus.errors import CorpusError, SourceError
from corpus.reading import files
from corpus.reading.encoding import UnreadableError, lines
from corpus.reading.entries import Origin

FILE = ".removed.jsonl"
"""A line is an object with an `id`; what else is in it says who did it, and when."""


def removed(corpus: Path) -> tuple[frozenset[str], list[SourceError]]:
    """Return the ids on the list of the folder *corpus*, and the lines that name none.

    A corpus that is one file has no list. Raises CorpusError when there is a list that cannot be
    read: what was taken away would be back.
    """
    path = corpus / FILE
    if not corpus.is_dir() or not os.path.lexists(path):
        return frozenset(), []
    ids: set[str] = set()
    broken: list[SourceError] = []
    try:
        with path.open("rb") as file:
            for number, line in enumerate(lines(file), start=1):
                if (found := _id_of(line)) is not None:
                    ids.add(found)
                elif isinstance(line, UnreadableError) or line.strip():
                    broken.append(Origin(Path(FILE), number).refuse('no "id" that is a text'))
    except OSError as error:
        raise CorpusError(f"{path}: {files.reason(error)}") from error
    return frozenset(ids), broken


def _id_of(line: str | UnreadableError) -> str | None:
    try:
        fields = json.loads(line) if isinstance(line, str) else None
    except (ValueError, RecursionError):
        return None
    found = fields.get("id") if isinstance(fields, dict) else None
    return found if isinstance(found, str) else None
