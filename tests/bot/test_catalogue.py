"""Words in the asker's language: chosen, filled with any value, and laid out the right way."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.rendering import catalogue
from bot.rendering.catalogue import Said, Value, Words, in_a_terminal, languages, words_for
from bot.rendering.lines import on_one_line
from tests.bot import ftl
from tests.bot.answers import TEXTS

MAY = datetime(2023, 5, 4, 18, 30, tzinfo=UTC)
ENGLISH, GERMAN, ARABIC = words_for("en"), words_for("de"), words_for("ar")

OPENING, CLOSING = frozenset("\u2066\u2067\u2068"), "\u2069"
TRAPS = st.sampled_from(["{ $x }", "{", "}}", '{"a"}', "-term", "\u202e", "\u2069\u2069", "\ue000"])
HOSTILE = st.one_of(
    TEXTS, st.lists(TRAPS, max_size=30).map("".join), st.just("بحر (2)"), st.just("A: (b)")
)
NUMBERS = st.one_of(st.integers(0, 200), st.integers(-(10**15), 10**15))
MOMENTS = st.datetimes(timezones=st.just(UTC))


@st.composite
def fillings(draw: st.DrawFn) -> tuple[Words, str, dict[str, Value]]:
    """Words, the id of any of their messages, and any values for it."""
    language = draw(st.sampled_from(languages()))
    name, message = draw(st.sampled_from(sorted(ftl.messages(language).items())))
    numbers = ftl.numbers(message)
    any_value = st.one_of(HOSTILE, NUMBERS, MOMENTS)
    values: dict[str, Value] = {
        gap: draw(NUMBERS if gap in numbers else any_value) for gap in sorted(ftl.gaps(message))
    }
    return words_for(language), name, values


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE_ch", "de"),
        ("ar-EG", "ar"),
        ("zh-hans-cn", "en"),
        ("en-US", "en"),
        ("", "en"),
        (None, "en"),
        ("../ar", "en"),
        ("d" * 9_000, "en"),
    ],
)
def test_whose_language_is_spoken(code: str | None, language: str) -> None:
    """That very language, else its base, else English, whatever Telegram says."""
    assert words_for(code).language == language


def test_a_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is put into the folder is a language, and a closer one is preferred."""
    for name, text in {"en": "Hello", "pt": "Olá", "pt-BR": "Oi"}.items():
        (tmp_path / f"{name}.ftl").write_text(f"locale = {name}\nhello = {text}", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_folder", lambda: tmp_path)
    cached = (catalogue.languages, catalogue._read)
    for each in cached:
        each.cache_clear()
    try:
        greetings = [words_for(code)("hello") for code in ("pt-br", "pt-PT", "fr")]
    finally:
        for each in cached:
            each.cache_clear()

    assert greetings == ["Oi", "Olá", "Hello"]


def test_what_is_missing() -> None:
    """A message or a value that is not there is a mistake of ours, and no half sentence."""
    with pytest.raises(LookupError, match="no-such-message"):
        ENGLISH("no-such-message")
    with pytest.raises(LookupError, match=r"words-unknown: .*words"):
        ENGLISH("words-unknown")


def test_dates_numbers_and_lists() -> None:
    """Each language writes them in its own way."""
    assert [words.day(MAY) for words in (ENGLISH, GERMAN, ARABIC)] == [
        "4 May 2023",
        "4. Mai 2023",
        "4 مايو 2023",
    ]
    assert [words.clock(MAY) for words in (ENGLISH, GERMAN, ARABIC)] == ["18:30", "18:30", "6:30 م"]
    assert ENGLISH("searched", articles=12_000) == "Searched 12,000 articles."
    assert GERMAN("searched", articles=12_000) == "12.000 Artikel durchsucht."
    assert ENGLISH.listed(["a", "b", "c"]) == "a, b and c"
    assert GERMAN.listed(["a", "b"], "or") == "a oder b"
    assert ENGLISH("reload-done", seconds=1.25) == "Reloaded in 1.2 s."


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        (0, "لم يكن هناك ما يُبحث فيه."),
        (1, "جرى البحث في مقالة واحدة."),
        (2, "جرى البحث في مقالتين."),
        (3, "جرى البحث في 3 مقالات."),
        (11, "جرى البحث في 11 مقالةً."),
        (100, "جرى البحث في 100 مقالة."),
        (103, "جرى البحث في 103 مقالات."),
    ],
)
def test_the_six_forms_of_arabic(articles: int, said: str) -> None:
    """None, one, two, few, many and hundreds are each counted in their own form."""
    assert ARABIC("searched", articles=articles) == said


