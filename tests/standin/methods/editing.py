"""Changes to the bot's own messages."""

from collections.abc import Mapping
from typing import Any

from tests.standin.messages import Message
from tests.standin.methods.content import caption_content, markup, open_chat, text_content
from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, bad
from tests.standin.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TWO_DAYS = 48 * 3600


def _message(world: World, params: Params) -> Message:
    """The message to change, by its chat or by its inline id."""
    inline_id = params.string("inline_message_id")
    if inline_id:
        if inline_id not in world.inline_messages:
            raise bad("MESSAGE_ID_INVALID", blame=False)
        return world.inline_messages[inline_id]
    message = open_chat(world, params).messages.get(params.integer("message_id") or 0)
    if message is None:
        raise bad("message to edit not found", blame=False)
    if message.sender is not world.bot:
        raise bad("message can't be edited")
    return message


def _change(world: World, message: Message, content: Mapping[str, Any]) -> Json | bool:
    before = (message.text, list(message.entities), message.markup)
    after = {"text": message.text, "entities": list(message.entities), **content}
    if before == (after["text"], after["entities"], content["markup"]):
        raise bad(NOT_MODIFIED)
    for name, value in content.items():
        setattr(message, name, value)
    message.edited = int(world.now())
    message.versions.append(message.text)
    world.changed()
    return True if message.inline_id else message.json()


@method
async def edit_message_text(world: World, params: Params) -> Json | bool:
    """A new text for one of the bot's own messages."""
    message = _message(world, params)
    if message.media:
        raise bad("there is no text in the message to edit")
    return _change(world, message, text_content(world, params, too_long="MESSAGE_TOO_LONG"))


@method
async def edit_message_caption(world: World, params: Params) -> Json | bool:
    """A new caption for one of the bot's own photos or files."""
    message = _message(world, params)
    if not message.media:
        raise bad("there is no caption in the message to edit")
    return _change(world, message, caption_content(world, params))


@method
async def edit_message_reply_markup(world: World, params: Params) -> Json | bool:
    """New buttons, or none, for one of the bot's own messages."""
    message = _message(world, params)
    return _change(world, message, {"markup": markup(world, params.structure("reply_markup"))})


@method
async def delete_message(world: World, params: Params) -> bool:
    """Take away one of the bot's own messages, not older than two days."""
    chat = open_chat(world, params)
    message = chat.messages.get(params.integer("message_id") or 0)
    if message is None:
        raise bad("message to delete not found", blame=False)
    foreign = message.sender is not world.bot and chat.bot != "administrator"
    if foreign or world.now() - message.date > TWO_DAYS:
        raise bad("message can't be deleted", blame=foreign)
    message.deleted = True
    del chat.messages[message.id]
    world.changed()
    return True
