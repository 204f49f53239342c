"""The HTTP side of Telegram: the library's own, with an ear for a token that is refused.

It tells what surely was not done, and may be asked again, from what may have been.
"""

import json
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import httpx
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.request import HTTPXRequest
from typing_extensions import override

from bot.delivery.nesting import shallow
from bot.monitoring.calls import Call, Heard, Trouble, call_of, trouble_of

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NOT_DONE = {
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
}
"""A gateway's time-out (504) is not among them: what is behind it may have done its work."""

_NO_ENTRY = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "topic_closed",
    "thread not found",
)
"""What Telegram says, as a BadRequest, where the bot may not write or can write no more."""


class UnavailableError(NetworkError):
    """Telegram's servers said that they did not do what was asked. It may be asked again."""


def nobody_hears(call: Call, seconds: float, trouble: Trouble | None, /) -> None:
    """Nobody counts."""


class Wire(HTTPXRequest):
    """Talks to the Bot API and calls *on_refusal* when the server does not accept the token.

    The library ends its polling on such an answer and goes on as if it were running, so somebody
    has to be told. Raises UnavailableError besides what its base does.
    """

    def __init__(
        self, on_refusal: Callable[[], object], heard: Heard = nobody_hears, **options: Any
    ) -> None:
        """*heard* is told of each call. The rest is the library's."""
        super().__init__(**options)
        self._on_refusal = on_refusal
        self._heard = heard

    @override
    async def do_request(self, url: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        began = time.monotonic()
        try:
            code, payload = await super().do_request(url, *args, **options)
        except TelegramError as error:
            self._heard(call_of(url), time.monotonic() - began, trouble_of(error))
            raise
        self._heard(call_of(url), time.monotonic() - began, trouble_of(code))
        # Polling ends on a 404 as well, which is what a token of the wrong shape gets.
        missing = code == HTTPStatus.NOT_FOUND and url.endswith("/getUpdates")
        if code == HTTPStatus.UNAUTHORIZED or missing:
            self._on_refusal()
        # A 429 that names no time comes from something in front of Telegram.
        blunt = code == HTTPStatus.TOO_MANY_REQUESTS and b"retry_after" not in payload
        if code in _NOT_DONE or blunt:
            raise UnavailableError(f"{HTTPStatus(code).phrase} ({code})")
        return code, payload

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        text = payload.decode(errors="replace")
        try:
            try:
                answer: dict[str, Any] = json.loads(text)
            except RecursionError:
                # One such update in a batch must not keep the bot from the rest for ever.
                answer = json.loads(shallow(text))
        except ValueError:
            # Not chained, nor logged as the library does: it holds what people said.
            raise TelegramError("Invalid server response") from None
        return answer


def was_not_done(error: TelegramError) -> bool:
    """Whether Telegram was not there to do what was asked, which may be asked again therefore."""
    return isinstance(error, UnavailableError) or isinstance(error.__cause__, _NOT_SENT)


def was_shut_out(error: TelegramError) -> bool:
    """Whether *error* means that the bot may not write into the chat."""
    if isinstance(error, BadRequest):
        return any(reason in error.message.lower() for reason in _NO_ENTRY)
    return isinstance(error, Forbidden)


def may_have_been_done(error: TelegramError) -> bool:
    """Whether Telegram may have done what was asked although *error* was all that came back."""
    if type(error) is TelegramError:  # an answer that cannot be read
        return True
    from_the_network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return from_the_network and not was_not_done(error)