def test_a_value_of_the_other_direction_is_isolated() -> None:
    """In a line of the one direction, words of the other turn nothing around them."""
    assert ARABIC("quoted-word", word="(sea)") == "\u200f«\u2068(sea)\u2069»"
    assert ARABIC("quoted-word", word="بحر") == "«بحر»"
    assert ENGLISH("quoted-word", word="بحر") == "\u200e“\u2068بحر\u2069”"
    assert ENGLISH("quoted-word", word="sea") == "“sea”"
    assert in_a_terminal()("quoted-word", word="بحر") == "“بحر”"


def test_commands_keep_their_slash() -> None:
    """In a text from right to left, a command is read from left to right."""
    for name in ftl.messages("ar"):
        if not ftl.gaps(ftl.messages("ar")[name]):
            text = ARABIC(name)
            slashes = [n for n, character in enumerate(text) if character == "/"]
            assert all(text[n - 1] == "\u2066" for n in slashes), name


def isolates(text: str) -> Iterator[int]:
    """How many isolates are open after each character."""
    depth = 0
    for character in text:
        depth += (character in OPENING) - (character == CLOSING)
        yield depth


@given(fillings())
def test_any_message_takes_any_value(filling: tuple[Words, str, dict[str, Value]]) -> None:
    """No value breaks a message, adds a line or a control to it, or leaves an isolate open."""
    words, name, values = filling

    text = words(name, **values)

    blank = {gap: Said("") if isinstance(value, str) else value for gap, value in values.items()}
    assert text.count("\n") == words(name, **blank).count("\n")
    assert not any(unicodedata.category(c) in {"Cs", "Zl", "Zp", "Co"} for c in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\x00\r\t\x1b")
    depths = [0, *isolates(text)]
    assert min(depths) == 0
    assert depths[-1] == 0
    for value in values.values():
        if isinstance(value, str) and not ftl.choices(ftl.messages(words.language)[name]):
            assert on_one_line(value, 1000) in text


@given(fillings())
def test_every_line_goes_the_way_of_its_language(
    filling: tuple[Words, str, dict[str, Value]],
) -> None:
    """Whatever a line begins with, its first letter or mark is of the language's direction."""
    words, name, values = filling
    for line in words(name, **values).split("\n"):
        strong = (unicodedata.bidirectional(character) for character in line)
        first = next((each for each in strong if each in {"L", "R", "AL"}), None)
        assert (
            (first != "L" and bool(first)) if line and words.right_to_left else first in {"L", None}
        )


@given(language=st.sampled_from(languages()), title=HOSTILE, rest=HOSTILE)
def test_around_a_value(language: str, title: str, rest: str) -> None:
    """The three parts are the message, and the middle is the value with no mark of ours in it."""
    words = words_for(language)

    before, value, after = words.around("source", "title", title=title, details=rest)

    assert before + value + after == words("source", title=title, details=rest)
    assert value == on_one_line(title, 1000)


@given(st.lists(HOSTILE, min_size=1, max_size=4), st.sampled_from(languages()))
def test_any_list(things: list[str], language: str) -> None:
    """Each thing is in the list, in order, isolated where it must be."""
    text = words_for(language).listed(things)

    place = 0
    for thing in things:
        place = text.index(on_one_line(thing), place) + len(on_one_line(thing))
    assert list(isolates(text))[-1:] in ([], [0])


@given(MOMENTS, st.sampled_from(languages()))
def test_any_day(moment: datetime, language: str) -> None:
    """Every day that there may be has words, on one line, with its year."""
    words = words_for(language)

    assert str(moment.year) in words.day(moment)
    assert words.day(moment).isprintable()
    assert words.clock(moment)
