"""What Telegram shows of the bot besides its messages: menus of commands, and its profile.

Everybody's menu in private chats, a shorter one in groups, a longer one for admins in their own
chat; each in every language of the catalogue.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.error import TelegramError
from telegram.ext import CommandHandler, ContextTypes, ExtBot, filters

from bot.rendering.catalogue import DEFAULT, languages, words_for

logger = logging.getLogger(__name__)

COMMANDS = ("start", "ask", "latest", "sources", "article", "help", "status", "privacy", "forget")
GROUP_COMMANDS = ("ask", "help", "status")
ADMIN_COMMANDS = (
    *COMMANDS,
    *("reload", "rollback", "audit", "add", "remove", "restore"),
    *("stats", "gaps"),
)

_AT_ONCE = 3
"""Calls to Telegram under way; more at a start would look like a flood."""

_PATIENCE = 15.0
"""Seconds that a start waits for all of it. People who write meanwhile are worth more than a menu."""


async def announce(bot: ExtBot, admins: Collection[int]) -> None:
    """Set menus and profile where they differ from what Telegram has.

    Never raises: what cannot be set is logged, and is tried again at the next start.
    """
    private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    work: list[Callable[[], Awaitable[object]]] = [
        *(partial(_set_menu, bot, COMMANDS, private, code) for code in _codes()),
        *(partial(_set_menu, bot, GROUP_COMMANDS, groups, code) for code in _codes()),
        *(partial(_describe, bot, code) for code in _codes()),
        *(partial(_announce_to, bot, admin) for admin in sorted(admins)),
    ]
    places = asyncio.Semaphore(_AT_ONCE)
    try:
        async with asyncio.timeout(_PATIENCE):
            await asyncio.gather(*(_one_of_few(places, each) for each in work))
    except TimeoutError:
        logger.warning("menus and profile: not all could be set in %g s", _PATIENCE)


def for_new_admins(admins: Collection[int]) -> CommandHandler:
    """Return what sets the menu of an admin who starts a chat only after the bot has."""

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.effective_user is not None:
            await _announce_to(context.bot, update.effective_user.id)

    an_admin = filters.User(list(admins)) if admins else filters.User()
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return CommandHandler("start", start, filters=private & an_admin)


def _codes() -> list[str | None]:
    """The languages by the codes that Telegram takes, two letters each; None is for all others."""
    two_letters = {name.partition("-")[0] for name in languages() if name != DEFAULT}
    return [None, *sorted(code for code in two_letters if len(code) == 2)]


async def _one_of_few(places: asyncio.Semaphore, work: Callable[[], Awaitable[object]]) -> None:
    async with places:
        await work()


async def _announce_to(bot: ExtBot, admin: int) -> None:
    for code in _codes():
        # An admin who has never written to the bot has no chat with it yet, in no language.
        if not await _set_menu(bot, ADMIN_COMMANDS, BotCommandScopeChat(admin), code):
            return


async def _set_menu(
    bot: ExtBot, commands: Sequence[str], scope: BotCommandScope, code: str | None
) -> bool:
    """Set a menu, if it is not so already; return whether it is so now."""
    words = words_for(code)
    wanted = tuple(BotCommand(name, words(f"menu-{name}")) for name in commands)
    try:
        if await bot.get_my_commands(scope, code) != wanted:
            await bot.set_my_commands(wanted, scope, code)
    except TelegramError as error:
        where = scope.chat_id if isinstance(scope, BotCommandScopeChat) else scope.type
        logger.warning("the menu for %s was not set: %s", where, error)
        return False
    return True


async def _describe(bot: ExtBot, code: str | None) -> None:
    """Set what an empty chat and the profile show, if they do not already."""
    words = words_for(code)
    long, short = words("description"), words("short-description")
    try:
        # Telegram bears few changes of a profile a day, and reads without complaint.
        if (await bot.get_my_description(code)).description != long:
            await bot.set_my_description(long, code)
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)
    except TelegramError as error:
        logger.warning("the profile in %s was not set: %s", code or DEFAULT, error)
