"""What admins may do: read the corpus afresh while everybody goes on asking, and decide on it."""

import asyncio
import re
from functools import partial

import telegram
from telegram import CallbackQuery, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    filters,
)

from bot.errors import OfferGoneError, ReloadFailedError, ReloadRunningError
from bot.handlers.admins import Admins
from bot.handlers.following import Following, Notice
from bot.handlers.replies import File, edit, reply, reply_with_file, toast
from bot.library import Library
from bot.rendering import reloads
from bot.rendering.catalogue import Said, Words
from bot.reports import By, ReloadReport

Context = ContextTypes.DEFAULT_TYPE

_NAME = r"[A-Za-z0-9_-]{1,16}"
_DECISION = re.compile(rf"^(?:{reloads.CONFIRM}|{reloads.CANCEL})({_NAME})$", re.ASCII)
_TURN = re.compile(rf"^{reloads.BROKEN}({_NAME}):(\d{{1,5}})$", re.ASCII)


class Administration:
    """Lets *admins* reload *library*, see what that would do, and confirm or cancel what breaks much."""

    def __init__(self, library: Library, admins: Admins, following: Following) -> None:
        self._library = library
        self._admins = admins
        self._following = following

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [
            CommandHandler("reload", self.reload, filters=filters.UpdateType.MESSAGE),
            CallbackQueryHandler(self.confirm, f"^{reloads.CONFIRM}"),
            CallbackQueryHandler(self.cancel, f"^{reloads.CANCEL}"),
            CallbackQueryHandler(self.turn, f"^{reloads.BROKEN}"),
        ]

    async def reload(self, update: Update, context: Context) -> None:
        """Begin a reload, or a check, and leave the rest to a task: this chat can go on asking."""
        if (asked := await self._admins.message(update, "/reload")) is None:
            return
        message, words = asked
        notice = Notice(words, context.application, update, message)
        by = by_whom(update)
        match " ".join(context.args or ()).casefold():
            case "":
                await self._following.begin(notice, partial(self._library.reload, by=by))
            case "check":
                begin = partial(self._library.check, by=by)
                tell = partial(_checked, words)
                running = await self._following.begin(notice, begin, tell)
                if running is not None:
                    # Beside the message that shows how it goes; it ends when the check does.
                    _ = context.application.create_task(_send_all(message, words, running), update)
            case _:
                await reply(message, words("reload-how"))

    async def confirm(self, update: Update, context: Context) -> None:
        """Put in place what waits, if it still does."""
        if (pressed := await self._waiting(update)) is None:
            return
        query, words, name = pressed
        if await self._following.is_busy(query, words):
            return
        message = query.message
        await toast(query)
        if isinstance(message, telegram.Message):
            notice = Notice(words, context.application, update, message, shown=True)
            notice.text = words("offer-confirming")
            begin = partial(self._library.confirm, name, by=by_whom(update))
            await self._following.begin(notice, lambda _: begin())

    async def cancel(self, update: Update, _: Context) -> None:
        """Let go of what waits, if it still does."""
        if (pressed := await self._waiting(update)) is None:
            return
        query, words, name = pressed
        try:
            letting_go = self._library.cancel(name, by=by_whom(update))
        except (OfferGoneError, ReloadRunningError):
            await toast(query, words("reload-running"), alert=True)
            return
        await toast(query)
        await letting_go
        version = self._library.snapshot.corpus.version
        await edit(query, words("offer-cancelled", version=version))

    async def turn(self, update: Update, _: Context) -> None:
        """Show another page of what would break."""
        if (pressed := await self._waiting(update, _TURN)) is None:
            return
        query, words, name = pressed
        found = _TURN.match(query.data or "")
        waiting = self._library.offered(name)
        await toast(query)
        if waiting is not None and found is not None:
            await edit(query, *reloads.offer(words, waiting, int(found[2])))

    async def _waiting(
        self, update: Update, pattern: re.Pattern[str] = _DECISION
    ) -> tuple[CallbackQuery, Words, str] | None:
        """Return an admin's press, and the name of what waits; others are told, and None is returned."""
        if (pressed := await self._admins.press(update)) is None:
            return None
        query, words = pressed
        found = pattern.match(query.data or "")
        if found is None or self._library.offered(found[1]) is None:
            await toast(query, words("offer-gone"), alert=True)
            return None
        return query, words, found[1]


def by_whom(update: Update) -> By:
    """Return who wrote or pressed, for the audit trail."""
    user = update.effective_user
    return By("command", None if user is None else user.id)


def _checked(words: Words, found: ReloadReport) -> tuple[Said, None]:
    return reloads.check(words, found), None


async def _send_all(
    message: telegram.Message, words: Words, running: asyncio.Task[ReloadReport]
) -> None:
    """Send what a check found as a file, where it is too much for a message."""
    try:
        found = await running
    except ReloadFailedError:
        return  # which is said by the message that follows it
    if (content := reloads.check_file(words, found)) is not None:
        await reply_with_file(
            message, File(f"{found.new_version}.txt", content), words("check-file")
        )
