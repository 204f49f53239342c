"""What is said in groups and not to the bot: passed over before anything of it is written down."""

from collections.abc import Mapping
from typing import Any

from telegram.constants import ChatType, MessageEntityType

Json = Mapping[str, Any]

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_THREAD = "message_thread_id"
_MOVES = {"migrate_to_chat_id", "migrate_from_chat_id"}


def is_overheard(update: object, bot_id: int, username: str) -> bool:
    """Tell whether an update, as Telegram sent it, is a group's talk that is plainly not for the bot.

    In doubt it is not: a command, a name or a reply may be for it. *username* has no @.
    """
    message = _message(update)
    if message is None or not _GROUPS.intersection(_kind(message)):
        return False
    if _MOVES.intersection(message) or _answered(message) == bot_id:
        return False
    return not _may_call(message, bot_id, f"@{username}".casefold())


def _message(update: object) -> Json | None:
    if not isinstance(update, Mapping):
        return None
    message = update.get("message", update.get("edited_message"))
    return message if isinstance(message, Mapping) else None


def _kind(message: Json) -> list[str]:
    chat = message.get("chat")
    kind = chat.get("type") if isinstance(chat, Mapping) else None
    return [kind] if isinstance(kind, str) else []


def _answered(message: Json) -> object:
    """The id of whom it replies to; nobody's where that is the message that opened its topic."""
    replied = message.get("reply_to_message")
    if not isinstance(replied, Mapping):
        return None
    if message.get("is_topic_message") and replied.get("message_id") == message.get(_THREAD):
        return None
    sender = replied.get("from")
    return sender.get("id") if isinstance(sender, Mapping) else None


def _may_call(message: Json, bot_id: int, name: str) -> bool:
    said = (message.get(key) for key in ("text", "caption"))
    if any(name in text.casefold() for text in said if isinstance(text, str)):
        return True
    found = (message.get(key) for key in ("entities", "caption_entities"))
    return any(
        _is_call(entity, bot_id)
        for entities in found
        if isinstance(entities, list)
        for entity in entities
    )


def _is_call(entity: object, bot_id: int) -> bool:
    if not isinstance(entity, Mapping):
        return True
    if entity.get("type") == MessageEntityType.TEXT_MENTION:
        user = entity.get("user")
        return not isinstance(user, Mapping) or user.get("id") == bot_id
    return entity.get("type") == MessageEntityType.BOT_COMMAND
