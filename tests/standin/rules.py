"""Texts and their entities: what Telegram refuses, what it quietly changes, what it swallows."""

import re
from collections.abc import Callable, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from tests.standin.params import Json, bad

MESSAGE = 4096
CAPTION = 1024
ENTITIES = 100
DISPLAYED = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
    "expandable_blockquote", "text_link", "text_mention", "custom_emoji", "date_time",
}  # fmt: skip
FOUND = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
}  # fmt: skip
QUOTES = {"blockquote", "expandable_blockquote"}
MONO = {"code", "pre"}
EXCLUSIVE = {"text_link", "text_mention", "custom_emoji", "date_time"}
DATE_FORMAT = re.compile(r"r|w?(?:d|D)?(?:t|T)?")

Note = Callable[[str], None]
"""Writes a violation down."""


def units(text: str) -> int:
    """The length of *text* in UTF-16 code units, which is what Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of *text* that an entity covers."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def captioned(text: str, entities: Sequence[Json], note: Note) -> tuple[str, list[Json]]:
    """A caption and its entities as Telegram shows them. Nothing, and blanks, are no caption."""
    if not text.strip():
        return "", []
    return formatted(text, entities, note, too_long="message caption is too long", limit=CAPTION)


def formatted(
    text: str, entities: Sequence[Json], note: Note, *, too_long: str, limit: int = MESSAGE
) -> tuple[str, list[Json]]:
    """The text and the entities as Telegram shows them.

    Raises Refusal for what Telegram refuses, *too_long* being its word for a text over the *limit*.
    """
    if not text:
        raise bad("message text is empty")
    for entity in entities:
        _check_type(entity)
    starts = _boundaries(text)
    for entity in entities:
        _check_place(entity, starts)
    _note_swallowed(entities, note)
    shown, kept = _cleaned(text, entities)
    if not shown.strip():
        raise bad("text must be non-empty")
    shown, kept = _trimmed(shown, kept)
    if units(shown) > limit:
        raise bad(too_long)
    return shown, [entity for entity in kept if cut(shown, *_place(entity)).strip()]


def _place(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["length"]


def _check_type(entity: Json) -> None:
    for name in ("type", "offset", "length"):
        if name not in entity:
            raise bad(f"can't parse MessageEntity: Can't find field \"{name}\"")
    if entity["type"] not in DISPLAYED | FOUND:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    if entity["type"] == "date_time":
        _check_date(entity)
    if entity["type"] == "text_link" and not valid_url(entity.get("url", "")):
        raise bad(f"entity URL '{entity.get('url', '')}' is invalid: Wrong HTTP URL")


def _check_date(entity: Json) -> None:
    if "unix_time" not in entity:
        raise bad("can't parse MessageEntity: Can't find field \"unix_time\"")
    if not 0 < entity["unix_time"] < 2**31:
        raise bad("can't parse MessageEntity: Invalid date specified")
    if not DATE_FORMAT.fullmatch(entity.get("date_time_format", "")):
        raise bad("can't parse MessageEntity: Invalid date format specified")


def valid_url(url: str) -> bool:
    """Whether a link with this address is kept: a known scheme, a host with a dot, no blanks."""
    if re.search(r"[\s\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "tg":
        return bool(host)
    return parts.scheme in {"http", "https"} and re.fullmatch(r"[^.]+(\.[^.]+)+", host) is not None


def _boundaries(text: str) -> dict[int, int]:
    """UTF-16 offset -> UTF-8 offset of every character's start, and of the text's end."""
    starts, wide, narrow = {0: 0}, 0, 0
    for character in text:
        wide += units(character)
        narrow += len(character.encode("utf-8", "surrogatepass"))
        starts[wide] = narrow
    return starts


def _check_place(entity: Json, starts: dict[int, int]) -> None:
    offset, length = _place(entity)
    size = max(starts)
    if offset < 0:
        raise bad(f"receive an entity with incorrect offset {offset}")
    if length < 0:
        raise bad(f"receive an entity with incorrect length {length}")
    if offset > size:
        raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset not in starts:
        where = starts[offset + 1]
        raise bad(f"entity begins in a middle of a UTF-16 symbol at byte offset {where}")
    end = offset + length
    address = f"entity beginning at UTF-16 offset {offset} ends"
    if end > size:
        raise bad(f"{address} after the end of the text at UTF-16 offset {end}")
    if end not in starts:
        raise bad(f"{address} in a middle of a UTF-16 symbol at byte offset {starts[end + 1]}")


def _note_swallowed(entities: Sequence[Json], note: Note) -> None:
    """Telegram drops or splits these without a word, and the reader sees something else."""
    if len(entities) > ENTITIES:
        note(f"{len(entities)} entities; at most {ENTITIES} are shown")
    for entity in entities:
        if entity["length"] == 0:
            note(f"an entity of length 0 is dropped: {entity}")
    for first, second in combinations(sorted(entities, key=_outermost), 2):
        if second["offset"] < first["offset"] + first["length"] and (why := _clash(first, second)):
            note(
                f"{why}: {first['type']} at {first['offset']}, {second['type']} at {second['offset']}"
            )


def _outermost(entity: Json) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


def _clash(first: Json, second: Json) -> str:
    """Why two entities that share characters can't; *first* begins first or is the longer."""
    kinds = {first["type"], second["type"]}
    if kinds <= QUOTES:
        return "a block quotation lies inside another"
    if second["offset"] + second["length"] > first["offset"] + first["length"]:
        return "entities cross each other"
    if kinds & MONO and not kinds & QUOTES:
        return "nothing else is shown in code"
    if kinds <= EXCLUSIVE:
        return "one link or date lies inside another"
    return ""


def _cleaned(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Control characters become blanks; carriage returns, U+2028 to U+202E are taken out."""
    moved, shown, old, new = {0: 0}, [], 0, 0
    for character in text:
        old += units(character)
        if character != "\r" and not "\u2028" <= character <= "\u202e":
            shown.append(" " if character < " " and character != "\n" else character)
            new += units(character)
        moved[old] = new
    return "".join(shown), [_put(entity, moved) for entity in entities if entity["length"]]


def _put(entity: Json, moved: dict[int, int]) -> Json:
    offset, length = _place(entity)
    return {**entity, "offset": moved[offset], "length": moved[offset + length] - moved[offset]}


def _trimmed(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Blanks at the end go; at the beginning only those that stand before the first entity."""
    text = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=len(text))
    blanks = min(len(text) - len(text.lstrip(" \n")), first)
    size = units(text)
    kept = [
        {
            **entity,
            "offset": entity["offset"] - blanks,
            "length": min(entity["length"], size - entity["offset"]),
        }
        for entity in entities
        if entity["offset"] < size
    ]
    return text[blanks:], kept
