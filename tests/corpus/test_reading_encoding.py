"""Bytes -> text."""

# ruff: noqa: RUF001 (other scripts are what is tested)

import io
from contextlib import suppress

import pytest
from hypothesis import example, given, strategies as st

from corpus.reading.encoding import LONGEST, SAMPLE_BYTES, UnreadableError, decode, lines

RUSSIAN = (
    "Президент заявил во вторник, что удар был попыткой покушения.\n"
    "Пресс-секретарь отверг эти обвинения и назвал их ложью.\n"
)
FRENCH = (
    "Le président a déclaré mercredi que l'été serait très chaud à Orléans.\n"
    "Les élèves, privés de fenêtres, étaient déjà rentrés.\n"
)
JAPANESE = "大統領は水曜日に、攻撃は暗殺未遂だったと述べた。\n報道官はこれを否定した。\n"

MARKED = ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


def read_lines(data: bytes) -> list[str]:
    """Each line, or its refusal in angle brackets."""
    return [
        f"<{line}>" if isinstance(line, UnreadableError) else line
        for line in lines(io.BytesIO(data))
    ]


def marked(text: str, encoding: str) -> bytes:
    head = "\ufeff" if encoding.endswith("e") else ""
    return (head + text).encode(encoding)


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("text", [RUSSIAN, "plain\nASCII", "", "\n", "a\u2028b\n\U0001f600"])
def test_a_byte_order_mark_is_obeyed(text: str, encoding: str) -> None:
    """The mark names the encoding and is not part of the text."""
    data = marked(text, encoding)

    assert decode(data) == text
    assert "".join(read_lines(data)) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "iso8859-5"),
        (FRENCH, "latin-1"), (FRENCH, "cp1252"), (JAPANESE, "shift_jis"),
        ("He said: “No.” It’s a lie.\n", "cp1252"), ("The café was closed.\n", "latin-1"),
        ("Los niños de España volverán mañana.\n", "latin-1"),
        ("Die Bürger äußerten größere Zweifel.\n", "latin-1"),
        ("A situação não é fácil; eleições em março.\n", "latin-1"),
        ("Rzecznik odrzucił te oskarżenia i nazwał je kłamstwem w środę.\n", "iso8859-2"),
        ("Rzecznik odrzucił te oskarżenia i nazwał je kłamstwem w środę.\n", "cp1250"),
        ("Mluvčí řekl ve středu, že obvinění je lež.\n", "cp1250"),
        ("Cumhurbaşkanı çarşamba günü İzmir’de bunu söyledi.\n", "cp1254"),
        ("Ο εκπρόσωπος απέρριψε τις κατηγορίες και είπε ότι είναι ψέμα.\n", "cp1253"),
        ("Речник заявив у вівторок, що її там не було.\n", "cp1251"),
        ("总统周三表示，袭击是一次暗杀企图。\n", "gb18030"),
        ("대통령은 수요일에 그것이 암살 시도였다고 말했다.\n", "euc_kr"),
    ],
)  # fmt: skip
def test_older_encodings_are_recognised(text: str, encoding: str) -> None:
    """Windows-1251, Latin-1 and the like are read as what they are, also after much ASCII."""
    for head in ("", "Plain words.\n" * 10_000):
        data = (head + text).encode(encoding)

        assert decode(data) == head + text
        assert "".join(read_lines(data)) == head + text


def test_what_two_encodings_explain_is_refused_by_their_names() -> None:
    """Half a guess would print a wrong letter in a quotation."""
    data = "Orbán, Gyurcsány és Peña õrült.\n".encode("latin-1")

    with pytest.raises(
        UnreadableError, match=r"^not UTF-8, encoding CP125\d or .*: save it as UTF-8$"
    ):
        decode(data)


def test_a_text_that_leaves_its_encoding_further_down_is_refused() -> None:
    """A guess made from the head of a file is checked on all of it."""
    data = (FRENCH * 1000).encode("cp1252") + b"\x81"

    with pytest.raises(UnreadableError, match=r"^not UTF-8 nor all CP1252: save it as UTF-8$"):
        decode(data)


