"""Fetching from hostile servers: private addresses are never reached, and every limit holds."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.outside import FetchError, Outside, is_public

PRIVATE = """127.0.0.1 127.1.2.3 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1
::ffff:8.8.8.8 64:ff9b::7f00:1 2002:7f00:1:: fec0::1""".split()


@asynccontextmanager
async def server(
    answer: bytes, then: Callable[[asyncio.StreamWriter], Awaitable[None]] | None = None
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Answer each request with *answer*; give the port and the requests that came."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            heard.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(answer)
            if then is not None:
                await then(writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield listening.sockets[0].getsockname()[1], heard
    finally:
        listening.close()


def local(port: int, **limits: float) -> Outside:
    """One that may reach 127.0.0.1 at *port*, and nothing else."""
    return Outside(lambda ip: ip == "127.0.0.1", frozenset({port, 80}), **limits)  # type: ignore[arg-type]  # limits of both kinds


def told(status: str, *headers: str, body: bytes = b"") -> bytes:
    """A response."""
    return (
        "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *headers, "", ""]).encode() + body
    )


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    """Whatever is not of the internet at large, or stands for another address, is refused."""
    assert not is_public(address)


def test_public_addresses() -> None:
    """Plain addresses of either kind are not."""
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")


async def test_fetching() -> None:
    """What is there comes back, unpacked, and the server hears its own name."""
    body = gzip.compress(b"<rss/>")
    head = ("Content-Encoding: gzip", f"Content-Length: {len(body)}", 'ETag: "a"')
    async with server(told("200 OK", *head, body=body)) as (port, heard):
        fetched = await local(port).fetch(
            f"http://localtest:{port}/".replace("localtest", "127.0.0.1"), {"If-None-Match": '"b"'}
        )

    assert fetched.content == b"<rss/>"
    assert fetched.headers["etag"] == '"a"'
    assert f"Host: 127.0.0.1:{port}".encode() in heard[0]
    assert b'If-None-Match: "b"' in heard[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://2130706434/",
        "http://0x7f000002/",
        "http://127.2/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
async def test_redirects_are_checked(url: str) -> None:
    """A redirect leads to no address that is not allowed, however it is written."""
    async with server(told("302 Found", f"Location: {url}")) as (port, heard):
        with pytest.raises(FetchError, match="not an address of the public internet"):
            await local(port).fetch(f"http://127.0.0.1:{port}/", {})

    assert len(heard) == 1


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://127.0.0.1/", "http://127.0.0.1:22/", "http://a:b@127.0.0.1/"],
)
async def test_other_schemes_and_ports(url: str) -> None:
    """Nor to another scheme or port, nor with a password."""
    async with server(told("302 Found", f"Location: {url}")) as (port, _):
        with pytest.raises(FetchError):
            await local(port).fetch(f"http://127.0.0.1:{port}/", {})


async def test_a_name_with_a_private_address() -> None:
    """A name is judged by what it resolves to; by default this machine is out of reach."""
    async with server(told("200 OK", body=b"x")) as (port, heard):
        with pytest.raises(FetchError, match="public internet"):
            await Outside(ports=frozenset({port})).fetch(f"http://localhost:{port}/", {})

    assert heard == []


async def test_endless_redirects() -> None:
    """After five redirects it is enough."""
    async with server(told("302 Found", "Location: /again")) as (port, heard):
        with pytest.raises(FetchError, match="more than 5 redirects"):
            await local(port).fetch(f"http://127.0.0.1:{port}/", {})

    assert len(heard) == 6


async def _pour(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"x" * 10_000)
        await writer.drain()


async def _drip(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def test_an_endless_body() -> None:
    """A body without an end is cut off at the limit."""
    async with server(told("200 OK"), _pour) as (port, _):
        with pytest.raises(FetchError, match="larger than"):
            await local(port, most=100_000).fetch(f"http://127.0.0.1:{port}/", {})


async def test_a_slow_drip() -> None:
    """A body that comes byte by byte does not take longer than the whole may."""
    async with server(told("200 OK"), _drip) as (port, _):
        with pytest.raises(FetchError, match="took longer"):
            await local(port, within=0.5).fetch(f"http://127.0.0.1:{port}/", {})


async def test_a_bomb() -> None:
    """What is packed small and large unpacked is not unpacked beyond the limit."""
    body = gzip.compress(b"\0" * 20_000_000)
    async with server(told("200 OK", "Content-Encoding: gzip", body=body)) as (port, _):
        with pytest.raises(FetchError, match="larger than"):
            await local(port, most=100_000).fetch(f"http://127.0.0.1:{port}/", {})


@pytest.mark.parametrize(
    "answer",
    [
        told("200 OK", "Content-Length: 99", body=b"x"),
        b"nonsense\r\n\r\n",
        told("200 OK", "Content-Encoding: br", body=b"x"),
    ],
)
async def test_broken_answers(answer: bytes) -> None:
    """A wrong length, no HTTP at all, or an unknown packing is an error that is told."""
    async with server(answer) as (port, _):
        with pytest.raises(FetchError):
            await local(port).fetch(f"http://127.0.0.1:{port}/", {})
