"""Feeds that are fetched again and again; their articles are kept in the corpus folder.

Articles stay known after they have left the feed: those of a feed are gathered in one file, the
newest ones, up to a limit.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

from bot.alarms import Notice
from bot.feedfiles import Seen, Store
from bot.outside import Fetched, FetchError, Outside
from bot.threads import beside

logger = logging.getLogger(__name__)

MOST_FEEDS = 200
"""Feeds that are asked; admins are told of those beyond."""

_DAY = 86_400.0


@dataclass
class _Feed:
    url: str
    due: float = 0.0
    failures: int = 0
    is_new: bool = True
    """Whether it has not been looked at since the program started."""


@dataclass
class Feeds:
    """The feeds that the file *urls* names, one a line, and the corpus folder *corpus*.

    The file is read again each time. *every* is in seconds. Belongs to one event loop.
    """

    urls: Path
    corpus: Path
    tell: Callable[[Notice], object]
    every: float
    outside: Outside = field(default_factory=Outside)
    _known: dict[str, _Feed] = field(default_factory=dict)

    async def fetch(self) -> bool:
        """Ask the feeds that are due; return whether articles came or changed. Never fails."""
        try:
            urls = await beside(self._listed)
        except (OSError, UnicodeDecodeError) as error:
            self._trouble(str(self.urls), str(error))
            return False
        if len(urls) > MOST_FEEDS:
            beyond = f"names {len(urls)} feeds; those after the first {MOST_FEEDS} are not asked"
            self._trouble(str(self.urls), beyond)
        self._known = {url: self._known.get(url) or _Feed(url) for url in urls[:MOST_FEEDS]}
        due = [feed for feed in self._known.values() if feed.due <= time.monotonic()]
        changed = [await self._ask(feed) for feed in due]
        return any(changed)

    def _listed(self) -> list[str]:
        lines = map(str.strip, self.urls.read_text(encoding="utf-8").splitlines())
        return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))

    async def _ask(self, feed: _Feed) -> bool:
        store = Store(self.corpus, feed.url)
        try:
            seen = await beside(store.seen)
            if seen.gone or self._is_left_alone(feed, seen):
                return False
            fetched = await self.outside.fetch(feed.url, _conditions(seen))
            changed = await self._take(feed, store, fetched)
        except (FetchError, OSError) as error:
            await self._failed(feed, store)
            self._trouble(feed.url, str(error))
            return False
        return changed

    async def _take(self, feed: _Feed, store: Store, fetched: Fetched) -> bool:
        if fetched.status == HTTPStatus.GONE:
            await beside(lambda: store.note(Seen(gone=True)))
            self._trouble(feed.url, "is gone for good (410), and is not asked any more")
            return False
        if fetched.status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            await self._failed(feed, store, _retry_after(fetched))
            self._trouble(feed.url, f"answers {fetched.status}")
            return False
        changed = fetched.status == HTTPStatus.OK and await beside(lambda: store.add(fetched))
        if feed.failures:
            feed.failures = 0
            await beside(
                lambda: store.note(store.seen().model_copy(update={"failures": 0, "due": 0.0}))
            )
        self._wait(feed, _retry_after(fetched))
        return changed

    def _is_left_alone(self, feed: _Feed, seen: Seen) -> bool:
        """Whether a feed was to be left alone for longer when the program ended."""
        if not feed.is_new:
            return False
        feed.is_new = False
        feed.failures = seen.failures
        left = min(seen.due - time.time(), self._longest)  # the clock may have been set
        feed.due = time.monotonic() + max(left, 0.0)
        return left > 0

    async def _failed(self, feed: _Feed, store: Store, at_least: float = 0.0) -> None:
        feed.failures += 1
        self._wait(feed, at_least)
        due = time.time() + feed.due - time.monotonic()
        with suppress(OSError):  # what is in the way was told, or will be when something comes
            trouble = {"failures": feed.failures, "due": due}
            await beside(lambda: store.note(store.seen().model_copy(update=trouble)))

    @property
    def _longest(self) -> float:
        """Seconds for which a feed is left alone at most."""
        return max(_DAY, self.every)

    def _wait(self, feed: _Feed, at_least: float = 0.0) -> None:
        # A little less, so that the next round does not find it not quite due.
        pause = (
            0.9 * self.every if not feed.failures else self.every * 2.0 ** min(feed.failures, 20)
        )
        feed.due = time.monotonic() + min(max(pause, at_least), self._longest)

    def _trouble(self, what: str, why: str) -> None:
        reason = why if what in why else f"{what}: {why}"
        logger.warning("feed: %s", reason)
        self.tell(Notice(f"feed {what}"[:100], "alarm-feed", {"reason": reason[:500]}))


@asynccontextmanager
async def feeds_fetched(feeds: Feeds, changed: Callable[[], object]) -> AsyncIterator[None]:
    """Fetch at once and then every so often, and call *changed* if something came."""

    async def fetch() -> None:
        while True:
            try:
                if await feeds.fetch():
                    changed()
            except Exception:
                logger.exception("feeds could not be fetched")
            await asyncio.sleep(feeds.every)

    fetching = asyncio.create_task(fetch(), name="feeds")
    try:
        yield
    finally:
        fetching.cancel()
        await asyncio.gather(fetching, return_exceptions=True)


def _conditions(seen: Seen) -> dict[str, str]:
    wanted = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    agent = {"User-Agent": "on-the-record (feed reader)"}
    return agent | {name: value for name, value in wanted.items() if value}


def _retry_after(fetched: Fetched) -> float:
    """Seconds that the server wants to be left alone."""
    said = fetched.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said[:9])
    try:
        return max((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return 0.0
