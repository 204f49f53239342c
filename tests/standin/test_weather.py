"""Faults by chance, doubled and shuffled updates, flood limits: on demand, and repeatable."""

from collections.abc import Iterator

import httpx
import pytest
import telegram
from telegram.error import NetworkError, RetryAfter

from tests.standin import SHOWERS, STORM, Fault, FloodLimits, Standin, User, Weather


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> Iterator[User]:
    ann = standin.user(11, "Ann")
    standin.private(ann)
    yield ann
    standin.world.weather = None


def faults(seed: int, rate: float, calls: int) -> list[Fault | None]:
    weather = Weather(seed, rate)
    return [weather.fault("sendMessage") for _ in range(calls)]


def test_chance() -> None:
    """The same seed brings the same faults, about as many as the rate says, and of all kinds."""
    assert faults(1, 0.05, 4000) == faults(1, 0.05, 4000)
    assert faults(1, 0.05, 100) != faults(2, 0.05, 100)
    met = [fault for fault in faults(1, 0.05, 4000) if fault]
    assert 150 <= len(met) <= 250
    assert {repr(fault) for fault in met} == {repr(fault) for fault in STORM}


def test_doubt() -> None:
    """A 429 and a slow answer leave no doubt whether a call was executed; other faults do."""
    assert [fault.in_doubt for fault in SHOWERS] == [False, False]
    assert len(STORM) == 8


async def test_calls_meet_weather(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Weather meets the methods that it is for, and is told from what Telegram refuses."""
    question = standin.say(ann, "who?")
    reply = telegram.ReplyParameters(question.id)
    standin.world.weather = Weather(
        1, rate=1.0, faults=[Fault.dropped(executed=True)], methods=frozenset({"sendMessage"})
    )

    with pytest.raises(NetworkError):
        await bot.send_message(ann.id, "a", reply_parameters=reply)
    await bot.get_me()

    assert standin.refusals() == []
    assert standin.doubtful() == [question]
    assert [message.text for message in question.replies] == ["a"]


async def test_garbage(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A body that isn't JSON can come before or after the call was executed."""
    standin.fail_next("sendMessage", Fault.garbled(executed=False), Fault.garbled(executed=True))

    for text in ("a", "b"):
        with pytest.raises(telegram.error.TelegramError, match="Invalid server response"):
            await bot.send_message(ann.id, text)

    assert [message.text for message in standin.sent(ann)] == ["b"]


async def test_doubled_updates(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Each update can come twice, at once or after it was confirmed; not for ever."""
    standin.world.weather = Weather(1, doubled=1.0)
    given: list[int] = []
    for number in range(8):
        standin.say(ann, str(number))
        offset = max(given, default=-1) + 1
        given += [update.update_id for update in await bot.get_updates(offset=offset)]
    given += [update.update_id for update in await bot.get_updates(offset=max(given) + 1)]

    assert sorted(given) == sorted(2 * list(set(given)))
    assert len(set(given)) == 8


async def test_disordered_updates(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A batch can come out of order; nothing of it is missing."""
    standin.world.weather = Weather(1, disordered=1.0)
    for number in range(9):
        standin.say(ann, str(number))

    ids = [update.update_id for update in await bot.get_updates()]

    assert ids != sorted(ids)
    assert len(set(ids)) == 9


async def test_poison(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """An update that can't be parsed blocks its batch, until its number is confirmed."""
    poison = standin.poison()
    standin.say(ann, "hello")

    with pytest.raises(Exception, match=r".+"):
        await bot.get_updates()
    (update,) = await bot.get_updates(offset=poison["update_id"] + 1)

    assert update.message


@pytest.mark.filterwarnings("ignore:.*retry_after")  # it becomes a timedelta one day
async def test_flood_of_a_chat(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A chat takes a burst, then one message a second; whoever is too fast is told how long."""
    standin.world.limits = FloodLimits()
    for _ in range(3):
        await bot.send_message(ann.id, "a")
    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(ann.id, "b")
    assert 1 <= flooded.value._retry_after.total_seconds() <= 3
    await bot.send_chat_action(ann.id, "typing")
    standin.pass_time(3)
    await bot.send_message(ann.id, "c")

    assert [call.method for call in standin.refusals()] == ["sendMessage"]
    assert [message.text for message in standin.sent(ann)] == ["a", "a", "a", "c"]


@pytest.mark.filterwarnings("ignore:.*retry_after")
async def test_flood_of_a_group(standin: Standin, bot: telegram.Bot) -> None:
    """A group takes twenty a minute."""
    desk = standin.group(-1001, "Desk")
    standin.world.limits = FloodLimits()
    for _ in range(20):
        await bot.send_message(desk.id, "a")
        standin.pass_time(1)
    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(desk.id, "b")

    assert 30 < flooded.value._retry_after.total_seconds() <= 41
    standin.pass_time(41)
    await bot.send_message(desk.id, "c")


async def test_flood_of_a_bot(standin: Standin) -> None:
    """A bot may send thirty a second, to whomever."""
    standin.world.limits = FloodLimits()
    people = [standin.private(standin.user(number, "Somebody")) for number in range(1, 32)]
    address = f"{standin.url}/bot{standin.token}/sendMessage"

    async with httpx.AsyncClient() as client:
        answers = [
            (await client.post(address, json={"chat_id": chat.id, "text": "a"})).json()
            for chat in people
        ]

    assert [answer["ok"] for answer in answers] == [True] * 30 + [False]
    assert answers[-1]["description"] == "Too Many Requests: retry after 1"
    assert answers[-1]["parameters"] == {"retry_after": 1}
