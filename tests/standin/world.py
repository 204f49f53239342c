"""Who and what there is: users, chats, messages, presses of buttons, and the bot's post."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar

from tests.standin.params import Json, bad
from tests.standin.rules import cut, units

Found = TypeVar("Found")
ENTITY = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w{5,32})?\b)"
    r"|(?P<mention>(?<!\w)@\w{5,32}\b)|(?P<url>https?://\S+)"
)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, or a bot."""

    id: int
    first_name: str
    language_code: str | None = "en"
    username: str | None = None
    is_bot: bool = False

    def json(self) -> Json:
        """As the Bot API gives it."""
        named = {"username": self.username} if self.username else {}
        spoken = {"language_code": self.language_code} if self.language_code else {}
        return {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            **named,
            **spoken,
        }


@dataclass(slots=True)
class Chat:
    """A chat. *kind* is private, group, supergroup or channel; *topics* are a forum's threads."""

    id: int
    kind: str
    title: str
    topics: set[int] = field(default_factory=set)
    blocked: bool = False
    messages: dict[int, "Message"] = field(default_factory=dict, repr=False)

    def json(self) -> Json:
        """As the Bot API gives it."""
        name = "first_name" if self.kind == "private" else "title"
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.kind, name: self.title, **forum}


@dataclass(slots=True)
class Message:
    """A message as its chat shows it. *versions* are its texts, one more with every edit."""

    chat: Chat
    id: int
    date: int
    sender: User | None
    text: str = ""
    entities: Sequence[Json] = ()
    reply_to: "Message | None" = None
    quote: str | None = None
    thread: int | None = None
    markup: Json | None = None
    preview: Json | None = None
    extra: Json = field(default_factory=dict)
    edited: int | None = None
    versions: list[str] = field(default_factory=list)

    def json(self, *, replied: bool = True) -> Json:
        """As the Bot API gives it; the message replied to is included one level deep."""
        fields: Json = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.sender.json() if self.sender else None,
            "text": self.text or None,
            "entities": list(self.entities) or None,
            "reply_markup": self.markup,
            "link_preview_options": self.preview,
            "edit_date": self.edited,
            "message_thread_id": self.thread,
            "is_topic_message": True if self.thread else None,
            "reply_to_message": (
                self.reply_to.json(replied=False) if replied and self.reply_to else None
            ),
            **self.extra,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def marked(self, kind: str) -> list[str]:
        """What the entities of type *kind* cover, in their order."""
        chosen = [entity for entity in self.entities if entity["type"] == kind]
        return [cut(self.text, entity["offset"], entity["length"]) for entity in chosen]

    def links(self) -> dict[str, str]:
        """The text of each text_link -> its address."""
        chosen = [entity for entity in self.entities if entity["type"] == "text_link"]
        return {
            cut(self.text, entity["offset"], entity["length"]): entity["url"] for entity in chosen
        }

    def buttons(self) -> list[Json]:
        """The inline buttons, row after row."""
        return [button for row in (self.markup or {}).get("inline_keyboard", []) for button in row]


@dataclass(slots=True)
class Query:
    """A press of a button. *answer* is what the bot answered, None before it did."""

    id: str
    sender: User
    message: Message
    data: str
    answer: Json | None = None
    old: bool = False


class World:
    """Everything the stand-in knows. Belongs to one event loop."""

    def __init__(self, token: str, bot: User) -> None:
        self.token = token
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.updates: list[Json] = []
        self.allowed: Sequence[str] | None = None
        self.everything = False
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.sent: list[Message] = []
        self.actions: list[tuple[int, str]] = []
        self.violations: list[str] = []
        self.poll: asyncio.Future[None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._update_ids = count(700_000_001)
        self._message_ids: dict[int, count[int]] = {}

    def chat(self, id: int | None) -> Chat:
        """The chat *id*; raises Refusal when the bot never met it."""
        chat = self.chats.get(id or 0)
        if chat is None:
            raise bad("chat not found", blame=False)
        return chat

    def add_message(
        self, chat: Chat, sender: User | None, text: str = "", **fields: object
    ) -> Message:
        """Put a message into *chat* and give it its number."""
        # Private chats and small groups share one sequence; supergroups and channels have their own.
        sequence = chat.id if chat.kind in {"supergroup", "channel"} else 0
        ids = self._message_ids.setdefault(sequence, count(1 + abs(sequence) % 5000))
        message = Message(chat, next(ids), int(time.time()), sender, text, **fields)  # type: ignore[arg-type]  # fields of Message
        message.versions.append(text)
        chat.messages[message.id] = message
        self.changed()
        return message

    def push(self, kind: str, content: Json) -> Json:
        """Queue an update for the bot, unless it has asked not to get that kind."""
        update = {"update_id": next(self._update_ids), kind: content}
        if self.everything or self.allowed is None or kind in self.allowed:
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


def found_entities(text: str) -> list[Json]:
    """The entities that Telegram finds by itself in what people write."""
    return [
        {
            "type": match.lastgroup,
            "offset": units(text[: match.start()]),
            "length": units(match.group()),
        }
        for match in ENTITY.finditer(text)
    ]
