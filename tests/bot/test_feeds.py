"""Feeds over HTTP: what comes is kept, asked for sparingly, and trouble is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.feedfiles import MOST_ARTICLES, Store
from bot.feeds import MOST_FEEDS, Feeds
from bot.outside import Fetched
from corpus.loading import load
from tests.bot.test_outside import local, server, told

KIND = "Content-Type: application/rss+xml"


def rss(*items: str) -> bytes:
    """A feed of these items."""
    each = "".join(
        f"<item><guid>{i}</guid><title>{i}</title><description>The {i} opened on Monday.</description>"
        f"<pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate></item>"
        for i in items
    )
    return f'<rss version="2.0"><channel><title>Paper</title>{each}</channel></rss>'.encode()


def shown_files(corpus: Path) -> list[str]:
    """The files of the corpus that are not hidden."""
    return [path.name for path in corpus.rglob("*.*") if not path.name.startswith(".")]


@pytest.fixture(name="feeds")
def _feeds(tmp_path: Path) -> Callable[[int], tuple[Feeds, list[Any]]]:
    """Feeds of one address, and what admins are told."""
    (tmp_path / "corpus").mkdir(exist_ok=True)

    def made(port: int) -> tuple[Feeds, list[Any]]:
        urls, said = tmp_path / "feeds.txt", list[Any]()
        urls.write_text(f"# ours\nhttp://127.0.0.1:{port}/feed\n")
        return Feeds(urls, tmp_path / "corpus", said.append, 0.0, local(port)), said

    return made


Made = Callable[[int], tuple[Feeds, list[Any]]]


async def test_fetching_into_the_corpus(feeds: Made, tmp_path: Path) -> None:
    """What a feed brings is read with the corpus; the same once more is no change."""
    async with server(told("200 OK", KIND, body=rss("a", "b"))) as (port, _):
        each, said = feeds(port)
        assert await each.fetch()
        assert not await each.fetch()

    read = load(tmp_path / "corpus")
    assert (read.refused, said) == ((), [])
    assert {article.title for article in read.articles} == {"a", "b"}
    assert all(article.is_summary for article in read.articles)


def test_items_that_leave_a_feed_stay(tmp_path: Path) -> None:
    """What a feed had once stays in its file."""
    store = Store(tmp_path, "https://example.org/feed")
    for items in (("a", "b"), ("b", "c")):
        assert store.add(Fetched(200, {}, rss(*items)))

    read = load(tmp_path)
    assert read.refused == ()
    assert {article.title for article in read.articles} == {"a", "b", "c"}


async def test_conditions(feeds: Made) -> None:
    """The second time the server is told what is known already."""
    answer = told(
        "200 OK", KIND, 'ETag: "v1"', "Last-Modified: Mon, 04 Mar 2024 08:00:00 GMT", body=rss("a")
    )
    async with server(answer) as (port, heard):
        each, _ = feeds(port)
        await each.fetch()
        await each.fetch()

    assert b"If-None-Match" not in heard[0]
    assert b'If-None-Match: "v1"' in heard[1]
    assert b"If-Modified-Since: Mon, 04 Mar 2024" in heard[1]


async def test_gone(feeds: Made) -> None:
    """A feed that is gone for good is told once and not asked any more."""
    async with server(told("410 Gone")) as (port, heard):
        each, said = feeds(port)
        assert not await each.fetch()
        assert not await each.fetch()

    assert len(heard) == len(said) == 1
    assert "410" in said[0].values["reason"]


async def test_left_alone_for_as_long_as_it_wants(feeds: Made) -> None:
    """Retry-After is honoured."""
    async with server(told("503 Service Unavailable", "Retry-After: 600")) as (port, heard):
        each, _ = feeds(port)
        await each.fetch()
        await each.fetch()

    assert len(heard) == 1


@pytest.mark.parametrize(
    "answer",
    [
        told("200 OK", KIND, body=b"<rss><channel><item>"),
        told("200 OK", "Content-Type: text/html", body=rss("a")),
        told("404 Not Found"),
    ],
    ids=["broken", "page", "missing"],
)
async def test_what_is_no_feed(feeds: Made, tmp_path: Path, answer: bytes) -> None:
    """It is told, and nothing is written."""
    async with server(answer) as (port, _):
        each, said = feeds(port)
        assert not await each.fetch()

    assert len(said) == 1
    assert shown_files(tmp_path / "corpus") == []


async def test_a_corpus_that_cannot_be_written(feeds: Made, tmp_path: Path) -> None:
    """It is told."""
    (tmp_path / "corpus" / "feeds").write_text("in the way")
    async with server(told("200 OK", KIND, body=rss("a"))) as (port, _):
        each, said = feeds(port)
        assert not await each.fetch()

    assert len(said) == 1


async def test_a_restart_does_not_forget_to_leave_it_alone(feeds: Made) -> None:
    """Nor how often in a row it failed; it is asked when its time has come."""
    async with server(told("503 Service Unavailable", "Retry-After: 600")) as (port, heard):
        before, _ = feeds(port)
        await before.fetch()
        after, _ = feeds(port)
        await after.fetch()
        await after.fetch()
        asked = len(heard)
        store = Store(before.corpus, f"http://127.0.0.1:{port}/feed")
        seen = store.seen()
        store.note(seen.model_copy(update={"due": 0.0}))
        late, _ = feeds(port)
        await late.fetch()

    assert asked == 1
    assert seen.failures == 1
    assert len(heard) == 2
    assert store.seen().failures == 2


async def test_what_comes_again_is_as_if_it_had_never_failed(feeds: Made) -> None:
    """An answer that nothing has changed counts as one, too."""
    async with server(told("304 Not Modified")) as (port, heard):
        each, said = feeds(port)
        store = Store(each.corpus, f"http://127.0.0.1:{port}/feed")
        store.note(store.seen().model_copy(update={"failures": 3, "due": 1.0}))
        assert not await each.fetch()

    assert (len(heard), said, store.seen().failures) == (1, [], 0)


async def test_nothing_has_changed(feeds: Made, tmp_path: Path) -> None:
    """A server that says 304 is believed: what is there stays as it is."""
    async with server(told("200 OK", KIND, 'ETag: "v1"', body=rss("a"))) as (port, _):
        each, _ = feeds(port)
        assert await each.fetch()
    store = Store(each.corpus, f"http://127.0.0.1:{port}/feed")
    content = store.file.read_bytes()
    async with server(told("304 Not Modified")) as (other, heard):
        again = Feeds(each.urls, each.corpus, each.tell, 0.0, local(other))
        again.urls.write_text(f"http://127.0.0.1:{other}/feed")
        moved = Store(each.corpus, f"http://127.0.0.1:{other}/feed")
        moved.file.write_bytes(content)
        moved.note(store.seen())
        assert not await again.fetch()

    assert b'If-None-Match: "v1"' in heard[0]
    assert moved.file.read_bytes() == content
    assert moved.seen().etag == '"v1"'


def test_the_oldest_make_room(tmp_path: Path) -> None:
    """Of one feed so many articles are kept as are allowed, the last that came."""
    store = Store(tmp_path, "https://example.org/feed")
    for start in range(0, MOST_ARTICLES + 2, 1_000):
        names = [f"n{n}" for n in range(start, min(start + 1_000, MOST_ARTICLES + 2))]
        store.add(Fetched(200, {}, rss(*reversed(names))))  # a feed has the newest first

    kept = {article.title for article in load(tmp_path).articles}
    assert kept == {f"n{n}" for n in range(2, MOST_ARTICLES + 2)}


async def test_too_many_feeds(feeds: Made, tmp_path: Path) -> None:
    """Those beyond are not asked, which admins are told."""
    async with server(told("304 Not Modified")) as (port, heard):
        each, said = feeds(port)
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(MOST_FEEDS + 3)]
        each.urls.write_text("\n".join(urls))
        await each.fetch()

    assert len(heard) == MOST_FEEDS
    assert f"names {MOST_FEEDS + 3} feeds" in said[0].values["reason"]
