"""How the bot replies: in the asker's language, under the asker's message, in the asker's topic, as text and entities."""

import telegram
from telegram import InlineKeyboardMarkup, ReplyParameters, Update

from bot.rendering.catalogue import Words, words_for
from bot.rendering.composing import Message, Piece, compose


def words_of(update: Update) -> Words:
    """Return the words for whoever wrote or pressed: in their language, also in a group."""
    user = update.effective_user
    return words_for(user.language_code if user is not None else None)


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
