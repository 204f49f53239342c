"""What can be made to go wrong with a call, and how an outcome looks on the wire."""

import json
from dataclasses import dataclass, field

from tests.standin.params import Json, Refusal
from tests.standin.wire import Reply


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong once. Make it by one of the named constructors."""

    status: int | None = None
    description: str = ""
    parameters: Json = field(default_factory=dict)
    page: bool = False
    garbage: bool = False
    drop: bool = False
    executed: bool = False
    seconds: float = 0.0

    @property
    def in_doubt(self) -> bool:
        """Whether whoever called can't know if the call was executed."""
        return self.drop or self.garbage or self.page or (self.status or 0) >= 500

    @classmethod
    def answer(cls, status: int, description: str) -> "Fault":
        """A JSON error with *status*; the call isn't executed."""
        return cls(status=status, description=description)

    @classmethod
    def flood(cls, retry_after: int) -> "Fault":
        """429, to be tried again after *retry_after* seconds."""
        text = f"Too Many Requests: retry after {retry_after}"
        return cls(status=429, description=text, parameters={"retry_after": retry_after})

    @classmethod
    def gateway(cls, status: int = 502) -> "Fault":
        """An HTML page from something in front of Telegram; the call isn't executed."""
        return cls(status=status, page=True)

    @classmethod
    def garbled(cls, *, executed: bool) -> "Fault":
        """200 with a body that is not JSON, before or after the call was *executed*."""
        return cls(garbage=True, executed=executed)

    @classmethod
    def dropped(cls, *, executed: bool) -> "Fault":
        """The connection is closed without an answer, before or after the call was *executed*."""
        return cls(drop=True, executed=executed)

    @classmethod
    def slow(cls, seconds: float) -> "Fault":
        """The call is executed at once and answered after *seconds*."""
        return cls(executed=True, seconds=seconds)


def spoilt(fault: Fault, reply: Reply) -> Reply:
    """The *reply* as the *fault* leaves it."""
    if fault.drop:
        return Reply(0, None)
    if fault.garbage:
        return Reply(200, b'{"ok": tru')
    if fault.page:
        page = b"<html><body><h1>Bad Gateway</h1></body></html>"
        return Reply(fault.status or 502, page, {"content-type": "text/html"})
    if fault.status is not None:
        return reply_with(Refusal(fault.status, fault.description, parameters=fault.parameters))
    return reply


def reply_with(result: object) -> Reply:
    """A method's result, or a Refusal, as Telegram puts it."""
    if not isinstance(result, Refusal):
        return Reply(200, json.dumps({"ok": True, "result": result}).encode())
    body = {"ok": False, "error_code": result.status, "description": result.description}
    extra = {"parameters": result.parameters} if result.parameters else {}
    return Reply(result.status, json.dumps({**body, **extra}).encode())
