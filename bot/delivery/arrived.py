"""An update as it came, before anybody knows whether it can be read."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.state import Incoming, Waiting

logger = logging.getLogger(__name__)

Json = Mapping[str, Any]

_BITS = 2**52
"""Numbers have at most so many bits, as the Bot API says of ids."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An update as it came: *raw*, its JSON.

    *left_behind* by a program that ended before it was done; *attempts* is how often its handling
    was begun after such an end.
    """

    update_id: int
    raw: Json
    left_behind: bool = False
    attempts: int = 0


def numbered(batch: Sequence[Any]) -> dict[int, Json]:
    """Return the updates of a batch by their numbers. What has none is logged and left out."""
    found = {}
    for update in batch:
        number = update.get("update_id") if isinstance(update, Mapping) else None
        if type(number) is int and 0 < number < _BITS:
            found[number] = update
        else:
            logger.error("Telegram sent something without a number, which is passed over")
    return found


def as_incoming(number: int, update: Json) -> Incoming:
    """Return an update as it is written down."""
    chat, user = parties(update)
    payload = json.dumps(update, separators=(",", ":"))
    return Incoming(
        update_id=number,
        payload=payload,
        received_at=datetime.now(UTC),
        chat_id=chat,
        user_id=user,
    )


def as_arrived(waiting: Waiting) -> Arrived:
    """Return an update that was written down, and left behind."""
    raw = json.loads(waiting.payload)
    return Arrived(waiting.update_id, raw, left_behind=True, attempts=waiting.attempts)


def parties(update: Json) -> tuple[int | None, int | None]:
    """Return the chat and the user of an update that need not be well-formed."""
    content = next((value for key, value in update.items() if key != "update_id"), None)
    if not isinstance(content, Mapping):
        return None, None
    message = content.get("message", content)
    chat = message.get("chat") if isinstance(message, Mapping) else None
    return _id(chat), _id(content.get("from"))


def _id(thing: object) -> int | None:
    number = thing.get("id") if isinstance(thing, Mapping) else None
    return number if isinstance(number, int) and abs(number) < _BITS else None
