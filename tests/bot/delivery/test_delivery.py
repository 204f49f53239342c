"""No question lost and none answered twice: over the wire, with faults, floods and poison."""

import asyncio
import json
import logging
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from bot.delivery.arrivals import LIMIT
from bot.delivery.flood import Patience
from bot.delivery.inhand import WAITING_IN_A_CHAT
from bot.rendering.catalogue import words_for
from bot.settings.address import Address
from bot.state import Incoming, State
from tests.bot.running import running
from tests.bot.troubled import failing, stuck
from tests.standin import STORM, Fault, Standin, User, Weather

ENGLISH = words_for("en")
QUESTION = "who denied involvement?"


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


def count(file: Path, status: str) -> int:
    """How many updates of a status the state in *file* has."""
    with sqlite3.connect(file) as database:
        row = database.execute("SELECT count(*) FROM updates WHERE status = ?", [status]).fetchone()
    return int(row[0])


async def test_in_bad_weather(standin: Standin, file: Path) -> None:
    """With faults, doubled and shuffled updates, nothing is lost or doubled but what is in doubt."""
    people = [standin.user(100 + number, f"P{number}") for number in range(40)]
    async with running(standin, state=str(file)):
        standin.world.weather = Weather(3, rate=0.15, faults=STORM, doubled=0.2, disordered=0.3)
        for person in people:
            standin.say(person, QUESTION)
            standin.say(person, "/help")
        doubtful = standin.doubtful
        await standin.world.until(
            lambda: not (set(standin.lost()) - set(doubtful())) or None, seconds=60
        )
        standin.world.weather = None
        await asyncio.sleep(0.5)

    assert set(standin.lost()) <= set(standin.doubtful())
    assert standin.doubled() == []


async def test_left_behind(standin: Standin, ann: User, file: Path) -> None:
    """What a program that was killed had written down is answered by the next; what it sent is not."""
    answered, waiting = standin.say(ann, "/help"), standin.say(ann, "/status")
    updates = list(standin.world.updates)
    standin.world.updates.clear()
    async with await State.open(Address.of_file(file)) as state:
        await state.inbox.receive(
            Incoming(
                update_id=update["update_id"],
                payload=json.dumps(update),
                received_at=datetime.now().astimezone(),
            )
            for update in updates
        )
        await state.inbox.mark_sent(updates[0]["update_id"], 0, 77)

    async with running(standin, state=str(file)):
        await standin.wait_for_reply(waiting)
        await asyncio.sleep(0.1)

    assert answered.replies == []
    assert len(waiting.replies) == 1
    assert count(file, "waiting") == 0


async def test_repeated_updates(standin: Standin, ann: User, file: Path) -> None:
    """An update that Telegram delivers again, even after a restart, is not handled again."""
    asked = standin.say(ann, "/help")
    update = standin.world.updates[0]
    for _ in range(2):
        async with running(standin, state=str(file)):
            standin.world.updates.append(update)
            standin.world.changed()
            await standin.wait_for_reply(asked)
            await standin.wait_for_reply(standin.say(ann, "/status"))

    assert len(asked.replies) == 1


