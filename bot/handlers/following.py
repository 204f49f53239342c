"""One message that shows how a change of the corpus goes on, and how it ended."""

import asyncio
import logging
from collections.abc import Callable

import telegram
from telegram import CallbackQuery, InlineKeyboardMarkup, Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.errors import OfferGoneError, ReloadFailedError, ReloadRunningError
from bot.handlers.replies import edit, reply, toast
from bot.library import Library
from bot.rendering import reloads
from bot.rendering.catalogue import Said, Words
from bot.reports import Progress, ReloadReport, Stage

logger = logging.getLogger(__name__)

EDIT_EVERY = 2.5
"""Seconds between two edits of the progress message: what Telegram bears without complaint."""

Shown = tuple[Said, InlineKeyboardMarkup | None]
Told = Callable[[ReloadReport], Shown]


class Following:
    """Follows what *library* does, in the chat in which it was asked for."""

    def __init__(self, library: Library, *, edit_every: float = EDIT_EVERY) -> None:
        self.library = library
        self._edit_every = edit_every

    async def is_busy(self, query: CallbackQuery, words: Words) -> bool:
        """Tell who pressed a button that something is under way, if so; the button stays as it is."""
        if not self.library.busy:
            return False
        await toast(query, words("reload-running"), alert=True)
        return True

    async def begin(
        self,
        notice: "Notice",
        work: Callable[[Progress], asyncio.Task[ReloadReport]],
        tell: Told | None = None,
    ) -> asyncio.Task[ReloadReport] | None:
        """Begin *work*. If it cannot begin now, say why and return None.

        *tell* says how it ended; by default what changed, or what waits to be confirmed.
        """
        words = notice.words
        try:
            running = work(notice.note)
        except ReloadRunningError:
            await notice.end(words("reload-running"))
            return None
        except OfferGoneError:
            await notice.end(words("offer-gone"))
            return None
        # Not awaited: the application keeps it, reports its errors and waits for it before it stops.
        following = self._follow(notice, running, tell or notice.told)
        _ = notice.application.create_task(following, notice.update)
        return running

    async def _follow(
        self, notice: "Notice", running: asyncio.Task[ReloadReport], tell: Told
    ) -> None:
        await notice.show(notice.text)
        while not (await asyncio.wait({running}, timeout=self._edit_every))[0]:
            await notice.show(notice.text)
        await notice.end(*await self._outcome(notice.words, running, tell))

    async def _outcome(
        self, words: Words, running: asyncio.Task[ReloadReport], tell: Told
    ) -> Shown:
        try:
            ended = await running
        except ReloadFailedError as error:
            version = self.library.snapshot.corpus.version
            return words("reload-failed", reason=str(error), version=version), None
        return tell(ended)


class Notice:
    """The message: a reply to *to*, or the *shown* one. Failing to show it never fails a reload.

    *application* and *update* are those in whose name it is shown.
    """

    def __init__(
        self,
        words: Words,
        application: Application,
        update: Update,
        to: telegram.Message,
        *,
        shown: bool = False,
    ) -> None:
        self.words = words
        self.application = application
        self.update = update
        self.text = words("reload-reading")
        self._to = to
        self._sent = to if shown else None
        self._last: Shown | None = None

    def note(self, stage: Stage, done: int, total: int) -> None:
        """Keep how far a load has come, to be shown soon. For the thread that loads."""
        self.text = reloads.progress(self.words, stage, done, total)

    def told(self, ended: ReloadReport) -> Shown:
        """Say what changed, or what waits."""
        if ended.offer is not None:
            return reloads.offer(self.words, ended)
        return reloads.report(self.words, ended), None

    async def show(self, text: Said, buttons: InlineKeyboardMarkup | None = None) -> bool:
        """Show *text*, by an edit if something was shown before; return whether it is seen."""
        if (text, buttons) == self._last:
            return True
        try:
            if self._sent is None:
                self._sent = await reply(self._to, text, buttons)
            elif not await edit(self._sent, text, buttons):
                return False
        except TelegramError as error:
            logger.warning("could not show how the reload goes: %s", error)
            return False
        self._last = (text, buttons)
        return True

    async def end(self, text: Said, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Show the end, in a new message if the old one cannot be edited any more."""
        if not await self.show(text, buttons):
            await reply(self._to, text, buttons)
