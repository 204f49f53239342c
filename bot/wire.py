"""The HTTP side of Telegram: the library's own, with an ear for a token that is refused."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.request import HTTPXRequest
from typing_extensions import override


class Wire(HTTPXRequest):
    """Talks to the Bot API and calls *on_refusal* when the server does not accept the token.

    The library ends its polling on such an answer and goes on as if it were running, so somebody
    has to be told.
    """

    def __init__(self, on_refusal: Callable[[], object], **options: Any) -> None:
        super().__init__(**options)
        self._on_refusal = on_refusal

    @override
    async def do_request(self, url: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(url, *args, **options)
        # Polling ends on a 404 as well, which is what a token of the wrong shape gets.
        missing = code == HTTPStatus.NOT_FOUND and url.endswith("/getUpdates")
        if code == HTTPStatus.UNAUTHORIZED or missing:
            self._on_refusal()
        return code, payload
