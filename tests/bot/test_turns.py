"""Which update is handled when: in order within a chat, a few chats at once, nobody held up."""

import asyncio
from collections.abc import Awaitable

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType

from bot.turns import Turns
from tests.bot.answers import MOMENT


def update(chat: int, number: int) -> Update:
    """The update *number*, from *chat*."""
    sender = User(chat, "Ann", is_bot=False)
    return Update(number, Message(number, MOMENT, Chat(chat, ChatType.PRIVATE), from_user=sender))


async def handle(turns: Turns, *updates: object, seconds: float = 0.01) -> tuple[list[str], int]:
    """Handle *updates* all at once; return what began and ended, and the most at the same time."""
    events: list[str] = []
    at_once: list[int] = [0, 0]

    async def work(name: str) -> None:
        events.append(f"{name} begins")
        at_once[0] += 1
        at_once[1] = max(at_once)
        await asyncio.sleep(seconds)
        at_once[0] -= 1
        events.append(f"{name} ends")

    def begin(number: int, one: object) -> Awaitable[None]:
        name = f"{one.effective_chat.id}.{number}" if isinstance(one, Update) else "other"  # type: ignore[union-attr]  # they all have a chat
        return turns.process_update(one, work(name))

    async with turns:
        await asyncio.gather(*(begin(number, one) for number, one in enumerate(updates)))
    return events, at_once[1]


async def test_in_order_within_a_chat() -> None:
    """The second question of a chat begins when the first is done."""
    events, most = await handle(Turns(8), update(1, 1), update(1, 2), update(1, 3))

    assert events == [f"1.{n} {what}" for n in range(3) for what in ("begins", "ends")]
    assert most == 1


async def test_chats_at_once() -> None:
    """Different chats are served at the same time, as many as were allowed."""
    _, most = await handle(Turns(3), *(update(chat, chat) for chat in range(1, 9)))

    assert most == 3


async def test_a_busy_chat() -> None:
    """Ten questions of one chat take one place only: another chat need not wait for them."""
    busy = [update(1, number) for number in range(10)]

    events, _ = await handle(Turns(2), *busy, update(2, 99))

    assert events.index("2.10 ends") < events.index("1.2 begins")


async def test_what_has_no_chat() -> None:
    """An update without a chat is handled as well."""
    events, _ = await handle(Turns(1), object(), object())

    assert events == ["other begins", "other ends"] * 2


async def test_chats_are_forgotten() -> None:
    """Nothing is kept of a chat that waits for nothing."""
    turns = Turns(2)

    await handle(turns, *(update(chat, chat) for chat in range(1, 50)), seconds=0)

    assert len(turns._chats) == 0
