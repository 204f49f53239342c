"""The bot without a network: what it asks of Telegram is recorded, and answered as a test wishes."""

import json
import time
from collections.abc import Sequence
from typing import Any

from telegram.request import BaseRequest, RequestData
from typing_extensions import override

BOT = {"id": 42, "is_bot": True, "first_name": "On the Record", "username": "record_bot"}
ANN = {"id": 7, "is_bot": False, "first_name": "Ann"}
OK: dict[str, Any] = {"ok": True, "result": True}
_SAID: dict[str, Any] = {
    "getMe": BOT,
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}


def refusal(code: int, description: str, **parameters: int) -> dict[str, Any]:
    """What Telegram says when it refuses."""
    return {
        "ok": False,
        "error_code": code,
        "description": description,
        "parameters": parameters,
    }


class Recorder(BaseRequest):
    """Answers every call with success, or with what stands in *answers* for it, in that order."""

    def __init__(self, **answers: Sequence[dict[str, Any]]) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._answers = {name: list(each) for name, each in answers.items()}
        self._number = 1_000

    @property
    @override
    def read_timeout(self) -> float | None:
        return 1.0

    @override
    async def initialize(self) -> None:
        pass

    @override
    async def shutdown(self) -> None:
        pass

    @override
    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[1]
        values = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, values))
        waiting = self._answers.get(name)
        answer = waiting.pop(0) if waiting else self._success(name, values)
        return int(answer.get("error_code", 200)), json.dumps(answer).encode()

    def _success(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        if name in _SAID:
            return {"ok": True, "result": _SAID[name]}
        if name not in {"sendMessage", "editMessageText"}:
            return OK
        self._number += 1
        chat = {"id": values["chat_id"], "type": "private"}
        message = {"message_id": self._number, "date": 1, "chat": chat, "text": values["text"]}
        return {"ok": True, "result": {**message, "from": BOT}}

    def of(self, name: str) -> list[dict[str, Any]]:
        """The parameters of each call of the method *name*."""
        return [values for called, values in self.calls if called == name]

    def texts(self) -> list[str]:
        """The texts that were sent or edited, in order."""
        names = {"sendMessage", "editMessageText"}
        return [values["text"] for name, values in self.calls if name in names]


class Inbox:
    """Updates as Telegram sends them, one after another."""

    def __init__(self) -> None:
        self._number = 0

    def message(self, text: str | None = None, **changed: Any) -> dict[str, Any]:
        """An update with a message of Ann's in her private chat, with *changed* parts of it."""
        self._number += 1
        message = {
            "message_id": self._number,
            "date": int(time.time()),
            "chat": {"id": ANN["id"], "type": "private"},
            "from": ANN,
        }
        if text is not None:
            message["text"] = text
            if text.startswith("/"):
                length = len(text.split()[0])
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return {"update_id": self._number, "message": {**message, **changed}}

    def renamed(self, kind: str, update: dict[str, Any]) -> dict[str, Any]:
        """The same content as another *kind* of update, such as an edit."""
        return {"update_id": update["update_id"], kind: update["message"]}

    def pressed(self, data: str, message: dict[str, Any] | None) -> dict[str, Any]:
        """An update with a button pressed under a *message* of the bot."""
        self._number += 1
        query = {"id": "1", "from": ANN, "chat_instance": "1", "data": data, "message": message}
        return {"update_id": self._number, "callback_query": query}
