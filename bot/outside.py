"""Fetching from addresses that an operator names: within limits, and never from a private network.

A name is looked up once, and the very address that was checked is connected to.
"""

import asyncio
import ipaddress
import socket
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx

MOST_BYTES = 10_000_000
MOST_REDIRECTS = 5
WITHIN = 30.0
"""Seconds that fetching may take in all, redirects among them."""

PORTS = frozenset({80, 443})

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Allowed = Callable[[str], bool]
"""Whether an IP address, as text, may be connected to."""


class FetchError(Exception):
    """Nothing was fetched. The message is one line and says why."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came: the status, the headers, and the content, unpacked; empty unless the status is 200."""

    status: int
    headers: Mapping[str, str]
    content: bytes = b""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet at large, to one machine."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # Addresses that stand for others of the older kind, which a gateway may reach.
        if ip.ipv4_mapped or ip.sixtofour or ip.teredo or ip in _TRANSLATED:
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Outside:
    """Fetches over HTTP. *allowed* and *ports* are where connections may go."""

    allowed: Allowed = is_public
    ports: frozenset[int] = PORTS
    within: float = WITHIN
    most: int = MOST_BYTES

    async def fetch(self, url: str, headers: Mapping[str, str]) -> Fetched:
        """Return what is at *url*, which may be hostile. Raises FetchError."""
        try:
            async with asyncio.timeout(self.within):
                return await self._follow(url, headers)
        except TimeoutError:
            raise FetchError(f"{url}: took longer than {self.within:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, zlib.error) as error:
            raise FetchError(f"{url}: {str(error) or type(error).__name__}") from error

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            fetched = await self._once(httpx.URL(url), headers)
            location = fetched.headers.get("location")
            if fetched.status not in _REDIRECTS or not location:
                return fetched
            url = str(httpx.URL(url).join(location))
        raise FetchError(f"{url}: more than {MOST_REDIRECTS} redirects")

    async def _once(self, url: httpx.URL, headers: Mapping[str, str]) -> Fetched:
        address = await self._checked(url)
        # A client for each request: no connection of one name is used for another.
        async with httpx.AsyncClient(trust_env=False, timeout=self.within) as client:
            request = client.build_request(
                "GET",
                url.copy_with(host=address),
                headers={**headers, "Host": url.netloc.decode(), "Accept-Encoding": "gzip"},
                extensions={
                    "sni_hostname": url.host,
                    "timeout": httpx.Timeout(self.within).as_dict(),
                },
            )
            response = await client.send(request, stream=True, follow_redirects=False)
            try:
                well = response.status_code == HTTPStatus.OK
                content = await self._content(response) if well else b""
            finally:
                await response.aclose()
        return Fetched(response.status_code, dict(response.headers), content)

    async def _checked(self, url: httpx.URL) -> str:
        """Look the name up and return an address; all that it has must be allowed."""
        if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
            raise FetchError(f"{url}: not a plain http or https address")
        port = url.port or (443 if url.scheme == "https" else 80)
        if port not in self.ports:
            raise FetchError(f"{url}: port {port} is not allowed")
        loop = asyncio.get_running_loop()
        name = url.raw_host.decode("ascii")
        found = await loop.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        for each in addresses:
            if not self.allowed(each):
                raise FetchError(f"{url}: {each} is not an address of the public internet")
        if not addresses:
            raise FetchError(f"{url}: has no address")
        return addresses[0]

    async def _content(self, response: httpx.Response) -> bytes:
        packing = response.headers.get("content-encoding", "identity").strip().lower()
        if packing not in {"identity", "gzip", "x-gzip", ""}:
            raise FetchError(f"{response.url}: is packed in a way that was not asked for")
        unpack = zlib.decompressobj(31) if "gzip" in packing else None
        content = bytearray()
        async for chunk in response.aiter_raw():
            # One byte more than may be, and never more: a bomb is not unpacked any further.
            room = self.most + 1 - len(content)
            content += unpack.decompress(chunk, room) if unpack else chunk
            if len(content) > self.most:
                raise FetchError(f"{response.url}: larger than {self.most} bytes")
        if unpack and not unpack.eof:
            raise FetchError(f"{response.url}: ends too early")
        return bytes(content)
