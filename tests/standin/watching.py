"""What the bot did, and waiting for it."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from tests.standin.faults import Fault
from tests.standin.messages import Message
from tests.standin.params import Json
from tests.standin.people import Chat, User
from tests.standin.privacy import SERVICE
from tests.standin.queries import GuestQuery, InlineQuery, Query
from tests.standin.world import World

PATIENCE = 60.0
"""Seconds that a test waits for the bot before it fails."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that came in: when (monotonic seconds), with what, and the status it was given.

    *refused* is what Telegram said against it; *fault* is what it met on its way, if the test wanted
    something to go wrong.
    """

    method: str
    parameters: Json
    at: float
    status: int
    refused: str = ""
    fault: Fault | None = None


class Watching:
    """What a test sees of the bot. A part of Standin."""

    world: World
    calls: list[Call]

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

    def refusals(self) -> list[Call]:
        """The calls that Telegram refused of its own accord."""
        return [call for call in self.calls if call.refused]

    def lost(self) -> list[Message]:
        """What was said to the bot and got no reply."""
        return [message for message in self._questions() if not message.replies]

    def doubled(self) -> list[Message]:
        """What was said to the bot and got more than one reply."""
        return [message for message in self._questions() if len(message.replies) > 1]

    def doubtful(self) -> list[Message]:
        """What was said to the bot and got, or didn't get, a reply that the bot can't know of.

        The connection broke, or Telegram failed, when the reply was sent.
        """
        calls = (call for call in self.calls if call.fault is not None and call.fault.in_doubt)
        places = {_replied(call) for call in calls}
        return [each for each in self._questions() if (each.chat.id, each.id) in places]

    def forget(self) -> None:
        """Drop what is over and done: calls, queries, answered messages and their replies.

        Long runs call this now and then, and count what they need before.
        """
        self.calls.clear()
        self.world.actions.clear()
        for queries in (self.world.queries, self.world.inline_queries, self.world.guest_queries):
            queries.clear()
        self.world.inline_cache.clear()
        over = [message for message in self.world.asked if message.replies]
        for message in over:
            del self.world.asked[message]
            for each in (message, *message.replies):
                each.chat.messages.pop(each.id, None)
        gone = {id(reply) for message in over for reply in message.replies}
        self.world.sent[:] = [each for each in self.world.sent if id(each) not in gone]

    async def wait_for_reply(
        self, message: Message, containing: str = "", *, seconds: float = PATIENCE
    ) -> Message:
        """The bot's first reply to *message* whose text has *containing*, as soon as it has."""

        def look() -> Message | None:
            return next((reply for reply in message.replies if containing in reply.text), None)

        reply = await self.world.until(look, seconds)
        if reply is None:
            seen = [(sent.chat.id, sent.text) for sent in self.world.sent]
            raise AssertionError(f"no reply with {containing!r} to {message.text!r}; sent: {seen}")
        return reply

    async def wait_for_message(
        self, chat: Chat | User, containing: str = "", *, seconds: float = PATIENCE
    ) -> Message:
        """The bot's first message in *chat* whose text has *containing*, replying or not."""

        def look() -> Message | None:
            return next((each for each in self.sent(chat) if containing in each.text), None)

        found = await self.world.until(look, seconds)
        assert found is not None, f"no message with {containing!r}; sent: {self.sent(chat)}"
        return found

    async def wait_for_edit(
        self, message: Message, containing: str = "", *, versions: int = 2
    ) -> Message:
        """The bot's *message* when it has been edited and its text has *containing*.

        *versions* counts its texts, the first included; changes of buttons count, too.
        """

        def look() -> Message | None:
            done = len(message.versions) >= versions and containing in message.text
            return message if done else None

        edited = await self.world.until(look, PATIENCE)
        assert edited is not None, f"not edited to {containing!r}: {message.versions}"
        return edited

    async def wait_until_all_answered(self, seconds: float = PATIENCE) -> None:
        """Return when everything that was said to the bot before has a reply."""
        waiting = deque(self.lost())

        def look() -> bool | None:
            while waiting and waiting[0].replies:
                waiting.popleft()
            return not waiting or None

        assert await self.world.until(look, seconds), (
            f"no reply to {[message.text for message in self.lost()]}"
        )

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

    async def wait_for_results(self, typed: InlineQuery) -> Sequence[Json]:
        """What the bot offers for an inline query."""
        answer = await self.world.until(lambda: typed.answer, PATIENCE)
        assert answer is not None, f"the inline query {typed.query!r} was not answered"
        return typed.results

    async def wait_for_guest(self, query: GuestQuery) -> Message:
        """What the bot posted as a guest."""
        reply = await self.world.until(lambda: query.reply, PATIENCE)
        assert reply is not None, f"no answer as a guest to {query.message.text!r}"
        return reply

    def _questions(self) -> list[Message]:
        """What people said to the bot: no posts, no events, nothing that came from the bot."""
        unsaid = SERVICE | {"via_bot"}
        return [each for each in self.world.asked if each.sender and not unsaid & set(each.extra)]


def _replied(call: Call) -> tuple[int, int]:
    """The chat and the number of the message that a call replies to; zeros for none."""
    reply = call.parameters.get("reply_parameters") or {}
    return int(call.parameters.get("chat_id") or 0), int(reply.get("message_id") or 0)
