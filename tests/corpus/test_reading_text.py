"""Text and Markdown files -> articles."""

import io
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from corpus.errors import SourceError
from corpus.models import Article
from corpus.reading import text
from corpus.reading.encoding import LONGEST
from corpus.reading.entries import Entry, Found, Origin

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "kremlin-drones.txt"


def read(data: bytes | str, name: str = "sub/oil-depot_fire.txt") -> Entry:
    file = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    reader = text.read_markdown if name.endswith(".md") else text.read_plain
    [entry] = reader(file, Origin(Path(name)))
    return entry


def article(data: bytes | str, name: str = "sub/oil-depot_fire.txt") -> Article:
    entry = read(data, name)
    assert isinstance(entry, Found), str(entry)
    return entry.article


def refusal(data: bytes | str, name: str = "a.txt") -> str:
    entry = read(data, name)
    assert isinstance(entry, SourceError)
    return str(entry)


def test_a_text_file_needs_nothing_but_its_text() -> None:
    """The path makes the id, the file's name the title; the text is the file."""
    assert article("  A depot burned.\n\nNobody was hurt.\n") == Article(
        id="sub/oil-depot_fire",
        title="Oil depot fire",
        text="  A depot burned.\n\nNobody was hurt.\n",
    )
    assert article("x").source == "sub/oil-depot_fire.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the article the project began from is not here")
def test_the_seed_article_loads_as_it_is() -> None:
    """The file is the text, to the character."""
    found = article(SEED.read_bytes(), SEED.name)

    assert (found.id, found.title) == ("kremlin-drones", "Kremlin drones")
    assert found.text == SEED.read_text(encoding="utf-8")
    assert found.published_at is None


@pytest.mark.parametrize(
    ("name", "title", "identifier"),
    [
        ("a.txt", "A", "a"),
        ("2023-05-04 kyiv.v2.txt", "2023 05 04 kyiv.v2", "2023-05-04 kyiv.v2"),
        ("___.txt", "___", "___"),
        ("Київ.TXT", "Київ", "Київ"),
        ("cafe\u0301.txt", "Caf\u00e9", "caf\u00e9"),
    ],
)
def test_names_become_titles_and_ids(name: str, title: str, identifier: str) -> None:
    """Also of odd names; one name has one id on every system."""
    found = article("x", name)

    assert (found.title, found.id) == (title, identifier)


def test_line_ends_of_other_systems_become_line_feeds() -> None:
    """Paragraphs are the same wherever the file was written; a byte-order mark is no text."""
    assert article(b"\xef\xbb\xbfone\r\ntwo\rthree\n").text == "one\ntwo\nthree\n"


def test_front_matter_gives_the_fields() -> None:
    """Fields come from the front matter, the text is what follows it."""
    found = article(
        "---\n"
        "# from the archive\n"
        'title: "Kyiv: a night"\n'
        "id: 007\n"
        "publisher: No\n"
        "published_at: 2023-05-04 18:00:00\n"
        "url:\n"
        "tags: [war, {a: b}]\n"
        "text: not this\n"
        "---\n"
        "\nBody.\n---\nMore.\n"
    )

    assert found == Article(
        id="007",
        title="Kyiv: a night",
        text="\nBody.\n---\nMore.\n",
        publisher="No",
        published_at=datetime(2023, 5, 4, 18, tzinfo=UTC),
    )


def test_empty_front_matter_changes_nothing() -> None:
    """Neither none at all nor a comment alone, nor fields without a value."""
    for matter in ("", "# nothing yet\n", "title:\nid: ~\n"):
        assert article(f"---\n{matter}---\nBody.").text == "Body."
        assert article(f"---\n{matter}---\nBody.").title == "Oil depot fire"


