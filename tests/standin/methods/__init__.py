"""The methods of the Bot API. Each is one function, named as Telegram names it, in snake case."""

from tests.standin.methods import answering, chats, editing, files, profile, sending, updates
from tests.standin.methods.registry import METHODS

__all__ = [
    "METHODS", "answering", "chats", "editing", "files", "profile", "sending", "updates",
]  # fmt: skip
