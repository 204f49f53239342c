"""What the bot's owner has switched on or off at @BotFather, told at the start."""

import logging

from telegram import User

logger = logging.getLogger(__name__)


def log_modes(me: User) -> None:
    """Log what works with these modes and what does not, and how to change it. *me* is by getMe."""
    _log_groups(me)
    name = f"@{me.username}"
    if me.supports_inline_queries:
        logger.info("inline mode is on: %s and a question finds quotations in any chat", name)
    else:
        logger.warning(
            "inline mode is off: %s and a question finds nothing in other chats, and answers "
            "have no button to share; to switch it on, send /setinline to @BotFather",
            name,
        )
    if me.supports_guest_queries:
        logger.info("guest mode is on: who mentions %s gets an answer where it is no member", name)
    else:
        logger.info(
            "guest mode is off: %s answers only where it is a member; @BotFather can switch it on",
            name,
        )


def _log_groups(me: User) -> None:
    if not me.can_join_groups:
        logger.warning(
            "the bot cannot be added to groups; to allow it, send /setjoingroups to @BotFather"
        )
    if me.can_read_all_group_messages:
        logger.warning(
            "privacy mode is off: Telegram sends the bot all that is said in its groups, of which "
            "it needs commands, mentions and replies only; to get no more, send /setprivacy to "
            "@BotFather, choose Enable, and add the bot to its groups afresh"
        )
    else:
        logger.info(
            "privacy mode is on: in groups the bot gets commands, mentions and replies to it only, "
            "which is all that it needs"
        )
