"""Turns: order within a chat, chats at the same time, and nobody waits for a busy chat."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.delivery.turns import Turns, place_given_up


class Work:
    """Work that notes when it begins and ends, and how much of it there was at once."""

    def __init__(self, turns: Turns, seconds: float = 0.01) -> None:
        self.turns = turns
        self.seconds = seconds
        self.events: list[str] = []
        self.now = self.most = 0

    async def do(self, chat: int | None, name: str) -> None:
        """Take a turn of *chat* and work for a while."""
        async with self.turns.turn(chat):
            self.events.append(f"{name} begins")
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(self.seconds)
            self.now -= 1
            self.events.append(f"{name} ends")

    async def do_all(self, *names: str) -> None:
        """Do work by names such as `1.2`, which is for chat 1; a name without a dot is for none."""
        chats = [int(name.partition(".")[0]) if "." in name else None for name in names]
        await asyncio.gather(
            *(self.do(chat, name) for chat, name in zip(chats, names, strict=True))
        )


async def test_in_order_within_a_chat() -> None:
    """The second question of a chat begins when the first is done."""
    work = Work(Turns(8))

    await work.do_all("1.1", "1.2", "1.3")

    assert work.events == [f"1.{n} {what}" for n in (1, 2, 3) for what in ("begins", "ends")]


async def test_chats_at_once() -> None:
    """Different chats are served at the same time, as many as were allowed."""
    work = Work(Turns(3))

    await work.do_all(*(f"{chat}.1" for chat in range(1, 9)))

    assert work.most == 3


async def test_a_busy_chat() -> None:
    """Ten questions of one chat take one place only: another chat need not wait for them."""
    work = Work(Turns(2))

    await work.do_all(*(f"1.{number}" for number in range(10)), "2.99")

    assert work.events.index("2.99 ends") < work.events.index("1.2 begins")


async def test_what_has_no_chat() -> None:
    """What has no chat is in order with nothing."""
    work = Work(Turns(2))

    await work.do_all("one", "other")

    assert work.events[:2] == ["one begins", "other begins"]


async def test_chats_are_forgotten() -> None:
    """Nothing is kept of a chat that waits for nothing."""
    work = Work(Turns(2), seconds=0)

    await work.do_all(*(f"{chat}.1" for chat in range(1, 50)))

    assert len(work.turns._chats) == 0


async def test_waiting_takes_no_place() -> None:
    """Who only waits lets others work meanwhile, keeps the turn of its chat, and then goes on."""
    turns = Turns(1)
    events: list[str] = []
    waited = asyncio.Event()

    async def wait() -> None:
        async with turns.turn(1):
            async with place_given_up():
                await waited.wait()
            events.append("waited")

    async def work(chat: int) -> None:
        async with turns.turn(chat):
            events.append(f"worked in {chat}")

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    same_chat = asyncio.create_task(work(1))
    await work(2)
    assert not same_chat.done()
    waited.set()
    await asyncio.gather(waiting, same_chat)

    assert events == ["worked in 2", "waited", "worked in 1"]


async def test_places_are_given_back() -> None:
    """However a turn ends, in work or in waiting, its place is free again, and only once."""
    turns = Turns(2)

    async def fail() -> None:
        raise RuntimeError

    async def wait() -> None:
        async with place_given_up():
            await asyncio.sleep(60)

    async def take(ending: Callable[[], Coroutine[Any, Any, None]]) -> None:
        async with turns.turn(None):
            await ending()

    tasks = [asyncio.create_task(take(ending)) for ending in (fail, wait, fail, wait)]
    await asyncio.sleep(0.01)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    work = Work(turns)
    await work.do_all(*(f"{chat}.1" for chat in range(1, 9)))

    assert work.most == 2


async def test_a_task_beside_gives_nothing_up() -> None:
    """A task that a handler began has no place of its own, so its waiting frees none."""
    turns = Turns(1)
    began = asyncio.Event()

    async def wait_beside() -> None:
        async with place_given_up():
            began.set()
            await asyncio.sleep(0.01)

    async with turns.turn(1):
        beside = asyncio.create_task(wait_beside())
        await began.wait()
        other = asyncio.create_task(Work(turns, 0).do(2, "2.1"))
        await beside
        assert not other.done()
    await other
