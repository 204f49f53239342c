"""Updates of all kinds as Telegram never sends them: fields missing, of wrong types, huge, nested."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count, islice
from typing import Any

import httpx

from bot.delivery.webhook import HEADER
from tests.bot.delivered import SECRET
from tests.standin import Message, Standin, User, Weather, origins
from tests.standin.params import Json

QUESTION = "who denied involvement?"
_PERSON = 70_001
_GROUP = -1_007_000_001
_DAY = 1_700_000_000
_STILL = {"is_animated": False, "is_video": False}
AHEAD = 20
"""Good questions that may wait at the same time."""

PATIENCE = 60.0
"""Seconds after which a good question counts as lost."""

Path = tuple[str | int, ...]
"""Where something stands in an update: the keys and places that lead to it."""


def nested(depth: int) -> Any:
    """Lists in lists."""
    thing: Any = []
    for _ in range(depth):
        thing = [thing]
    return thing


WRONG: Sequence[Any] = (
    *(None, True, False, 0, -1, 7, 2**31, -(2**63), 2**63, 2**200, 0.5, -1e308),
    *("", "x", "0", "\ud800", "\x00\u202e", "/ask", "x" * 20_000),
    *([], [None], [[]], ["x"] * 3_000, {}, {"id": 1}, {"": {}}, {"x": None}),
    *(nested(60), nested(450), {"message": {"message": {"chat": {}}}}),
)
"""What may stand where something else should."""

_NO_NUMBERS = [each for each in WRONG if type(each) is not int or not 0 < each < 2**52]
"""What cannot number an update. What can is Telegram's to choose, and tells what it has given."""


def shapes(standin: Standin) -> list[Json]:
    """An update of each kind, and messages of many kinds, as Telegram sends them; without numbers.

    Nothing of it is left with the stand-in but the people, who can be replied to.
    """
    world = standin.world
    everything, world.everything = world.everything, True
    before = len(world.updates)
    _act(standin, standin.user(_PERSON, "Fay", username="fay_of_fuzz"))
    found = [{key: each[key] for key in each if key != "update_id"} for each in world.updates]
    world.everything = everything
    del world.updates[before:]
    world.asked.clear()
    world.queries.clear()
    world.inline_queries.clear()
    world.guest_queries.clear()
    return [*found, *_unasked(standin.user(_PERSON, "Fay").json())]


def _act(standin: Standin, fay: User) -> None:
    group = standin.group(_GROUP, "Fuzz", topics=[4])
    name = f"@{standin.world.bot.username}"
    asked = standin.say(fay, QUESTION)
    answer = standin.world.add_message(asked.chat, standin.world.bot, "An answer", reply_to=asked)
    answer.markup = {"inline_keyboard": [[{"text": "More", "callback_data": "p1.abcdefgh"}]]}
    standin.say(fay, "/start abc")
    standin.say(fay, "when?", reply_to=answer, quote="answer")
    standin.say(fay, f"{name} {QUESTION}", chat=group, thread=4)
    standin.say(fay, "/ask", chat=group, reply_to=standin.say(fay, "Kyiv denied it", chat=group))
    standin.say_anonymously(group, f"/ask {QUESTION}")
    standin.forward(fay, "Kyiv denied involvement", origins("Somebody"))
    standin.forward(fay, "Kyiv denied involvement", origins(group))
    photo = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}
    standin.send(fay, {"photo": [photo]}, caption=QUESTION)
    standin.send(fay, {"sticker": {**photo, "type": "regular", **_STILL}})
    standin.send(fay, {"poll": _poll(), "media_group_id": "1"})
    standin.edit(asked, "who denied it, then?")
    standin.press(fay, answer, "More")
    standin.type_inline(fay, QUESTION)
    standin.summon(fay, f"{name} {QUESTION}")
    standin.promote(fay, group)
    standin.block(fay)
    standin.unblock(fay)
    migrated = {"migrate_to_chat_id": _GROUP - 1}
    standin.world.deliver(standin.world.add_message(group, fay, extra=migrated))
    standin.post(standin.group(_GROUP - 2, "Post", kind="channel"), QUESTION)


def _poll() -> Json:
    option = {"persistent_id": "1", "text": "yes", "voter_count": 1}
    flags = (
        "is_closed",
        "is_anonymous",
        "allows_multiple_answers",
        "allows_revoting",
        "members_only",
    )
    asked = {"question": QUESTION, "options": [option], "total_voter_count": 1, "type": "regular"}
    return {"id": "5", **asked, **dict.fromkeys(flags, False)}


def _unasked(user: Json) -> list[Json]:
    """Kinds that the bot has not asked for, and may get all the same; and one that is not there yet."""
    chat = {"id": user["id"], "type": "private", "first_name": "Fay"}
    message = {"message_id": 9, "date": _DAY, "chat": chat, "from": user, "text": QUESTION}
    like = {"type": "emoji", "emoji": "x"}
    answered = {"option_ids": [0], "option_persistent_ids": ["1"]}
    return [
        {"poll": _poll()},
        {"poll_answer": {"poll_id": "5", "user": user, **answered}},
        {"chosen_inline_result": {"result_id": "1", "from": user, "query": QUESTION}},
        {"business_message": {**message, "business_connection_id": "b"}},
        {"shipping_query": {"id": "1", "from": user, "invoice_payload": "p"}},
        {
            "message_reaction": {
                "chat": chat,
                "message_id": 9,
                "user": user,
                "date": _DAY,
                "old_reaction": [],
                "new_reaction": [like],
            }
        },
        {"chat_join_request": {"chat": chat, "from": user, "user_chat_id": 1, "date": _DAY}},
        {"message_of_the_future": message},
        {"future": 5},
    ]


