"""Guest mode: who mentions the bot where it is no member gets one message, and that is all."""

import logging
import re

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.delivery.sent import in_hand
from bot.delivery.wire import may_have_been_done
from bot.handlers.addressing import Addressed, read_address
from bot.handlers.answers import Answers, addresses
from bot.handlers.limits import Limits
from bot.handlers.replies import words_of
from bot.rendering.catalogue import Words
from bot.rendering.composing import Message, Piece, compose
from bot.rendering.inline import message_row
from bot.rendering.links import NOWHERE
from bot.rendering.payloads import question_payload, start_link
from bot.rendering.telegram import Pages

logger = logging.getLogger(__name__)

_TOO_LATE = re.compile("query is too old|query id is invalid", re.IGNORECASE)
_ROW = "answer"


class Guests:
    """Answers guests' questions by *answers*, within *limits*.

    Of such a chat nothing is remembered, so there are no pages to turn: who wants more is led to
    the private chat. Nothing is sent there but the one message; the chat's number may be another's.
    """

    def __init__(self, answers: Answers, limits: Limits) -> None:
        self._answers = answers
        self._limits = limits

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [MessageHandler(filters.UpdateType.GUEST_MESSAGE, self.answer)]

    async def answer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question of a message that mentions the bot."""
        message = update.guest_message
        if message is None or (said := read_address(message)) is None:
            return
        words = words_of(update)
        if not await self._may_ask(update, message, words):
            return
        if not said.question:
            await _post(message, words, compose([Piece(words(_hint(said)))]))
            return
        try:
            shown, buttons = await self._answer(message, words, said.question)
        except TimeoutError:
            logger.warning("looking for an answer took too long")
            shown, buttons = compose([Piece(words("too-slow"))]), None
        except Exception:
            if in_hand().last_try:
                await _post(message, words, compose([Piece(words("apology"))]))
            raise
        await _post(message, words, shown, buttons)

    async def _answer(
        self, message: telegram.Message, words: Words, question: str
    ) -> tuple[Message, InlineKeyboardMarkup | None]:
        bot = message.get_bot()
        found = await self._answers.find(question)
        pages = Pages(words, found, found.snippets, size=self._answers.size)
        remembered = await self._answers.cited(snippet for _, _, snippet in pages.shown(0))
        pages.addresses = addresses(bot) if remembered else NOWHERE
        link = start_link(bot.username, question_payload(question))
        if len(pages) == 1 or link is None:
            return pages.message(0), None
        more = InlineKeyboardButton(words("button-more-in-private"), url=link)
        return pages.message(0), InlineKeyboardMarkup.from_button(more)

    async def _may_ask(self, update: Update, message: telegram.Message, words: Words) -> bool:
        """Count the question; say so, once, when it is one too many."""
        excess = self._limits.judge_message(update.update_id, message)
        if excess is not None and not excess.told:
            await _post(message, words, compose([Piece(self._limits.notice(words, excess))]))
        return excess is None


async def _post(
    message: telegram.Message,
    words: Words,
    shown: Message,
    buttons: InlineKeyboardMarkup | None = None,
) -> None:
    """Post *shown* as the one answer to *message*, unless that was done or it is too late."""
    delivery = in_hand()
    part = delivery.next_part()
    if delivery.sent(part) is not None:
        return
    # Nobody sees the title: there is nothing to choose from.
    result = message_row(words, _ROW, shown.text, shown, (None, buttons))
    try:
        await message.answer_guest_query(result)
    except TelegramError as error:
        if isinstance(error, BadRequest) and _TOO_LATE.search(error.message):
            logger.info("a guest's question was not answered: %s", error)
            return
        if not may_have_been_done(error):
            raise
        logger.warning(
            "update %s: the answer to a guest may be lost: %r", delivery.update_id, error
        )
    delivery.accepted(part, None)


def _hint(said: Addressed) -> str:
    """The message of the catalogue that says how to ask, where nothing was asked."""
    if said.linked:
        return "hint-link"
    return "hint-words" if said.claim is None else "hint-claim"
