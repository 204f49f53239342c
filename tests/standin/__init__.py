"""A strict stand-in for Telegram's Bot API over HTTP, for tests.

It refuses what Telegram refuses, with Telegram's words, and writes down what Telegram would swallow
in silence but this project does not want (`Standin.violations`).
"""

from tests.standin.chatting import origins
from tests.standin.faults import Fault
from tests.standin.flood import FloodLimits
from tests.standin.messages import Message
from tests.standin.people import GROUP_ANONYMOUS_BOT, Chat, User
from tests.standin.queries import GuestQuery, InlineQuery, Query
from tests.standin.standin import Standin
from tests.standin.watching import Call
from tests.standin.weather import SHOWERS, STORM, Weather

__all__ = [
    "GROUP_ANONYMOUS_BOT", "SHOWERS", "STORM", "Call", "Chat", "Fault", "FloodLimits",
    "GuestQuery", "InlineQuery", "Message", "Query", "Standin", "User", "Weather", "origins",
]  # fmt: skip