def fuzzed(shapes: Sequence[Json], number: int, seed: int) -> Iterator[Json]:
    """Yield *number* updates made from *shapes*: first with each field missing, each once.

    The rest have one field, or a few, that hold something else; some have a number ("update_id")
    that cannot be one. The same for the same *seed*.
    """
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated is wanted
    places = [(shape, path) for shape in shapes for path in paths(shape)]
    missing = chance.sample(places, len(places))
    for shape, path in missing[: max(number // 2, 1)]:
        yield changed(shape, path, _take_out)
    for _ in range(number - min(len(missing), max(number // 2, 1))):
        shape = chance.choice(shapes)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            if there := [*paths(shape)]:
                shape = changed(shape, chance.choice(there), put(chance.choice(WRONG)))
        yield (
            {"update_id": chance.choice(_NO_NUMBERS), **shape} if chance.random() < 0.03 else shape
        )


def paths(thing: Any, so_far: Path = ()) -> Iterator[Path]:
    """Yield the place of everything in *thing*, but for what stands very deep."""
    if len(so_far) > 12:
        return
    keys: Iterable[str | int] = ()
    if isinstance(thing, dict):
        keys = thing
    elif isinstance(thing, list):
        keys = range(min(len(thing), 3))
    for key in keys:
        yield (*so_far, key)
        yield from paths(thing[key], (*so_far, key))


Change = Callable[[Any, str | int], None]


def changed(thing: Json, path: Path, change: Change) -> Json:
    """A copy of *thing* whose part at *path* has undergone the *change*."""
    copied: Json = _copied(thing)
    inside: Any = copied
    for key in path[:-1]:
        inside = inside[key]
    change(inside, path[-1])
    return copied


def _copied(thing: Any) -> Any:
    # What is nested deep is never changed, and too deep for deepcopy.
    try:
        return deepcopy(thing)
    except RecursionError:
        if isinstance(thing, dict):
            return {key: _copied(each) for key, each in thing.items()}
        return thing


def _take_out(inside: Any, key: str | int) -> None:
    del inside[key]


def put(value: Any) -> Change:
    """The change that leaves *value* in the place."""

    def change(inside: Any, key: str | int) -> None:
        inside[key] = value

    return change


@dataclass(frozen=True, slots=True)
class Withstood:
    """What became of the good questions between the fuzzed updates. *slowest* is in seconds."""

    fuzzed: int
    asked: int
    lost: int
    doubled: int
    slowest: float

    @property
    def is_clean(self) -> bool:
        """Whether every good question was answered, once."""
        return self.lost == self.doubled == 0


Give = Callable[[Sequence[Json]], Awaitable[None]]
"""Gives updates to the bot, those without a number under a new one; returns when it has them."""


async def withstand(standin: Standin, updates: Iterable[Json], give: Give) -> Withstood:
    """Give *updates* to the bot that is running, with a good question after each ten of them."""
    people = [standin.user(80_000 + number, f"G{number}") for number in range(200)]
    asked: list[Message] = []
    given = 0
    for batch in batched(updates, 10):
        await give(batch)
        given += len(batch)
        asked.append(standin.say(people[len(asked) % len(people)], QUESTION))
        if len(asked) > AHEAD:
            await _answered(standin, asked[-AHEAD])
    for each in asked:
        await _answered(standin, each)
    await asyncio.sleep(0.5)  # for what comes twice
    return Withstood(
        given,
        asked=len(asked),
        lost=sum(not each.replies for each in asked),
        doubled=sum(len(each.replies) > 1 for each in asked),
        slowest=max((each.replies[0].at - each.at for each in asked if each.replies), default=0.0),
    )


async def _answered(standin: Standin, message: Message) -> None:
    await standin.world.until(lambda: message.replies or None, PATIENCE)


def batched(things: Iterable[Json], size: int) -> Iterator[list[Json]]:
    """Yield *things* in lists of *size*; the last one may be shorter."""
    left = iter(things)
    while batch := list(islice(left, size)):
        yield batch


def by_polls(standin: Standin) -> Give:
    """Give updates to a bot that polls."""
    weather = standin.world.weather = Weather(0)

    async def give(updates: Sequence[Json]) -> None:
        for update in updates:
            if "update_id" in update:
                weather.again.append(update)  # once: nothing could confirm it
            else:
                standin.world.queue(update)
        standin.world.changed()
        await standin.wait_until_read()

    return give


def by_webhook(client: httpx.AsyncClient, url: str) -> Give:
    """Deliver updates to the bot's *url*, each until it takes it."""
    numbers = count(900_000_001)

    async def give(updates: Sequence[Json]) -> None:
        for update in updates:
            whole = {"update_id": next(numbers), **update}
            answer = await client.post(url, content=json.dumps(whole), headers={HEADER: SECRET})
            assert answer.status_code == HTTPStatus.OK, answer

    return give
