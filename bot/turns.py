"""Which update is handled when: a few chats at once, one after another within each."""

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor
from typing_extensions import override

_WAITING = 256
"""Updates that may have been taken from the queue and wait for their turn."""


class Turns(BaseUpdateProcessor):
    """Serves at most *chats* chats at once, and the updates of one chat in the order they came.

    A chat with many questions waits for itself only: its later updates take no place meanwhile.
    """

    def __init__(self, chats: int) -> None:
        super().__init__(max(_WAITING, chats))
        self._places = asyncio.Semaphore(chats)
        # A lock lives as long as an update of its chat waits for it or holds it.
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @override
    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        async with self._turn(update), self._places:
            await coroutine

    def _turn(self, update: object) -> asyncio.Lock:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            return asyncio.Lock()  # nobody to be in order with
        turn = self._chats.get(chat.id)
        if turn is None:
            turn = self._chats[chat.id] = asyncio.Lock()
        return turn

    @override
    async def initialize(self) -> None:
        pass

    @override
    async def shutdown(self) -> None:
        pass
