"""Feeds that are fetched again and again; their articles are kept in the corpus folder.

Articles stay known after they have left the feed: those of a feed are gathered in one file, the
newest ones, up to a limit.
"""

import asyncio
import hashlib
import json
import logging
import re
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from bot.alarms import Notice
from bot.outside import Fetched, FetchError, Outside
from bot.threads import beside
from bot.writing import write_whole
from corpus.loading import load
from corpus.models import Article

logger = logging.getLogger(__name__)

FOLDER = "feeds"
"""Below the corpus folder: a file for each feed."""

MOST_ARTICLES = 5_000
"""Articles of one feed that are kept; the oldest make room."""
MOST_FEEDS = 200

_DAY = 86_400.0
_KINDS = re.compile(r"(?:application|text)/(?:[\w.+-]*(?:xml|json)|plain)")


class Seen(BaseModel):
    """What a feed's server said the last time; kept beside the articles, in a hidden file."""

    etag: str = ""
    modified: str = ""
    gone: bool = False


@dataclass
class _Feed:
    url: str
    due: float = 0.0
    failures: int = 0


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
        self._known = {url: self._known.get(url) or _Feed(url) for url in urls}
        due = [feed for feed in self._known.values() if feed.due <= time.monotonic()]
        changed = [await self._ask(feed) for feed in due]
        return any(changed)

    def _listed(self) -> list[str]:
        lines = map(str.strip, self.urls.read_text(encoding="utf-8").splitlines())
        urls = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
        return urls[:MOST_FEEDS]

    async def _ask(self, feed: _Feed) -> bool:
        store = Store(self.corpus, feed.url)
        try:
            seen = await beside(store.seen)
            if seen.gone:
                return False
            fetched = await self.outside.fetch(feed.url, _conditions(seen))
            changed = await self._take(feed, store, fetched)
        except (FetchError, OSError) as error:
            feed.failures += 1
            self._wait(feed)
            self._trouble(feed.url, str(error))
            return False
        return changed

    async def _take(self, feed: _Feed, store: "Store", fetched: Fetched) -> bool:
        if fetched.status == HTTPStatus.GONE:
            await beside(lambda: store.note(Seen(gone=True)))
            self._trouble(feed.url, "is gone for good (410), and is not asked any more")
            return False
        if fetched.status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            feed.failures += 1
            self._wait(feed, _retry_after(fetched))
            self._trouble(feed.url, f"answers {fetched.status}")
            return False
        changed = fetched.status == HTTPStatus.OK and await beside(lambda: store.add(fetched))
        feed.failures = 0
        self._wait(feed, _retry_after(fetched))
        return changed

    def _wait(self, feed: _Feed, at_least: float = 0.0) -> None:
        # A little less, so that the next round does not find it not quite due.
        pause = (
            0.9 * self.every if not feed.failures else self.every * 2.0 ** min(feed.failures, 20)
        )
        feed.due = time.monotonic() + min(max(pause, at_least), max(_DAY, self.every))

    def _trouble(self, what: str, why: str) -> None:
        reason = why if what in why else f"{what}: {why}"
        logger.warning("feed: %s", reason)
        self.tell(Notice(f"feed {what}"[:100], "alarm-feed", {"reason": reason[:500]}))


@dataclass(frozen=True)
class Store:
    """The articles of the feed *url* in the folder *corpus*. All of it blocks and raises OSError."""

    corpus: Path
    url: str

    @property
    def file(self) -> Path:
        """Where the articles are."""
        host = re.sub(r"[^a-z0-9.-]", "-", (urlsplit(self.url).hostname or "feed").lower())[:80]
        mark = hashlib.sha256(self.url.encode()).hexdigest()[:8]
        return self.corpus / FOLDER / f"{host.strip('.-') or 'feed'}-{mark}.jsonl"

    def seen(self) -> Seen:
        """What the server said the last time; nothing if the articles are not there any more."""
        try:
            seen = Seen.model_validate_json(self._note.read_bytes())
        except (FileNotFoundError, ValidationError):
            return Seen()
        return seen if seen.gone or self.file.is_file() else Seen()

    def note(self, seen: Seen) -> None:
        """Keep what the server said."""
        self._note.parent.mkdir(exist_ok=True)
        write_whole(self._note, seen.model_dump_json().encode())

    def add(self, fetched: Fetched) -> bool:
        """Add what came; return whether that changed anything. Raises FetchError if it is no feed."""
        kind = fetched.headers.get("content-type", "text/xml").partition(";")[0].strip().lower()
        if not _KINDS.fullmatch(kind) or "xhtml" in kind:
            raise FetchError(f"{self.url}: is no feed but {kind[:60]}")
        came = _read(fetched.content, ".json" if "json" in kind else ".xml")
        if isinstance(came, str):
            raise FetchError(f"{self.url}: {came}")
        self.file.parent.mkdir(exist_ok=True)
        if self.file.parent.is_symlink():
            raise FetchError(f"{self.file.parent}: leads out of the corpus folder")
        old = self.file.read_bytes() if self.file.exists() else b""
        new = _gathered(old, came)
        if new != old:
            write_whole(self.file, new)
        # Afterwards: what was not written must be asked for again.
        said = fetched.headers
        self.note(Seen(etag=said.get("etag", ""), modified=said.get("last-modified", "")))
        return new != old

    @property
    def _note(self) -> Path:
        return self.file.with_name(f".{self.file.name}.seen")


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


def _read(content: bytes, suffix: str) -> tuple[Article, ...] | str:
    """The articles of a feed, or why there are none."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"feed{suffix}").write_bytes(content)
        read = load(Path(folder))
        return tuple(read.articles) or str(next(iter(read.refused), "holds no article"))


def _gathered(old: bytes, came: tuple[Article, ...]) -> bytes:
    """The file with what *came* added: what is known is replaced in its place, the rest comes last."""
    lines = {json.loads(line)["id"]: line for line in old.decode().split("\n") if line}
    lines |= {article.id: _line(article) for article in reversed(came)}
    return "".join(f"{line}\n" for line in list(lines.values())[-MOST_ARTICLES:]).encode()


def _line(article: Article) -> str:
    at = article.published_at
    fields = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "publisher": article.publisher,
        "published_at": at.isoformat() if at else None,
        "language": article.language,
        "is_summary": article.is_summary or None,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not None})
