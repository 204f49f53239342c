"""Groups: who is in them, what becomes of them, and their topics."""

from collections.abc import Sequence

from tests.standin.messages import Message
from tests.standin.params import Json
from tests.standin.people import Chat, User, member
from tests.standin.world import World

ICON = 7322096


class Membership:
    """What happens to chats, other than talk. A part of Standin."""

    world: World

    def group(
        self,
        id: int,
        title: str,
        *,
        kind: str = "supergroup",
        topics: Sequence[int] = (),
        joined: bool = True,
        admins: Sequence[User] = (),
    ) -> Chat:
        """A group or a channel that the bot is in, if *joined*. *id* is negative.

        *topics* are the numbers of a forum's threads.
        """
        if id in self.world.chats:
            return self.world.chats[id]
        chat = Chat(id, kind, title, bot="member" if joined else "left", met=joined)
        chat.admins.update(user.id for user in admins)
        self.world.chats[id] = chat
        for topic in topics:
            self._open(chat, self.world.bot, f"Topic {topic}", id=topic)
        return chat

    def topic(self, user: User, chat: Chat, name: str) -> int:
        """*user* opens a topic in a supergroup; its number."""
        opened = self._open(chat, user, name)
        self.world.deliver(opened)
        return opened.id

    def close_topic(self, chat: Chat, thread: int) -> None:
        """Nobody but admins may write into the topic *thread* from now on."""
        chat.closed.add(thread)

    def drop_topic(self, chat: Chat, thread: int) -> None:
        """The topic *thread* goes, with all that was said there."""
        chat.topics.discard(thread)
        for message in [each for each in chat.messages.values() if each.thread == thread]:
            message.deleted = True
            del chat.messages[message.id]

    def invite(self, user: User, chat: Chat) -> None:
        """*user* adds the bot to the group *chat*."""
        self._become(user, chat, "member")
        self._service(chat, user, {"new_chat_members": [self.world.bot.json()]})

    def expel(self, user: User, chat: Chat) -> None:
        """*user* throws the bot out of the group *chat*."""
        self._service(chat, user, {"left_chat_member": self.world.bot.json()})
        self._become(user, chat, "kicked")

    def promote(self, user: User, chat: Chat, status: str = "administrator") -> None:
        """*user* makes the bot an admin of *chat*, or what *status* says."""
        self._become(user, chat, status)

    def block(self, user: User) -> None:
        """*user* blocks the bot."""
        chat = self.world.chats[user.id]
        chat.blocked = True
        self._member_update(user, chat, "member", "kicked")

    def unblock(self, user: User) -> None:
        """*user* takes the bot back."""
        chat = self.world.chats[user.id]
        chat.blocked = False
        self._member_update(user, chat, "kicked", "member")

    def migrate(self, group: Chat, id: int, user: User | None = None) -> Chat:
        """The *group* becomes the supergroup *id*. Whoever uses its old number is told the new."""
        assert group.kind == "group", f"{group.title} is a {group.kind} already"
        owner = user or self.world.bot
        new = self.group(id, group.title)
        new.admins |= group.admins
        self._member_update(owner, new, "left", group.bot)
        self._service(group, owner, {"migrate_to_chat_id": id})
        self._service(new, owner, {"migrate_from_chat_id": group.id})
        group.migrated_to, new.bot = id, group.bot
        return new

    def _open(self, chat: Chat, user: User, name: str, *, id: int | None = None) -> Message:
        assert chat.kind == "supergroup", f"a {chat.kind} has no topics"
        extra = {"forum_topic_created": {"name": name, "icon_color": ICON}}
        opened = self.world.add_message(chat, user, extra=extra)
        if id is not None:
            chat.messages[id] = chat.messages.pop(opened.id)
            opened.id = id
        opened.thread = opened.id
        chat.topics.add(opened.id)
        return opened

    def _become(self, user: User, chat: Chat, status: str) -> None:
        before, chat.bot, chat.met = chat.bot, status, True
        self._member_update(user, chat, before, status)

    def _member_update(self, user: User, chat: Chat, before: str, after: str) -> None:
        content: Json = {
            "chat": chat.json(),
            "from": user.json(),
            "date": int(self.world.now()),
            "old_chat_member": member(self.world.bot, before),
            "new_chat_member": member(self.world.bot, after),
        }
        self.world.push("my_chat_member", content)

    def _service(self, chat: Chat, user: User, extra: Json) -> Message:
        message = self.world.add_message(chat, user, extra=extra)
        self.world.deliver(message)
        return message
