"""Ids of the items of news agencies: which versions are of one item."""

import re

_NUMBERED = re.compile(r"(.+)#(\d{1,9})", re.DOTALL)
_REVISED = re.compile(r"(urn:newsml:[^:]+:[^:]+:[^:]+):(\d{1,9})[aun]?", re.IGNORECASE)
"""As RFC 3085 has it: of all that stands in such a name, the last is the number of the revision."""


def version_id(guid: str, version: str) -> str:
    """Return the id of a version of the item *guid*: `urn:x:item#3`, for the first its guid alone.

    A plain `:3` would not do: many agencies number their items so.
    """
    has_one = item_of(guid)[1] is not None
    return guid if has_one or version in {"", "0", "1"} else f"{guid}#{version}"


def item_of(identifier: str) -> tuple[str, int | None]:
    """Return the name of the item that an id is of, and the number of the version if it tells one."""
    for pattern in (_NUMBERED, _REVISED):
        if found := pattern.fullmatch(identifier):
            return found[1], int(found[2])
    return identifier, None
