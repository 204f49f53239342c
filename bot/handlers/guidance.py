"""What helps to ask: a welcome, how to ask, what is searched."""

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.handlers.buttons import example_buttons
from bot.handlers.replies import reply, words_of
from bot.library import Library
from bot.rendering import notices

Context = ContextTypes.DEFAULT_TYPE

_NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED
"""Not edited, not a channel's post, not somebody else's: those match filters that do not say so."""


class Guidance:
    """Tells what *library* is, and how it is asked."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [
            CommandHandler("start", self.start, filters=_NEW),
            CommandHandler("help", self.help, filters=_NEW),
            CommandHandler("status", self.status, filters=_NEW),
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


async def unknown_command(update: Update, _: Context) -> None:
    """Point to /help."""
    if message := update.message:
        await reply(message, words_of(update)("unknown-command"))


def last_resort() -> list[BaseHandler]:
    """What catches the commands that nobody else took, in private chats only."""
    private = _NEW & filters.ChatType.PRIVATE & filters.COMMAND
    return [MessageHandler(private, unknown_command)]
