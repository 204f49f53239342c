"""What the methods that send and edit have in common."""

from typing import Any

from tests.standin.keyboards import check_markup
from tests.standin.messages import Message
from tests.standin.params import Json, Params, Refusal, bad
from tests.standin.people import Chat
from tests.standin.rules import captioned, formatted, units
from tests.standin.world import World


def open_chat(world: World, params: Params) -> Chat:
    """The chat that is written to; raises Refusal when the bot can't write there."""
    chat = world.chat(params.integer("chat_id"))
    reason = _closed(chat)
    if reason:
        raise Refusal(403, f"Forbidden: {reason}", blame=False)
    if chat.migrated_to is not None:
        text = "group chat was upgraded to a supergroup chat"
        where = {"migrate_to_chat_id": chat.migrated_to}
        raise Refusal(400, f"Bad Request: {text}", blame=False, parameters=where)
    if chat.muted:
        raise bad("not enough rights to send text messages to the chat", blame=False)
    return chat


def _closed(chat: Chat) -> str:
    if chat.blocked:
        return "bot was blocked by the user"
    if chat.bot == "kicked":
        return f"bot was kicked from the {chat.kind} chat"
    if chat.bot == "left":
        return f"bot is not a member of the {chat.kind} chat"
    return ""


def thread(params: Params, chat: Chat) -> int | None:
    """The topic that is written to."""
    topic = params.integer("message_thread_id")
    if topic is not None and topic not in chat.topics:
        raise bad("message thread not found", blame=False)
    if topic in chat.closed and chat.bot != "administrator":
        raise bad("TOPIC_CLOSED", blame=False)
    return topic


def markup(world: World, value: Any) -> Json | None:
    """A checked reply markup."""
    if value is not None:
        check_markup(value, world.violations.append, inline_mode=world.modes.inline)
    return value or None


def text_content(world: World, params: Params, *, too_long: str) -> Json:
    """The fields of a message that sendMessage and editMessageText have in common."""
    note_parse_mode(world, params.string("parse_mode"))
    entities = params.structure("entities") or []
    note = world.violations.append
    text, kept = formatted(params.string("text"), entities, note, too_long=too_long)
    preview = params.structure("link_preview_options")
    keyboard = markup(world, params.structure("reply_markup"))
    return {"text": text, "entities": kept, "markup": keyboard, "preview": preview}


def caption_content(world: World, params: Params) -> Json:
    """The fields of a message with a file and a caption."""
    note_parse_mode(world, params.string("parse_mode"))
    entities = params.structure("caption_entities") or []
    text, kept = captioned(params.string("caption"), entities, world.violations.append)
    keyboard = markup(world, params.structure("reply_markup"))
    return {"text": text, "entities": kept, "markup": keyboard}


def note_parse_mode(world: World, mode: str) -> None:
    """Markup in texts can break; this project sends entities."""
    if mode:
        world.violations.append(f"parse_mode {mode!r} was used")


def replied(chat: Chat, params: Params) -> tuple[Message | None, str | None]:
    """The message replied to, and the quoted part of it."""
    reply = params.structure("reply_parameters")
    if reply is None:
        return None, None
    message = chat.messages.get(int(reply["message_id"]))
    if message is None:
        if not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found", blame=False)
        return None, None
    quote = reply.get("quote")
    if quote is not None and (units(quote) > 1024 or quote not in message.text):
        raise bad("QUOTE_TEXT_INVALID")
    return message, quote
