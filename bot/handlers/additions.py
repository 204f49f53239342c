"""/add: an admin sends a document or a text, sees what was read of it, and confirms."""

import logging
import re
from datetime import UTC, datetime
from functools import cache, partial

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, InvalidToken
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.ext.filters import MessageFilter
from typing_extensions import override

from bot.corpus_folder import CorpusFolder, Landing, Staged
from bot.errors import FolderError
from bot.handlers.administration import by_whom
from bot.handlers.admins import Admins
from bot.handlers.following import Following, Notice
from bot.handlers.replies import edit, reply, toast
from bot.library import Library
from bot.rendering import additions
from bot.rendering.catalogue import Words, languages, words_for
from bot.snapshots import Snapshot
from bot.threads import beside
from bot.written import NewFile, written
from corpus.models import Article
from corpus.reading.formats import READERS

logger = logging.getLogger(__name__)

Context = ContextTypes.DEFAULT_TYPE

_YES, _NO = "add:yes:", "add:no:"
_COMMAND = re.compile(r"/add(@\w+)?(?!\w)", re.IGNORECASE)
_LINK_ONLY = re.compile(r"\s*\S+://\S+\s*")


class IsAdd(MessageFilter):
    """Lets /add through, in a text or a caption, and what replies to the question what to add."""

    @override
    def filter(self, message: telegram.Message) -> bool:
        text = message.text or message.caption or ""
        if message.forward_origin is not None:
            return False
        if (command := _COMMAND.match(text)) is not None:
            name = f"@{message.get_bot().username}".casefold()
            return command[1] is None or command[1].casefold() == name
        return not text.startswith("/") and _replies_to_prompt(message)


class Additions:
    """Lets *admins* add articles to the folder of *library*."""

    def __init__(self, library: Library, admins: Admins, following: Following) -> None:
        self._library = library
        self._folder = CorpusFolder(library.path)
        self._admins = admins
        self._following = following

    def handlers(self) -> list[BaseHandler]:
        """What is to be added to the application, before questions: a reply may be an article."""
        return [
            MessageHandler(filters.UpdateType.MESSAGE & IsAdd(), self.add),
            CallbackQueryHandler(self.confirm, f"^{_YES}"),
            CallbackQueryHandler(self.cancel, f"^{_NO}"),
        ]

    async def add(self, update: Update, _: Context) -> None:
        """Read what was sent, and show what was read."""
        if (asked := await self._admins.message(update, "/add")) is None:
            return
        message, words = asked
        if (obstacle := self._folder.obstacle) is not None:
            await reply(message, words(obstacle))
            return
        given = _given(message)
        if isinstance(given, telegram.Document):
            given = await _fetched(given)
        if isinstance(given, str):
            await reply(message, words(given))
            return
        stage = partial(self._folder.stage, given.name, given.content, datetime.now(UTC).date())
        try:
            staged = await beside(stage)
        except OSError as error:
            logger.warning("%s cannot be put aside: %s", given.name, error)
            await reply(message, words("folder-failed", reason=str(error)))
            return
        await self._show(message, words, staged)

    async def confirm(self, update: Update, context: Context) -> None:
        """Put the file where it belongs, and read the corpus afresh."""
        if (pressed := await self._admins.press(update)) is None:
            return
        query, words = pressed
        if await self._following.is_busy(query, words):
            return
        token = (query.data or "").rpartition(":")[2]
        try:
            change = await beside(partial(Landing, self._folder, token))
        except FolderError:
            await toast(query, words("add-gone"), alert=True)
            return
        await toast(query)
        if isinstance(query.message, telegram.Message):
            notice = Notice(words, context.application, update, query.message, shown=True)
            work = partial(self._library.reload, by=by_whom(update), change=change)
            await self._following.begin(notice, work)

    async def cancel(self, update: Update, _: Context) -> None:
        """Throw the file away."""
        if (pressed := await self._admins.press(update)) is not None:
            query, words = pressed
            token = (query.data or "").rpartition(":")[2]
            await toast(query)
            target = await beside(partial(self._folder.waiting, token))
            if target is not None and await beside(partial(self._folder.drop, token)):
                await self._library.note_declined(target.as_posix(), by_whom(update))
                await edit(query, words("add-dropped"))
            else:
                await edit(query, words("add-gone"))

    async def _show(self, message: telegram.Message, words: Words, staged: Staged) -> None:
        if not staged.articles and not staged.refused:
            await beside(partial(self._folder.drop, staged.token))
            await reply(message, words("add-format", formats=" ".join(sorted(READERS))))
            return
        known = await self._library.read(partial(_known, staged))
        if len(known) < len(staged.articles):
            buttons = _yes_or_no(words, staged.token)
        else:
            buttons = None
            await beside(partial(self._folder.drop, staged.token))
        await reply(message, additions.read(words, staged, known), buttons)


def _given(message: telegram.Message) -> telegram.Document | NewFile | str:
    """Return what is to be added: a document, a text as a file, or which message says what is wrong."""
    text = _COMMAND.sub("", message.text or message.caption or "", count=1).strip()
    if message.document is not None:
        return message.document
    replied = message.reply_to_message
    if replied is None or _replies_to_prompt(message):
        return _article(text)
    if replied.document is not None:
        return replied.document
    said = (replied.text or replied.caption or "").strip()
    return _article(f"{text}\n{said}" if text else said)


def _article(text: str) -> NewFile | str:
    if _LINK_ONLY.fullmatch(text):
        return "add-link"
    return written(text) or "add-how"


async def _fetched(document: telegram.Document) -> NewFile | str:
    """Return the document with its content, or which message says why not."""
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        return "add-too-big"
    try:
        file = await document.get_file()
        content = bytes(await file.download_as_bytearray())
    except BadRequest as error:
        logger.info("a document is not fetched: %s", error)
        return "add-too-big" if "too big" in error.message else "add-lost"
    except InvalidToken as error:
        # How the library takes it that there is no such file any more.
        logger.info("a document is not fetched: %s", error)
        return "add-lost"
    return NewFile(document.file_name or "", content) if content else "add-empty"


def _known(staged: Staged, now: Snapshot) -> list[Article]:
    """Those articles that the corpus has already, by their ids."""
    return [each for each in staged.articles if now.index.article(each.id) is not None]


@cache
def _prompts() -> frozenset[str]:
    return frozenset(str(words_for(language)("add-how")).strip() for language in languages())


def _replies_to_prompt(message: telegram.Message) -> bool:
    """Whether it answers the question what to add. Known by its words, so that a restart loses none."""
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != message.get_bot().id:
        return False
    return (asked.text or "").strip() in _prompts()


def _yes_or_no(words: Words, token: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup.from_row(
        [
            InlineKeyboardButton(words("button-add"), callback_data=f"{_YES}{token}"),
            InlineKeyboardButton(words("button-cancel"), callback_data=f"{_NO}{token}"),
        ]
    )