async def test_unreadable_update(
    standin: Standin, ann: User, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An update that cannot be read is set aside and logged by its shape; the next is answered."""
    adam = standin.user(42, "Adam")
    standin.private(adam)
    async with running(standin, state=str(file), admins=[42]):
        standin.deliver_raw("message", {"message_id": "a secret", "date": "x", "chat": 5})
        reply = await standin.wait_for_reply(standin.say(ann, "/help"))
        told = await standin.wait_for_message(adam, "set aside")

    assert reply.text == ENGLISH("help")
    assert "cannot be read" in told.text
    assert "<8 characters>" in caplog.text
    assert "a secret" not in caplog.text
    assert count(file, "aside") == 1


async def test_passing_failure(standin: Standin, ann: User) -> None:
    """A handler that fails twice is tried a third time; the asker does not notice."""
    library = failing(2)
    async with running(standin, library=library):
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert reply.marked("blockquote")
    assert len(standin.sent(ann)) == 1


async def test_poison(standin: Standin, ann: User, file: Path) -> None:
    """After three failures an update is set aside, with one apology; admins hear of a cause once."""
    adam = standin.user(42, "Adam")
    standin.private(adam)
    library = failing(6)
    async with running(standin, library=library, state=str(file), admins=[42]):
        for _ in range(2):
            sorry = await standin.wait_for_reply(standin.say(ann, QUESTION))
            assert sorry.text == ENGLISH("apology")
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION))
        await standin.wait_for_message(adam, "set aside")

    assert reply.marked("blockquote")
    assert len(library.asked) == 7
    assert len(standin.sent(adam)) == 1
    assert count(file, "aside") == 2


async def test_program_ends_at_it(standin: Standin, ann: User, file: Path) -> None:
    """An update during which the program ended time and again is not begun any more."""
    standin.say(ann, QUESTION)
    (update,) = standin.world.updates
    standin.world.updates.clear()
    async with await State.open(Address.of_file(file)) as state:
        payload = json.dumps(update)
        at = datetime.now().astimezone()
        number = update["update_id"]
        await state.inbox.receive([Incoming(update_id=number, payload=payload, received_at=at)])
        for _ in range(6):
            await state.inbox.attempt(number)

    async with running(standin, state=str(file)):
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert len(standin.sent(ann)) == 1
    assert count(file, "aside") == 1


async def test_flood_of_one_chat(standin: Standin, ann: User) -> None:
    """Chats that have to wait hold up nobody else, however many they are."""
    crowd = [standin.user(100 + number, f"P{number}") for number in range(8)]
    async with running(standin, concurrent_chats=2):
        standin.fail_next("sendMessage", *[Fault.flood(3)] * len(crowd))
        asked = [standin.say(person, "/help") for person in crowd]
        await standin.wait_for_call("sendMessage", len(crowd))
        await standin.wait_for_reply(standin.say(ann, QUESTION), seconds=2)
        assert all(not message.replies for message in asked)
        await standin.wait_until_all_answered()

    assert standin.doubled() == []


@pytest.mark.parametrize("fault", [Fault.gateway(), Fault.gateway(503), Fault.answer(500, "Oops")])
async def test_telegram_could_not(standin: Standin, ann: User, fault: Fault) -> None:
    """A reply that Telegram's servers could not take is sent again, until they do."""
    async with running(standin):
        standin.fail_next("sendMessage", fault, fault)
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert len(standin.sent(ann)) == 1


async def test_flood_longer_than_a_request_is_repeated(standin: Standin, ann: User) -> None:
    """Who cannot be answered for longer than a request waits is answered when the time has come."""
    bob = standin.user(12, "Bob")
    async with running(standin) as bot:
        limiter = bot.application.bot.rate_limiter
        assert isinstance(limiter, Patience)
        limiter._longest = 0.5
        standin.fail_next("sendMessage", Fault.flood(2))
        asked = standin.say(ann, QUESTION)
        await standin.wait_for_call("sendMessage")
        await standin.wait_for_reply(standin.say(bob, "/help"), seconds=1)
        assert not asked.replies
        await standin.wait_for_reply(asked)
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert standin.sent(ann)[0].reply_to is asked
    assert standin.doubled() == []


async def test_one_that_waits_long_keeps_nobody_from_being_fetched(
    standin: Standin, ann: User
) -> None:
    """Where nothing can be written down, a batch of others may overtake what cannot be answered."""
    crowd = [standin.user(100 + number, f"P{number}") for number in range(LIMIT + 20)]
    async with running(standin):
        standin.fail_next("sendMessage", Fault.flood(60))
        standin.say(ann, "/help")
        await standin.wait_for_call("sendMessage")
        asked = [standin.say(person, "/help") for person in crowd]
        await standin.world.until(lambda: all(each.replies for each in asked) or None, 20)

    assert all(len(each.replies) == 1 for each in asked)


async def test_telegram_goes_away(standin: Standin, ann: User) -> None:
    """A reply that cannot leave, because nobody listens, is sent when somebody does."""
    async with running(standin):
        standin.fail_next("sendMessage", Fault.gateway())
        asked = standin.say(ann, "/help")
        await standin.wait_for_call("sendMessage")
        await asyncio.sleep(0.2)  # until the bot has heard of it
        await standin.stop()
        await asyncio.sleep(1)
        await standin.start()
        await standin.wait_for_reply(asked)

    assert len(standin.sent(ann)) == 1


async def test_presses_are_answered_at_once(standin: Standin, ann: User) -> None:
    """A button does not look dead while its chat has to wait for something else."""
    async with running(standin):
        welcome = await standin.wait_for_reply(standin.say(ann, "/start"))
        standin.fail_next("sendMessage", Fault.flood(2))
        standin.say(ann, "/help")
        await standin.wait_for_call("sendMessage", 2)
        press = standin.press(ann, welcome, welcome.buttons()[0]["text"])
        async with asyncio.timeout(1):
            await standin.wait_for_answer(press)
        await standin.world.until(lambda: len(standin.sent(ann)) == 3 or None, seconds=10)

    assert len(standin.sent(ann)) == 3


async def test_too_late(standin: Standin, ann: User) -> None:
    """What waited too long gets one notice a chat, what is younger its answer."""
    bob = standin.user(12, "Bob")
    old = [standin.say(ann, QUESTION, ago=7_200) for _ in range(3)]
    old_too = standin.say(bob, QUESTION, ago=7_200)
    young = standin.say(bob, QUESTION, ago=1_800)
    async with running(standin):
        answer = await standin.wait_for_reply(young)
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert answer.marked("blockquote")
    assert [len(message.replies) for message in old] == [1, 0, 0]
    assert old[0].replies[0].text == old_too.replies[0].text == ENGLISH("late")


async def test_too_slow(standin: Standin, ann: User) -> None:
    """A search that takes longer than allowed is given up, and the asker told."""
    async with running(standin, library=stuck(), answer_within=1):
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert reply.text == ENGLISH("too-slow")


async def test_overload(standin: Standin, ann: User) -> None:
    """Who asks more than can wait is told once that there is too much to do; the rest is answered."""
    async with running(standin):
        await standin.wait_for_reply(standin.say(ann, "/help"))
        standin.fail_next("sendMessage", Fault.flood(2))
        asked = [standin.say(ann, "/help") for _ in range(WAITING_IN_A_CHAT + 5)]
        told = await standin.wait_for_message(ann, ENGLISH("busy"))

    assert told.reply_to in asked
    assert sum(message.text == ENGLISH("busy") for message in standin.sent(ann)) == 1


async def test_without_a_state(
    standin: Standin, ann: User, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """When the state breaks, the bot goes on, says so once in the log, and tells the admins."""
    adam = standin.user(42, "Adam")
    standin.private(adam)
    async with running(standin, state=str(file), admins=[42]):
        await standin.wait_for_reply(standin.say(ann, "/help"))
        with sqlite3.connect(file) as database:
            database.execute("DROP TABLE replies")
            database.execute("DROP TABLE updates")
        for text in ("/help", "/status", "/help"):
            await standin.wait_for_reply(standin.say(ann, text))
        await standin.wait_for_message(adam, "from memory")

    assert standin.doubled() == []
    said = [record for record in caplog.records if "going on in memory" in record.message]
    assert len(said) == 1
    assert said[0].levelno == logging.ERROR


async def test_what_is_on_its_way_at_the_end_is_waited_for(
    standin: Standin, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that is told to end amid much work leaves no reply of which nobody knows."""
    monkeypatch.setattr("bot.delivery.polling.GRACE", 0.2)
    people = [standin.user(100 + number, f"P{number}") for number in range(60)]
    async with running(standin, state=str(file)):
        standin.fail_next("sendMessage", *[Fault.slow(0.3)] * 60)
        asked = [standin.say(person, QUESTION) for person in people]
        await standin.wait_until_read()
        await standin.wait_for_reply(asked[0])
    with sqlite3.connect(file) as database:
        (unknown,) = database.execute(
            "SELECT count(*) FROM replies WHERE message_id IS NULL"
        ).fetchone()
    left = count(file, "waiting")
    standin.take_violations()
    async with running(standin, state=str(file)):
        for each in asked:
            await standin.wait_for_reply(each)

    assert unknown == 0
    assert 0 < left < len(asked)
    assert standin.doubled() == []
