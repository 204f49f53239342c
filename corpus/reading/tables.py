"""`.csv` and `.tsv`: one article a row."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Self

from corpus.errors import SourceError
from corpus.reading.encoding import LONGEST, UnreadableError
from corpus.reading.entries import Entry, Origin
from corpus.reading.records import Record, shown
from corpus.reading.streams import lines, pieces
from corpus.reading.wire import made

DELIMITERS = (",", ";", "\t", "|")

# The standard library has one limit for the whole process, and articles are longer than its own.
csv.field_size_limit(LONGEST)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written. *delimiter* None: the one by which most of *wanted* are columns.

    *columns* are the names of the columns where no header gives them; *quote* and *escape* may be
    empty.
    """

    wanted: frozenset[str]
    delimiters: tuple[str, ...] = DELIMITERS
    columns: tuple[str, ...] | None = None
    quote: str = '"'
    escape: str = ""

    @classmethod
    def of(
        cls,
        suffix: str,
        *,
        wanted: frozenset[str],
        columns: tuple[str, ...] | None = None,
        delimiter: str | None = None,
        marks: tuple[str, str] = ('"', ""),
    ) -> Self:
        """The dialect of a file with this suffix; *marks* are its *quote* and *escape*."""
        guesses = ("\t",) if suffix == ".tsv" else DELIMITERS
        return cls(wanted, (delimiter,) if delimiter else guesses, columns, *marks)

    def delimiter(self, first: str) -> str:
        """The delimiter of a table with this first line."""
        return max(self.delimiters, key=lambda each: self._fit(first, each))

    def _fit(self, first: str, delimiter: str) -> tuple[int, int]:
        try:
            row = next(csv.reader([first], delimiter=delimiter, quotechar='"'), [])
        except csv.Error:
            return (0, 0)
        named = {name.strip() for name in row}
        fits = len(row) == len(self.columns) if self.columns else len(named & self.wanted)
        return (int(fits), len(row))


@dataclass(frozen=True, slots=True)
class Table:
    """An open table. *columns*: the names of its columns, in order."""

    origin: Origin
    columns: tuple[str, ...]
    _rows: Iterator[tuple[int, list[str] | str]]

    @classmethod
    def opened(cls, file: BinaryIO, origin: Origin, dialect: Dialect) -> Self:
        """Look at the head of a table. Raises UnreadableError; an empty file has no columns."""
        texts = lines(pieces(file))
        first, skipped = next(texts, ""), 0
        if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == 5:  # as Excel has it
            dialect = Dialect(
                dialect.wanted, (first[4],), dialect.columns, dialect.quote, dialect.escape
            )
            first, skipped = next(texts, ""), 1
        reader = csv.reader(
            chain([first], texts),
            delimiter=dialect.delimiter(first),
            quotechar=dialect.quote or None,
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            escapechar=dialect.escape or None,
            doublequote=dialect.escape != dialect.quote,
            strict=True,
        )
        rows = _numbered(reader, skipped)
        if dialect.columns is not None:
            return cls(origin, dialect.columns, rows)
        number, header = next(rows, (1, []))
        if isinstance(header, str):
            raise UnreadableError(header, number)
        return cls(origin, tuple(name.strip() for name in header), rows)

    def rows(self) -> Iterator[tuple[dict[str, object], Origin] | SourceError]:
        """Yield the fields of each row that is not blank with its place, or why it has none."""
        try:
            for number, row in self._rows:
                place = self.origin.at(number)
                if isinstance(row, str):
                    yield place.refuse(row)
                elif len(row) > len(self.columns):
                    yield place.refuse(
                        f"{len(row)} fields, and there are {len(self.columns)} columns"
                    )
                elif any(row):
                    yield dict(zip(self.columns, row, strict=False)), place
        except UnreadableError as error:
            yield self.origin.at(error.line).refuse(str(error))


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read a table whose columns have the names of an article's fields; others need a mapping."""
    fields = frozenset(Record.model_fields)
    try:
        table = Table.opened(file, origin, Dialect.of(origin.path.suffix.lower(), wanted=fields))
    except UnreadableError as error:
        yield origin.at(error.line).refuse(str(error))
        return
    if not {"title", "text"} <= set(table.columns):
        names = ", ".join(shown(name).strip('"') for name in table.columns[:12])
        yield origin.refuse(
            f"no columns title and text: mapping.toml must say what is what; it has: {names or 'nothing'}"
        )
        return
    for row in table.rows():
        yield row if isinstance(row, SourceError) else made(_plain(row[0]), row[1])


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """Without the fields that say nothing, and with line ends as texts have them."""
    return {
        name: value.replace("\r\n", "\n") if isinstance(value, str) else value
        for name, value in row.items()
        if value
    }


def _numbered(reader: Iterator[list[str]], skipped: int) -> Iterator[tuple[int, list[str] | str]]:
    """Each row, or what is wrong with it, and the line, from 1, where it starts."""
    while True:
        number = reader.line_num + skipped + 1  # type: ignore[attr-defined] # its type has no name
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, _reason(error)
            if "limit" in str(error):
                return


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "limit" in said:
        return f"not CSV: a field of more than {LONGEST:,} characters; the rest is not read"
    if "unexpected end" in said:
        return "not CSV: a quoted field does not end; is the file cut off here?"
    return f"not CSV: {said.partition(' - ')[0]}"
