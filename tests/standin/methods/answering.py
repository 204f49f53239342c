"""Answers to presses, to inline queries and to guest queries."""

import re
from typing import Any

from tests.standin.messages import Message
from tests.standin.methods.content import markup, note_parse_mode
from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, bad
from tests.standin.people import Chat, User
from tests.standin.queries import answerable
from tests.standin.results import KNOWN, check_results, check_start_button
from tests.standin.rules import formatted, units
from tests.standin.world import World

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
CACHED = 300


@method
async def answer_callback_query(world: World, params: Params) -> bool:
    """The answer to a press, once and while it is young."""
    query = world.queries.get(params.string("callback_query_id"))
    text, alert, url = params.string("text"), params.flag("show_alert"), params.string("url")
    params.integer("cache_time")
    if query is None or not answerable(query, world.now()) or query.answer is not None:
        raise bad(TOO_OLD, blame=False)
    if units(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if url and not re.match(rf"(https?://)?t\.me/{world.bot.username}\?", url):
        raise bad("URL_INVALID")
    query.answer = {"text": text, "show_alert": alert, **({"url": url} if url else {})}
    world.changed()
    return True


@method
async def answer_inline_query(world: World, params: Params) -> bool:
    """A page of results, once and while the user waits; Telegram keeps it for *cache_time*."""
    query = world.inline_queries.get(params.string("inline_query_id"))
    results, offset = params.structure("results"), params.string("next_offset")
    button, personal = params.structure("button"), params.flag("is_personal")
    lifetime = params.integer("cache_time")
    if query is None or not answerable(query, world.now()) or query.answer is not None:
        raise bad(TOO_OLD, blame=False)
    check_results(results)
    for result in results:
        posted(world, result)
    if len(offset.encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    if button is not None:
        check_start_button(button)
    query.answer = {"results": results, "next_offset": offset, "button": button}
    kept_until = world.now() + (CACHED if lifetime is None else lifetime)
    key = (query.query, query.offset, query.sender.id if personal else None)
    world.inline_cache[key] = (kept_until, query.answer)
    world.changed()
    return True


def posted(world: World, result: Json) -> Json:
    """The fields of the message that a checked *result* becomes; raises Refusal when it can't."""
    content, unknown = result["input_message_content"], set(result) - KNOWN
    if result["type"] != "article" or unknown:
        note = f"an inline result of type {result['type']} with {sorted(unknown)} is not known here"
        world.violations.append(note)
    keyboard = markup(world, result.get("reply_markup"))
    note_parse_mode(world, content.get("parse_mode") or "")
    text, entities = formatted(
        content["message_text"],
        content.get("entities") or [],
        world.violations.append,
        too_long="MESSAGE_TOO_LONG",
    )
    preview = content.get("link_preview_options")
    return {"text": text, "entities": entities, "markup": keyboard, "preview": preview}


@method
async def answer_guest_query(world: World, params: Params) -> Json:
    """Post a message where the bot is a guest, once a query."""
    query = world.guest_queries.get(params.string("guest_query_id"))
    result = params.structure("result")
    if query is None or not answerable(query, world.now()) or query.replies:
        raise bad(TOO_OLD, blame=False)
    check_results([result])
    content = posted(world, result)
    caller = query.message
    extra = {"guest_bot_caller_user": caller.sender.json()} if caller.sender else {}
    reply = put_inline(world, caller.chat, world.bot, extra=extra, reply_to=caller, **content)
    query.replies.append(reply)
    world.changed()
    return {"inline_message_id": reply.inline_id}


def put_inline(world: World, chat: Chat, sender: User, **fields: Any) -> Message:
    """A message that the bot knows by an inline id only."""
    number = f"BAAA{world.query_id()}"
    message = world.add_message(chat, sender, inline_id=number, **fields)
    world.inline_messages[number] = message
    return message
