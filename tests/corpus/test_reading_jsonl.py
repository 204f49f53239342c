"""Lines of JSON -> articles."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from corpus.errors import SourceError
from corpus.models import Article
from corpus.reading import jsonl
from corpus.reading.encoding import LONGEST
from corpus.reading.entries import Found, Origin

GOOD = b'{"id": "a", "title": "A raid", "text": "Two drones fell."}'
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
)


def read(data: bytes) -> tuple[list[Article], list[str]]:
    entries = list(jsonl.read(io.BytesIO(data), Origin(Path("news.jsonl"))))
    articles = [entry.article for entry in entries if isinstance(entry, Found)]
    return articles, [str(entry) for entry in entries if isinstance(entry, SourceError)]


def article(**fields: object) -> Article:
    [found], refused = read(json.dumps({"title": "T", "text": "A text.", **fields}).encode())
    assert refused == []
    return found


def refusal(**fields: object) -> str:
    found, [refused] = read(json.dumps({"title": "T", "text": "A text.", **fields}).encode())
    assert found == []
    return refused


def test_all_fields_are_read() -> None:
    """Every field of the format arrives in the article, and unknown ones are ignored."""
    found = article(
        id="x-1",
        url=" https://example.org/x?a=1#b ",
        publisher="The\nTimes",
        published_at="2023-05-04T18:00:00Z",
        language="en",
        tags=["war"],
        score=1.5,
    )

    assert found == Article(
        id="x-1",
        title="T",
        text="A text.",
        url="https://example.org/x?a=1#b",
        publisher="The Times",
        published_at=datetime(2023, 5, 4, 18, tzinfo=UTC),
        language="en",
    )
    assert found.source == "news.jsonl:1"


def test_empty_optional_fields_are_unknown() -> None:
    """Exports write null or an empty text for what they do not know; nothing is invented."""
    for empty in (None, "", "  "):
        found = article(url=empty, publisher=empty, language=empty)

        assert (found.url, found.publisher, found.language) == (None, None, None)
    assert article(published_at="").published_at is None
    assert article(published_at=None).published_at is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_the_text_is_kept_to_the_character(text: str) -> None:
    """Offsets count in the text as given: nothing is stripped, folded or normalised."""
    if text.isspace():
        return
    for escaped in (True, False):
        line = json.dumps({"title": "T", "text": text}, ensure_ascii=escaped).encode()

        assert read(line)[0][0].text == text


def test_an_integer_id_is_taken_as_text() -> None:
    """Databases number their articles."""
    assert article(id=17).id == "17"
    assert article(id=" a b ").id == "a b"


def test_without_id_the_url_names_the_article() -> None:
    """A corrected text at the same address keeps its id; another address has another."""
    first = article(url="https://example.org/1", text="Two drones.")
    corrected = article(url="https://example.org/1", text="Three drones.")
    other = article(url="https://example.org/2", text="Two drones.")

    assert first.id == corrected.id != other.id
    assert first.id.startswith("url-")


def test_without_id_an_update_of_another_date_stands_beside_what_was_there() -> None:
    """The id of a version depends on its own address and date only, in whatever zone that is given."""
    url = "https://example.org/1"
    first = article(url=url, published_at="2024-03-04T08:00:00Z")
    update = article(url=url, published_at="2024-03-04T11:00:00Z")

    assert first.id != update.id
    assert article(url=url, published_at="2024-03-04T09:00:00+01:00").id == first.id


def test_without_id_and_url_the_text_names_the_article() -> None:
    """Its id does not depend on the line it stands in."""
    alone, _ = read(b'{"title": "T", "text": "A text."}')
    later, _ = read(GOOD + b"\n" + b'{"title": "T", "text": "A text."}')

    assert alone[0].id == later[1].id
    assert alone[0].id.startswith("text-")
    assert article(text="Another").id != alone[0].id


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"published_at": "Wednsday"}, 'published_at: not a date: "Wednsday"'),
        ({"published_at": "2199-01-01"}, 'published_at: in the future: "2199-01-01"'),
        ({"published_at": "0001-01-01"}, 'published_at: out of range: "0001-01-01"'),
        ({"published_at": 1683223200}, "published_at: not a date: 1683223200"),
        ({"title": None}, "title: not a text: null"),
        ({"title": " "}, "title: empty"),
        ({"title": "x" * 1001}, "title: 1,001 characters, at most 1,000"),
        ({"text": ""}, "text: empty"),
        ({"text": " \n\u3000"}, "text: empty"),
        ({"text": ["a"]}, "text: not a text: a list"),
        ({"text": {"en": "a"}}, "text: not a text: an object"),
        ({"text": "ab\0c"}, "text: NUL at character 3"),
        ({"text": "ab\ud800c"}, "text: half a character (U+D800) at character 3"),
        ({"id": True}, "id: not a text: true"),
        ({"id": 1.5}, "id: not a text: 1.5"),
        ({"id": ""}, "id: empty"),
        ({"id": "a\nb"}, 'id: control character in "a\\nb"'),
        ({"id": "i" * 501}, "id: 501 characters, at most 500"),
        ({"url": "example.org"}, 'url: not a web address (http or https): "example.org"'),
        ({"url": "http://[::1"}, 'url: not a web address (http or https): "http://[::1"'),
        ({"url": "javascript:alert(1)"}, 'url: not a web address (http or https): "javascript:alert(1)"'),
        ({"url": "https://e.org/a b"}, 'url: not a web address (http or https): "https://e.org/a b"'),
        ({"url": "https://e.org/" + "a" * 4000}, "url: 4,014 characters, at most 4,000"),
        ({"publisher": 7}, "publisher: not a text: 7"),
        ({"publisher": "\udfff"}, "publisher: half a character (U+DFFF) at character 1"),
        ({"url": 3, "id": []}, "id: not a text: a list; url: not a text: 3"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_by_name(fields: dict[str, object], reason: str) -> None:
    """The message is an address, the field, what is wrong with it and what was found."""
    assert refusal(**fields) == f"news.jsonl:1: {reason}"


def test_long_values_are_cut_in_messages() -> None:
    """A message stays one short line, and half a character in it can be printed."""
    cut = "x" * 60

    assert refusal(published_at="x" * 5000) == f'news.jsonl:1: published_at: not a date: "{cut}…"'
    assert (
        refusal(id="\ud800\n").encode()
        == b"news.jsonl:1: id: half a character (U+D800) at character 1"
    )


def test_a_missing_field_is_named() -> None:
    """A misspelt field is a missing one."""
    assert read(b'{"titel": "T", "text": "x"}')[1] == ["news.jsonl:1: title: Field required"]
    assert read(b"{}")[1] == ["news.jsonl:1: title: Field required; text: Field required"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1]", "not an article in braces {...}: a list"),
        (b"17", "not an article in braces {...}: 17"),
        (b'"text"', 'not an article in braces {...}: "text"'),
        (b"null", "not an article in braces {...}: null"),
        (b"{'id': 1}", "not JSON: expecting property name enclosed in double quotes at column 2"),
        (b'  {"id": 1,, "a": 2}', "not JSON: expecting property name enclosed in double quotes at column 12"),
        (b'{"id": 1} {"id": 2}', "not JSON: extra data at column 11"),
        (b'{"id": NaN}', "not JSON that can be read: NaN is not a value of JSON"),
        (b'{"id": -Infinity}', "not JSON that can be read: -Infinity is not a value of JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not JSON that can be read: a number of 5,000 digits"),
        (b"[" * 200_000, "not JSON that can be read: nested too deeply"),
        (b'{"a":' * 200_000, "not JSON that can be read: nested too deeply"),
        (b'{"a": "b\tc"}', "not JSON: invalid control character at column 9"),
    ],
)  # fmt: skip
def test_a_broken_line_is_refused_alone(line: bytes, reason: str) -> None:
    """The line gets an address and a reason; its neighbours load."""
    found, refused = read(GOOD + b"\n" + line + b"\n" + GOOD + b"\n")

    assert refused == [f"news.jsonl:2: {reason}"]
    assert [item.source for item in found] == ["news.jsonl:1", "news.jsonl:3"]


def test_a_cut_off_last_line_is_said_to_be_cut_off() -> None:
    """A truncated download loads up to its last whole line."""
    found, refused = read(GOOD + b"\n" + GOOD[:25])

    assert len(found) == 1
    assert refused == [
        "news.jsonl:2: not JSON: unterminated string at column 22; is the file cut off here?"
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r"])
def test_exports_in_other_encodings_are_read(encoding: str) -> None:
    """Line by line, as UTF-8 is."""
    text = "Пресс-секретарь отверг эти обвинения и назвал их ложью."
    line = json.dumps({"title": "Ответ", "text": text}, ensure_ascii=False)
    found, refused = read(f"{line}\n[]\n{line}".encode(encoding))

    assert [(item.source, item.text) for item in found] == [
        ("news.jsonl:1", text),
        ("news.jsonl:3", text),
    ]
    assert refused == ["news.jsonl:2: not an article in braces {...}: a list"]


def test_blank_lines_are_counted_and_skipped() -> None:
    """Line numbers are those that an editor shows."""
    found, refused = read(b"\n \t\r\n" + GOOD + b"\r\n\n{")

    assert [item.source for item in found] == ["news.jsonl:3"]
    assert refused[0].startswith("news.jsonl:5: ")


def test_a_line_without_end_is_not_read_into_memory() -> None:
    """A line beyond the limit is passed over, the next one loads."""
    long = b'{"title": "T", "text": "' + b"x" * (2 * LONGEST) + b'"}'
    found, refused = read(long + b"\n" + GOOD)

    assert refused == ["news.jsonl:1: longer than 8,000,000 bytes"]
    assert [item.source for item in found] == ["news.jsonl:2"]


def test_an_article_of_five_million_characters_loads() -> None:
    """Long is not broken."""
    assert len(article(text="word " * 1_000_000).text) == 5_000_000


@given(st.lists(JSON.map(json.dumps).map(str.encode) | st.binary(), max_size=8), st.data())
def test_good_lines_among_bad_lines_all_load(bad: list[bytes], data: st.DataObject) -> None:
    """Whatever stands in the other lines, a whole article of plain ASCII is read."""
    junk = [line.replace(b"\n", b" ") for line in bad]
    # At the head of a file, two bytes can announce UTF-16, and then the other lines are none.
    lines = [GOOD, *data.draw(st.permutations([GOOD, *junk]))]
    found, refused = read(b"\n".join(lines))

    assert [item.text for item in found].count("Two drones fell.") >= 2
    assert len(found) + len(refused) <= len(lines)


@given(st.dictionaries(st.sampled_from([*Article.__dataclass_fields__, "x"]), JSON))
def test_any_object_is_an_article_or_a_refusal(fields: dict[str, object]) -> None:
    """Every line gives exactly one entry, whatever its fields hold."""
    found, refused = read(json.dumps(fields).encode())

    assert len(found) + len(refused) == 1


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """A refusal is one line that can be printed."""
    for message in read(data)[1]:
        assert message.startswith("news.jsonl:")
        assert message.encode().splitlines() == [message.encode()]
