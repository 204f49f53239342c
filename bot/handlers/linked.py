"""Links that ask: /start q_… is the question of somebody who comes from elsewhere."""

import re

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.handlers.answers import Answers
from bot.handlers.limits import Limits
from bot.handlers.replies import reply, words_of
from bot.rendering.payloads import QUESTION, asked_by

_LINKED = re.compile(rf"^/start(?:@\w+)?\s+({QUESTION}\S*)")


class Linked:
    """Passes the questions of links to *answers*, within *limits*."""

    def __init__(self, answers: Answers, limits: Limits) -> None:
        self._answers = answers
        self._limits = limits

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application, before what else begins with /start."""
        linked = filters.UpdateType.MESSAGE & ~filters.FORWARDED & filters.Regex(_LINKED)
        return [CommandHandler("start", self.start, filters=linked)]

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question that the link carries, and begin with it: nobody has written it."""
        message = update.message
        linked = _LINKED.match(message.text or "") if message else None
        if message is None or linked is None:
            return
        words, asker = words_of(update), message.from_user
        question = asked_by(linked[1])
        if question is None:
            await reply(message, words("receipt-unknown"))
            return
        excess = self._limits.judge_message(update.update_id, message)
        if excess is None:
            await self._answers.give(message, question, asker=asker, asked=True)
        elif not excess.told:
            await reply(message, self._limits.notice(words, excess))
