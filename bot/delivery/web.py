"""A small web server: where Telegram delivers, and what an operator's tools look at.

Plain HTTP/1.1, for a proxy in front of it or for this machine. h11 takes requests apart; what may be
sent, and for how long, is bounded here.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import h11

from bot.errors import ListenError

logger = logging.getLogger(__name__)

LARGEST_BODY = 1 << 20
"""Bytes of a request's body. Updates are a hundredth of that."""

_PATIENCE = 75.0
"""Seconds in which a request must be there, from the end of the one before it on the connection."""

_CONNECTIONS = 200
"""Connections that are kept at the same time. One more is closed at once."""

_CHUNK = 65_536
_MOMENT = 1.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request. *path* is without the query; the names in *headers* are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered: by default, plain text."""

    status: HTTPStatus = HTTPStatus.OK
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"


Page = Callable[[Request], Awaitable[Response]]

Pages = Mapping[tuple[str, str], Page]
"""By method and path. A page for GET is there for HEAD as well."""


class _RefusedError(Exception):
    """A request that is not heard to its end."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class WebServer:
    """Listens on *host* and *port* (0: a free one) and answers with *pages*.

    Belongs to one event loop. A page that raises is answered with a 500, and logged.
    """

    def __init__(self, pages: Pages, *, host: str, port: int) -> None:
        self._pages = pages
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The port it listens on; before `start`, the one it was told."""
        return self._server.sockets[0].getsockname()[1] if self._server else self._port

    async def start(self) -> None:
        """Listen. Raises ListenError."""
        try:
            self._server = await asyncio.start_server(
                self._connected, self._host, self._port, limit=_CHUNK
            )
        except OSError as error:
            raise ListenError(self._host, self._port, error) from error

    async def stop(self, seconds: float = 2.0) -> None:
        """Listen no more; finish the answers that are under way, for so many *seconds*."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        if self._answering:
            await asyncio.wait(self._answering, timeout=seconds)
        left = [*self._connections]
        for connection in left:
            connection.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._connections) >= _CONNECTIONS or self._server is None:
            writer.close()
            return
        self._connections.add(task)
        try:
            await self._converse(reader, writer, task)
        except (ConnectionError, TimeoutError, h11.ProtocolError):
            pass  # the other side went away, waits too long, or speaks no HTTP
        except asyncio.CancelledError:
            if self._server is not None:  # not our own stop()
                raise
        finally:
            self._connections.discard(task)
            self._answering.discard(task)
            writer.close()

    async def _converse(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        task: asyncio.Task[None],
    ) -> None:
        connection = h11.Connection(h11.SERVER)
        while True:
            try:
                async with asyncio.timeout(_PATIENCE):
                    request = await _receive(connection, reader)
            except (_RefusedError, h11.RemoteProtocolError) as error:
                await _refuse(connection, writer, error)
                await _hear_out(reader)
                return
            if request is None:
                return
            self._answering.add(task)
            response = await self._respond(request)
            last = self._server is None
            await _send(connection, writer, response, head=request.method == "HEAD", last=last)
            self._answering.discard(task)
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return
            connection.start_next_cycle()

    async def _respond(self, request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        page = self._pages.get((method, request.path))
        if page is None:
            known = any(path == request.path for _, path in self._pages)
            return plain(HTTPStatus.METHOD_NOT_ALLOWED if known else HTTPStatus.NOT_FOUND)
        try:
            return await page(request)
        except Exception:
            logger.exception("%s failed", request)
            return plain(HTTPStatus.INTERNAL_SERVER_ERROR)


def plain(status: HTTPStatus, text: str = "") -> Response:
    """Return *text*, or what *status* is called, as a page of one line."""
    return Response(status, f"{text or status.phrase}\n".encode())


async def _receive(connection: h11.Connection, reader: asyncio.StreamReader) -> Request | None:
    """Return the next request, or None when there is no more to come. Raises _RefusedError."""
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_CHUNK))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > LARGEST_BODY:
                raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            return _request(head, bytes(body))
        else:
            return None


def _request(head: h11.Request, body: bytes) -> Request:
    path = head.target.decode("ascii", "replace").partition("?")[0]
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
    return Request(head.method.decode("ascii", "replace"), path, headers, body)


async def _refuse(
    connection: h11.Connection,
    writer: asyncio.StreamWriter,
    error: _RefusedError | h11.RemoteProtocolError,
) -> None:
    if isinstance(error, _RefusedError):
        status = error.status
    else:
        status = HTTPStatus(error.error_status_hint)
    if connection.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
        await _send(connection, writer, plain(status), last=True)


async def _hear_out(reader: asyncio.StreamReader) -> None:
    """Read on for a while: to hang up on what was not read would destroy the answer on its way."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_MOMENT):
            while await reader.read(_CHUNK):
                pass


async def _send(
    connection: h11.Connection,
    writer: asyncio.StreamWriter,
    response: Response,
    *,
    head: bool = False,
    last: bool,
) -> None:
    headers = [("content-type", response.kind), ("content-length", str(len(response.body)))]
    if last:
        headers.append(("connection", "close"))
    events: list[h11.Event] = [h11.Response(status_code=response.status, headers=headers)]
    if response.body and not head:
        events.append(h11.Data(data=response.body))
    events.append(h11.EndOfMessage())
    for event in events:
        writer.write(connection.send(event) or b"")
    async with asyncio.timeout(_PATIENCE):
        await writer.drain()
    if last:
        with contextlib.suppress(OSError):
            writer.write_eof()
