"""What Telegram refuses, what it quietly changes, and what this project forbids itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from tests.standin.params import Json, bad

GROUP_ANONYMOUS_BOT = 1087968824
MESSAGE = 4096
ENTITIES = 100
BUTTONS = 100
BUTTONS_IN_A_ROW = 8
DISPLAYED = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
    "expandable_blockquote", "text_link", "text_mention", "custom_emoji", "date_time",
}  # fmt: skip
FOUND = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
}  # fmt: skip
QUOTES = {"blockquote", "expandable_blockquote"}
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip

Note = Callable[[str], None]
"""Writes a violation down."""


def units(text: str) -> int:
    """The length of *text* in UTF-16 code units, which is what Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of *text* that an entity covers."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def formatted(
    text: str, entities: Sequence[Json], note: Note, *, too_long: str
) -> tuple[str, list[Json]]:
    """The text and the entities as Telegram shows them.

    Raises Refusal for what Telegram refuses, *too_long* being its word for a text over the limit.
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
    if units(shown) > MESSAGE:
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
    if entity["type"] == "date_time" and "unix_time" not in entity:
        raise bad("can't parse MessageEntity: Can't find field \"unix_time\"")
    if entity["type"] == "text_link" and not valid_url(entity.get("url", "")):
        raise bad(f"entity URL '{entity.get('url', '')}' is invalid: Wrong HTTP URL")


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
    quotes = sorted(_place(entity) for entity in entities if entity["type"] in QUOTES)
    for (start, length), (following, _) in pairwise(quotes):
        if following < start + length:
            note(f"a block quotation at {following} lies inside another that begins at {start}")


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


def check_markup(markup: Any) -> None:
    """Raises Refusal for an inline keyboard that Telegram does not take."""
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > BUTTONS or any(len(row) > BUTTONS_IN_A_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in _buttons(rows):
        _check_button(button)


def _buttons(rows: Sequence[Sequence[Json]]) -> Iterator[Json]:
    for row in rows:
        yield from row


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: text must be non-empty")
    actions = set(button) - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not valid_url(button["url"]):
        raise bad("BUTTON_URL_INVALID")
    if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def check_commands(commands: Any) -> None:
    """Raises Refusal for a command menu that Telegram does not take."""
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"].strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
