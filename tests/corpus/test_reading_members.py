"""Big JSON documents, one member at a time."""

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from corpus.errors import SourceError
from corpus.reading import jsonfile
from corpus.reading.encoding import LONGEST
from corpus.reading.entries import Found, Origin
from corpus.reading.members import BrokenError, members

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(), values, max_size=4),
    max_leaves=20,
)  # fmt: skip


def read(data: bytes) -> tuple[list[str], list[str]]:
    entries = list(jsonfile.read(io.BytesIO(data), Origin(Path("a.json"))))
    articles = [entry.article.source for entry in entries if isinstance(entry, Found)]
    return articles, [str(entry) for entry in entries if isinstance(entry, SourceError)]


@given(st.lists(JSON, max_size=8), st.sampled_from([None, 1]))
def test_a_list_gives_its_elements(values: list[object], indent: int | None) -> None:
    """Each with the line where it starts."""
    text = json.dumps(values, indent=indent)
    found = list(members(io.BytesIO(text.encode())))

    assert [each.value for each in found] == values
    assert all(each.listed for each in found)
    lines = text.split("\n")
    for each in found:
        assert json.dumps(each.value)[0] in lines[each.line - 1]


@given(st.dictionaries(st.text(), JSON, max_size=5), st.lists(JSON, max_size=5))
def test_an_object_gives_what_it_holds(fields: dict[str, object], items: list[object]) -> None:
    """The list at the path by its elements, everything else whole."""
    document = {**fields, "a": {"b": items, "c": 1}}
    found = list(members(io.BytesIO(json.dumps(document).encode()), ["a", "b"]))

    assert [each.value for each in found if each.listed] == items
    assert {each.path[0]: each.value for each in found if len(each.path) == 1} == {
        name: value for name, value in fields.items() if name != "a"
    }


@given(JSON)
def test_any_document_is_one_member_without_a_path(value: object) -> None:
    """Save a list, which is its elements."""
    found = [each.value for each in members(io.BytesIO(json.dumps(value).encode()))]

    assert found == (value if isinstance(value, list) else [value])


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "not JSON: expecting value; is the file cut off here?"),
        (b"[1,\n2", 2, "not JSON: , or ] expected; is the file cut off here?"),
        (b"[1\n 2]", 2, "not JSON: , or ] expected"),
        (b'[{"a": 1},\n{"a" 1}]', 2, "not JSON: expecting ':' delimiter"),
        (b'[\n{"a": "b', 2, "not JSON: unterminated string; is the file cut off here?"),
        (b"[NaN]", 1, "not JSON: NaN is not a value of JSON"),
        (b"[" + b"9" * 200 + b"]", 1, "not JSON: a number of 200 digits"),
        (b"[" + b"[" * 100_000, 1, "not JSON: nested too deeply"),
        (b"[] x", 1, "not JSON: extra data"),
    ],
)
def test_what_is_broken_ends_the_document(data: bytes, line: int, reason: str) -> None:
    """With the line, and a hint where the file ends too early."""
    with pytest.raises(BrokenError) as caught:
        list(members(io.BytesIO(data)))

    assert (caught.value.line, str(caught.value)) == (line, reason)


def test_what_was_whole_before_loads() -> None:
    """A download that broke off is not lost as a whole."""
    good = '{"title": "T", "text": "A text."}'

    assert read(f'[{good},\n{good},\n{{"title": "T", "te'.encode()) == (
        ["a.json:1", "a.json:2"],
        ["a.json:3: not JSON: unterminated string; is the file cut off here?"],
    )


def test_articles_in_our_own_fields_load_from_json() -> None:
    """One, or a list of them; a broken one is refused alone."""
    good = {"title": "T", "text": "A text."}

    assert read(json.dumps(good).encode()) == (["a.json:1"], [])
    assert read(json.dumps([good, {**good, "title": ""}, 7], indent=1).encode()) == (
        ["a.json:2"],
        ["a.json:6: title: empty", "a.json:10: not an article in braces {...}: 7"],
    )


def test_json_of_other_makes_is_told_what_to_do() -> None:
    """The message names what there is."""
    assert read(b'{"name": "x", "body": "y"}')[1] == [
        'a.json:1: neither ninjs nor JSON Feed, nor an article with title and text; it has "name", '
        '"body": mapping.toml can say what they are'
    ]


def test_an_element_without_end_does_not_fill_the_memory() -> None:
    """Nor does a long list of short ones."""
    endless = b'["' + b"x" * (2 * LONGEST)
    many = b"[" + b'"%b",\n' % (b"x" * 200) * 50_000 + b"1]"
    tracemalloc.start()
    try:
        number = sum(1 for _ in members(io.BytesIO(many)))
        short = tracemalloc.get_traced_memory()[1]
        [refused] = read(endless)[1]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert refused == "a.json:1: longer than 8,000,000 characters, or not JSON"
    assert number == 50_001
    assert short < 1_000_000
    assert peak < 8 * LONGEST
