"""What starts a reload besides the command: a schedule, a changed folder, a signal, a feed."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.alarms import Notice
from bot.errors import OfferGoneError, ReloadFailedError, ReloadRunningError
from bot.library import Library
from bot.reports import By, ReloadReport
from bot.state.entries import Reload, ReloadOutcome

logger = logging.getLogger(__name__)

SHOWN = 5
"""Broken golden questions that a notice names."""

_LOOK_AGAIN = 1.0
"""Seconds between two looks whether something else is still under way."""


class Wishes:
    """Wishes for a reload. However many come before one begins, they are one. Of one event loop."""

    def __init__(self) -> None:
        self._cause: str | None = None
        self._made = asyncio.Event()

    def ask(self, cause: str) -> None:
        """Wish for a reload; *cause* is as in `By`. Returns at once."""
        logger.info("a reload is wished for: %s", cause)
        self._cause = self._cause or cause
        self._made.set()

    async def next(self) -> str:
        """Wait for a wish, take all there are, and return the cause of the first."""
        await self._made.wait()
        self._made.clear()
        cause, self._cause = self._cause or "other", None
        return cause


@contextmanager
def signals_heard(wishes: Wishes) -> Iterator[None]:
    """During the block SIGHUP is a wish and ends nothing, where the system has it."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGHUP, wishes.ask, "signal")
    except (AttributeError, NotImplementedError, RuntimeError, ValueError):
        yield  # no POSIX, or not in the main thread
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)


@asynccontextmanager
async def wishes_granted(
    wishes: Wishes, library: Library, tell: Callable[[Notice], object], *, every: float = 0.0
) -> AsyncIterator[None]:
    """Until the end of the block reload *library* as is wished, and *every* so many seconds.

    0 is never. One reload at a time; what an admin is deciding on is waited for. What breaks more
    golden questions than may is let go of, and *tell* passes that on to the admins. That a reload
    failed they hear from whoever looks after the audit trail.
    """
    tasks = [asyncio.create_task(_grant(wishes, library, tell), name="wishes")]
    if every:
        tasks.append(asyncio.create_task(_remind(wishes, every), name="schedule"))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def if_it_tells_something(
    record: Callable[[Reload], Awaitable[None]],
) -> Callable[[Reload], Awaitable[None]]:
    """Return a *record* that leaves out what nobody asked for and changed nothing.

    Every few minutes a line of that kind would bury the others.
    """

    async def recorded(line: Reload) -> None:
        same = line.outcome is ReloadOutcome.LOADED and line.old_version == line.new_version
        if not (same and line.by is None and line.cause != "command"):
            await record(line)

    return recorded


async def _remind(wishes: Wishes, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        wishes.ask("schedule")


async def _grant(wishes: Wishes, library: Library, tell: Callable[[Notice], object]) -> None:
    while True:
        by = By(await wishes.next())
        try:
            await _reload(library, by, tell)
        except ReloadFailedError as error:
            logger.warning("a reload (%s) failed: %s", by.cause, error)
        except Exception:
            # The next wish must be heard, whatever happens.
            logger.exception("a reload (%s) failed", by.cause)


async def _reload(library: Library, by: By, tell: Callable[[Notice], object]) -> None:
    report = await _begun(library, by)
    if report.offer is None:
        _log(report, by)
        return
    logger.warning("a reload (%s) would break golden questions: %s", by.cause, report.summary)
    tell(_broken(report))
    try:
        # Nobody has a button to decide it by, and it must not stand in the way of who has.
        await library.cancel(report.offer, by=by)
    except (OfferGoneError, ReloadRunningError):
        logger.info("somebody is at it already")


async def _begun(library: Library, by: By) -> ReloadReport:
    while True:
        while library.busy or library.undecided:  # noqa: ASYNC110 - what is under way is in nobody's way
            await asyncio.sleep(_LOOK_AGAIN)
        try:
            running = library.reload(by=by)
        except ReloadRunningError:
            continue
        return await running


def _log(report: ReloadReport, by: By) -> None:
    if report.old_version != report.new_version:
        logger.info("reloaded (%s): %s", by.cause, report.summary)


def _broken(report: ReloadReport) -> Notice:
    broken = report.golden.broken
    names = "; ".join(f"{each.id}: {each.question[:100]}" for each in broken[:SHOWN])
    more = " …" if len(broken) > SHOWN else ""
    return Notice("golden", "alarm-golden", {"count": len(broken), "questions": f"{names}{more}"})
