"""What of a group's talk a bot is given."""

from tests.standin.messages import Message
from tests.standin.params import Json
from tests.standin.people import User
from tests.standin.rules import cut

SERVICE = {
    "new_chat_members", "left_chat_member", "new_chat_title", "group_chat_created",
    "supergroup_chat_created", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "forum_topic_created", "forum_topic_closed", "forum_topic_reopened",
}  # fmt: skip


def sees(bot: User, message: Message, *, privacy: bool) -> bool:
    """Whether *bot* is given *message*, with *privacy* mode on or off."""
    chat = message.chat
    if chat.bot in {"left", "kicked"}:
        return False
    if chat.kind in {"private", "channel"} or chat.bot == "administrator" or not privacy:
        return True
    return bool(SERVICE & set(message.extra)) or _addressed(bot, message)


def _addressed(bot: User, message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    if message.extra.get("via_bot", {}).get("id") == bot.id:
        return True
    return any(_calls(bot, message, entity) for entity in message.entities)


def _calls(bot: User, message: Message, entity: Json) -> bool:
    """Whether *entity* is the bot's name, or a command that is not another bot's."""
    name = f"@{bot.username}".lower()
    words = cut(message.text, entity["offset"], entity["length"]).lower()
    if entity["type"] == "mention":
        return words == name
    if entity["type"] == "text_mention":
        return bool(entity["user"]["id"] == bot.id)
    if entity["type"] == "bot_command":
        return words.endswith(name) or ("@" not in words and entity["offset"] == 0)
    return False
