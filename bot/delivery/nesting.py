"""JSON that is nested so deep that no reader takes it, without what is that deep."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A string, to its end or to that of the text, or a bracket."""

DEEPEST = 100
"""Lists and objects in one another. Telegram's have a tenth of that."""


def shallow(text: str) -> str:
    """Return JSON with null in the place of each list and object that is deeper than DEEPEST.

    Text that is no JSON stays none. Linear in the length of *text*.
    """
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    depth = kept = 0
    for token in _TOKEN.finditer(text):
        match token[0]:
            case "[" | "{":
                depth += 1
                if depth == DEEPEST + 1:
                    yield text[kept : token.start()]
            case "]" | "}":
                if depth == DEEPEST + 1:
                    yield "null"
                    kept = token.end()
                depth -= 1
            case _:
                pass  # a string, whatever stands in it
    if depth <= DEEPEST:
        yield text[kept:]
