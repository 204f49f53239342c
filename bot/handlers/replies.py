"""How the bot replies: under the asker's message, in the asker's topic, as text and entities."""

import telegram
from telegram import InlineKeyboardMarkup, ReplyParameters

from bot.rendering.composing import Message, Piece, compose


async def reply(
    to: telegram.Message, answer: Message | str, buttons: InlineKeyboardMarkup | None = None
) -> telegram.Message:
    """Send *answer* as a reply to *to*, also if that was deleted meanwhile. Return what was sent."""
    message = compose([Piece(answer)]) if isinstance(answer, str) else answer
    return await to.reply_text(
        message.text,
        entities=message.entities,
        reply_markup=buttons,
        reply_parameters=ReplyParameters(to.message_id, allow_sending_without_reply=True),
    )
