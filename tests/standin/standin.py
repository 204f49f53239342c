"""What a test holds in its hands: the server, its people, and what goes wrong."""

import asyncio
import json
import time
from collections import defaultdict, deque
from dataclasses import replace
from email.utils import formatdate
from types import TracebackType
from typing import Self
from urllib.parse import unquote

from tests.standin.delivery import Delivery
from tests.standin.faults import Fault, reply_with, spoilt
from tests.standin.membership import Membership
from tests.standin.methods import METHODS
from tests.standin.modes import Elsewhere
from tests.standin.params import Json, Params, Refusal
from tests.standin.people import User
from tests.standin.watching import Call, Watching
from tests.standin.wire import Reply, Request, Wire
from tests.standin.world import World

HARMLESS = Fault(executed=True)
FILLING = ("send", "edit", "forward", "copy")


class Standin(Elsewhere, Membership, Watching):
    """A Bot API server on 127.0.0.1 for one bot. Use it by `async with`, or start and stop it."""

    def __init__(self) -> None:
        bot = User(123456789, "On the Record", None, "on_the_record_bot", is_bot=True)
        self.world = World(f"{bot.id}:AAStandInTokenStandInTokenStandIn000", bot)
        self.calls: list[Call] = []
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._wire = Wire(self._answer)
        self._delivery: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen, and deliver to a webhook if one is set. Keeps its port when started again."""
        await self._wire.start()
        self._delivery = asyncio.create_task(Delivery(self.world).run())

    async def stop(self) -> None:
        """Be gone."""
        await self._wire.stop()
        if self._delivery is not None:
            self._delivery.cancel()
            await asyncio.gather(self._delivery, return_exceptions=True)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def url(self) -> str:
        """The address to give as the Bot API server, without a slash at its end."""
        return f"http://127.0.0.1:{self._wire.port}"

    # What goes wrong

    def fail_next(self, method: str, *faults: Fault) -> None:
        """The next calls of *method* meet these faults, one each."""
        self._faults[method].extend(faults)

    def deliver_everything(self) -> None:
        """Deliver all kinds of updates, as Telegram does with those from before they were chosen."""
        self.world.everything = True

    def pass_time(self, seconds: float) -> None:
        """Put Telegram's clock forward."""
        self.world.ahead += seconds
        self.world.changed()

    def route(self, public: str, behind: str) -> None:
        """Let `https://name` lead to where the bot listens, as a proxy in front of it does."""
        self.world.destination.routes[public] = behind

    def poison(self) -> Json:
        """Give the bot an update that python-telegram-bot can't parse."""
        return self.deliver_raw("message", {"message_id": "none", "date": "yesterday", "chat": 5})

    def deliver_raw(self, kind: str, content: Json) -> Json:
        """Give the bot an update of any content; what Telegram would never send, too."""
        return self.world.push(kind, content)

    # The server

    async def _answer(self, request: Request) -> Reply:
        if request.path.startswith("/file/"):
            return self._download(unquote(request.path).removeprefix("/file/bot"))
        head, _, method = request.path.removeprefix("/bot").partition("/")
        if head != self.token or not request.path.startswith("/bot"):
            return reply_with(Refusal(401, "Unauthorized"))
        params = Params(request.parameters)
        met = self._fault(method)
        fault = met or HARMLESS
        reply = await self._execute(method, params) if fault.executed else reply_with(None)
        refused = _description(reply) if reply.status >= 400 else ""
        reply = self._dated(spoilt(fault, reply))
        at = time.monotonic()
        self.calls.append(Call(method, params.raw(), at, reply.status, refused, met))
        self.world.changed()
        await asyncio.sleep(fault.seconds)
        return reply

    def _dated(self, reply: Reply) -> Reply:
        """Telegram tells its time with every answer."""
        told = {"date": formatdate(self.world.now(), usegmt=True)}
        return replace(reply, headers={**told, **reply.headers})

    def _fault(self, method: str) -> Fault | None:
        faults, weather = self._faults[method], self.world.weather
        if faults:
            return faults.popleft()
        return weather.fault(method) if weather is not None else None

    async def _execute(self, method: str, params: Params) -> Reply:
        if method not in METHODS:
            return reply_with(Refusal(404, "Not Found"))
        try:
            self._count(method, params)
            result = await METHODS[method](self.world, params)
        except Refusal as refusal:
            if refusal.blame:
                self.world.violations.append(f"{method} was refused: {refusal.description}")
            return reply_with(refusal)
        if params.unread:
            self.world.violations.append(f"{method}: {sorted(params.unread)} are not known here")
        return reply_with(result)

    def _count(self, method: str, params: Params) -> None:
        """Hold what fills a chat against the flood limits."""
        limits = self.world.limits
        if limits is None or not method.startswith(FILLING) or method == "sendChatAction":
            return
        chat = self.world.chats.get(params.integer("chat_id") or 0)
        limits.hear(chat, time.monotonic() + self.world.ahead)

    def _download(self, path: str) -> Reply:
        token, _, rest = path.partition("/")
        file = self.world.files.at(rest) if token == self.token else None
        if file is None:
            return reply_with(Refusal(404, "Not Found"))
        return Reply(200, file.content, {"content-type": file.kind})


def _description(reply: Reply) -> str:
    return str(json.loads(reply.body or b"{}").get("description", ""))
