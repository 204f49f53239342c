"""Whom a message is for, and what it asks: by its chat, a command, a mention, a reply, a forward."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import telegram
from telegram import MessageEntity, PassportData, SuccessfulPayment
from telegram.constants import ChatType, MessageEntityType
from telegram.ext.filters import MessageFilter
from typing_extensions import override

from retrieval.courtesies import is_courtesy

_COMMAND = MessageEntityType.BOT_COMMAND
_LEADING = " \t\r\n,;:.-–—"
"""What is left before a question when the name that it was put to is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """What a message says to the bot. Words are "" where there is no letter and no digit in them.

    *words* are the sender's own, without the bot's name, its command and links. *claim* is what
    somebody said whom the message points to without words of its own; None if it points to nobody.
    *follows* is the id of the bot's message that it replies to. *linked* tells whether a link was
    all there was; *called*, whether the bot was called by a command or by its name; *file*, whether
    there is a picture, a voice or the like and no word with it; *courtesy*, whether what was said in
    private only thanks or greets.
    """

    words: str = ""
    claim: str | None = None
    follows: int | None = None
    linked: bool = False
    called: bool = False
    file: bool = False
    courtesy: bool = False

    @property
    def question(self) -> str:
        """What is to be answered, "" for nothing."""
        return "" if self.courtesy else self.words or self.claim or ""


class IsAddressed(MessageFilter):
    """Lets through what is for the bot, and asks something or tries to. For new and edited ones."""

    @override
    def filter(self, message: telegram.Message) -> bool:
        return read_address(message) is not None


def read_address(message: telegram.Message) -> Addressed | None:
    """Return what *message* says to the bot that received it; None if it is not for the bot.

    None is also what another command says than /ask, and thanks to the bot in a group. Looks at
    nothing but the message.
    """
    private = message.chat.type == ChatType.PRIVATE
    if not _is_somebodys(message):
        return None
    if message.forward_origin is not None:
        return _forwarded(message) if private else None
    said = _Said.by(message)
    calls = said.calls()
    if said.commands_something_else(calls) or not (said.text or (private and _has_file(message))):
        return None
    words, linked = said.words(without=calls)
    follows = _answered(message)
    courteous = words != "" and is_courtesy(words)
    asks_on = follows is not None and (linked or (words != "" and not courteous))
    if not (private or calls or asks_on):
        return None
    if calls and not words and (points := _pointed_at(message)) is not None:
        claim, linked = points.words()
        return Addressed(claim=claim, linked=linked, called=True)
    return Addressed(
        words=words,
        follows=follows,
        linked=linked,
        called=bool(calls),
        file=not said.text,
        courtesy=private and courteous and not calls,
    )


def asker_of(message: telegram.Message) -> telegram.User | None:
    """Return the person who wrote; None for who writes in the name of a group or a channel."""
    return message.from_user if message.sender_chat is None else None


@dataclass(frozen=True, slots=True)
class _Said:
    """A text with what Telegram found in it. Entities count in UTF-16 code units."""

    text: str
    entities: Sequence[MessageEntity]
    bot: telegram.Bot

    @classmethod
    def by(cls, message: telegram.Message) -> "_Said":
        """What a message says: its text, its caption, or what its poll asks."""
        bot = message.get_bot()
        if message.text is not None:
            return cls(message.text, message.entities, bot)
        if message.caption is not None:
            return cls(message.caption, message.caption_entities, bot)
        if message.poll is not None:
            return cls(message.poll.question, message.poll.question_entities, bot)
        return cls("", (), bot)

    def calls(self) -> list[MessageEntity]:
        """Where the bot is called: by its name anywhere, by /ask before all else."""
        return [entity for entity in self.entities if self._is_name(entity) or self._asks(entity)]

    def commands_something_else(self, calls: Sequence[MessageEntity]) -> bool:
        """Whether it begins with a command that is none of *calls*."""
        commands = (entity for entity in self.entities if entity.type == _COMMAND)
        return any(command.offset == 0 and command not in calls for command in commands)

    def _is_name(self, entity: MessageEntity) -> bool:
        if entity.type == MessageEntityType.TEXT_MENTION:
            return entity.user is not None and entity.user.id == self.bot.id
        return entity.type == MessageEntityType.MENTION and self._of(entity) == self._name

    def _asks(self, entity: MessageEntity) -> bool:
        if entity.type != _COMMAND or self._of(entity) not in {"/ask", f"/ask{self._name}"}:
            return False
        before = _text(_units(self.text)[: 2 * entity.offset]).strip().casefold()
        return before in {"", self._name}

    @property
    def _name(self) -> str:
        return f"@{self.bot.username}".casefold()

    def words(self, without: Iterable[MessageEntity] = ()) -> tuple[str, bool]:
        """Return the text without links and *without* these, and whether a link was all of it."""
        links = [entity for entity in self.entities if entity.type == MessageEntityType.URL]
        words = self._cut([*without, *links]).strip()
        if any(map(str.isalnum, words)):
            return words, False
        return "", bool(links)

    def _cut(self, holes: Sequence[MessageEntity]) -> str:
        if not holes:
            return self.text
        units, end, parts = _units(self.text), 0, []
        for hole in sorted(holes, key=lambda hole: hole.offset):
            parts.append(_text(units[2 * end : 2 * hole.offset]))
            end = max(end, hole.offset + hole.length)
        parts.append(_text(units[2 * end :]))
        return " ".join(part.strip() for part in parts if part.strip()).lstrip(_LEADING)

    def _of(self, entity: MessageEntity) -> str:
        units = _units(self.text)
        return _text(units[2 * entity.offset : 2 * (entity.offset + entity.length)]).casefold()


def _units(text: str) -> bytes:
    # Half of a pair can come out of JSON, and must not stop anything.
    return text.encode("utf-16-le", "surrogatepass")


def _text(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")


def _is_somebodys(message: telegram.Message) -> bool:
    """Whether somebody wrote it: no other bot, and neither this one by somebody's hand."""
    if message.is_automatic_forward:
        return False
    through = message.via_bot
    if through is not None and through.id == message.get_bot().id and not message.forward_origin:
        return False
    # Who writes in the name of a group or a channel does so through a bot of Telegram's.
    sender = message.from_user
    return sender is None or not sender.is_bot or message.sender_chat is not None


def _forwarded(message: telegram.Message) -> Addressed:
    claim, linked = _Said.by(message).words()
    return Addressed(claim=claim, linked=linked)


def _answered(message: telegram.Message) -> int | None:
    """The id of the bot's message that this one replies to."""
    replied = _replied(message)
    if replied is None or replied.from_user is None:
        return None
    return replied.message_id if replied.from_user.id == message.get_bot().id else None


def _replied(message: telegram.Message) -> telegram.Message | None:
    """The message replied to. Not the one that opened a topic, to which all there seem to reply."""
    replied = message.reply_to_message
    if replied is None:
        return None
    opened = message.is_topic_message and replied.message_id == message.message_thread_id
    return None if opened else replied


def _pointed_at(message: telegram.Message) -> _Said | None:
    """What the message points to without a word: the part quoted, else the message replied to."""
    if message.quote is not None and message.quote.is_manual:
        return _Said(message.quote.text, message.quote.entities or (), message.get_bot())
    replied = _replied(message)
    if replied is not None and _answered(message) is None:
        return _Said.by(replied)
    return _Said("", (), message.get_bot()) if message.external_reply is not None else None


def _has_file(message: telegram.Message) -> bool:
    sent = message.effective_attachment
    return sent is not None and not isinstance(sent, SuccessfulPayment | PassportData)
