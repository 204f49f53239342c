"""Buttons under messages, and the menus of commands: what Telegram does not take."""

import re
from collections.abc import Mapping
from typing import Any

from tests.standin.params import Json, bad
from tests.standin.rules import Note, units, valid_url

BUTTONS = 100
BUTTONS_IN_A_ROW = 8
NEITHER = {"text", "style", "icon_custom_emoji_id"}
STYLES = {"danger", "success", "primary"}
SWITCHES = {
    "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
}  # fmt: skip
KNOWN = SWITCHES | {"callback_data", "url", "copy_text"}


def check_markup(markup: Any, note: Note, *, inline_mode: bool) -> None:
    """Raises Refusal for an inline keyboard, or another markup, that Telegram does not take."""
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > BUTTONS or any(len(row) > BUTTONS_IN_A_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        _check_button(button)
        if SWITCHES & set(button) and not inline_mode:
            note(f"the button {button['text']!r} needs inline mode, which is off")
    if units(markup.get("input_field_placeholder", "")) > 64:
        raise bad("input field placeholder is too long")


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: text must be non-empty")
    actions = set(button) - NEITHER
    if len(actions) != 1 or not actions <= KNOWN:
        raise bad(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if button.get("style", "primary") not in STYLES:
        raise bad("can't parse inline keyboard button: invalid button style specified")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not valid_url(button["url"]):
        raise bad("BUTTON_URL_INVALID")
    if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    _check_switch(button)


def _check_switch(button: Mapping[str, Any]) -> None:
    for name in SWITCHES & set(button):
        value = button[name]
        query = value.get("query", "") if isinstance(value, dict) else value
        if units(query) > 256:
            raise bad("BUTTON_DATA_INVALID")


def check_commands(commands: Any) -> None:
    """Raises Refusal for a command menu that Telegram does not take."""
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"].strip()) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
