"""Feeds over HTTP: what comes is kept, asked for sparingly, and trouble is told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.feeds import Feeds, Store
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
    assert list((tmp_path / "corpus").rglob("*.*")) == []


async def test_a_corpus_that_cannot_be_written(feeds: Made, tmp_path: Path) -> None:
    """It is told."""
    (tmp_path / "corpus" / "feeds").write_text("in the way")
    async with server(told("200 OK", KIND, body=rss("a"))) as (port, _):
        each, said = feeds(port)
        assert not await each.fetch()

    assert len(said) == 1
