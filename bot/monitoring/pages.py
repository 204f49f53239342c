"""What an operator's tools look at: /metrics, /healthz and /readyz, on a port of their own."""

import asyncio
import logging
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from prometheus_client import Gauge

from bot.delivery.web import Request, Response, WebServer, plain
from bot.library import Library
from bot.monitoring.monitor import Monitor
from bot.settings.endpoint import Endpoint
from bot.state import State, StateError

logger = logging.getLogger(__name__)

_WITHIN = 2.0
"""Seconds in which the state has to say how much waits. A scrape does not wait for longer."""

UNKNOWN = math.nan


@asynccontextmanager
async def pages_served(
    listens: Endpoint | None, monitor: Monitor, state: State | None
) -> AsyncIterator[int | None]:
    """Serve the pages during the block, if there is somewhere to listen; yield the port.

    Raises ListenError.
    """
    if listens is None:
        yield None
        return
    pages = Pages(monitor, state)
    routes = {
        ("GET", "/metrics"): pages.metrics,
        ("GET", "/healthz"): pages.healthz,
        ("GET", "/readyz"): pages.readyz,
    }
    server = WebServer(routes, host=listens.host, port=listens.port)
    await server.start()
    logger.info("metrics on http://%s/metrics", Endpoint(listens.host, server.port))
    try:
        yield server.port
    finally:
        await server.stop(0.5)


class Pages:
    """Answers for *monitor* and *state* (None if there is none)."""

    def __init__(self, monitor: Monitor, state: State | None) -> None:
        self._monitor = monitor
        self._state = state
        self._gauges = gauges(monitor)

    async def healthz(self, _: Request) -> Response:
        """Say that the event loop lives, by answering."""
        return plain(HTTPStatus.OK, "alive")

    async def readyz(self, _: Request) -> Response:
        """Say whether questions are answered at the moment, or why not."""
        if (why := self._monitor.unready) is not None:
            return plain(HTTPStatus.SERVICE_UNAVAILABLE, why)
        return plain(HTTPStatus.OK, "ready")

    async def metrics(self, request: Request) -> Response:
        """Say all that is measured, and how things are just now."""
        await self._look()
        body, kind = self._monitor.metrics.written(request.headers.get("accept", ""))
        return Response(HTTPStatus.OK, body, kind)

    async def _look(self) -> None:
        monitor = self._monitor
        waiting = await self._waiting()
        seen = {
            "ready": float(monitor.unready is None),
            "updates_in_hand": monitor.in_hand(),
            "updates_waiting": waiting,
            "state_usable": float(not math.isnan(waiting)),
            "last_poll_timestamp_seconds": monitor.pulse.answered_at or UNKNOWN,
            **_corpus(monitor.library),
        }
        for name, value in seen.items():
            self._gauges[name].set(value)

    async def _waiting(self) -> float:
        """How many updates are written down and not done; not a number without a state."""
        if self._state is None:
            return UNKNOWN
        try:
            async with asyncio.timeout(_WITHIN):
                return await self._state.inbox.waiting()
        except (StateError, TimeoutError):
            return UNKNOWN


def gauges(monitor: Monitor) -> dict[str, Gauge]:
    """Return what is looked up when somebody asks, by name, new in the metrics of *monitor*."""
    said = {
        "ready": "1 if questions are answered at the moment.",
        "updates_in_hand": "Updates that are being handled, or wait for their turn.",
        "updates_waiting": "Updates in the inbox that are not done, of all programs that share it.",
        "state_usable": "1 if the database can be read.",
        "last_poll_timestamp_seconds": "When Telegram last answered a poll, or a look at the webhook.",
        "corpus_articles": "Articles that are searched.",
        "corpus_passages": "Passages that are searched.",
        "corpus_refused": "Parts of the corpus that could not be read.",
        "corpus_loaded_timestamp_seconds": "When the corpus was loaded.",
        "corpus_newest_timestamp_seconds": "When the newest article was published.",
    }
    found = {name: monitor.metrics.gauge(name, what) for name, what in said.items()}
    for gauge in found.values():
        gauge.set(UNKNOWN)
    return found


def _corpus(library: Library | None) -> dict[str, float]:
    """How things are with the corpus; nothing before it is read."""
    if library is None:
        return {}
    status = library.snapshot.status
    return {
        "corpus_articles": status.searched.articles,
        "corpus_passages": status.searched.passages,
        "corpus_refused": status.refused,
        "corpus_loaded_timestamp_seconds": status.loaded_at.timestamp(),
        "corpus_newest_timestamp_seconds": _seconds(status.searched.newest),
    }


def _seconds(moment: datetime | None) -> float:
    return UNKNOWN if moment is None else moment.timestamp()
