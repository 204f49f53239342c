"""Questions into answers in a chat: the one place where an answer is looked for, sent and mended."""

import telegram

from bot.handlers.replies import reply
from bot.handlers.waiting import typing
from bot.library import Library
from bot.rendering.catalogue import words_for
from bot.rendering.telegram import messages
from retrieval.following import NOTHING, Carried


class Answers:
    """Gives answers from *library*. Belongs to the event loop of the bot."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def give(
        self,
        to: telegram.Message,
        question: str,
        *,
        asker: telegram.User | None,
        carried: Carried = NOTHING,
        asked: bool = False,
    ) -> None:
        """Answer *question* with a reply to *to*.

        *asker* is whose language is spoken and whose answer it is; *carried* is what an earlier
        answer was about. *asked*: begin with the question, where the reply is not to its message.
        """
        words = words_for(asker.language_code if asker is not None else None)
        async with typing(to):
            answer = await self._library.ask(question, carried=carried)
        for part in messages(words, answer, asked=asked):
            await reply(to, part)
