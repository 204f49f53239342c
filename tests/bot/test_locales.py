"""The catalogue's files: each language says all there is to say, whole, and within Telegram's limits."""

import ast as python
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import ast

import bot
from bot.menus import ADMIN_COMMANDS
from bot.rendering.catalogue import DEFAULT, languages, words_for
from bot.rendering.composing import LIMIT, units
from tests.bot import ftl

TOAST = 200
"""UTF-16 units of what a pressed button may say in passing."""

SOURCES = sorted(Path(bot.__file__).parent.rglob("*.py"))


def said(node: python.AST) -> Iterator[tuple[str, bool]]:
    """The ids of the messages that a call asks of the catalogue, each with whether that is all of it."""
    if not isinstance(node, python.Call) or not node.args:
        return
    called = node.func.attr if isinstance(node.func, python.Attribute) else ""
    called = node.func.id if isinstance(node.func, python.Name) else called
    if called in {"words", "around"} or _is_words_for(node.func):
        yield from _ids(node.args[0])


def _ids(argument: python.expr) -> Iterator[tuple[str, bool]]:
    match argument:
        case python.Constant(value=str(name)):
            yield name, True
        case python.JoinedStr(values=[python.Constant(value=str(beginning)), *_]):
            yield beginning, False
        case python.IfExp(body=one, orelse=other):
            yield from _ids(one)
            yield from _ids(other)
        case _:
            pass


def _is_words_for(called: python.expr) -> bool:
    return isinstance(called, python.Call) and "words" in python.unparse(called.func)


def asked_for() -> set[tuple[str, bool]]:
    """What the code asks of the catalogue: ids, and beginnings of ids."""
    trees = (python.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    return {found for tree in trees for node in python.walk(tree) for found in said(node)}


def constants() -> set[str]:
    """All literal texts of the code: some functions get the id that they ask for."""
    trees = (python.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    return {
        node.value
        for tree in trees
        for node in python.walk(tree)
        if isinstance(node, python.Constant) and isinstance(node.value, str)
    }


def test_the_languages() -> None:
    """English and two more, one of them written from right to left."""
    assert set(languages()) >= {"ar", "de", "en"}
    assert words_for("ar").right_to_left
    assert not words_for("de").right_to_left


@pytest.mark.parametrize("language", languages())
def test_a_file_is_whole(language: str) -> None:
    """Every line of it can be read, no message is there twice, and its locale is that language's."""
    entries = ftl.parsed(language).body
    ids = Counter(
        type(e).__name__ + e.id.name for e in entries if isinstance(e, ast.Message | ast.Term)
    )

    assert [entry.content for entry in entries if isinstance(entry, ast.Junk)] == []
    assert [name for name, times in ids.items() if times > 1] == []
    assert ftl.locale(language).language == language.partition("-")[0]


@pytest.mark.parametrize("language", languages())
def test_every_language_says_all(language: str) -> None:
    """Each file has the messages that English has, no more and no fewer."""
    assert set(ftl.messages(language)) == set(ftl.messages(DEFAULT))


@pytest.mark.parametrize("language", languages())
def test_no_translation_misses_a_gap(language: str) -> None:
    """Each message takes the same values as in English, and chooses by the same words."""
    english = ftl.messages(DEFAULT)
    for name, message in ftl.messages(language).items():
        assert ftl.gaps(message) == ftl.gaps(english[name]), name
        by_words = [keys for keys in ftl.choices(message) if not keys <= ftl.PLURALS]
        assert by_words == [keys for keys in ftl.choices(english[name]) if not keys <= ftl.PLURALS]


@pytest.mark.parametrize("language", languages())
def test_plurals_are_complete(language: str) -> None:
    """Where a number chooses the form, there is one for each plural category of the language."""
    categories = set(ftl.locale(language).plural_form.tags) | {"other"}
    for name, message in ftl.messages(language).items():
        for keys in ftl.choices(message):
            if keys <= ftl.PLURALS:
                assert keys == categories, name


@pytest.mark.parametrize("language", languages())
def test_no_message_has_a_private_character(language: str) -> None:
    """Those mark the places of values, while a message is put together."""
    text = (ftl.FOLDER / f"{language}.ftl").read_text(encoding="utf-8")

    assert not any("\ue000" <= character <= "\uf8ff" for character in text)


def test_what_is_asked_for_is_there_and_all_of_it_is_asked_for() -> None:
    """No code asks for a message that does not exist, and none exists that no code asks for."""
    known = set(ftl.messages(DEFAULT))
    whole = {name for name, is_whole in asked_for() if is_whole}
    beginnings = tuple(name for name, is_whole in asked_for() if not is_whole)

    assert len(whole) > 20
    assert whole - known == set()
    assert [b for b in beginnings if not any(name.startswith(b) for name in known)] == []
    assert {n for n in known - constants() if not n.startswith(beginnings)} == set()


@pytest.mark.parametrize("language", languages())
def test_telegrams_limits(language: str) -> None:
    """Commands' descriptions, the profile and what needs no values are as short as they must be."""
    words = words_for(language)

    for name in ADMIN_COMMANDS:
        assert 1 <= units(words(f"menu-{name}")) <= 256
    assert 1 <= units(words("description")) <= 512
    assert 1 <= units(words("short-description")) <= 120
    for name, message in ftl.messages(language).items():
        if not ftl.gaps(message):
            assert 1 <= units(words(name)) <= LIMIT // 2, name


def test_commands_are_such_as_telegram_takes() -> None:
    """Small Latin letters, so that every client sends them alike."""
    assert all(name.isascii() and name.islower() and len(name) <= 32 for name in ADMIN_COMMANDS)


@pytest.mark.parametrize("language", languages())
def test_toasts_fit(language: str) -> None:
    """What a handler answers a pressed button with is short enough to be shown in passing."""
    trees = (python.parse(path.read_text(encoding="utf-8")) for path in SOURCES)
    answers = [
        name
        for tree in trees
        for node in python.walk(tree)
        if isinstance(node, python.Call)
        and {getattr(node.func, "id", ""), getattr(node.func, "attr", "")} & {"answer", "toast"}
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]
        for name, _ in said(argument)
    ]

    assert "example-gone" in answers
    for name in answers:
        for message_id in (m for m in ftl.messages(language) if m.startswith(name)):
            assert ftl.gaps(ftl.messages(language)[message_id]) == set()
            assert units(words_for(language)(message_id)) <= TOAST
