"""The webhook: where updates are delivered instead of being fetched, and how that went."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.standin.params import Json, bad

PORTS = {443, 80, 88, 8443}
SECRET = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(slots=True)
class Webhook:
    """Where updates go."""

    url: str
    secret: str
    connections: int
    certificate: bool
    error: str = ""
    error_date: int = 0

    def json(self, pending: int, allowed: Sequence[str] | None) -> Json:
        """As getWebhookInfo gives it."""
        failed = {"last_error_date": self.error_date, "last_error_message": self.error}
        chosen = {"allowed_updates": list(allowed)} if allowed else {}
        return {
            "url": self.url,
            "has_custom_certificate": self.certificate,
            "pending_update_count": pending,
            "max_connections": self.connections,
            **(failed if self.error else {}),
            **chosen,
        }


@dataclass(slots=True)
class Destination:
    """The webhook that is set, and the *routes* to it: `https://name` -> where the bot listens.

    *called_for* is set with the first webhook.
    """

    webhook: Webhook | None = None
    routes: dict[str, str] = field(default_factory=dict)
    called_for: asyncio.Event = field(default_factory=asyncio.Event)


def check_webhook(url: str, secret: str, connections: int) -> None:
    """Raises Refusal for a webhook that Telegram does not take."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if not 1 <= connections <= 100:
        raise bad("max_connections must be between 1 and 100")
