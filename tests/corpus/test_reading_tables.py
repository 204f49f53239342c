"""CSV and TSV -> articles."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from corpus.errors import SourceError
from corpus.models import Article
from corpus.reading import tables
from corpus.reading.encoding import LONGEST
from corpus.reading.entries import Entry, Found, Origin

VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)


def entries(data: bytes | str, name: str = "a.csv") -> Iterator[Entry]:
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return tables.read(file, Origin(Path(name)))


def read(data: bytes | str, name: str = "a.csv") -> tuple[list[Article], list[str]]:
    found = list(entries(data, name))
    articles = [entry.article for entry in found if isinstance(entry, Found)]
    return articles, [str(entry) for entry in found if isinstance(entry, SourceError)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_with_our_own_names_needs_no_mapping(delimiter: str) -> None:
    """Whatever stands between its columns; others are left aside."""
    text = delimiter.join(["nr", " title", "text", "published_at"])
    row = delimiter.join(["7", "T", '"One.\nTwo, three; four | five"', "2023-05-04"])
    [article], refused = read(f"{text}\n\n{row}\n")

    assert refused == []
    assert (article.title, article.text) == ("T", "One.\nTwo, three; four | five")
    assert (article.source, article.published_at is not None) == ("a.csv:3", True)


@given(st.lists(st.tuples(VALUES, VALUES), max_size=4), st.sampled_from([",", ";", "\t", "|"]))
def test_what_python_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Each text to the character, and as many rows as there are."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["title", "text"])
    writer.writerows((f"T{title}", f"x{text}") for title, text in rows)

    assert [each.text for each in read(file.getvalue())[0]] == [f"x{text}" for _, text in rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1251"])
def test_tables_in_other_encodings_are_read(encoding: str) -> None:
    """As the other formats are."""
    text = "Пресс-секретарь отверг эти обвинения и назвал их ложью."

    assert read(f"title,text\nT,{text}\n".encode(encoding))[0][0].text == text


def test_a_spreadsheets_line_about_its_delimiter_is_taken() -> None:
    """`sep=;` is no header; the lines are counted with it."""
    articles, refused = read("sep=|\r\ntitle|text\r\na,b|c,d\r\n")

    assert [(each.title, each.text, each.source) for each in articles] == [
        ("a,b", "c,d", "a.csv:3")
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("T,a,b", "3 fields, and there are 2 columns"),
        ('"T"x,a', "not CSV: ',' expected after '\"'"),
        (",a", "title: Field required"),
        ("T", "text: Field required"),
        ("T,a\0b", "text: NUL at character 2"),
    ],
)
def test_a_broken_row_is_refused_alone(row: str, reason: str) -> None:
    """With the line where it starts; its neighbours load."""
    articles, refused = read(f"title,text\nA,a\n{row}\nB,b\n")

    assert refused == [f"a.csv:3: {reason}"]
    assert [each.title for each in articles] == ["A", "B"]


def test_a_quoted_field_that_does_not_end_takes_the_rest() -> None:
    """What was whole before loads."""
    articles, refused = read('title,text\nA,a\nB,"b\nC,c\n')

    assert [each.title for each in articles] == ["A"]
    assert refused == ["a.csv:3: not CSV: a quoted field does not end; is the file cut off here?"]


def test_a_table_of_something_else_is_told_what_to_do() -> None:
    """The message names its columns, the first of them if there are many."""
    said = "no columns title and text: mapping.toml must say what is what; it has: "

    assert read("id,head\n1,2\n")[1] == [f"a.csv: {said}id, head"]
    assert read("")[1] == [f"a.csv: {said}nothing"]
    assert len(read(",".join(["column"] * 500))[1][0]) < 300


def test_a_field_without_end_is_not_read_into_memory() -> None:
    """It ends the table, for nobody knows where it would have ended."""
    data = b'title,text\nA,a\nB,"' + b"words\n" * (LONGEST // 3)
    articles, refused = read(data)

    assert [each.title for each in articles] == ["A"]
    assert refused == [
        "a.csv:3: not CSV: a field of more than 8,000,000 characters; the rest is not read"
    ]


def test_a_line_without_end_is_not_read_into_memory() -> None:
    """Nor is a file that has none."""
    assert read(b"title,text\nA,a\n" + b"x" * (LONGEST + 100_000))[1] == [
        "a.csv:3: longer than 8,000,000 characters"
    ]


def test_a_big_table_is_streamed() -> None:
    """A row at a time: the memory does not grow with the file."""
    row = b"T,%b\n" % (b"word " * 2_000)
    data = b"title,text\n" + row * 1_000
    tracemalloc.start()
    try:
        number = sum(1 for _ in entries(data))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert number == 1_000
    assert peak < 2_000_000 < len(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """A refusal is one line that can be printed."""
    for message in read(data)[1]:
        assert message.startswith("a.csv")
        assert message.encode().splitlines() == [message.encode()]
