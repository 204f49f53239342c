"""A webhook for the stand-in: where it seems to be, and where the bot really listens."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import httpx

from bot.delivery.webhook import HEADER
from tests.bot.running import Running, running
from tests.standin import Standin
from tests.standin.wire import Reply, Request, Wire

PUBLIC = "https://bot.example.org"
URL = f"{PUBLIC}/telegram"
SECRET = "a-secret-of-the-tests"  # noqa: S105 - nobody's
HOST = "127.0.0.1"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
    return port


def public_route(standin: Standin) -> str:
    """Let the public name lead to a port of this machine, and return that as the setting."""
    listen = f"{HOST}:{free_port()}"
    standin.route(PUBLIC, f"http://{listen}")
    return listen


@asynccontextmanager
async def delivered(standin: Standin, **options: Any) -> AsyncIterator[tuple[Running, str]]:
    """Run the bot behind a webhook; yield it with the URL that the proxy in front of it calls."""
    listen = public_route(standin)
    chosen = {"webhook_url": URL, "webhook_listen": listen, "webhook_secret": SECRET}
    async with running(standin, ready=False, **{**chosen, **options}) as bot:
        await standin.world.until(lambda: standin.world.destination.webhook, 10)
        yield bot, f"http://{listen}/telegram"


class Balancer:
    """What stands in front of several bots: passes each delivery on to the next that takes it."""

    def __init__(self, *ports: int) -> None:
        self.taken = dict.fromkeys(ports, 0)
        self._next = 0
        self._wire = Wire(self._pass_on)
        self._client = httpx.AsyncClient()

    async def __aenter__(self) -> Self:
        await self._wire.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._wire.stop()
        await self._client.aclose()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self._wire.port}"

    async def _pass_on(self, request: Request) -> Reply:
        ports = [*self.taken]
        self._next += 1
        for turn in range(len(ports)):
            port = ports[(self._next + turn) % len(ports)]
            try:
                answer = await self._client.post(
                    f"http://{HOST}:{port}{request.path}",
                    json=dict(request.parameters),
                    headers={HEADER: request.headers.get(HEADER, "")},
                )
            except httpx.TransportError:
                continue
            self.taken[port] += answer.is_success
            return Reply(answer.status_code, b"")
        return Reply(502, b"")
