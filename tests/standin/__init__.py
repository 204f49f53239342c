"""A strict stand-in for Telegram's Bot API over HTTP, for tests.

It refuses what Telegram refuses, with Telegram's words, and writes down what Telegram would swallow
in silence but this project does not want (`Standin.violations`; the `standin` fixture fails on any).

A Standin is three things in one:

* People act (chatting.py, membership.py, modes.py): `say`, `send`, `upload`, `forward`, `edit`,
  `delete`, `press`, `forge`; `group`, `topic`, `invite`, `expel`, `promote`, `block`, `migrate`;
  `type_inline`, `scroll`, `choose`, `share`, `summon`, `open_link`, `press_start`.
* Tests watch (watching.py): `wait_for_reply`, `wait_for_edit`, `wait_for_results` and others;
  `sent`, `lost`, `doubled`, `doubtful`, `refusals`, and `Message.replies`.
* Things go wrong (standin.py): `fail_next` by script, `world.weather` by chance, `world.limits` for
  floods, `poison`, `deliver_raw`, `stop` and `start`, `pass_time`.

What the bot's owner switches at BotFather is in `world.modes`. A webhook needs a `route` first.
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
