"""People who use the bot in every way at once, by chance: the same ones for the same seed."""

import random
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from tests.standin import Chat, InlineQuery, Message, Query, Standin, User

if TYPE_CHECKING:
    from collections.abc import Callable

PEOPLE = 300
GROUPS = 12
REMEMBERED = 60
"""Answers that somebody may still press, edit the question of, or ask on from."""

_QUESTIONS = (
    "who denied involvement?",
    "what did Zelenskyy say?",
    "what did Peskov say about the drones?",
    "when were the drones shot down?",
    "where were explosions heard?",
    "why was the parade changed?",
    "how many drones were shot down?",
    "latest on Odesa",
    "what did Kirby deny?",
    "is it true that Ukraine attacked the Kremlin?",
    "what did the White House say about the drones?",
    "how much did the drones cost?",
    "wer sprach?",
)
_FOLLOWING = ("when?", "where?", "and what did he say?", "why?", "who else denied it?")
_COMMANDS = ("/help", "/latest", "/sources", "/status", "/start", "/privacy")


@dataclass(slots=True)
class Done:
    """What people did since this was emptied, and waits for the bot or has been served by it."""

    messages: list[Message] = field(default_factory=list)
    queries: list[Query | InlineQuery] = field(default_factory=list)
    edits: int = 0


class Crowd:
    """Acts over *standin*. Whoever asks does so as often as anybody else."""

    def __init__(self, standin: Standin, seed: int) -> None:
        self.done = Done()
        self._standin = standin
        self._chance = random.Random(seed)  # noqa: S311 - chance that can be repeated is wanted
        self._people = [standin.user(1_000 + number, f"P{number}") for number in range(PEOPLE)]
        self._turn = 0
        self._groups = [
            standin.group(-1_001_000_000 - number, f"G{number}") for number in range(GROUPS)
        ]
        self._open: deque[Message] = deque(maxlen=REMEMBERED)

    def act(self) -> None:
        """One of them does something."""
        ways: dict[Callable[[User], None], int] = {
            self._ask: 50,
            self._ask_in_a_group: 10,
            self._command: 6,
            self._type: 8,
        }
        if (before := self._answered()) is not None:
            ways |= {
                partial(self._ask_on, before): 10,
                partial(self._edit, before): 6,
                partial(self._press, before): 10,
            }
        (way,) = self._chance.choices([*ways], [*ways.values()])
        self._turn += 1
        way(self._people[self._turn % PEOPLE])

    def forget(self) -> None:
        """What was done is over."""
        self.done = Done()
        self._open.clear()

    def _ask(self, person: User) -> None:
        self._say(person, self._question())

    def _ask_in_a_group(self, person: User) -> None:
        name = self._standin.world.bot.username
        self._say(person, f"@{name} {self._question()}", self._chance.choice(self._groups))

    def _command(self, person: User) -> None:
        self._say(person, self._chance.choice(_COMMANDS))

    def _ask_on(self, before: Message, person: User) -> None:
        sender = before.sender or person
        self._say(sender, self._chance.choice(_FOLLOWING), before.chat, before.replies[0])

    def _edit(self, before: Message, _: User) -> None:
        self.done.edits += 1
        self._standin.edit(before, before.text.replace(before.text.split()[-1], "Kyiv?"))

    def _press(self, before: Message, person: User) -> None:
        buttons = before.replies[0].buttons()
        data = [each["callback_data"] for each in buttons if "callback_data" in each]
        if data:
            sender, chosen = before.sender or person, self._chance.choice(data)
            self.done.queries.append(self._standin.forge(sender, before.replies[0], chosen))

    def _type(self, person: User) -> None:
        self.done.queries.append(self._standin.type_inline(person, self._question()))

    def _say(
        self, person: User, text: str, chat: Chat | None = None, reply_to: Message | None = None
    ) -> None:
        message = self._standin.say(person, text, chat=chat, reply_to=reply_to)
        self.done.messages.append(message)
        self._open.append(message)

    def _question(self) -> str:
        return self._chance.choice(_QUESTIONS)

    def _answered(self) -> Message | None:
        """A message that was answered not long ago, and is a question."""
        answered = [each for each in self._open if each.replies and not each.text.startswith("/")]
        return self._chance.choice(answered) if answered else None
