"""The catalogue's files as syntax trees: which messages, gaps and choices there are."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from fluent.syntax import FluentParser, ast

import bot

FOLDER = Path(bot.__file__).parent / "locales"
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


@cache
def parsed(language: str) -> ast.Resource:
    """The file of a language."""
    return FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8"))


@cache
def messages(language: str) -> dict[str, ast.Message]:
    """The messages that are said, by their ids."""
    found = [entry for entry in parsed(language).body if isinstance(entry, ast.Message)]
    return {entry.id.name: entry for entry in found if entry.id.name != "locale"}


def locale(language: str) -> Locale:
    """The CLDR locale that the file names."""
    (entry,) = (
        entry
        for entry in parsed(language).body
        if isinstance(entry, ast.Message) and entry.id.name == "locale"
    )
    assert entry.value is not None
    (text,) = entry.value.elements
    assert isinstance(text, ast.TextElement)
    return Locale.parse(text.value, sep="-")


def nodes(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    """*node* and all nodes below it."""
    yield node
    for child in vars(node).values():
        for each in child if isinstance(child, list) else [child]:
            if isinstance(each, ast.BaseNode):
                yield from nodes(each)


def gaps(message: ast.BaseNode) -> set[str]:
    """The names of the values that a message takes."""
    return {each.id.name for each in nodes(message) if isinstance(each, ast.VariableReference)}


def choices(message: ast.BaseNode) -> list[set[str]]:
    """The keys of each choice that a message makes."""
    return [
        {_key(variant) for variant in each.variants}
        for each in nodes(message)
        if isinstance(each, ast.SelectExpression)
    ]


def numbers(message: ast.BaseNode) -> set[str]:
    """The names of the values that must be numbers: a plural or a format hangs on them."""
    found: set[str] = set()
    for each in nodes(message):
        if isinstance(each, ast.SelectExpression):
            if {_key(variant) for variant in each.variants} <= PLURALS:
                found |= gaps(each.selector)
        elif isinstance(each, ast.FunctionReference):
            found |= gaps(each.arguments)
    return found


def _key(variant: ast.Variant) -> str:
    return variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value
