"""Logs without secrets: whatever a library puts into a message, an argument or a traceback."""

import logging
import re
import sys
from collections.abc import Iterable
from types import TracebackType
from urllib.parse import quote

from typing_extensions import override

REDACTED = "[redacted]"

_ANY_TOKEN = re.compile(r"\b[0-9]{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
"""What every bot token looks like, also one that was never told to us."""

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

logger = logging.getLogger(__name__)


class RedactingFormatter(logging.Formatter):
    """Formats a record as ever and then blots out *secrets* and anything shaped like a token.

    It works on the finished text, so messages, arguments and tracebacks are all covered.
    """

    def __init__(self, secrets: Iterable[str] = (), fmt: str = _FORMAT) -> None:
        super().__init__(fmt)
        self._secrets = sorted({form for s in secrets for form in _forms(s)}, key=len, reverse=True)

    @override
    def format(self, record: logging.LogRecord) -> str:
        return self.redact(super().format(record))

    def redact(self, text: str) -> str:
        """Return *text* without the secrets."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return _ANY_TOKEN.sub(REDACTED, text)


def set_up_logging(level: str, secrets: Iterable[str] = ()) -> None:
    """Log everything of *level* and above to standard error, without *secrets*.

    Replaces the handlers of the root logger. Warnings and uncaught exceptions go the same way.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # httpx tells every request with its URL, and Telegram's URLs hold the token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.critical("uncaught exception", exc_info=(kind, error, traceback))


def _forms(secret: str) -> set[str]:
    """The secret as it is, as it stands in a URL, and, of a token, the half that matters."""
    forms = {secret, quote(secret, safe="")}
    _, colon, half = secret.partition(":")
    if colon:
        forms.add(half)
    # A secret of a few characters would blot out half of every line, and protects nothing.
    return {form for form in forms if len(form) >= 8} or {secret}
