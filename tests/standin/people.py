"""Users and chats."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.standin.params import Json

if TYPE_CHECKING:
    from tests.standin.messages import Message

GROUP_ANONYMOUS_BOT = 1087968824
CHANNEL_BOT = 136817688
"""The sender of what a channel says in a group."""
RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


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
    """A chat. *kind* is private, group, supergroup or channel; *topics* are a forum's threads.

    *bot* is what the bot is in it (member, administrator, left, kicked), *met* whether it ever was
    something, *muted* whether it may not write, *migrated_to* the supergroup that a group became.
    """

    id: int
    kind: str
    title: str
    topics: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    blocked: bool = False
    bot: str = "member"
    met: bool = True
    muted: bool = False
    migrated_to: int | None = None
    admins: set[int] = field(default_factory=set)
    messages: dict[int, "Message"] = field(default_factory=dict, repr=False)

    def json(self) -> Json:
        """As the Bot API gives it."""
        name = "first_name" if self.kind == "private" else "title"
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.kind, name: self.title, **forum}


def member(user: User, status: str) -> Json:
    """A ChatMember."""
    more: Json = {}
    if status == "administrator":
        more = {right: right == "can_manage_chat" for right in RIGHTS}
    if status == "creator":
        more = {"is_anonymous": False}
    if status == "kicked":
        more = {"until_date": 0}
    return {"user": user.json(), "status": status, **more}
