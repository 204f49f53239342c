"""Everything there is: people, chats, queries, and the bot's post."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from tests.standin.files import Files
from tests.standin.messages import Message
from tests.standin.params import Json, Refusal, bad
from tests.standin.people import Chat, User
from tests.standin.privacy import sees
from tests.standin.webhook import Destination

if TYPE_CHECKING:
    from tests.standin.flood import FloodLimits
    from tests.standin.queries import GuestQuery, InlineQuery, Query
    from tests.standin.weather import Weather

Found = TypeVar("Found")


@dataclass(slots=True)
class Modes:
    """What the bot's owner has switched on or off at BotFather."""

    privacy: bool = True
    """In groups the bot is given commands, mentions and replies to it only."""
    inline: bool = True
    inline_feedback: bool = False
    """The bot is told which inline result was chosen."""
    guest: bool = True


class World:
    """Everything the stand-in knows. Belongs to one event loop."""

    def __init__(self, token: str, bot: User) -> None:
        self.token = token
        self.bot = bot
        self.modes = Modes()
        self.ahead = 0.0
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.inline_cache: dict[tuple[str, str, int | None], tuple[float, Json]] = {}
        self.guest_queries: dict[str, GuestQuery] = {}
        self.inline_messages: dict[str, Message] = {}
        self.files = Files()
        self.updates: list[Json] = []
        self.allowed: Sequence[str] | None = None
        self.everything = False
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.asked: dict[Message, None] = {}
        self.sent: list[Message] = []
        self.actions: list[tuple[int, str]] = []
        self.violations: list[str] = []
        self.weather: Weather | None = None
        self.limits: FloodLimits | None = None
        self.destination = Destination()
        self.poll: asyncio.Future[None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._update_ids = count(700_000_001)
        self._query_ids = count(4_000_000_001)
        self._message_ids: dict[int, count[int]] = {}

    def now(self) -> float:
        """Seconds since 1970 by the world's clock, which tests may put forward (*ahead*)."""
        return time.time() + self.ahead

    def chat(self, id: int | None) -> Chat:
        """The chat *id*; raises Refusal when the bot never met it."""
        chat = self.chats.get(id or 0)
        if chat is not None and chat.met:
            return chat
        if any(message.sender and message.sender.id == id for message in self.asked):
            reason = "Forbidden: bot can't initiate conversation with a user"
            raise Refusal(403, reason, blame=False)
        raise bad("chat not found", blame=False)

    def query_id(self) -> str:
        """A number for a query."""
        return str(next(self._query_ids))

    def add_message(
        self, chat: Chat, sender: User | None, text: str = "", **fields: object
    ) -> Message:
        """Put a message into *chat* and give it its number."""
        # Private chats and small groups share one sequence; supergroups and channels have their own.
        sequence = chat.id if chat.kind in {"supergroup", "channel"} else 0
        ids = self._message_ids.setdefault(sequence, count(1 + abs(sequence) % 5000))
        free = next(number for number in ids if number not in chat.messages)
        message = Message(chat, free, int(self.now()), sender, text, **fields)  # type: ignore[arg-type]  # fields of Message
        message.versions.append(text)
        chat.messages[message.id] = message
        if sender is self.bot and message.reply_to is not None:
            message.reply_to.replies.append(message)
        self.changed()
        return message

    def deliver(self, message: Message, kind: str = "message") -> None:
        """Give *message* to the bot, if it is one that it gets."""
        if sees(self.bot, message, privacy=self.modes.privacy):
            message.delivered = True
            self.asked[message] = None
            self.push(kind, message.json())

    def push(self, kind: str, content: Json) -> Json:
        """Queue an update for the bot, unless it has asked not to get that kind."""
        if self.everything or self.allowed is None or kind in self.allowed:
            return self.queue({kind: content})
        return {"update_id": next(self._update_ids), kind: content}

    def queue(self, content: Json) -> Json:
        """Queue an update with any *content*, numbered, for the bot."""
        update = {"update_id": next(self._update_ids), **content}
        self.updates.append(update)
        self.changed()
        return update

    def changed(self) -> None:
        """Wake everybody who waits for something to happen."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """What *look* finds as soon as it finds something, or None after *seconds*."""
        deadline = time.monotonic() + seconds
        while (found := look()) is None and (left := deadline - time.monotonic()) > 0:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait([future], timeout=left)
            finally:
                self._waiting.discard(future)
        return found
