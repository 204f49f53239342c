"""What the bot says in a chat stands in the catalogue, and nowhere in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot

ROOT = Path(bot.__file__).parent
IN_ENGLISH = {"record.py", "terminal.py"}
"""What these write is for terminals and programs, and always in English."""
MODULES = sorted(
    path
    for path in (*ROOT.glob("handlers/**/*.py"), *ROOT.glob("rendering/**/*.py"), ROOT / "menus.py")
    if path.name not in IN_ENGLISH
)

SENTENCE = re.compile(r"[^\W\d_]{2,}[\s,.:;!?]+[^\W\d_]{2,}")
"""Two words: no id, no key, no name of a method looks so."""
WORD = re.compile(r"[^\W\d_]{2,}")

TELEGRAMS = {"not modified", "message to edit not found", "can't be edited", "too big"}
"""Telegram's own words, by which its refusals are told apart."""

DATA = re.compile(r"([a-z]+:)+")
"""What the data of a button begins with; nobody sees it."""

FOR_OPERATORS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
SHOWN = {"Piece", "Message", "Said", "reply", "reply_text", "edit_text", "InlineKeyboardButton"}
"""What is given to these is seen by a user."""


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The literals that document a module, a class, a function or a constant."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def literals(node: ast.AST, told: set[ast.AST]) -> Iterator[ast.Constant]:
    """The texts that may reach a chat: no docstrings, logs, errors, patterns or assertions."""
    match node:
        case _ if node in told:
            return
        case ast.Constant(value=str()):
            yield node
        case ast.Raise() | ast.Assert():
            return
        case ast.Call() if called(node) in FOR_OPERATORS or called(node) == "compile":
            return
        case ast.Call(func=ast.Name(id=name)) if name.endswith("Error"):
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from literals(child, told)


def sentences(tree: ast.AST) -> list[str]:
    """Each text with two words or more that may reach a chat, with its line."""
    return [
        f"{text.lineno}: {text.value!r}"
        for text in literals(tree, docstrings(tree))
        if SENTENCE.search(str(text.value))
        and text.value not in TELEGRAMS
        and not DATA.fullmatch(str(text.value))
    ]


def shown_words(tree: ast.AST) -> list[str]:
    """Each single word that is given straight to what shows it, with its line."""
    return [
        f"{part.lineno}: {part.value!r}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in SHOWN and node.args
        for part in _parts(node.args[1] if called(node) == "reply" else node.args[0])
        if WORD.search(str(part.value))
    ]


def _parts(text: ast.expr) -> Iterator[ast.Constant]:
    """The literal parts of a text, not those of a call or an index in it."""
    match text:
        case ast.Constant(value=str()):
            yield text
        case ast.JoinedStr(values=values):
            for value in values:
                yield from _parts(value)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            yield from _parts(left)
            yield from _parts(right)
        case _:
            pass


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_outside_the_catalogue(path: Path) -> None:
    """No handler and no renderer holds a sentence, nor gives a word of its own to be shown."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert sentences(tree) == []
    assert shown_words(tree) == []


@pytest.mark.parametrize(
    "code",
    [
        'reply(message, "Nothing found.")',
        'text = "Sorry, no."',
        'f"{count} articles found"',
        'WELCOME = ("Hello " "there")',
        'Piece("inferred")',
        'reply(message, f"Untitled {number}")',
        'InlineKeyboardButton("More" if more else "Less", callback_data="x")',
        "def f(text='No title'): ...",
    ],
)
def test_such_a_text_is_found(code: str) -> None:
    """The test above sees texts in all the places where they might slip in."""
    tree = ast.parse(code)

    assert sentences(tree) + shown_words(tree)


@pytest.mark.parametrize(
    "code",
    [
        '"""What this is for."""',
        'logger.warning("the menu was not set: %s", error)',
        'raise ValueError("no such page")',
        'words("reload-failed", reason=reason)',
        'Piece(f"{CUT}\\n")',
        're.compile(r"one two")',
        'if "not modified" in error.message: ...',
        'reply(message, words("help"))',
    ],
)
def test_what_nobody_in_a_chat_sees_is_let_be(code: str) -> None:
    """Docstrings, logs, errors and ids are no texts of a chat."""
    tree = ast.parse(code)

    assert sentences(tree) + shown_words(tree) == []


def test_there_is_something_to_look_at() -> None:
    """The modules that talk are among those looked at."""
    names = {path.name for path in MODULES}

    assert {"questions.py", "administration.py", "wording.py", "telegram.py"} <= names
