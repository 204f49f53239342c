"""What people do where the bot is not: inline queries, guest queries, links to it."""

from urllib.parse import parse_qs, urlsplit

from tests.standin.chatting import Chatting
from tests.standin.messages import Message, found_entities
from tests.standin.methods.answering import posted, put_inline
from tests.standin.people import Chat, User
from tests.standin.queries import GuestQuery, InlineQuery
from tests.standin.results import START_PARAMETER


class Elsewhere(Chatting):
    """Inline mode, guest mode and deep links. A part of Standin."""

    def type_inline(
        self, user: User, query: str, *, offset: str = "", chat_type: str = "private"
    ) -> InlineQuery:
        """*user* types the bot's name and *query* in some chat (sender: the one with the bot).

        Answered by Telegram itself if it has an answer to the same query that is still fresh.
        """
        assert self.world.modes.inline, "inline mode is off"
        query = query[:256]
        typed = InlineQuery(self.world.query_id(), user, query, self.world.now(), offset, chat_type)
        for whose in (user.id, None):
            kept_until, answer = self.world.inline_cache.get((query, offset, whose), (0.0, {}))
            if kept_until > self.world.now():
                typed.answer, typed.cached = answer, True
                return typed
        self.world.inline_queries[typed.id] = typed
        content = {"id": typed.id, "from": user.json(), "query": query, "offset": offset}
        self.world.push("inline_query", {**content, "chat_type": chat_type})
        return typed

    def scroll(self, typed: InlineQuery) -> InlineQuery:
        """The user scrolls to the end of the results: the next page is asked for."""
        assert typed.next_offset, "there is no further page"
        return self.type_inline(
            typed.sender, typed.query, offset=typed.next_offset, chat_type=typed.chat_type
        )

    def choose(self, typed: InlineQuery, number: int, chat: Chat | None = None) -> Message:
        """The user posts the result *number* into *chat*, or into one that the bot doesn't know."""
        result = typed.results[number]
        chat = chat or Chat(9_000_000_001, "private", "Somebody else")
        extra = {"via_bot": self.world.bot.json()}
        content = posted(self.world, result)
        message = put_inline(self.world, chat, typed.sender, extra=extra, **content)
        if chat.id in self.world.chats:
            self.world.deliver(message)
        if self.world.modes.inline_feedback:
            known = {"inline_message_id": message.inline_id} if message.markup else {}
            chosen = {"result_id": result["id"], "from": typed.sender.json()}
            query = {"query": typed.query, **known}
            self.world.push("chosen_inline_result", {**chosen, **query})
        return message

    def share(self, user: User, message: Message, button: str) -> InlineQuery:
        """*user* presses a button that starts an inline query in another chat, or in this one."""
        chosen = message.button(button)
        elsewhere = chosen.get("switch_inline_query_chosen_chat", {}).get("query")
        here = chosen.get("switch_inline_query_current_chat")
        query = next(
            (
                each
                for each in (chosen.get("switch_inline_query"), here, elsewhere)
                if each is not None
            ),
            None,
        )
        assert query is not None, f"{chosen['text']!r} starts no inline query"
        return self.type_inline(
            user, query, chat_type="private" if here is None else message.chat.kind
        )

    def summon(
        self,
        user: User,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
    ) -> GuestQuery:
        """*user* mentions the bot in *text*, in a *chat* where it is not a member.

        Unless given, *chat* is one with a third person; its number is that of *user*'s own chat
        with the bot, as Telegram's numbers can be.
        """
        assert self.world.modes.guest, "guest mode is off"
        assert f"@{self.world.bot.username}" in text, "nobody summons the bot without its name"
        chat = chat or (reply_to.chat if reply_to else Chat(user.id, "private", "Somebody else"))
        entities = found_entities(text)
        message = self.world.add_message(chat, user, text, entities=entities, reply_to=reply_to)
        query = GuestQuery(self.world.query_id(), message, self.world.now())
        self.world.guest_queries[query.id] = query
        message.delivered = True
        self.world.asked[message] = None
        self.world.push("guest_message", {**message.json(), "guest_query_id": query.id})
        return query

    def elsewhere(self, id: int, title: str, kind: str = "supergroup") -> Chat:
        """A chat that the bot knows nothing of."""
        return Chat(id, kind, title, bot="left", met=False)

    def open_link(self, user: User, link: str) -> Message:
        """*user* follows a link `https://t.me/<bot>?start=...` and presses Start."""
        parts = urlsplit(link)
        assert parts.netloc == "t.me", f"{link} leads elsewhere"
        assert parts.path == f"/{self.world.bot.username}", f"{link} leads to somebody else"
        (payload,) = parse_qs(parts.query)["start"]
        return self.press_start(user, payload)

    def press_start(self, user: User, payload: str = "") -> Message:
        """*user* presses Start, with the *payload* of a link or of a button above results."""
        assert not payload or START_PARAMETER.fullmatch(payload), f"no start parameter: {payload!r}"
        return self.say(user, f"/start {payload}".strip())
