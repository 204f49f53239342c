"""What admins may do: read the corpus afresh while everybody goes on asking."""

import asyncio
import logging
from collections.abc import Collection

import telegram
from telegram import Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot.errors import ReloadFailedError, ReloadRunningError
from bot.handlers.replies import reply, words_of
from bot.library import Library
from bot.rendering import notices
from bot.rendering.catalogue import Said, Words
from bot.reports import ReloadReport, Stage

logger = logging.getLogger(__name__)

EDIT_EVERY = 2.5
"""Seconds between two edits of the progress message: what Telegram bears without complaint."""


class Administration:
    """Lets *admins*, by their numeric user ids, reload *library*."""

    def __init__(
        self, library: Library, admins: Collection[int], *, edit_every: float = EDIT_EVERY
    ) -> None:
        self._library = library
        self._admins = frozenset(admins)
        self._edit_every = edit_every

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        return [CommandHandler("reload", self.reload, filters=filters.UpdateType.MESSAGE)]

    async def reload(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Begin a reload and leave the rest to a task, so that this chat can go on asking."""
        if (message := update.message) is None:
            return
        words = words_of(update)
        if (refusal := self._refusal(words, message)) is not None:
            await reply(message, refusal)
            return
        progress = _Progress(words)
        try:
            running = self._library.reload(progress.note)
        except ReloadRunningError:
            await reply(message, words("reload-running"))
            return
        user = message.from_user.id if message.from_user else None
        logger.info("user %s reloads the corpus", user)
        # Not awaited: the application keeps it, reports its errors and waits for it before it stops.
        _ = context.application.create_task(self._follow(message, running, progress), update)

    def _refusal(self, words: Words, message: telegram.Message) -> Said | None:
        # Who writes in the name of a group or a channel has the id of a placeholder.
        if message.from_user is None or message.sender_chat is not None:
            return words("reload-anonymous")
        user = message.from_user.id
        # Their id as it is, for an operator to copy: no number to be written in groups of three.
        return None if user in self._admins else words("reload-refused", user=str(user))

    async def _follow(
        self,
        message: telegram.Message,
        running: asyncio.Task[ReloadReport],
        progress: "_Progress",
    ) -> None:
        notice = _Notice(message)
        await notice.show(progress.words("reload-reading"))
        while not (await asyncio.wait({running}, timeout=self._edit_every))[0]:
            await notice.show(progress.text)
        await notice.end(await self._outcome(progress.words, running))

    async def _outcome(self, words: Words, running: asyncio.Task[ReloadReport]) -> Said:
        try:
            report = await running
        except ReloadFailedError as error:
            version = self._library.snapshot.corpus.version
            return words("reload-failed", reason=str(error), version=version)
        logger.info("reloaded: version %s, was %s", report.new_version, report.old_version)
        return notices.reload_report(words, report)


class _Progress:
    """How far a load has come: noted in one thread, read in another, one assignment each."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.text = words("reload-reading")

    def note(self, stage: Stage, done: int, total: int) -> None:
        self.text = notices.reload_progress(self.words, stage, done, total)


class _Notice:
    """One message that is edited as things go on. Failing to show it never fails a reload."""

    def __init__(self, to: telegram.Message) -> None:
        self._to = to
        self._sent: telegram.Message | None = None
        self._text: Said | None = None

    async def show(self, text: Said) -> bool:
        """Show *text*, by an edit if something was shown before; return whether it is seen."""
        if text == self._text:
            return True
        try:
            if self._sent is None:
                self._sent = await reply(self._to, text)
            else:
                await self._sent.edit_text(text)
        except TelegramError as error:
            if isinstance(error, BadRequest) and "not modified" in error.message:
                return True
            logger.warning("could not show how the reload goes: %s", error)
            return False
        self._text = text
        return True

    async def end(self, text: Said) -> None:
        """Show the end, in a new message if the old one cannot be edited any more."""
        if not await self.show(text):
            await reply(self._to, text)
