"""`.jsonl`: one article a line."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from corpus.reading.encoding import UnreadableError, lines
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.records import RecordError, shown, to_article


def read(file: BinaryIO, origin: Origin) -> Iterator[Entry]:
    """Read *file* line by line; each line that is not blank gives one entry.

    The text of an article is what the JSON says, to the character.
    """
    for number, line in enumerate(lines(file), start=1):
        if isinstance(line, UnreadableError):
            yield origin.at(number).refuse(str(line))
        elif not line.isspace():
            yield _entry(line, origin.at(number))


def _entry(line: str, place: Origin) -> Entry:
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
    try:
        return Found(to_article(fields, source=str(place)), place)
    except RecordError as error:
        return place.refuse(str(error))


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
