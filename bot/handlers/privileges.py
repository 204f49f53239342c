"""What only admins may see, and only in their private chat with the bot."""

from collections.abc import Collection

import telegram
from telegram.constants import ChatType

from bot.rendering.catalogue import Said, Words


def refusal(
    words: Words, message: telegram.Message, admins: Collection[int], command: str
) -> Said | None:
    """Return what to say to who may not use *command* where *message* stands; None if they may."""
    if message.chat.type != ChatType.PRIVATE or message.from_user is None:
        return words("admin-private", command=command)
    user = message.from_user.id
    # Their id as it is, for an operator to copy: no number to be written in groups of three.
    return None if user in admins else words("admin-only", command=command, user=str(user))
