"""A webhook for the stand-in: where it seems to be, and where the bot really listens."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.bot.running import Running, running
from tests.standin import Standin

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
