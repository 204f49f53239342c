"""The YAML between two `---` lines at the head of a text file."""

import re
from dataclasses import dataclass, field

import yaml
from typing_extensions import override

LONGEST = 65_536
"""Characters of front matter: YAML is slow, and the fields of an article are short."""

# A text may begin with a ruler; front matter is a ruler and then a field.
OPENING = re.compile(
    r"---[ \t]*\n(?=(?:[ \t]*(?:#[^\n]*)?\n)*(?:[\w\"'-]+[ \t]*:(?:\s|$)|---[ \t]*(?:\n|$)))"
)
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)

NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class FrontMatterError(ValueError):
    """Front matter that cannot be read; the message is the reason, *line* counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"front matter: {reason}")
        self.line = line


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """*fields* by name; *lines*: where each stands, from 1; *body*: the text that follows.

    A scalar is the text that was typed (a title `No` or `1984` stays one), or None where empty.
    """

    body: str
    fields: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


class _Loader(yaml.BaseLoader):
    @override
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):  # a few of them can stand for gigabytes
            event = self.peek_event()  # type: ignore[no-untyped-call] # missing in types-PyYAML
            raise yaml.MarkedYAMLError(
                problem="aliases (*name) are not read", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


def split(text: str) -> FrontMatter:
    """Part the front matter from the body. Lines of *text* end in `\\n`. Raises FrontMatterError."""
    opening = OPENING.match(text, 0, LONGEST)
    if opening is None:
        return FrontMatter(text)
    closing = CLOSING.search(text, opening.end(), opening.end() + LONGEST)
    if closing is None:
        raise FrontMatterError(f"no closing --- within {LONGEST:,} characters", 1)
    nodes = _nodes(text[opening.end() : closing.start()])
    return FrontMatter(
        body=text[closing.end() :],
        fields={key.value: _value(value) for key, value in nodes},
        lines={key.value: key.start_mark.line + 2 for key, _ in nodes},
    )


def _nodes(source: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    try:
        root = yaml.compose(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(_reason(error), mark.line + 2 if mark else 1) from None
    except yaml.reader.ReaderError as error:
        line = source.count("\n", 0, error.position) + 2
        raise FrontMatterError(f"character U+{error.character:04X} is not allowed", line) from None
    except RecursionError:
        raise FrontMatterError("nested too deeply", 1) from None
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError("not a list of fields (name: value)", 2)
    return [(key, value) for key, value in root.value if isinstance(key, yaml.ScalarNode)]


def _reason(error: yaml.MarkedYAMLError) -> str:
    reason = error.problem or error.context or "not YAML"
    if reason.startswith("mapping values are not allowed"):
        return "a value that holds a colon must be in quotes"
    return reason


def _value(node: yaml.Node) -> object:
    match node:
        case yaml.ScalarNode(style=None, value=value) if value in NULLS:
            return None
        case yaml.ScalarNode(value=value):
            return value
        case yaml.MappingNode():
            return {}
        case _:
            return []
