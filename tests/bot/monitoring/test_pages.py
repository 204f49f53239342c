"""/metrics, /healthz and /readyz by real HTTP, of a bot that polls the stand-in."""

import asyncio
import contextlib
import re
import shutil
import socket
import sys
import time
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import ListenError, ReloadFailedError
from bot.monitoring.lag import lag_watched
from bot.monitoring.monitor import Monitor
from bot.monitoring.pulse import Pulse
from bot.reports import By
from tests.bot.running import Running, running, write_articles
from tests.bot.test_process import START, started
from tests.standin import Fault, Standin, User

QUESTION = "who denied involvement?"
ANYWHERE = "127.0.0.1:0"

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann")


@pytest.fixture(name="bot")
async def _bot(standin: Standin) -> AsyncIterator[Running]:
    async with running(standin, metrics_listen=ANYWHERE) as bot:
        yield bot


async def get(bot: Running, path: str, **headers: str) -> httpx.Response:
    """Ask for a page."""
    async with httpx.AsyncClient() as client:
        return await client.get(f"http://127.0.0.1:{bot.port}{path}", headers=headers)


async def scraped(bot: Running) -> Samples:
    """All samples of /metrics, as Prometheus's own parser reads them."""
    page = await get(bot, "/metrics")
    assert page.status_code == HTTPStatus.OK
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page.text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float:
    """One sample."""
    return samples[f"onrecord_{name}", frozenset(labels.items())]


async def test_questions_are_counted(standin: Standin, bot: Running, ann: User) -> None:
    """By how they ended and where they were asked, each once, with the time that each part took."""
    group = standin.group(-1001, "Desk")
    before = await scraped(bot)
    for text in (QUESTION, QUESTION, "where is xyzzy?", "/help"):
        await standin.wait_for_reply(standin.say(ann, text))
    asked = standin.say(ann, f"/ask@on_the_record_bot {QUESTION}", chat=group)
    await standin.wait_for_reply(asked)
    await bot_is_idle(bot)
    after = await scraped(bot)

    assert value(before, "questions_total", outcome="answered", chat="private") == 0
    assert value(after, "questions_total", outcome="answered", chat="private") == 2
    assert value(after, "questions_total", outcome="answered", chat="group") == 1
    assert value(after, "questions_total", outcome="nothing", chat="private") == 1
    assert value(after, "updates_total", kind="message") == 5
    assert value(after, "search_seconds_count") == 4
    assert value(after, "answer_seconds_count") == 4
    assert value(after, "send_seconds_count", call="send") == 5
    assert value(after, "answer_seconds_sum") >= value(after, "search_seconds_sum") > 0


async def bot_is_idle(bot: Running) -> None:
    """Return when nothing is in hand any more."""
    async with asyncio.timeout(60):
        while bot.monitor.in_hand():  # noqa: ASYNC110 - nobody calls
            await asyncio.sleep(0.01)


async def test_a_question_that_fails_at_first_counts_once(
    standin: Standin, bot: Running, ann: User
) -> None:
    """However often it is tried, and however Telegram fails meanwhile; and each failure is counted."""
    standin.fail_next("sendMessage", Fault.flood(1), Fault.gateway())
    await standin.wait_for_reply(standin.say(ann, QUESTION))
    await bot_is_idle(bot)
    after = await scraped(bot)

    assert value(after, "questions_total", outcome="answered", chat="private") == 1
    assert value(after, "telegram_errors_total", kind="flood") == 1
    assert value(after, "telegram_errors_total", kind="server") == 1
    assert value(after, "send_seconds_count", call="send") == 3


async def test_too_many_questions(standin: Standin, ann: User) -> None:
    """Those that are not answered are counted as such, said or not."""
    async with running(standin, metrics_listen=ANYWHERE, questions_per_user=1) as bot:
        for _ in range(3):
            standin.say(ann, QUESTION)
        await standin.wait_until_read()
        await bot_is_idle(bot)
        after = await scraped(bot)

    assert value(after, "questions_total", outcome="answered", chat="private") == 1
    assert value(after, "questions_total", outcome="too_many", chat="private") == 2


