"""The menus of commands: one for everybody, and a longer one that only admins see, in their own chat."""

import logging
from collections.abc import Collection, Sequence

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import CommandHandler, ContextTypes, ExtBot, filters

from bot.rendering.catalogue import Words, words_for

logger = logging.getLogger(__name__)

COMMANDS = ("start", "ask", "help", "status")
ADMIN_COMMANDS = (*COMMANDS, "reload")


async def announce(bot: ExtBot, admins: Collection[int]) -> None:
    """Set the menus: for everybody, and in the chat of each admin who has one with the bot."""
    await _set_menu(bot, COMMANDS, BotCommandScopeDefault())
    for admin in sorted(admins):
        await _announce_to(bot, admin)


def for_new_admins(admins: Collection[int]) -> CommandHandler:
    """Return what sets the menu of an admin who starts a chat only after the bot has."""

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_user is not None:
            await _announce_to(context.bot, update.effective_user.id)

    an_admin = filters.User(list(admins)) if admins else filters.User()
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return CommandHandler("start", start, filters=private & an_admin)


async def _announce_to(bot: ExtBot, admin: int) -> None:
    await _set_menu(bot, ADMIN_COMMANDS, BotCommandScopeChat(admin))


async def _set_menu(bot: ExtBot, commands: Sequence[str], scope: BotCommandScope) -> None:
    try:
        await bot.set_my_commands(_described(words_for(None), commands), scope=scope)
    except TelegramError as error:
        # An admin who has never written to the bot has no chat with it yet. A menu is a comfort.
        where = scope.chat_id if isinstance(scope, BotCommandScopeChat) else "everybody"
        logger.warning("the menu for %s was not set: %s", where, error)


def _described(words: Words, commands: Sequence[str]) -> list[BotCommand]:
    return [BotCommand(name, words(f"menu-{name}")) for name in commands]
