"""Groups: a hello when the bot is added, and what becomes of a group that becomes a supergroup."""

import asyncio
import logging

import telegram
from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.ext import (
    BaseHandler,
    ChatMemberHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.delivery.turns import place_given_up
from bot.handlers.replies import UNKNOWN, reply, words_of
from bot.state import State, StateError

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

PAUSE = 1.5
"""Seconds before a hello in a supergroup, in which it can turn out to be an old group's new shape."""

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}
_OUTSIDE = {ChatMember.LEFT, ChatMember.BANNED}


class Groups:
    """Greets groups, once for each time that the bot is added. What was said is in *state*."""

    def __init__(self, state: State | None, *, pause: float = PAUSE) -> None:
        self._state = state
        self._pause = pause

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        moved = filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE
        return [
            ChatMemberHandler(self.come_or_go, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(moved, self.move),
        ]

    async def come_or_go(self, update: Update, _: Context) -> None:
        """Say hello where the bot was added, in the language of whoever added it."""
        change = update.my_chat_member
        if change is None or change.chat.type not in _GROUPS:
            return
        before, after = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
        if after and not before:
            await self._greet(update, change)
        elif before and not after:
            await self._part(change.chat.id)

    async def move(self, update: Update, _: Context) -> None:
        """Let the supergroup that a group became keep what is known of the group."""
        message = update.message
        if message is None or self._state is None:
            return
        here = message.chat_id
        old, new = message.migrate_from_chat_id or here, message.migrate_to_chat_id or here
        try:
            await self._state.chats.migrate(old, new)
            # It knows the bot, also where nobody noted that.
            await self._state.chats.greet(new, ChatType.SUPERGROUP)
        except StateError as error:
            logger.warning("a group became another, which is not noted: %s", error)

    async def _greet(self, update: Update, change: ChatMemberUpdated) -> None:
        chat = change.chat
        if chat.type == ChatType.SUPERGROUP:
            # Telegram tells in the old group, whose turn is its own, that it became this one.
            async with place_given_up():
                await asyncio.sleep(self._pause)
        if await self._was_greeted(chat.id):
            return
        bot = update.get_bot()
        here = telegram.Message(UNKNOWN, change.date, chat)
        here.set_bot(bot)
        await reply(here, words_of(update)("greeting", name=f"@{bot.username}"))
        # Noted afterwards: an update that is handled again does not send it again.
        await self._note_greeted(chat)

    async def _was_greeted(self, chat_id: int) -> bool:
        if self._state is None:
            return False
        try:
            return (await self._state.chats.get(chat_id)).greeted
        except StateError as error:
            logger.warning("not known whether a group was greeted: %s", error)
            return False

    async def _note_greeted(self, chat: telegram.Chat) -> None:
        if self._state is not None:
            try:
                await self._state.chats.greet(chat.id, chat.type)
            except StateError as error:
                logger.warning("a group was greeted, which is not noted: %s", error)

    async def _part(self, chat_id: int) -> None:
        if self._state is not None:
            try:
                await self._state.chats.part(chat_id)
            except StateError as error:
                logger.warning("a group was left, which is not noted: %s", error)


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _OUTSIDE
