"""Calls to Telegram as they are counted: by what they do, and by what went wrong."""

from enum import StrEnum
from http import HTTPStatus
from typing import Protocol

from telegram.error import TelegramError, TimedOut


class Call(StrEnum):
    """What a call does."""

    SEND = "send"
    EDIT = "edit"
    ANSWER = "answer"
    """To a press, an inline query, a guest."""
    POLL = "poll"
    OTHER = "other"


CALLS = tuple(each for each in Call if each is not Call.POLL)
"""Those whose time is measured."""


class Trouble(StrEnum):
    """What went wrong with a call."""

    FLOOD = "flood"
    CONFLICT = "conflict"
    TOKEN = "token"  # noqa: S105 - a kind of trouble, no token
    FORBIDDEN = "forbidden"
    BAD_REQUEST = "bad_request"
    SERVER = "server"
    TIMEOUT = "timeout"
    NETWORK = "network"
    OTHER = "other"


class Heard(Protocol):
    """Is told of each try of a call to Telegram."""

    def __call__(self, call: Call, seconds: float, trouble: Trouble | None, /) -> None:
        """*trouble* is None if it went well. Returns at once."""


_BEGINNINGS = {
    "sendChatAction": Call.OTHER,
    "send": Call.SEND,
    "copy": Call.SEND,
    "forward": Call.SEND,
    "edit": Call.EDIT,
    "answer": Call.ANSWER,
    "getUpdates": Call.POLL,
}
_STATUSES: dict[int, Trouble] = {
    HTTPStatus.TOO_MANY_REQUESTS: Trouble.FLOOD,
    HTTPStatus.CONFLICT: Trouble.CONFLICT,
    HTTPStatus.UNAUTHORIZED: Trouble.TOKEN,
    HTTPStatus.NOT_FOUND: Trouble.TOKEN,
    HTTPStatus.FORBIDDEN: Trouble.FORBIDDEN,
    HTTPStatus.BAD_REQUEST: Trouble.BAD_REQUEST,
}


def call_of(url: str) -> Call:
    """Return what the call to *url* does."""
    method = url.partition("?")[0].rpartition("/")[2]
    return next((call for part, call in _BEGINNINGS.items() if method.startswith(part)), Call.OTHER)


def trouble_of(answer: int | TelegramError) -> Trouble | None:
    """Return what is wrong with the status of an answer, or what was raised in place of one."""
    if isinstance(answer, TimedOut):
        return Trouble.TIMEOUT
    if isinstance(answer, TelegramError):
        return Trouble.NETWORK
    if answer < HTTPStatus.BAD_REQUEST:
        return None
    if answer >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Trouble.SERVER
    return _STATUSES.get(answer, Trouble.OTHER)
