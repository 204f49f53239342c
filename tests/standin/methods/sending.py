"""New messages, and the sign that one is on its way."""

from typing import Any

from tests.standin.methods.content import open_chat, replied, text_content, thread
from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, bad
from tests.standin.people import Chat
from tests.standin.world import World

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def put(world: World, params: Params, chat: Chat, **content: Any) -> Json:
    """Put the bot's message into *chat*, where *params* say."""
    silent = params.flag("disable_notification")
    params.flag("protect_content")
    message, quote = replied(chat, params)
    where = thread(params, chat)
    sent = world.add_message(
        chat, world.bot, **content, reply_to=message, quote=quote, thread=where, silent=silent
    )
    world.sent.append(sent)
    world.changed()
    return sent.json()


@method
async def send_message(world: World, params: Params) -> Json:
    """A new message."""
    chat = open_chat(world, params)
    return put(world, params, chat, **text_content(world, params, too_long="message is too long"))


@method
async def send_chat_action(world: World, params: Params) -> bool:
    """Typing and the like."""
    chat, action = open_chat(world, params), params.string("action")
    thread(params, chat)
    if action not in ACTIONS:
        raise bad("wrong parameter action in request")
    world.actions.append((chat.id, action))
    world.changed()
    return True
