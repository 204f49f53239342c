"""HTTP/1.1 on 127.0.0.1: requests in, answers out, connections dropped on demand."""

import asyncio
import email
import email.policy
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import h11


@dataclass(frozen=True, slots=True)
class Request:
    """One request: its path, its parameters from query and body alike, its headers in lower case."""

    path: str
    parameters: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a body."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. A *body* of None closes the connection without any answer."""

    status: int
    body: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)


Answerer = Callable[[Request], Awaitable[Reply]]


class Wire:
    """Listens on *port* of 127.0.0.1 (0: a free one) and gives each request to *answer*.

    May be stopped and started again; it keeps its port.
    """

    def __init__(self, answer: Answerer, port: int = 0) -> None:
        self.port = port
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and close every connection. Does nothing when it is not listening."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._converse(reader, writer)
        except asyncio.CancelledError:
            if self._server is not None:  # not our own stop()
                raise
        except (ConnectionError, h11.RemoteProtocolError):
            pass  # the client went away, as clients do
        finally:
            self._connections.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        while (request := await _receive(connection, reader)) is not None:
            reply = await self._answer_unless_gone(request, connection, reader)
            if reply is None or reply.body is None:
                return
            writer.write(_encode(connection, reply))
            await writer.drain()
            if connection.our_state is not h11.DONE:
                return
            connection.start_next_cycle()

    async def _answer_unless_gone(
        self, request: Request, connection: h11.Connection, reader: asyncio.StreamReader
    ) -> Reply | None:
        """Ends a long poll whose client has hung up, so that it doesn't stand in the next's way."""
        answering = asyncio.ensure_future(self._answer(request))
        listening = asyncio.ensure_future(reader.read(65536))
        try:
            while not answering.done():
                await asyncio.wait({answering, listening}, return_when=asyncio.FIRST_COMPLETED)
                if listening.done() and not answering.done():
                    data = listening.result()
                    if not data:
                        return None
                    connection.receive_data(data)
                    listening = asyncio.ensure_future(reader.read(65536))
            if listening.done() and not listening.exception():
                connection.receive_data(listening.result())
            return answering.result()
        finally:
            answering.cancel()
            listening.cancel()
            # Until it has ended, nobody else may read from the connection.
            await asyncio.gather(answering, listening, return_exceptions=True)


async def _receive(connection: h11.Connection, reader: asyncio.StreamReader) -> Request | None:
    head: h11.Request | None = None
    body = b""
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage):
            assert head is not None
            return _request(head, body)
        else:
            return None


def _encode(connection: h11.Connection, reply: Reply) -> bytes:
    assert reply.body is not None
    headers = {
        "content-type": "application/json",
        **reply.headers,
        "content-length": str(len(reply.body)),
    }
    head = connection.send(h11.Response(status_code=reply.status, headers=list(headers.items())))
    end = connection.send(h11.Data(data=reply.body)) or b"", connection.send(h11.EndOfMessage())
    return (head or b"") + end[0] + (end[1] or b"")


def _request(head: h11.Request, body: bytes) -> Request:
    target = urlsplit(head.target.decode())
    headers = {name.decode(): value.decode() for name, value in head.headers}
    kind = headers.get("content-type", "")
    query = dict(parse_qsl(target.query, keep_blank_values=True))
    parameters = {**query, **_parameters(kind, body)}
    return Request(target.path, parameters, headers)


def _parameters(kind: str, body: bytes) -> Mapping[str, Any]:
    if not body:
        return {}
    if kind.startswith("application/json"):
        decoded: dict[str, Any] = json.loads(body)
        return decoded
    if kind.startswith("multipart/form-data"):
        return _multipart(kind, body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))


def _multipart(kind: str, body: bytes) -> Mapping[str, Any]:
    """Fields as text; a file is an Upload."""
    whole = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
    message = email.message_from_bytes(whole, policy=email.policy.HTTP)
    values: dict[str, Any] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(name, str)
        assert isinstance(content, bytes)
        file = part.get_filename()
        kind = part.get_content_type()
        values[name] = Upload(file, kind, content) if file else content.decode()
    return values