async def test_inline_searches(standin: Standin, bot: Running, ann: User) -> None:
    """Each search is counted, apart from questions in chats."""
    await standin.wait_for_results(standin.type_inline(ann, QUESTION))
    await bot_is_idle(bot)
    after = await scraped(bot)

    assert value(after, "questions_total", outcome="answered", chat="inline") == 1
    assert value(after, "updates_total", kind="inline_query") == 1


async def test_corpus_queue_and_process(bot: Running) -> None:
    """How much is searched and since when, what waits, and what the system says of the process."""
    after = await scraped(bot)
    searched = bot.library.snapshot.index.searched

    assert value(after, "corpus_articles") == searched.articles
    assert value(after, "corpus_passages") == searched.passages
    assert value(after, "updates_in_hand") == 0
    assert value(after, "updates_waiting") == 0
    assert value(after, "state_usable") == 1
    assert value(after, "ready") == 1
    loaded = bot.library.snapshot.loaded_at.timestamp()
    assert value(after, "corpus_loaded_timestamp_seconds") == pytest.approx(loaded)
    assert value(after, "last_poll_timestamp_seconds") > loaded
    assert searched.newest is not None
    newest = searched.newest.timestamp()
    assert value(after, "corpus_newest_timestamp_seconds") == pytest.approx(newest)
    if sys.platform == "linux":
        assert after["process_resident_memory_bytes", frozenset()] > 1_000_000


async def test_nothing_that_was_said_is_shown(standin: Standin, bot: Running) -> None:
    """No name, number or word of anybody is in any label, nor the token."""
    eve = standin.user(987_654_321, "Evelyn", language_code="x-secretlang", username="evelyn_e")
    await standin.wait_for_reply(standin.say(eve, "what about the zanzibar treaty?"))
    standin.press_start(eve, "zanzibar")
    standin.deliver_raw("zanzibar", {"zanzibar": 1})
    await standin.wait_until_read()
    await bot_is_idle(bot)

    text = (await get(bot, "/metrics")).text.lower()

    for said in ("zanzibar", "evelyn", "987654321", "secretlang", standin.token.lower()):
        assert said not in text


async def test_labels_are_bounded(standin: Standin, bot: Running) -> None:
    """A hundred people in as many languages make no more samples than one."""
    people = [
        standin.user(1_000 + n, f"P{n}", language_code=f"{chr(97 + n % 26)}{chr(97 + n // 26)}")
        for n in range(100)
    ]
    await standin.wait_for_reply(standin.say(people[0], QUESTION))
    before = await scraped(bot)
    for person in people[1:]:
        await standin.wait_for_reply(standin.say(person, QUESTION))

    assert len(await scraped(bot)) == len(before)


async def test_the_form_that_is_asked_for(bot: Running) -> None:
    """Prometheus asks for OpenMetrics, which ends with a mark; whoever does not gets plain text."""
    page = await get(bot, "/metrics", accept="application/openmetrics-text; version=1.0.0")

    assert page.headers["content-type"].startswith("application/openmetrics-text")
    assert page.text.endswith("# EOF\n")
    assert (await get(bot, "/metrics")).headers["content-type"].startswith("text/plain")
    assert (await get(bot, "/")).status_code == HTTPStatus.NOT_FOUND


async def test_ready_and_alive(standin: Standin) -> None:
    """Ready while it serves; not before it has a connection, and not when it stops."""
    monitor = Monitor()
    standin.fail_next("getMe", *[Fault.gateway()] * 2)
    async with running(standin, metrics_listen=ANYWHERE, monitor=monitor, ready=False) as bot:
        starting = await get(bot, "/readyz")
        alive = await get(bot, "/healthz")
        await standin.wait_for_poll()
        serving = await get(bot, "/readyz")
        bot.serving.cancel()
        await asyncio.gather(bot.serving, return_exceptions=True)
        stopping = await get(bot, "/readyz")

    assert (starting.status_code, alive.status_code) == (503, 200)
    assert (serving.status_code, serving.text) == (200, "ready\n")
    assert stopping.status_code == 503


