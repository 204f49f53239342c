"""Messages, and what Telegram finds in them by itself."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.standin.params import Json
from tests.standin.people import Chat, User
from tests.standin.rules import cut, units

ENTITY = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@\w{5,32})?\b)"
    r"|(?P<mention>(?<!\w)@\w{5,32}\b)|(?P<url>https?://\S+)"
)


@dataclass(slots=True, eq=False)
class Message:
    """A message as its chat shows it. *versions* are its texts, one more with every edit.

    With *media* (such as `{"photo": [...]}`) *text* is its caption. *replies* are the bot's replies
    to it, *delivered* whether the bot was given it, *extra* fields that have no name here. *at* is
    when it came to be (monotonic seconds).
    """

    chat: Chat
    id: int
    date: int
    sender: User | None
    text: str = ""
    entities: Sequence[Json] = ()
    media: Json | None = None
    reply_to: "Message | None" = None
    quote: str | None = None
    thread: int | None = None
    markup: Json | None = None
    preview: Json | None = None
    extra: Json = field(default_factory=dict)
    edited: int | None = None
    inline_id: str | None = None
    deleted: bool = False
    delivered: bool = False
    silent: bool = False
    versions: list[str] = field(default_factory=list)
    replies: "list[Message]" = field(default_factory=list, repr=False)
    at: float = field(default_factory=time.monotonic)

    def json(self, *, replied: bool = True) -> Json:
        """As the Bot API gives it; the message replied to is included one level deep."""
        text, entities = ("caption", "caption_entities") if self.media else ("text", "entities")
        fields: Json = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.json(),
            "from": self.sender.json() if self.sender else None,
            text: self.text or None,
            entities: list(self.entities) or None,
            "reply_markup": self.markup,
            "link_preview_options": self.preview,
            "edit_date": self.edited,
            "message_thread_id": self._thread(),
            "is_topic_message": True if self.thread else None,
            **(self._replied() if replied else {}),
            **(self.media or {}),
            **self.extra,
        }
        return {name: value for name, value in fields.items() if value is not None}

    def _thread(self) -> int | None:
        """The topic; in other supergroups the first message of a chain of replies stands for it."""
        if self.thread or self.chat.kind != "supergroup" or self.reply_to is None:
            return self.thread
        first = self.reply_to
        while first.reply_to is not None:
            first = first.reply_to
        return first.id

    def _replied(self) -> Json:
        # In a topic, what replies to nothing replies to the message that opened the topic.
        opened = self.chat.messages.get(self.thread or 0)
        replied = self.reply_to or (opened if opened is not self else None)
        if replied is None:
            return {}
        fields: Json = {"reply_to_message": replied.json(replied=False)}
        if self.quote is not None:
            start = max(replied.text.find(self.quote), 0)
            position = units(replied.text[:start])
            fields["quote"] = {"text": self.quote, "position": position, "is_manual": True}
        return fields

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

    def button(self, label: str) -> Json:
        """The inline button whose text is *label*, or else the first that has it in its text."""
        buttons = self.buttons()
        chosen = [each for each in buttons if each["text"] == label] or [
            each for each in buttons if label in each["text"]
        ]
        assert chosen, f"no button {label!r} among {[each['text'] for each in buttons]}"
        return chosen[0]


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
