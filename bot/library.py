"""The articles that are being asked, and the one bridge from the event loop to the search."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from bot.errors import ReloadFailedError, ReloadRunningError
from bot.offers import Offer, Offers
from bot.reports import By, Progress, ReloadReport
from bot.shelves import Shelves
from bot.snapshots import Kept, Snapshot, Snapshots
from bot.state.entries import Action, ReloadOutcome
from bot.threads import beside
from bot.trail import Trail, why
from bot.transaction import Change, Drafting, taken_back
from bot.undecided import Undecided
from retrieval.following import NOTHING, Carried
from retrieval.models import Answer

logger = logging.getLogger(__name__)

_SOMEBODY = By("command")

_T = TypeVar("_T")


class Library:
    """Answers questions from the current snapshot, and replaces it. Lives as long as the bot.

    All coroutines belong to one event loop. What changes the corpus is done one at a time: while it
    is, `reload` and its like raise ReloadRunningError at once. The tasks that they return raise
    ReloadFailedError, and then nothing has changed. A reload that breaks more than *golden_limit*
    golden questions waits to be confirmed. Call `close` at the end.
    """

    offer_lasts = 3600.0
    """Seconds in which a reload that waits for a decision has to be decided on."""

    def __init__(
        self,
        snapshots: Snapshots,
        snapshot: Snapshot,
        *,
        limit: int = 3,
        threads: int = 2,
        golden_limit: int = 0,
    ) -> None:
        self.path = snapshots.corpus
        self.trail = Trail()
        self._snapshots = snapshots
        self._drafting = Drafting(snapshots, limit)
        self._shelves = Shelves(snapshot, threads=threads)
        self._limit = limit
        self._golden_limit = golden_limit
        self._busy = False
        self._offers = Offers(self.offer_lasts, self._expire)
        self._undecided = Undecided(snapshots.corpus)
        self._told: list[Callable[[Snapshot], Awaitable[None]]] = []

    @property
    def snapshot(self) -> Snapshot:
        """What is being asked at the moment."""
        return self._shelves.snapshot

    @property
    def busy(self) -> bool:
        """Whether something changes the corpus at the moment, or is about to."""
        return self._busy

    @property
    def undecided(self) -> bool:
        """Whether a reload waits for somebody to decide on it."""
        return not self._offers.is_empty

    async def ask(
        self,
        question: str,
        *,
        limit: int | None = None,
        now: datetime | None = None,
        carried: Carried = NOTHING,
    ) -> Answer:
        """Answer from the snapshot that is current now, even if it is replaced meanwhile.

        At most *limit* snippets; without one, as many as the library was made with.
        """
        asked_at = now or datetime.now(UTC)
        return await self.read(
            lambda snapshot: snapshot.answer(
                question, limit=limit or self._limit, now=asked_at, carried=carried
            )
        )

    async def read(self, work: Callable[[Snapshot], _T]) -> _T:
        """Return what *work*, done in a thread, makes of the current snapshot."""
        return await self._shelves.read(work)

    def on_change(self, told: Callable[[Snapshot], Awaitable[None]]) -> None:
        """From now on call *told* with each snapshot that takes the place of another.

        The reload is not over before it returns; what it raises is logged and changes nothing.
        """
        self._told.append(told)

    def reload(
        self,
        progress: Progress | None = None,
        *,
        by: By = _SOMEBODY,
        change: Change | None = None,
    ) -> asyncio.Task[ReloadReport]:
        """Begin to load the corpus afresh; questions are answered from the old one until it is done.

        A *change* of the folder is made before, and taken back if nothing comes of the reload. An
        offer that waits is cancelled. The report has an offer if this reload waits to be confirmed.
        """
        return self._begin(partial(self._reload, progress, by, change))

    def check(
        self, progress: Progress | None = None, *, by: By = _SOMEBODY
    ) -> asyncio.Task[ReloadReport]:
        """Begin to find out what a reload would change. Changes nothing."""
        return self._begin(partial(self._check, progress, by))

    def roll_back(self, version: str, *, by: By = _SOMEBODY) -> asyncio.Task[ReloadReport]:
        """Begin to put a version in place that was kept. What breaks is told and is no obstacle."""
        return self._begin(partial(self._roll_back, version, by))

    def confirm(self, offer: str, *, by: By = _SOMEBODY) -> asyncio.Task[ReloadReport]:
        """Begin to put in place what waits. Raises OfferGoneError at once when that is over."""
        return self._begin(partial(self._confirm, self._taken(offer), by))

    def cancel(self, offer: str, *, by: By = _SOMEBODY) -> asyncio.Task[None]:
        """Begin to let go of what waits. Raises OfferGoneError at once when that is over."""
        return self._begin(partial(self._cancel, self._taken(offer), by))

    async def note_declined(self, about: str, by: By) -> None:
        """Write into the trail that what was shown for confirmation is not wanted. Changes nothing."""
        async with self.trail.line(Action.ADD, by, self._version) as line:
            line.outcome, line.detail = ReloadOutcome.CANCELLED, about

    def follow(self, version: str) -> asyncio.Task[ReloadReport]:
        """Begin to do as another instance of the bot did, which has put *version* in place."""
        return self._begin(partial(self._follow, version))

    def offered(self, offer: str) -> ReloadReport | None:
        """Return what waits under this name, which may be forged; None when that is over."""
        return self._offers.report(offer)

    def kept(self) -> asyncio.Task[Sequence[Kept]]:
        """Begin to look which versions can be gone back to, the newest first."""
        return self._begin(partial(beside, self._snapshots.kept))

    def close(self) -> None:
        """Wait for searches to end, not for a reload. Nothing can be asked afterwards."""
        self._undecided.close()
        self._shelves.close()
        self._snapshots.close()

    def _begin(self, work: Callable[[], Awaitable[_T]]) -> asyncio.Task[_T]:
        self._refuse_if_busy()
        self._busy = True
        return asyncio.get_running_loop().create_task(self._alone(work), name="reload")

    def _refuse_if_busy(self) -> None:
        if self._busy:
            raise ReloadRunningError

    def _taken(self, offer: str) -> Offer:
        self._refuse_if_busy()
        return self._offers.take(offer)

    async def _alone(self, work: Callable[[], Awaitable[_T]]) -> _T:
        try:
            return await work()
        except ReloadFailedError:
            raise
        except Exception as error:
            # Whatever went wrong, the old corpus still answers, and the admin is told why.
            logger.exception("still answering from version %s", self.snapshot.corpus.version)
            raise ReloadFailedError(why(error)) from error
        finally:
            self._busy = False

    async def _reload(
        self, progress: Progress | None, by: By, change: Change | None
    ) -> ReloadReport:
        await self._overtake(by)
        action = Action.RELOAD if change is None else change.action
        about = [] if change is None else [change.about]
        async with self.trail.line(action, by, self._version) as line:
            if change is not None:
                await beside(change.make)
            try:
                draft = await beside(partial(self._drafting.read, self.snapshot, progress))
                if len(draft.report.golden.broken) > self._golden_limit:
                    await beside(self._snapshots.decline)
                    await beside(partial(self._undecided.begin, change))
                    report = self._offers.make(draft, change)
                    line.outcome = ReloadOutcome.WAITING
                else:
                    report = draft.report
                    await self._put_in_place(draft.snapshot)
            except Exception:
                await beside(partial(taken_back, change))
                raise
            line.tell_of(report, *about)
        return report

    async def _check(self, progress: Progress | None, by: By) -> ReloadReport:
        async with self.trail.line(Action.CHECK, by, self._version) as line:
            draft = await beside(partial(self._drafting.read, self.snapshot, progress))
            line.outcome = ReloadOutcome.CHECKED
            line.tell_of(draft.report)
        self._shelves.discard(draft.give_up())
        return draft.report

    async def _roll_back(self, version: str, by: By) -> ReloadReport:
        await self._overtake(by)
        async with self.trail.line(Action.ROLLBACK, by, self._version) as line:
            draft = await beside(partial(self._drafting.back, self.snapshot, version))
            await self._put_in_place(draft.snapshot)
            line.tell_of(draft.report)
        return draft.report

    async def _confirm(self, offer: Offer, by: By) -> ReloadReport:
        report = replace(offer.draft.report, offer=None)
        async with self.trail.line(Action.CONFIRM, by, self._version) as line:
            # First: it is decided, whatever happens to the program now.
            await beside(self._undecided.end)
            try:
                await self._put_in_place(offer.draft.snapshot)
            except Exception:
                await beside(partial(taken_back, offer.change))
                raise
            line.tell_of(report)
        return report

    async def _cancel(self, offer: Offer, by: By) -> None:
        async with self.trail.line(Action.CANCEL, by, self._version) as line:
            line.outcome, line.detail = ReloadOutcome.CANCELLED, offer.draft.report.summary
            await beside(partial(taken_back, offer.change))
            await beside(self._undecided.end)
        self._shelves.discard(offer.give_up())

    async def _follow(self, version: str) -> ReloadReport:
        by = By("instance")
        await self._overtake(by)
        async with self.trail.line(Action.FOLLOW, by, self._version) as line:
            kept = {each.version for each in await beside(self._snapshots.kept)}
            if version in kept:
                drafting = partial(self._drafting.back, self.snapshot, version)
            else:
                drafting = partial(self._drafting.read, self.snapshot)
            draft = await beside(drafting)
            await self._put_in_place(draft.snapshot)
            line.tell_of(draft.report)
        return draft.report

    async def _overtake(self, by: By) -> None:
        if (offer := self._offers.take_any()) is not None:
            await self._cancel(offer, by)

    async def _expire(self, name: str) -> None:
        while self._busy:  # noqa: ASYNC110 - for what is busy is in nobody's way
            await asyncio.sleep(1)
        if self.offered(name) is not None:
            await self.cancel(name, by=By("expiry"))

    async def _put_in_place(self, fresh: Snapshot) -> None:
        # On disk first: what cannot be kept must not be asked, for a restart would lose it.
        await beside(partial(self._snapshots.keep, fresh))
        self._shelves.replace(fresh)
        for told in self._told:
            try:
                await told(fresh)
            except Exception:
                logger.exception("not everybody could be told of version %s", fresh.corpus.version)

    @property
    def _version(self) -> str:
        return self.snapshot.corpus.version
