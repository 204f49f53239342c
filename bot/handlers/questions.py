"""Questions: any text in a private chat, /ask anywhere; and what helps to ask them."""

import telegram
from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.handlers.answers import Answers
from bot.handlers.buttons import example_buttons
from bot.handlers.replies import reply, words_of
from bot.library import Library
from bot.rendering import notices

Context = ContextTypes.DEFAULT_TYPE

_NEW = filters.UpdateType.MESSAGE
"""Not edited, not a channel's post: those match any filter that does not say so."""


class Questions:
    """Takes questions and passes them to *answers*; *library* is what they are asked of."""

    def __init__(self, library: Library, answers: Answers) -> None:
        self._library = library
        self._answers = answers

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application, the most particular first."""
        private = _NEW & filters.ChatType.PRIVATE & filters.TEXT
        return [
            CommandHandler("start", self.start, filters=_NEW),
            CommandHandler("help", self.help, filters=_NEW),
            CommandHandler("status", self.status, filters=_NEW),
            CommandHandler("ask", self.ask, filters=_NEW),
            MessageHandler(private & ~filters.COMMAND, self.question),
        ]

    async def start(self, update: Update, _: Context) -> None:
        """Say what this is, with questions to press that the loaded corpus answers."""
        if message := update.message:
            examples = self._library.snapshot.examples
            text = notices.welcome(words_of(update), examples=bool(examples))
            await reply(message, text, example_buttons(examples))

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        if message := update.message:
            await reply(message, words_of(update)("help"))

    async def status(self, update: Update, _: Context) -> None:
        """Say what is being searched."""
        if message := update.message:
            status = self._library.snapshot.status
            await reply(message, notices.status(words_of(update), status))

    async def ask(self, update: Update, _: Context) -> None:
        """Answer what stands after the command."""
        if message := update.message:
            command_and_question = (message.text or "").split(maxsplit=1)
            if len(command_and_question) == 2:
                await self._answer(message, command_and_question[1])
            else:
                await reply(message, words_of(update)("ask-how"))

    async def question(self, update: Update, _: Context) -> None:
        """Answer a message that is a question as a whole."""
        if message := update.message:
            await self._answer(message, message.text or "")

    async def _answer(self, message: telegram.Message, question: str) -> None:
        await self._answers.give(message, question, asker=message.from_user)


async def unknown_command(update: Update, _: Context) -> None:
    """Point to /help."""
    if message := update.message:
        await reply(message, words_of(update)("unknown-command"))


def last_resort() -> list[BaseHandler]:
    """What catches the commands that nobody else took, in private chats only."""
    private = _NEW & filters.ChatType.PRIVATE & filters.COMMAND
    return [MessageHandler(private, unknown_command)]
