"""From an update that arrived to one that is done: handled in its turn, again if need be."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable

from telegram import Update
from telegram.ext import Application

from bot.alarms import Alarms, Notice
from bot.delivery.arrived import Arrived
from bot.delivery.flood import Patience
from bot.delivery.inbox import Inbox
from bot.delivery.inhand import InHand
from bot.delivery.sent import Delivery, Ending, take_in_hand
from bot.delivery.turns import Turns, place_given_up
from bot.delivery.wellformed import check
from bot.handlers import failures
from bot.handlers.busy import Busy
from bot.handlers.replies import toast
from bot.handlers.waiting import acknowledging
from bot.monitoring.handled import Handled
from bot.redaction import shape_of

logger = logging.getLogger(__name__)

TRIES = 3
"""How often handlers may fail on an update before it is set aside."""

SUSPECT = 3
"""How often the program may have ended while an update was handled. From then on it is handled alone."""

_GUILTY = 6
"""How often the program may have ended so. From then on it is not handled any more."""

_BEFORE_NEXT_TRY = 0.5
_LAST_WORDS = 1.0


class Handling:
    """Passes updates to the handlers of *application*, as *turns* says.

    An update is done, and *inbox* is told so, when its handlers have ended and Telegram has taken
    what they sent. One that fails time and again is set aside, and *alarms* tells the admins.
    """

    def __init__(
        self, application: Application, inbox: Inbox, turns: Turns, alarms: Alarms
    ) -> None:
        self._application = application
        self._inbox = inbox
        self._turns = turns
        self._alarms = alarms
        self._busy = Busy()
        self.on_end: Callable[[Handled], object] = lambda _: None
        """Called with each update that is over."""
        self.on_set_aside: Callable[[], object] = lambda: None
        self.in_hand = InHand()

    def take(self, arrived: Iterable[Arrived], *, patient: bool = False) -> None:
        """Begin to handle these, each chat's in their order. Returns at once.

        What is too much is turned away; not if *patient*, when the caller sees to it.
        """
        for each in arrived:
            update = self._read(each)
            if update is None:
                self.in_hand.begin(
                    self._set_aside(each.update_id, "cannot be read"), each.update_id
                )
                continue
            chat = _chat(update)
            if not patient and self.in_hand.is_full(chat):
                self.in_hand.begin(self._turn_away(update), each.update_id)
            else:
                self.in_hand.begin(self._handle(update, chat, each), each.update_id, chat)

    async def finish(self, seconds: float) -> bool:
        """Wait until all is handled, for so many *seconds* at most; then stop what is not.

        What is being sent just then is given a moment more. Return whether all was handled.
        """
        limiter = self._application.bot.rate_limiter
        if not await self.in_hand.ended(seconds) and isinstance(limiter, Patience):
            await limiter.fall_silent(_LAST_WORDS)
        return await self.in_hand.stop()

    def tell_of_trouble(self, reason: str) -> None:
        """Let the admins know that the state cannot be used. Returns at once."""
        self.tell(Notice("state", "alarm-state", {"reason": reason}))

    def tell(self, notice: Notice) -> None:
        """Let the admins know. Returns at once."""
        self.in_hand.begin(self._alarms.tell(notice), None)

    def _read(self, arrived: Arrived) -> Update | None:
        try:
            check(arrived.raw)
            return Update.de_json(dict(arrived.raw), self._application.bot)
        except Exception as error:  # noqa: BLE001 - whatever a malformed update does to the library
            logger.error(  # noqa: TRY400 - where in the library is no matter, what came is
                *("update %s cannot be read: %r: %s", arrived.update_id, error),
                shape_of(arrived.raw),
            )
            return None

    async def _handle(self, update: Update, chat: int | None, arrived: Arrived) -> None:
        began = time.monotonic()
        delivery = Delivery(update.update_id, note=self._inbox.note)
        take_in_hand(delivery)
        async with acknowledging(update.callback_query) as its_turn, self._turns.turn(chat):
            its_turn()
            if self._inbox.shared:
                await self._let_earlier_ones_go_first(update.update_id, chat)
            await self._in_turn(update, delivery, arrived, began)

    async def _let_earlier_ones_go_first(self, number: int, chat: int | None) -> None:
        async with place_given_up():
            earlier = await self._inbox.turn(number, chat)
        for each in earlier:
            update = self._read(each)
            if update is None:
                await self._set_aside(each.update_id, "cannot be read")
            else:
                await asyncio.wait(
                    [self.in_hand.begun(self._alone(update, each), each.update_id, chat)]
                )

    async def _alone(self, update: Update, arrived: Arrived) -> None:
        """Handle an update in a turn that another of its chat has."""
        delivery = Delivery(update.update_id, note=self._inbox.note)
        take_in_hand(delivery)
        await self._in_turn(update, delivery, arrived, time.monotonic())

    async def _in_turn(
        self, update: Update, delivery: Delivery, arrived: Arrived, began: float
    ) -> None:
        if arrived.left_behind and not await self._may_go_on(delivery):
            return
        await self._run(update, delivery)
        if delivery.error is None or not failures.is_for_later(delivery.error):
            self.on_end(Handled.of(update, delivery, time.monotonic() - began))
        await self._end(delivery)

    async def _may_go_on(self, delivery: Delivery) -> bool:
        """Take up where an earlier run left off, unless that has failed too often."""
        number = delivery.update_id
        if await self._inbox.attempt(number, otherwise=1) > _GUILTY:
            await self._set_aside(number, f"the program ended {_GUILTY} times while it was handled")
            return False
        delivery.resume(await self._inbox.sent(number))
        return True

    async def _run(self, update: Update, delivery: Delivery) -> None:
        for left in reversed(range(TRIES)):
            error = await self._tried(update, delivery, last_try=left == 0)
            if error is None or not failures.worth_another_try(error) or _is_over(error):
                break
            if left:
                async with place_given_up():
                    await asyncio.sleep(_BEFORE_NEXT_TRY)
        if update.callback_query is not None:
            await toast(update.callback_query)  # does nothing if a handler has

    async def _tried(
        self, update: Update, delivery: Delivery, *, last_try: bool
    ) -> Exception | None:
        """Run the handlers, again if Telegram was away or wants peace; return what they raised."""
        while True:
            delivery.begin(last_try=last_try)
            await self._application.process_update(update)
            error = delivery.error
            if error is None or (wait := failures.seconds_until_later(error)) is None:
                return error
            async with place_given_up():
                await asyncio.sleep(wait)

    async def _end(self, delivery: Delivery) -> None:
        error = delivery.error
        if error is None or failures.nobody_to_answer(error) or failures.is_uncertain(error):
            await self._inbox.done(delivery.update_id)
        elif not failures.is_for_later(error):
            await self._set_aside(delivery.update_id, repr(error), type(error).__name__)

    async def _turn_away(self, update: Update) -> None:
        delivery = Delivery(update.update_id, note=self._inbox.note)
        take_in_hand(delivery)
        await self._busy.turn_away(update)
        if update.callback_query is None:
            delivery.ending = Ending.BUSY
        self.on_end(Handled.of(update, delivery, 0.0))
        await self._inbox.done(update.update_id)

    async def _set_aside(self, number: int, reason: str, cause: str = "") -> None:
        """*cause* is what reasons have in common that differ in details."""
        self.on_set_aside()
        await self._inbox.set_aside(number, reason)
        # Beside the rest: nobody is to wait until the admins are told.
        values = {"update": str(number), "reason": reason}
        self.tell(Notice(cause or reason, "alarm-set-aside", values))


def _is_over(error: Exception) -> bool:
    return (
        failures.nobody_to_answer(error)
        or failures.is_uncertain(error)
        or failures.is_for_later(error)
    )


def _chat(update: Update) -> int | None:
    """Whom an update is to be in order with: its chat, else its sender; inline queries nobody."""
    if update.inline_query is not None:
        return None
    where = update.effective_chat or update.effective_user
    # Of the kinds that nobody wants, nothing is known to be right.
    return where.id if where is not None and isinstance(where.id, int) else None
