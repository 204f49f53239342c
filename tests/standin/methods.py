"""The methods of the Bot API. Each is one function, named as Telegram names it, in snake case."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.standin.params import Json, Params, Refusal, bad
from tests.standin.rules import ACTIONS, check_commands, check_markup, formatted, units
from tests.standin.world import Chat, Message, World

Method = Callable[[World, Params], Awaitable[Any]]
METHODS: dict[str, Method] = {}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def _method(function: Method) -> Method:
    first, *rest = function.__name__.split("_")
    METHODS[first + "".join(word.title() for word in rest)] = function
    return function


@_method
async def get_me(world: World, params: Params) -> Json:
    """Who the bot is."""
    return {
        **world.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


@_method
async def get_updates(world: World, params: Params) -> list[Json]:
    """Long poll. An *offset* confirms all updates before it; a second poll ends the first."""
    offset, limit = params.integer("offset") or 0, params.integer("limit") or 100
    timeout = params.integer("timeout") or 0
    allowed = params.structure("allowed_updates")
    if allowed is not None:
        world.allowed = allowed or None
    if world.poll is not None and not world.poll.done():
        world.poll.set_exception(Refusal(409, CONFLICT, blame=False))
    world.updates[:] = [update for update in world.updates if update["update_id"] >= offset]
    world.poll = mine = asyncio.get_running_loop().create_future()
    world.changed()
    try:
        await world.until(lambda: mine.done() or bool(world.updates) or None, timeout)
        if mine.done():
            mine.result()
        return world.updates[:limit]
    finally:
        mine.cancel()


@_method
async def delete_webhook(world: World, params: Params) -> bool:
    """There is none; pending updates go when asked."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


def _where(params: Params, world: World) -> tuple[str, str]:
    """The scope and the language that a menu is for."""
    scope = params.structure("scope") or {"type": "default"}
    if scope["type"] in {"chat", "chat_administrators", "chat_member"}:
        world.chat(int(scope["chat_id"]))
    name = ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)
    return name, params.string("language_code")


@_method
async def set_my_commands(world: World, params: Params) -> bool:
    """The menu of a scope in a language."""
    commands = params.structure("commands")
    check_commands(commands)
    world.commands[_where(params, world)] = commands
    return True


@_method
async def get_my_commands(world: World, params: Params) -> list[Json]:
    """The menu of exactly this scope and language."""
    return world.commands.get(_where(params, world), [])


@_method
async def delete_my_commands(world: World, params: Params) -> bool:
    """Take the menu away."""
    world.commands.pop(_where(params, world), None)
    return True


def _describe(world: World, params: Params, name: str, limit: int) -> bool:
    text = params.string(name)
    if units(text) > limit:
        raise bad(f"{name.upper()}_TOO_LONG")
    world.descriptions[name, params.string("language_code")] = text
    return True


@_method
async def set_my_description(world: World, params: Params) -> bool:
    """What an empty chat with the bot shows."""
    return _describe(world, params, "description", 512)


@_method
async def set_my_short_description(world: World, params: Params) -> bool:
    """What the bot's profile shows."""
    return _describe(world, params, "short_description", 120)


@_method
async def get_chat(world: World, params: Params) -> Json:
    """What is known of a chat."""
    chat = world.chat(params.integer("chat_id"))
    return {**chat.json(), "accent_color_id": 0, "max_reaction_count": 11}


def _open_chat(world: World, params: Params) -> Chat:
    chat = world.chat(params.integer("chat_id"))
    if chat.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user", blame=False)
    return chat


def _content(world: World, params: Params, *, too_long: str) -> Json:
    """The fields of a message that sendMessage and editMessageText have in common."""
    if params.string("parse_mode"):
        world.violations.append(f"parse_mode {params.string('parse_mode')!r} was used")
    entities = params.structure("entities") or []
    note = world.violations.append
    text, kept = formatted(params.string("text"), entities, note, too_long=too_long)
    markup = params.structure("reply_markup")
    if markup is not None:
        check_markup(markup)
    preview = params.structure("link_preview_options")
    return {"text": text, "entities": kept, "markup": markup or None, "preview": preview}


def _replied(chat: Chat, params: Params) -> tuple[Message | None, str | None]:
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


@_method
async def send_message(world: World, params: Params) -> Json:
    """A new message."""
    chat = _open_chat(world, params)
    params.flag("disable_notification")
    thread = params.integer("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad("message thread not found", blame=False)
    content = _content(world, params, too_long="message is too long")
    message, quote = _replied(chat, params)
    sent = world.add_message(
        chat, world.bot, **content, reply_to=message, quote=quote, thread=thread
    )
    world.sent.append(sent)
    world.changed()
    return sent.json()


@_method
async def edit_message_text(world: World, params: Params) -> Json:
    """A new text for one of the bot's own messages."""
    chat = _open_chat(world, params)
    message = chat.messages.get(params.integer("message_id") or 0)
    if message is None:
        raise bad("message to edit not found", blame=False)
    if message.sender is not world.bot:
        raise bad("message can't be edited")
    content = _content(world, params, too_long="MESSAGE_TOO_LONG")
    before = (message.text, list(message.entities), message.markup)
    if before == (content["text"], content["entities"], content["markup"]):
        raise bad(NOT_MODIFIED)
    for name, value in content.items():
        setattr(message, name, value)
    message.edited = int(time.time())
    message.versions.append(message.text)
    world.changed()
    return message.json()


@_method
async def send_chat_action(world: World, params: Params) -> bool:
    """Typing and the like."""
    chat, action = _open_chat(world, params), params.string("action")
    params.integer("message_thread_id")
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.actions.append((chat.id, action))
    return True


@_method
async def answer_callback_query(world: World, params: Params) -> bool:
    """The answer to a press, once and while it is young."""
    query = world.queries.get(params.string("callback_query_id"))
    text, alert = params.string("text"), params.flag("show_alert")
    params.integer("cache_time")
    if query is None or query.old or query.answer is not None:
        raise bad(TOO_OLD, blame=False)
    if units(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": alert}
    world.changed()
    return True
