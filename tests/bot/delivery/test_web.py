"""The small web server: what it answers, and what it does not put up with."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import httpx
import pytest
from hypothesis import given, settings, strategies as st

from bot.delivery import web
from bot.delivery.web import LARGEST_BODY, Request, Response, WebServer, plain
from bot.errors import ListenError

HOST = "127.0.0.1"


async def echo(request: Request) -> Response:
    """A page that says what was asked."""
    said = {"method": request.method, "path": request.path, "size": len(request.body)}
    return Response(body=json.dumps(said).encode(), kind="application/json")


async def broken(request: Request) -> Response:
    """A page with a mistake."""
    raise ValueError(request.path)


@asynccontextmanager
async def serving(**pages: web.Page) -> AsyncIterator[WebServer]:
    """A server on a free port, with an echo at /echo and further pages to be fetched by GET."""
    table = {("GET", f"/{name}"): page for name, page in pages.items()}
    server = WebServer(
        {("POST", "/echo"): echo, ("GET", "/echo"): echo, **table}, host=HOST, port=0
    )
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


def client(server: WebServer) -> httpx.AsyncClient:
    """Somebody who asks the server."""
    return httpx.AsyncClient(base_url=f"http://{HOST}:{server.port}")


async def speak(server: WebServer, *lines: bytes) -> bytes:
    """Send raw bytes, and return all that comes until the server hangs up."""
    reader, writer = await asyncio.open_connection(HOST, server.port)
    for line in lines:
        writer.write(line)
    answer = b""
    with contextlib.suppress(ConnectionResetError):
        async with asyncio.timeout(60):
            while part := await reader.read(65_536):
                answer += part
    await hang_up(writer)
    return answer


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close a connection, whatever state it is in."""
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


async def test_pages() -> None:
    """A page is found by its method and path, whatever the query, several times a connection."""
    async with serving() as server, client(server) as c:
        posted = await c.post("/echo?a=b", content=b"x" * 70_000)
        got = await c.get("/echo")
        head = await c.head("/echo")
        missing = await c.get("/other")
        wrong = await c.put("/echo", content=b"x")

    assert posted.json() == {"method": "POST", "path": "/echo", "size": 70_000}
    assert got.json()["method"] == "GET"
    assert (head.status_code, head.content) == (200, b"")
    assert (missing.status_code, missing.text) == (404, "Not Found\n")
    assert wrong.status_code == 405


async def test_broken_page(caplog: pytest.LogCaptureFixture) -> None:
    """A mistake in a page is a 500 without its text, a line in the log, and no end of the server."""
    async with serving(broken=broken) as server, client(server) as asking:
        failed = await asking.get("/broken")
        again = await asking.get("/echo")

    assert (failed.status_code, failed.text) == (500, "Internal Server Error\n")
    assert again.status_code == 200
    assert "ValueError" in caplog.text


async def test_too_large() -> None:
    """A body beyond the bound is refused before its end, with or without a length told."""
    large = b"x" * (LARGEST_BODY + 1)
    async with serving() as server:
        told = await speak(
            server,
            b"POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n" % (50 * len(large)),
            large,
        )
        chunked = await speak(
            server,
            b"POST /echo HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n",
            b"%x\r\n" % (2 * len(large)) + large,
        )

    assert told.startswith(b"HTTP/1.1 413 ")
    assert chunked.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /echo HTTP/1.1\r\n\r\n", b"400"),  # no host
        (b"hello\r\n\r\n", b"400"),
        (b"GET /echo HTTP/1.1\r\nhost: a\r\nx: " + b"y" * 200_000, b"431"),
    ],
)
async def test_no_http(sent: bytes, status: bytes) -> None:
    """What is no proper request gets a 4xx and the end of the connection."""
    async with serving() as server:
        answer = await speak(server, sent)

    assert answer.startswith(b"HTTP/1.1 " + status)


async def test_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends a request drop by drop is hung up on."""
    monkeypatch.setattr(web, "_PATIENCE", 0.1)
    async with serving() as server:
        assert await speak(server, b"GET /ec") == b""


async def test_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """One connection more than the most is closed at once, and those that are there go on."""
    monkeypatch.setattr(web, "_CONNECTIONS", 2)
    async with serving() as server, client(server) as c:
        await c.get("/echo")
        _, second = await asyncio.open_connection(HOST, server.port)

        assert await speak(server, b"GET /echo HTTP/1.1\r\nhost: a\r\n\r\n") == b""
        assert (await c.get("/echo")).status_code == 200
        await hang_up(second)


async def test_stopped_at_work() -> None:
    """What is being answered when it stops is answered; who is idle is hung up on."""
    begun = asyncio.Event()

    async def slow(request: Request) -> Response:
        begun.set()
        await asyncio.sleep(0.2)
        return plain(HTTPStatus.OK, request.path)

    async with serving(slow=slow) as server:
        idle = asyncio.create_task(speak(server, b""))
        asked = asyncio.create_task(speak(server, b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n"))
        await begun.wait()
        port = server.port
        await server.stop()

        assert (await asked).endswith(b"\r\n\r\n/slow\n")
        assert await idle == b""
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(HOST, port)


async def test_port_in_use() -> None:
    """A port that another program has is named, with the reason."""
    async with serving() as server:
        second = WebServer({}, host=HOST, port=server.port)
        with pytest.raises(ListenError, match=rf"port {server.port}: Address already in use"):
            await second.start()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.binary(max_size=300), max_size=5))
def test_any_bytes(sent: list[bytes]) -> None:
    """Whatever is sent, the server goes on, and answers the next request."""

    async def converse() -> bytes:
        async with serving() as server:
            _, writer = await asyncio.open_connection(HOST, server.port)
            for part in sent:
                writer.write(part)
            await hang_up(writer)
            return await speak(server, b"GET /echo HTTP/1.0\r\n\r\n")

    assert b" 200 " in asyncio.run(converse())
