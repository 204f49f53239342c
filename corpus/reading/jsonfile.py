"""`.json`: a JSON Feed, ninjs items, or articles in our own fields; which one, its content says."""

from collections.abc import Iterator
from typing import BinaryIO

from corpus.reading import jsonfeed, ninjs
from corpus.reading.encoding import UnreadableError
from corpus.reading.entries import Entry, Origin
from corpus.reading.members import BrokenError, Member, members
from corpus.reading.records import shown
from corpus.reading.wire import made

MOST_HEAD = 200
"""Fields of a document's own that are looked at."""


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read a document that is one item, a list of items, or a feed with `items`.

    Items are read one at a time. What is broken ends the document there; what was whole before loads.
    """
    try:
        head = _head(file)
        if jsonfeed.is_feed(head):
            for member in members(file, ["items"]):
                if member.listed:
                    yield from jsonfeed.read(member.value, head, origin.at(member.line))
        else:
            for member in members(file):
                yield from item(member.value, origin.at(member.line))
    except (BrokenError, UnreadableError) as error:
        yield origin.at(error.line).refuse(str(error))


def item(value: object, place: Origin) -> Iterator[Entry]:
    """Read one JSON object that stands for itself."""
    if not isinstance(value, dict):
        yield place.refuse(f"not an article in braces {{...}}: {shown(value)}")
    elif ninjs.is_ninjs(value):
        yield from ninjs.read(value, place)
    elif "title" in value and "text" in value:
        yield made(value, place)
    else:
        names = ", ".join(shown(name) for name in list(value)[:8])
        yield place.refuse(
            f"neither ninjs nor JSON Feed, nor an article with title and text; it has {names or 'no fields'}: "
            "mapping.toml can say what they are"
        )


def _head(file: BinaryIO) -> dict[str, object]:
    """What a document says of itself beside its items; nothing where it is a list."""
    head: dict[str, object] = {}
    try:
        for member in members(file, ["items"]):
            if not _is_own(member):
                continue
            head[member.path[0]] = member.value
            if len(head) > MOST_HEAD:
                break
    except (OSError, ValueError):
        pass  # reading the items says so, at its place
    return head


def _is_own(member: Member) -> bool:
    return len(member.path) == 1 and isinstance(member.value, str)
