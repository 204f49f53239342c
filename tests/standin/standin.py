"""What a test holds in its hands: people who write to the bot, and what the bot did."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Self

from tests.standin.faults import Fault, reply_with, spoilt
from tests.standin.methods import METHODS
from tests.standin.params import Json, Params, Refusal
from tests.standin.rules import GROUP_ANONYMOUS_BOT
from tests.standin.wire import Reply, Request, Wire
from tests.standin.world import Chat, Message, Query, User, World, found_entities

PATIENCE = 10.0
"""Seconds that a test waits for the bot before it fails."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came in: when (monotonic seconds), with what, and the status it was given."""

    method: str
    parameters: Json
    at: float
    status: int


class Standin:
    """A Bot API server on 127.0.0.1 for one bot. Use it by `async with`, or start and stop it."""

    def __init__(self) -> None:
        bot = User(123456789, "On the Record", None, "on_the_record_bot", is_bot=True)
        self.world = World(f"{bot.id}:AAStandInTokenStandInTokenStandIn000", bot)
        self.calls: list[Call] = []
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._query_ids = count(4_000_000_001)
        self._wire = Wire(self._answer)
        self.start = self._wire.start
        self.stop = self._wire.stop

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def url(self) -> str:
        """The address to give as the Bot API server, without a slash at its end."""
        return f"http://127.0.0.1:{self._wire.port}"

    # People and chats

    def user(self, id: int, name: str, *, language_code: str = "en") -> User:
        """Somebody, who has not written to the bot yet."""
        return self.world.users.setdefault(id, User(id, name, language_code))

    def private(self, user: User) -> Chat:
        """The chat of *user* with the bot; it begins here."""
        return self.world.chats.setdefault(user.id, Chat(user.id, "private", user.first_name))

    def group(
        self, id: int, title: str, *, kind: str = "supergroup", topics: Sequence[int] = ()
    ) -> Chat:
        """A group or a channel that the bot is in. *id* is negative."""
        return self.world.chats.setdefault(id, Chat(id, kind, title, set(topics)))

    # What people do

    def say(
        self,
        user: User,
        text: str,
        *,
        chat: Chat | None = None,
        reply_to: Message | None = None,
        thread: int | None = None,
    ) -> Message:
        """*user* writes *text*, in private unless a *chat* is given."""
        fields = {"entities": found_entities(text), "reply_to": reply_to, "thread": thread}
        message = self.world.add_message(chat or self.private(user), user, text, **fields)
        self.world.push("message", message.json())
        return message

    def send(self, user: User, content: Json, *, chat: Chat | None = None) -> Message:
        """*user* sends something other than text, such as `{"sticker": {...}}`."""
        message = self.world.add_message(chat or self.private(user), user, extra=content)
        self.world.push("message", message.json())
        return message

    def say_anonymously(self, chat: Chat, text: str) -> Message:
        """An admin of the group *chat* writes in the name of the group."""
        sender = User(GROUP_ANONYMOUS_BOT, "Group", None, "GroupAnonymousBot", is_bot=True)
        extra = {"sender_chat": chat.json()}
        entities = found_entities(text)
        message = self.world.add_message(chat, sender, text, entities=entities, extra=extra)
        self.world.push("message", message.json())
        return message

    def post(self, channel: Chat, text: str) -> Message:
        """A post in a channel: it has no sender."""
        extra = {"sender_chat": channel.json()}
        entities = found_entities(text)
        message = self.world.add_message(channel, None, text, entities=entities, extra=extra)
        self.world.push("channel_post", message.json())
        return message

    def edit(self, message: Message, text: str) -> None:
        """The sender of *message* changes it to *text*."""
        message.text, message.entities = text, found_entities(text)
        message.edited = int(time.time())
        message.versions.append(text)
        kind = "message" if message.sender else "channel_post"
        self.world.push(f"edited_{kind}", message.json())

    def press(self, user: User, message: Message, button: str) -> Query:
        """*user* presses the callback button labelled *button*."""
        data = {each["text"]: each["callback_data"] for each in message.buttons()}
        return self.forge(user, message, data[button])

    def forge(self, user: User, message: Message, data: str) -> Query:
        """*user* sends callback *data* that the button needn't have."""
        query = Query(str(next(self._query_ids)), user, message, data)
        self.world.queries[query.id] = query
        content = {"id": query.id, "from": user.json(), "message": message.json(), "data": data}
        self.world.push("callback_query", {**content, "chat_instance": "1"})
        return query

    # What the bot did

    @property
    def violations(self) -> list[str]:
        """What no test may end with: see the package. Presses that got no answer are among it."""
        return self.world.violations + [
            f"the press {query.data!r} was never answered"
            for query in self.world.queries.values()
            if query.answer is None and not query.old
        ]

    def take_violations(self) -> list[str]:
        """The violations so far, which are forgiven by this."""
        taken = self.violations
        self.world.violations.clear()
        return taken

    def sent(self, chat: Chat | User) -> list[Message]:
        """The bot's messages in *chat*, oldest first, as they look now."""
        return [message for message in self.world.sent if message.chat.id == chat.id]

    async def wait_for_reply(
        self, message: Message, containing: str = "", *, seconds: float = PATIENCE
    ) -> Message:
        """The bot's first reply to *message* whose text has *containing*, as soon as it has."""

        def look() -> Message | None:
            replies = (sent for sent in self.world.sent if sent.reply_to is message)
            return next((reply for reply in replies if containing in reply.text), None)

        reply = await self.world.until(look, seconds)
        if reply is None:
            seen = [(sent.chat.id, sent.text) for sent in self.world.sent]
            raise AssertionError(f"no reply with {containing!r} to {message.text!r}; sent: {seen}")
        return reply

    async def wait_for_call(self, method: str, times: int = 1) -> list[Call]:
        """The calls of *method* so far, as soon as there are as many as *times*."""

        def look() -> list[Call] | None:
            calls = [call for call in self.calls if call.method == method]
            return calls if len(calls) >= times else None

        calls = await self.world.until(look, PATIENCE)
        assert calls is not None, f"{method} was not called {times} times"
        return calls

    async def wait_for_poll(self) -> None:
        """Return when the bot waits for updates."""
        poll = await self.world.until(lambda: self.world.poll, PATIENCE)
        assert poll is not None, "the bot doesn't poll"

    async def wait_until_read(self) -> None:
        """Return when the bot has fetched and confirmed every update."""
        done = await self.world.until(lambda: not self.world.updates or None, PATIENCE)
        assert done, "the bot doesn't fetch its updates"

    async def wait_for_answer(self, query: Query) -> Json:
        """What the bot answered to a press."""
        answer = await self.world.until(lambda: query.answer, PATIENCE)
        assert answer is not None, f"the press {query.data!r} was not answered"
        return answer

    # What goes wrong

    def fail_next(self, method: str, *faults: Fault) -> None:
        """The next calls of *method* meet these faults, one each."""
        self._faults[method].extend(faults)

    def deliver_everything(self) -> None:
        """Deliver all kinds of updates, as Telegram does with those from before they were chosen."""
        self.world.everything = True

    # The server

    async def _answer(self, request: Request) -> Reply:
        head, _, method = request.path.removeprefix("/bot").partition("/")
        if head != self.token or not request.path.startswith("/bot"):
            return reply_with(Refusal(401, "Unauthorized"))
        params = Params(request.parameters)
        faults = self._faults[method]
        fault = faults.popleft() if faults else Fault(executed=True)
        reply = await self._execute(method, params) if fault.executed else reply_with(None)
        reply = spoilt(fault, reply)
        self.calls.append(Call(method, params.raw(), time.monotonic(), reply.status))
        self.world.changed()
        await asyncio.sleep(fault.seconds)
        return reply

    async def _execute(self, method: str, params: Params) -> Reply:
        if method not in METHODS:
            return reply_with(Refusal(404, "Not Found"))
        try:
            result = await METHODS[method](self.world, params)
        except Refusal as refusal:
            if refusal.blame:
                self.world.violations.append(f"{method} was refused: {refusal.description}")
            return reply_with(refusal)
        if params.unread:
            self.world.violations.append(f"{method}: {sorted(params.unread)} are not known here")
        return reply_with(result)
