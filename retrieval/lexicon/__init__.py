"""The tables, one a file, each with its source in its first lines, and how they are read."""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table *name*, each as its words; lines that start with # are skipped."""
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return tuple(tuple(line) for line in lines if line)


@cache
def fields(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the rows of the table *name* whose fields are parted by a bar, each field as its entries.

    An underscore in an entry is read as a blank; a field that holds only a dash is empty.
    """
    lines = (" ".join(row).split(" | ") for row in rows(name))
    return tuple(tuple(_entries(field) for field in line) for line in lines)


@cache
def words(name: str) -> frozenset[str]:
    """Return all the words of the table *name*."""
    return frozenset(word for row in rows(name) for word in row)


@cache
def base_forms(name: str) -> dict[str, str]:
    """Return each further word of a row -> the row's first word. Not to be changed by the caller."""
    return {form: row[0] for row in rows(name) for form in row[1:]}


def _entries(field: str) -> tuple[str, ...]:
    return tuple(entry.replace("_", " ") for entry in field.split() if entry != "-")
