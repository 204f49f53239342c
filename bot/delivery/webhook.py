"""Updates that Telegram delivers: written down before they are confirmed, like those of polls."""

import asyncio
import hmac
import json
import logging
import time
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.delivery.arrivals import WANTED
from bot.delivery.arrived import numbered
from bot.delivery.handling import Handling
from bot.delivery.inbox import Inbox
from bot.delivery.overhearing import is_overheard
from bot.delivery.web import Request, Response, WebServer, plain
from bot.errors import WebhookRefusedError
from bot.monitoring.pulse import Pulse
from bot.settings.endpoint import Endpoint

logger = logging.getLogger(__name__)

HEADER = "x-telegram-bot-api-secret-token"

_CONNECTIONS = 40
"""Deliveries that Telegram may have under way at once: its default."""

_WITHIN = 8.0
"""Seconds in which a delivery is answered. Past that Telegram is to come again."""

_LOOK = 60.0
"""Seconds between two looks at what Telegram says of the webhook."""

_SAY_AGAIN = 60.0
_STOP_WITHIN = 0.5


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram delivers, with which *secret*, and where the bot *listens* for it."""

    url: str
    secret: str = field(repr=False)
    listens: Endpoint

    @property
    def path(self) -> str:
        """The path of the URL, which a proxy passes on as it is."""
        return urlsplit(self.url).path or "/"


class Deliveries:
    """Takes what Telegram delivers to a webhook and gives it to *handling*, by way of *inbox*.

    A delivery is confirmed when it is written down; or, where nothing can be written, when it is
    handled. Several programs may stand behind one URL if they share an inbox.
    """

    def __init__(
        self,
        bot: Bot,
        webhook: Webhook,
        inbox: Inbox,
        handling: Handling,
        pulse: Pulse | None = None,
    ) -> None:
        """*pulse* is told of each look at what Telegram says."""
        self._bot = bot
        self._pulse = pulse or Pulse()
        self._webhook = webhook
        self._inbox = inbox
        self._handling = handling
        self._server = WebServer(
            {("POST", webhook.path): self._delivered},
            host=webhook.listens.host,
            port=webhook.listens.port,
        )
        self._listening = False
        self._ready = asyncio.Event()
        self._stopping = False
        self._backlog = 0
        self._complained = -_SAY_AGAIN
        self._seen: datetime | None = None

    async def connect(self) -> None:
        """Listen, and have Telegram deliver. Raises ListenError and WebhookRefusedError as well."""
        if not self._listening:
            await self._server.start()
            self._listening = True
        before = await self._bot.get_webhook_info()
        # Who asked while the bot was away is not turned away now that it is busy with them.
        self._backlog = before.pending_update_count
        self._seen = before.last_error_date
        await self._set()
        self._pulse.answered()
        logger.info(
            "Telegram delivers to %s; listening on %s port %d",
            *(self._webhook.url, self._webhook.listens.host, self._server.port),
        )

    async def run(self) -> None:
        """Take deliveries for ever, and see to it that they come."""
        self._ready.set()
        while True:
            self._pulse.beat(_LOOK)
            await asyncio.sleep(_LOOK)
            try:
                await self._look()
                self._pulse.answered()
            except InvalidToken:
                raise
            except TelegramError as error:
                logger.warning("Telegram does not tell how the webhook is doing: %s", error)

    async def stop(self) -> None:
        """Take no more deliveries. The webhook stays: Telegram keeps what comes for the next start."""
        self._stopping = True
        self._ready.set()
        await self._server.stop(_STOP_WITHIN)

    async def confirm(self) -> None:
        """Nothing is left to confirm."""

    async def _set(self) -> None:
        try:
            await self._bot.set_webhook(
                self._webhook.url,
                secret_token=self._webhook.secret,
                allowed_updates=WANTED,
                max_connections=_CONNECTIONS,
            )
        except BadRequest as error:
            raise WebhookRefusedError(self._webhook.url, error.message) from error

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._webhook.url:
            logger.error("another program took the webhook away; setting it again")
            await self._set()
        elif _failed_since(info, self._seen):
            self._seen = info.last_error_date
            logger.error(
                "Telegram cannot deliver: %s; %d updates wait",
                *(info.last_error_message, info.pending_update_count),
            )

    async def _delivered(self, request: Request) -> Response:
        if not self._is_telegram(request):
            return plain(HTTPStatus.FORBIDDEN)
        try:
            update = json.loads(request.body)
        except (ValueError, RecursionError):
            # Not a 4xx: Telegram would bring it again and again, and nothing behind it.
            logger.error(  # noqa: TRY400 - the error would tell what was said
                "Telegram delivered something that is no JSON, which is passed over"
            )
            return plain(HTTPStatus.OK)
        try:
            async with asyncio.timeout(_WITHIN):
                taken = await self._take(update)
        except TimeoutError:
            taken = False
        return plain(HTTPStatus.OK if taken else HTTPStatus.SERVICE_UNAVAILABLE)

    def _is_telegram(self, request: Request) -> bool:
        said = request.headers.get(HEADER, "").encode()
        if hmac.compare_digest(said, self._webhook.secret.encode()):
            return True
        if time.monotonic() - self._complained >= _SAY_AGAIN:
            self._complained = time.monotonic()
            logger.warning("refused a delivery without the secret: it is not from Telegram")
        return False

    async def _take(self, update: Any) -> bool:
        """Write an update down and begin to handle it; return whether it may be confirmed."""
        await self._ready.wait()
        if self._stopping:
            return False
        if is_overheard(update, self._bot.id, self._bot.username):
            return True
        patient = self._backlog > 0
        if patient:
            await self._handling.in_hand.has_room()
            self._backlog -= 1
        arrived = await self._inbox.receive([update])
        self._handling.take(arrived, patient=patient)
        if not self._inbox.durable:
            for number in numbered([update]):
                await self._handling.in_hand.handled(number)
        return True


def derived_secret(token: str) -> str:
    """Return a secret for the webhook that nobody can tell the token by.

    The same for all programs with that token, so that they can stand behind one webhook.
    """
    return hmac.digest(token.encode(), b"the secret of the webhook", "sha256").hex()


def _failed_since(info: WebhookInfo, seen: datetime | None) -> bool:
    return info.last_error_date is not None and (seen is None or info.last_error_date > seen)
