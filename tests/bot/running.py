"""The whole bot, polling the stand-in, for as long as a test needs it."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from telegram.ext import Application

from bot.alarms import Notice
from bot.app import build, service, wire
from bot.delivery.polling import serve
from bot.library import Library
from bot.monitoring.monitor import Monitor
from bot.monitoring.pages import pages_served
from bot.settings import read_settings
from bot.snapshots import Snapshot, Snapshots, load_snapshot
from bot.state import State
from corpus.loading import SAMPLE
from tests.standin import Standin


@dataclass(frozen=True)
class Running:
    """What is running: the parts that a test may look at, and the task that ends with the bot."""

    application: Application
    library: Library
    state: State
    serving: "asyncio.Task[None]"
    monitor: Monitor
    port: int | None = None
    """Where the metrics are, if they are asked for."""


@asynccontextmanager
async def running(
    standin: Standin,
    corpus: Path = SAMPLE,
    *,
    admins: Collection[int] = (),
    library: Library | None = None,
    monitor: Monitor | None = None,
    notices: Sequence[Notice] = (),
    ready: bool = True,
    **settings: Any,
) -> AsyncIterator[Running]:
    """Run the bot over *corpus*, or a *library*, as `onrecord run` does.

    Waits until it polls if *ready*. What it remembers is gone with it, unless a *state* is given.
    """
    chosen = read_settings(
        None,
        telegram_bot_token=standin.token,
        telegram_api_url=standin.url,
        corpus=corpus,
        admins=",".join(str(admin) for admin in admins),
        **{"state": ":memory:", **settings},
    )
    library = library or open_library(corpus)
    refused = asyncio.Event()
    state = await State.open(chosen.state_address, keep_questions=chosen.keep_questions)
    monitor = monitor or Monitor(state)
    monitor.library = library
    request = wire(chosen, refused.set, monitor)
    application = build(chosen, library, state=state, request=request, monitor=monitor)
    try:
        async with (
            monitor.watching(),
            pages_served(chosen.metrics_listen, monitor, state) as port,
        ):
            how = service(chosen, notices)
            serving = asyncio.create_task(
                serve(application, refused, state=state, service=how, monitor=monitor)
            )
            try:
                if ready:
                    await standin.wait_for_poll()
                yield Running(application, library, state, serving, monitor, port)
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)
    finally:
        await state.close()
        library.close()


def open_library(corpus: Path = SAMPLE, kind: type[Library] = Library) -> Library:
    """A library over *corpus*, loaded."""
    return kind(Snapshots(corpus), _sample() if corpus == SAMPLE else load_snapshot(corpus))


def write_articles(folder: Path, *articles: dict[str, str]) -> Path:
    """Make *folder* hold these articles and nothing else. Each needs an id and a text."""
    folder.mkdir(exist_ok=True)
    lines = [json.dumps({"title": article["id"], **article}) for article in articles]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@cache
def _sample() -> Snapshot:
    """The sample, loaded once: a snapshot never changes."""
    return load_snapshot(SAMPLE)
