"""`.jsonl`: one article a line."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from corpus.errors import SourceError
from corpus.reading import ninjs
from corpus.reading.encoding import UnreadableError, lines
from corpus.reading.entries import Entry, Origin
from corpus.reading.records import shown
from corpus.reading.wire import made


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read *file* line by line; each line that is not blank gives one entry.

    The text of an article is what the JSON says, to the character. A line may also be a ninjs item.
    """
    for found in objects(file, origin):
        if isinstance(found, SourceError):
            yield found
        elif ninjs.is_ninjs(found[0]):
            yield from ninjs.read(*found)
        else:
            yield made(*found)


def objects(
    file: BinaryIO, origin: Origin
) -> Iterator[tuple[dict[str, object], Origin] | SourceError]:
    """The JSON object on each line that is not blank and its place, or why there is none."""
    for number, line in enumerate(lines(file), start=1):
        if isinstance(line, UnreadableError):
            yield origin.at(number).refuse(str(line))
        elif not line.isspace():
            yield _object(line, origin.at(number))


def _object(line: str, place: Origin) -> tuple[dict[str, object], Origin] | SourceError:
    try:
        fields = DECODER.decode(line.strip(" \t\r\n\ufeff"))
    except json.JSONDecodeError as error:
        return place.refuse(_fault(line, error))
    except RecursionError:
        return place.refuse("not JSON that can be read: nested too deeply")
    except ValueError as error:
        # Only the converters of numbers raise a plain ValueError.
        return place.refuse(f"not JSON that can be read: {error}")
    if not isinstance(fields, dict):
        return place.refuse(f"not an article in braces {{...}}: {shown(fields)}")
    return fields, place


def _fault(line: str, error: json.JSONDecodeError) -> str:
    indent = len(line) - len(line.lstrip(" \t\r\n\ufeff"))
    what = re.sub(r"( starting)? at$", "", error.msg)
    reason = f"not JSON: {what[:1].lower()}{what[1:]} at column {indent + error.pos + 1}"
    return reason if line.endswith("\n") else f"{reason}; is the file cut off here?"


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a value of JSON")


def _whole(digits: str) -> int:
    if len(digits) > 100:
        raise ValueError(f"a number of {len(digits):,} digits")
    return int(digits)


DECODER = json.JSONDecoder(parse_constant=_constant, parse_int=_whole)