async def wait_for(bot: Running, status: HTTPStatus) -> httpx.Response:
    """What /readyz says as soon as it has this status."""
    async with asyncio.timeout(60):
        while (page := await get(bot, "/readyz")).status_code != status:  # noqa: ASYNC110 - a page
            await asyncio.sleep(0.02)
    return page


async def test_not_ready_while_telegram_is_silent(standin: Standin) -> None:
    """When no poll was answered for too long it is not ready, and ready again when one is."""
    monitor = Monitor(pulse=Pulse(patience=0.5))
    standin.fail_next("getUpdates", *[Fault.gateway()] * 2)
    async with running(standin, metrics_listen=ANYWHERE, monitor=monitor, ready=False) as bot:
        await wait_for(bot, HTTPStatus.OK)
        page = await wait_for(bot, HTTPStatus.SERVICE_UNAVAILABLE)
        assert re.search(r"has not answered for \d+ s", page.text)
        await standin.wait_for_poll()
        standin.say(standin.user(11, "Ann"), "/help")
        await standin.wait_until_read()
        again = await get(bot, "/readyz")

    assert again.status_code == HTTPStatus.OK


async def test_reloads_are_counted(standin: Standin, tmp_path: Path) -> None:
    """By command and by schedule, well and ill; of what failed by schedule the admins are told."""
    adam = standin.user(42, "Adam")
    corpus = write_articles(tmp_path / "corpus", {"id": "a1", "text": "It rained on Friday."})
    async with running(standin, corpus, admins={adam.id}, metrics_listen=ANYWHERE) as bot:
        await standin.wait_for_reply(standin.say(adam, "/reload"), "Reloaded", seconds=20)
        shutil.rmtree(corpus)
        with pytest.raises(ReloadFailedError):
            await bot.library.reload(by=By("schedule"))
        told = await standin.wait_for_message(adam, "could not be read afresh")
        after = await scraped(bot)

    assert str(corpus) in told.text
    assert value(after, "reloads_total", outcome="loaded", cause="command") == 1
    assert value(after, "reloads_total", outcome="failed", cause="schedule") == 1
    assert value(after, "reload_seconds_count") == 2


async def test_alive_and_not_ready_while_the_articles_are_read(
    standin: Standin, tmp_path: Path
) -> None:
    """A program that reads a large corpus is seen to live, and to be of no use yet."""
    articles = [
        {"id": f"a{n}", "text": f"The mayor of town {n} denied involvement. " * 20}
        for n in range(400)
    ]
    corpus = write_articles(tmp_path / "corpus", *articles)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    listens = {"ONRECORD_METRICS_LISTEN": f"127.0.0.1:{port}", "ONRECORD_CORPUS": str(corpus)}
    address, pages = f"http://127.0.0.1:{port}", list[str]()
    async with started(standin, tmp_path, **listens) as program, httpx.AsyncClient() as client:
        async with asyncio.timeout(START):
            while "ready\n" not in pages:
                await asyncio.sleep(0.01)
                with contextlib.suppress(httpx.TransportError):
                    pages.append((await client.get(f"{address}/readyz")).text)
                    assert (await client.get(f"{address}/healthz")).is_success
                    assert (await client.get(f"{address}/metrics")).is_success
        assert await program.end() == 0

    assert pages[0] == "the articles are being read\n"


async def test_off_by_default(standin: Standin) -> None:
    """Nothing listens unless that is wanted."""
    async with running(standin) as bot:
        assert bot.port is None


async def test_a_port_that_is_taken(standin: Standin, bot: Running) -> None:
    """It is said, and nothing runs half-way."""
    with pytest.raises(ListenError, match=f"port {bot.port}"):
        async with running(standin, metrics_listen=f"127.0.0.1:{bot.port}"):
            pass


async def test_an_event_loop_that_is_held_up() -> None:
    """Whatever blocks the loop is seen as lag."""
    seen: list[float] = []
    async with lag_watched(seen.append, every=0.01):
        await asyncio.sleep(0.05)
        await asyncio.to_thread(lambda: None)
        _block(0.2)
        await asyncio.sleep(0.05)

    assert max(seen) >= 0.15
    assert min(seen) < 0.1


def _block(seconds: float) -> None:
    time.sleep(seconds)