@given(st.lists(st.sampled_from(FRENCH.split()), min_size=5))
def test_french_is_not_read_with_wrong_letters(words: list[str]) -> None:
    """Whatever the words: the right text or a refusal, never the letters of another language."""
    text = " ".join(words)
    try:
        decoded = decode(text.encode("cp1252"))
    except UnreadableError:
        return
    assert decoded == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\x1a\x85\u2028\x0c\r")
def test_utf8_is_read_as_it_is(text: str) -> None:
    """Any text survives; only line feeds end a line."""
    if text.startswith("\ufeff"):
        return
    data = text.encode()

    assert decode(data) == text
    assert len(read_lines(data)) == len(text.removesuffix("\n").split("\n")) - (not text)


def test_one_broken_line_of_utf8_is_refused_alone() -> None:
    """A file whose other lines are UTF-8 is not taken for Latin-1 because of one byte."""
    good = "“Ні”, — сказав він.\n"
    data = b"ASCII\n" + b"caf\xe9\n" + good.encode()

    assert read_lines(data) == ["ASCII\n", "<not UTF-8: byte 0xE9>", good]
    assert read_lines(data + b"\xff\n") == ["ASCII\n", "<not UTF-8: byte 0xE9>", good, "<not UTF-8: byte 0xFF>"]  # fmt: skip
    with pytest.raises(UnreadableError, match=r"^not UTF-8: byte 0xE9$") as caught:
        decode(data)
    assert caught.value.line == 2


def test_binary_is_not_text() -> None:
    """A picture under a text's name is refused, and so is what no encoding explains."""
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))

    with pytest.raises(UnreadableError, match=r"^not text, or UTF-16 without its byte-order mark"):
        decode(picture)
    with pytest.raises(
        UnreadableError, match=r"^not UTF-8, encoding not recognised: save it as UTF-8$"
    ):
        decode(bytes(range(128, 256)))


def test_lines_after_an_unrecognised_one_are_still_read() -> None:
    """Noise in one line does not hide the others."""
    noise = bytes(range(128, 256))

    assert read_lines(b"one\n" + noise + b"\ntwo\n") == [
        "one\n",
        "<not UTF-8, encoding not recognised: save it as UTF-8>",
        "two\n",
    ]


def test_a_broken_wide_file_ends_where_it_breaks() -> None:
    """Half a character of UTF-16 leaves no way to find the next line."""
    data = "one\ntwo\n".encode("utf-16") + b"\x00\xd8\n"

    assert read_lines(data)[-1] == "<not UTF-16>"
    with pytest.raises(UnreadableError, match=r"^not UTF-16$"):
        decode(data)


def test_a_line_of_another_encoding_further_down_is_refused() -> None:
    """What was recognised at the head is asked of every line."""
    shift_jis = (JAPANESE * (SAMPLE_BYTES // 40)).encode("shift_jis")

    assert read_lines(shift_jis + b"\xff\xfd\n")[-1] == "<not SHIFT-JIS: byte 0xFF>"


def test_long_lines_are_passed_over_in_every_encoding() -> None:
    """Memory stays bounded by the limit of a line."""
    text = "a\n" + "b" * (2 * LONGEST + 5) + "\nc\n" + "d" * (LONGEST + 1)

    for encoding, unit in (("utf-8", "bytes"), ("utf-16", "characters")):
        refused = f"<longer than 8,000,000 {unit}>"
        assert read_lines(text.encode(encoding)) == ["a\n", refused, "c\n", refused]


def test_a_line_of_the_longest_length_is_read() -> None:
    """The limit itself is allowed."""
    line = "b" * (LONGEST - 1) + "\n"

    assert read_lines(line.encode()) == [line]


@given(st.binary())
@example(b"\xff\xfe\x00\xd8")
@example(b"\xff\xfe\x00\x00\xff\xff\xff\xff")
@example(b"\xff\xfea")
def test_any_bytes_are_text_or_unreadable(data: bytes) -> None:
    """Nothing but UnreadableError comes out, and the file stays open for its owner."""
    file = io.BytesIO(data)
    list(lines(file))

    assert not file.closed
    with suppress(UnreadableError):
        decode(data)
