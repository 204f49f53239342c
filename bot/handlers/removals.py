"""/remove and /restore: articles are taken away, and taken back."""

import logging
from functools import partial

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes, filters

from bot.contents import key_of
from bot.corpus_folder import CorpusFolder
from bot.handlers.administration import by_whom
from bot.handlers.admins import Admins
from bot.handlers.following import Following, Notice
from bot.handlers.replies import edit, reply, toast
from bot.library import Library
from bot.removed import Removal, Restoration, removed_ids
from bot.rendering import additions
from bot.rendering.catalogue import Words
from bot.rendering.lines import on_one_line
from bot.threads import beside

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_YES, _NO = "remove:yes:", "remove:no:"


class Removals:
    """Lets *admins* take articles of *library* away, without touching the files they are in."""

    def __init__(self, library: Library, admins: Admins, following: Following) -> None:
        self._library = library
        self._folder = CorpusFolder(library.path)
        self._admins = admins
        self._following = following

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application."""
        new = filters.UpdateType.MESSAGE
        return [
            CommandHandler("remove", self.remove, filters=new),
            CommandHandler("restore", self.restore, filters=new),
            CallbackQueryHandler(self.confirm, f"^{_YES}"),
            CallbackQueryHandler(self.cancel, f"^{_NO}"),
        ]

    async def remove(self, update: Update, _: Context) -> None:
        """Show the article that is named, and ask whether it is the one."""
        if (asked := await self._admins.message(update, "/remove")) is None:
            return
        message, words = asked
        wanted = _argument(message)
        if (obstacle := self._folder.obstacle) is not None:
            await reply(message, words(obstacle))
        elif not wanted:
            await reply(message, words("remove-how"))
        elif (found := await self._library.read(lambda now: now.index.article(wanted))) is None:
            await reply(message, words("remove-unknown", id=on_one_line(wanted, 64)))
        else:
            shown = additions.article(words, words("remove-sure"), found)
            await reply(message, shown, _yes_or_no(words, key_of(found)))

    async def confirm(self, update: Update, context: Context) -> None:
        """Take the article away, and read the corpus afresh."""
        if (pressed := await self._admins.press(update)) is None:
            return
        query, words = pressed
        if await self._following.is_busy(query, words):
            return
        key = (query.data or "").rpartition(":")[2]
        found = await self._library.read(lambda now: now.contents.with_key(key))
        if found is None:
            await toast(query, words("remove-gone"), alert=True)
            return
        await toast(query)
        if isinstance(query.message, telegram.Message):
            by = by_whom(update)
            change = Removal(self._library.path, found.id, by.user)
            notice = Notice(words, context.application, update, query.message, shown=True)
            work = partial(self._library.reload, by=by, change=change)
            await self._following.begin(notice, work)

    async def cancel(self, update: Update, _: Context) -> None:
        """Leave the article where it is."""
        if (pressed := await self._admins.press(update)) is not None:
            query, words = pressed
            await toast(query)
            await edit(query, words("remove-kept"))

    async def restore(self, update: Update, context: Context) -> None:
        """Take back the article that is named; without a name, list those that were taken away."""
        if (asked := await self._admins.message(update, "/restore")) is None:
            return
        message, words = asked
        if (obstacle := self._folder.obstacle) is not None:
            await reply(message, words(obstacle))
            return
        try:
            ids = await beside(partial(removed_ids, self._library.path))
        except OSError as error:
            logger.warning("the list of what was taken away cannot be read: %s", error)
            await reply(message, words("not-at-the-moment"))
            return
        wanted = _argument(message)
        if not wanted:
            await reply(message, additions.removed(words, ids))
        elif wanted not in ids:
            await reply(message, words("restore-unknown", id=on_one_line(wanted, 64)))
        else:
            change = Restoration(self._library.path, wanted)
            notice = Notice(words, context.application, update, message)
            work = partial(self._library.reload, by=by_whom(update), change=change)
            await self._following.begin(notice, work)


def _argument(message: telegram.Message) -> str:
    """What stands after a command: an id may hold blanks."""
    _, _, rest = (message.text or "").partition(" ")
    return rest.strip()


def _yes_or_no(words: Words, key: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_row(
        [
            InlineKeyboardButton(words("button-remove"), callback_data=f"{_YES}{key}"),
            InlineKeyboardButton(words("button-cancel"), callback_data=f"{_NO}{key}"),
        ]
    )
