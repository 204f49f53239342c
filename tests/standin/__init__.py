"""A strict stand-in for Telegram's Bot API over HTTP, for tests.

It refuses what Telegram refuses, with Telegram's words, and writes down what Telegram would swallow
in silence but this project does not want (`Standin.violations`).
"""

from tests.standin.faults import Fault
from tests.standin.rules import GROUP_ANONYMOUS_BOT
from tests.standin.standin import Standin
from tests.standin.world import Chat, Message, Query, User

__all__ = ["GROUP_ANONYMOUS_BOT", "Chat", "Fault", "Message", "Query", "Standin", "User"]