@pytest.mark.parametrize(
    "body", ["---\nJust a ruler.\n---\n", "--- a dash\n", "---\n- list: 1\n", "----\na: b\n", "---"]
)
def test_a_text_may_begin_with_a_ruler(body: str) -> None:
    """Three dashes alone are no front matter: a field must follow."""
    assert article(body).text == body


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "a.txt: text: empty"),
        (" \n\n", "a.txt: text: empty"),
        ("---\ntitle: x\n---\n", "a.txt: text: empty"),
        ("a\0b", "a.txt: text: NUL at character 2"),
        ("---\ntitle: x\npublished_at: Wednsday\n---\nb", 'a.txt:3: published_at: not a date: "Wednsday"'),
        ("---\nid: [a]\n---\nb", "a.txt:2: id: not a text: a list"),
        ("---\nurl: {a: b}\n---\nb", "a.txt:2: url: not a text: an object"),
        ("---\ntitle: x\nBody without an end.\n", "a.txt:1: front matter: no closing --- within 65,536 characters"),
        ("---\ntitle: Kyiv: a night\n---\nb", "a.txt:2: front matter: a value that holds a colon must be in quotes"),
        ("---\nx: 1\ntags: [a\n---\nb", "a.txt:4: front matter: expected ',' or ']', but got '<stream end>'"),
        ("---\na: &x b\nc: *x\n---\nb", "a.txt:3: front matter: aliases (*name) are not read"),
        ("---\na: b\nc: \x01\n---\nb", "a.txt:3: front matter: character U+0001 is not allowed"),
        ("---\na: " + "[" * 9_000 + "\n---\nb", "a.txt:1: front matter: nested too deeply"),
        ("---\n'a: b'\n---\nb", "a.txt:2: front matter: not a list of fields (name: value)"),
        ("---\na: b\n" + "# c\n" * 20_000 + "---\nb", "a.txt:1: front matter: no closing --- within 65,536 characters"),
        (b"\x89PNG\0\xff", "a.txt: not text, or UTF-16 without its byte-order mark: save it as UTF-8"),
        ("“ok”\n".encode() + b"caf\xe9", "a.txt:2: not UTF-8: byte 0xE9"),
        (b"x" * (LONGEST + 1), "a.txt: longer than 8,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_address(data: bytes | str, message: str) -> None:
    """The address has the line where there is one."""
    assert refusal(data) == message


def test_a_name_too_long_for_an_id_is_refused() -> None:
    """Deep folders can make one; an id in the front matter helps."""
    name = "/".join(["d" * 100] * 6) + "/a.txt"

    assert refusal("x", name) == f"{name}: id: 607 characters, at most 500"
    assert article("---\nid: a\n---\nx", name).id == "a"


@pytest.mark.parametrize(
    ("body", "title", "left"),
    [
        ("# A night in Kyiv\n\nSirens.\n", "A night in Kyiv", "Sirens.\n"),
        ("\n\n#  A night in Kyiv ##\nSirens.", "A night in Kyiv", "Sirens."),
        ("# C#\nSharp.", "C#", "Sharp."),
        ("A night in Kyiv\n====\n\nSirens.", "A night in Kyiv", "Sirens."),
        ("## Sirens\nThey rang.", "A", "## Sirens\nThey rang."),
        ("#hashtag\nx", "A", "#hashtag\nx"),
        ("# \nx", "A", "# \nx"),
        ("Sirens.\n# Later\n", "A", "Sirens.\n# Later\n"),
        ("Sirens.\n\n====\n", "A", "Sirens.\n\n====\n"),
    ],
)
def test_a_first_heading_of_markdown_is_the_title(body: str, title: str, left: str) -> None:
    """It is then no sentence of the text; in a plain text it is."""
    found = article(body, "a.md")

    assert (found.title, found.text) == (title, left)
    assert article(body, "a.txt").text == body


def test_front_matter_names_a_markdown_file_first() -> None:
    """A heading that repeats the title goes; one that says something else stays in the text."""
    same = article("---\ntitle: Sirens\n---\n# Sirens\nThey rang.", "a.md")
    other = article("---\ntitle: Sirens\n---\n# A night\nThey rang.", "a.md")

    assert (same.title, same.text) == ("Sirens", "They rang.")
    assert (other.title, other.text) == ("Sirens", "# A night\nThey rang.")


def test_a_heading_without_text_is_refused() -> None:
    """A title alone is no article."""
    assert refusal("# Title\n", "a.md") == "a.md: text: empty"


@pytest.mark.parametrize(
    "data",
    [
        "# " + " " * 4_000_000 + "x\nbody",
        "---\n" + "\n" * 4_000_000 + "a",
        "---\n" + "# " * 2_000_000 + "\n---\nx",
        "a" * 4_000_000 + "\n" + "=" * 1_000_000 + "\nbody",
    ],
)
def test_no_text_takes_long(data: str) -> None:
    """Patterns do not run away on megabytes of the same character."""
    start = time.perf_counter()
    read(data, "a.md")

    assert time.perf_counter() - start < 30


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.text("-:abc &*[]{}\"'#|>!%@\n\t", max_size=60).map(
        lambda t: f"---\na: {t}\n---\nx".encode()
    )
)
@example(b"---\n? [a]\n: b\n---\nx")
@example(b"---\na: !!python/object/apply:os.system [x]\n---\nx")
@example(b"---\na: b\n%YAML 1.1\n---\nx")
def test_any_bytes_are_an_article_or_a_refusal(data: bytes) -> None:
    """Every file gives exactly one entry, and what is read is in the file."""
    for name in ("a.txt", "a.md"):
        entry = read(data, name)

        assert isinstance(entry, Found) or str(entry).startswith(name)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1))
def test_a_text_without_front_matter_is_kept_to_the_character(body: str) -> None:
    """Offsets count in the file as it was written."""
    if body.isspace() or body.startswith(("\ufeff", "---")):
        return
    assert article(body).text == body
