"""What a call carries, and how Telegram says no to it."""

import json
from collections.abc import Mapping
from typing import Any

from tests.standin.wire import Upload

Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - an answer of Telegram, not a fault of the stand-in
    """Telegram says no. *blame* is False when a well-behaved bot can meet this refusal."""

    def __init__(
        self, status: int, description: str, *, blame: bool = True, parameters: Json | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.blame = blame
        self.parameters = parameters or {}


def bad(reason: str, *, blame: bool = True) -> Refusal:
    """A 400 with Telegram's words."""
    return Refusal(400, f"Bad Request: {reason}", blame=blame)


class Params:
    """The parameters of one call, whether they came as JSON or as a form. Notes what was read."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self.unread = set(values)

    def raw(self) -> Json:
        """All parameters, forms' JSON decoded where it can be."""
        return {name: _loads(value) for name, value in self._values.items()}

    def string(self, name: str) -> str:
        """The text of *name*, empty when it was not given."""
        self.unread.discard(name)
        return str(self._values.get(name, ""))

    def integer(self, name: str) -> int | None:
        """The number *name*, None when it was not given."""
        value = self.structure(name)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise bad(f"invalid {name} specified")

    def flag(self, name: str) -> bool:
        """Whether *name* is true; false when it was not given."""
        return self.structure(name) is True

    def file(self, name: str) -> Upload | None:
        """The file *name*, whether it came by itself or by reference; None when none came."""
        self.unread.discard(name)
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.file(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None

    def structure(self, name: str) -> Any:
        """The decoded object or array *name*, None when it was not given."""
        self.unread.discard(name)
        value = self._values.get(name)
        return _decoded(name, value) if isinstance(value, str) else value


def _decoded(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None


def _loads(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
