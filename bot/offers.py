"""The one draft of a corpus that waits for somebody to decide on it."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import OfferGoneError
from bot.reports import ReloadReport
from bot.transaction import Change, Draft


@dataclass
class Offer:
    """A draft that waits, and the change of the folder that it follows, if any."""

    draft: Draft
    change: Change | None

    @property
    def name(self) -> str:
        """By which it is decided on."""
        return self.draft.report.offer or ""

    def give_up(self) -> list[object]:
        """Return what holds nothing but the snapshot, which this then has no more."""
        return self.draft.give_up()


class Offers:
    """Holds one offer at most, for so many seconds; then it does what *expired* says.

    Belongs to one event loop.
    """

    def __init__(self, lasts: float, expired: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        self._lasts = lasts
        self._expired = expired
        self._waiting: Offer | None = None
        self._expiry: asyncio.Task[None] | None = None

    def make(self, draft: Draft, change: Change | None) -> ReloadReport:
        """Let *draft* wait; return its report, which says by which name. There must be no other."""
        draft.report = replace(draft.report, offer=secrets.token_urlsafe(8))
        self._waiting = Offer(draft, change)
        self._expiry = asyncio.get_running_loop().create_task(self._expire(self._waiting.name))
        return draft.report

    def report(self, name: str) -> ReloadReport | None:
        """Return what waits under *name*, which may be forged; None when that is over."""
        waiting = self._waiting
        return None if waiting is None or waiting.name != name else waiting.draft.report

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return self._waiting is None

    def take(self, name: str) -> Offer:
        """Return the offer, which then waits no more. Raises OfferGoneError without it."""
        if self._waiting is None or self._waiting.name != name:
            raise OfferGoneError
        return self._emptied(self._waiting)

    def take_any(self) -> Offer | None:
        """Return the offer that waits, if one does; then it waits no more."""
        return None if self._waiting is None else self._emptied(self._waiting)

    def _emptied(self, offer: Offer) -> Offer:
        self._waiting = None
        if self._expiry is not None and self._expiry is not asyncio.current_task():
            self._expiry.cancel()
        self._expiry = None
        return offer

    async def _expire(self, name: str) -> None:
        await asyncio.sleep(self._lasts)
        await self._expired(name)
