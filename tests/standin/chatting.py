"""What people do in chats: write, forward, edit, take away, press."""

from tests.standin.messages import Message, found_entities
from tests.standin.params import Json
from tests.standin.people import CHANNEL_BOT, GROUP_ANONYMOUS_BOT, Chat, User
from tests.standin.queries import Query
from tests.standin.world import World


class Chatting:
    """People and their chats with the bot. A part of Standin."""

    world: World

    def user(
        self, id: int, name: str, *, language_code: str | None = "en", username: str | None = None
    ) -> User:
        """Somebody, who has not written to the bot yet."""
        return self.world.users.setdefault(id, User(id, name, language_code, username))

    def private(self, user: User) -> Chat:
        """The chat of *user* with the bot; it begins here."""
        return self.world.chats.setdefault(user.id, Chat(user.id, "private", user.first_name))

    def say(
        self,
        user: User,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        quote: str | None = None,
        thread: int | None = None,
        ago: float = 0.0,
    ) -> Message:
        """*user* writes *text*, in private unless a *chat* is given, *ago* seconds ago.

        The message is `delivered` unless privacy mode keeps it from the bot.
        """
        message = self._write(
            chat or self.private(user),
            user,
            text,
            entities=found_entities(text),
            reply_to=reply_to,
            quote=quote,
            thread=thread,
        )
        message.date -= int(ago)
        self.world.deliver(message)
        return message

    def send(
        self, user: User, content: Json, *, chat: Chat | None = None, caption: str = ""
    ) -> Message:
        """*user* sends something other than text, such as `{"sticker": {...}}`."""
        entities = found_entities(caption)
        message = self._write(
            chat or self.private(user), user, caption, media=content, entities=entities
        )
        self.world.deliver(message)
        return message

    def upload(
        self,
        user: User,
        name: str,
        content: bytes,
        *,
        kind: str = "application/octet-stream",
        size: int | None = None,
        caption: str = "",
    ) -> Message:
        """*user* sends a file in private; *size* may claim more bytes than there are."""
        file = self.world.files.add(name, kind, content, size)
        return self.send(user, {"document": file.document()}, caption=caption)

    def forward(self, user: User, text: str, origin: Json, *, chat: Chat | None = None) -> Message:
        """*user* forwards *text*, which was first said by *origin* (see `origins`)."""
        extra = {"forward_origin": origin}
        entities = found_entities(text)
        message = self._write(
            chat or self.private(user), user, text, extra=extra, entities=entities
        )
        self.world.deliver(message)
        return message

    def say_anonymously(
        self, chat: Chat, text: str, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        """An admin of the group *chat* writes in the name of the group."""
        sender = User(GROUP_ANONYMOUS_BOT, "Group", None, "GroupAnonymousBot", is_bot=True)
        return self._say_as(sender, chat, chat, text, reply_to=reply_to, thread=thread)

    def say_as(self, channel: Chat, chat: Chat, text: str) -> Message:
        """Somebody writes into the group *chat* in the name of a *channel*."""
        sender = User(CHANNEL_BOT, "Channel", None, "Channel_Bot", is_bot=True)
        return self._say_as(sender, channel, chat, text)

    def post(self, channel: Chat, text: str) -> Message:
        """A post in a channel: it has no sender."""
        extra = {"sender_chat": channel.json()}
        entities = found_entities(text)
        message = self.world.add_message(channel, None, text, entities=entities, extra=extra)
        self.world.deliver(message, "channel_post")
        return message

    def edit(self, message: Message, text: str) -> None:
        """The sender of *message* changes it to *text*."""
        message.text, message.entities = text, found_entities(text)
        message.edited = int(self.world.now())
        message.versions.append(text)
        kind = "message" if message.sender else "channel_post"
        self.world.deliver(message, f"edited_{kind}")

    def delete(self, *messages: Message) -> None:
        """Somebody takes *messages* away. Telegram doesn't tell bots."""
        for message in messages:
            message.deleted = True
            message.chat.messages.pop(message.id, None)

    def press(self, user: User, message: Message, button: str) -> Query:
        """*user* presses the callback button labelled *button*, or with it in its label."""
        chosen = message.button(button)
        assert "callback_data" in chosen, f"{chosen['text']!r} is no callback button"
        return self.forge(user, message, chosen["callback_data"])

    def forge(self, user: User, message: Message, data: str) -> Query:
        """*user* sends callback *data* that the button needn't have."""
        query = Query(self.world.query_id(), user, message, data, self.world.now())
        self.world.queries[query.id] = query
        where = _pressed(message)
        content = {"id": query.id, "from": user.json(), **where, "data": data}
        self.world.push("callback_query", {**content, "chat_instance": str(message.chat.id)})
        return query

    def _say_as(self, sender: User, name: Chat, chat: Chat, text: str, **fields: object) -> Message:
        extra = {"sender_chat": name.json()}
        entities = found_entities(text)
        message = self._write(chat, sender, text, entities=entities, extra=extra, **fields)
        self.world.deliver(message)
        return message

    def _write(self, chat: Chat, user: User, text: str, **fields: object) -> Message:
        assert not chat.blocked, f"{user.first_name} has blocked the bot; unblock it first"
        assert chat.migrated_to is None, f"{chat.title} is a supergroup by now"
        thread = fields.get("thread")
        assert thread is None or thread in chat.topics, f"{chat.title} has no topic {thread}"
        return self.world.add_message(chat, user, text, **fields)


def _pressed(message: Message) -> Json:
    """The message of a press: by its inline id, or whole, or by its number when it is gone."""
    if message.inline_id:
        return {"inline_message_id": message.inline_id}
    if message.deleted:
        gone = {"chat": message.chat.json(), "message_id": message.id, "date": 0}
        return {"message": gone}
    return {"message": message.json()}


def origins(source: User | Chat | str, *, date: int = 1_700_000_000, message_id: int = 1) -> Json:
    """The origin of a forwarded message: a user, a channel, a group, or a name that hides."""
    if isinstance(source, str):
        return {"type": "hidden_user", "date": date, "sender_user_name": source}
    if isinstance(source, User):
        return {"type": "user", "date": date, "sender_user": source.json()}
    if source.kind == "channel":
        where = {"chat": source.json(), "message_id": message_id}
        return {"type": "channel", "date": date, **where}
    return {"type": "chat", "date": date, "sender_chat": source.json()}
