"""The stand-in speaks HTTP, polls and fails the way Telegram does."""

import asyncio
import io
import time

import httpx
import pytest
import telegram
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter

from tests.standin import GROUP_ANONYMOUS_BOT, Fault, Standin


async def test_each_kind_of_body(standin: Standin) -> None:
    """A form, JSON, multipart and a query string carry the same parameters."""
    standin.say(standin.user(11, "Ann"), "hello")
    address = f"{standin.url}/bot{standin.token}/sendMessage"
    values = {"chat_id": "11", "text": "größer 😀"}

    async with httpx.AsyncClient() as client:
        answers = [
            await client.post(address, data=values),
            await client.post(address, json=values | {"chat_id": 11}),
            await client.post(address, files={name: (None, each) for name, each in values.items()}),
            await client.get(address, params=values),
        ]

    assert [answer.json()["result"]["text"] for answer in answers] == ["größer 😀"] * 4
    assert standin.take_violations() == []


async def test_broken_markup(standin: Standin) -> None:
    """JSON that isn't is refused by the name of its parameter."""
    standin.say(standin.user(11, "Ann"), "hello")
    address = f"{standin.url}/bot{standin.token}/sendMessage"

    async with httpx.AsyncClient() as client:
        values = {"chat_id": "11", "text": "a", "reply_markup": "{"}
        answer = await client.post(address, data=values)

    assert answer.json()["description"] == "Bad Request: can't parse reply_markup JSON object"
    assert len(standin.take_violations()) == 1


async def test_file_in_a_body(standin: Standin, bot: telegram.Bot) -> None:
    """A call with a file gets through to the method, which is not known here."""
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.send_voice(11, io.BytesIO(b"\x00\xff"), filename="a.bin")

    assert standin.calls[-1].method == "sendVoice"


async def test_wrong_token(standin: Standin) -> None:
    """Another token is unauthorised."""
    bot = telegram.Bot("1:other", base_url=f"{standin.url}/bot")

    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.shutdown()


async def test_offset_confirms(standin: Standin, bot: telegram.Bot) -> None:
    """Updates come again until an offset beyond them is asked for."""
    ann = standin.user(11, "Ann")
    for text in ("one", "two", "three"):
        standin.say(ann, text)

    first = await bot.get_updates()
    again = await bot.get_updates(limit=1)
    rest = await bot.get_updates(offset=first[0].update_id + 1)

    assert [each.effective_message.text for each in first if each.effective_message] == [
        "one",
        "two",
        "three",
    ]
    assert list(again) == [first[0]]
    assert list(rest) == list(first[1:])


async def test_long_poll(standin: Standin, bot: telegram.Bot) -> None:
    """A poll waits for its timeout, and ends as soon as somebody writes."""
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - began >= 1

    polling = asyncio.ensure_future(bot.get_updates(timeout=20))
    await standin.wait_for_call("getUpdates")
    standin.say(standin.user(11, "Ann"), "hello")
    async with asyncio.timeout(60):
        assert len(await polling) == 1


async def test_two_polls(standin: Standin, bot: telegram.Bot) -> None:
    """A second poll ends the first with a conflict."""
    first = asyncio.ensure_future(bot.get_updates(timeout=20))
    await standin.world.until(lambda: standin.world.poll, 60)
    async with telegram.Bot(standin.token, base_url=f"{standin.url}/bot") as other:
        second = asyncio.ensure_future(other.get_updates(timeout=1))

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        assert await second == ()


async def test_abandoned_poll(standin: Standin, bot: telegram.Bot) -> None:
    """A poll whose client went away is in nobody's way."""
    polling = asyncio.ensure_future(bot.get_updates(timeout=20))
    poll = await standin.world.until(lambda: standin.world.poll, 60)
    assert poll
    polling.cancel()
    async with asyncio.timeout(60):
        while not poll.done():  # noqa: ASYNC110 - the connection's end is not an event of ours
            await asyncio.sleep(0.01)

    assert await bot.get_updates() == ()


async def test_allowed_updates(standin: Standin, bot: telegram.Bot) -> None:
    """Kinds of updates that were not asked for are not queued."""
    await bot.get_updates(allowed_updates=["message"])
    said = standin.say(standin.user(11, "Ann"), "hello")
    standin.edit(said, "hello!")

    assert [each.edited_message for each in await bot.get_updates()] == [None]


async def test_updates_are_the_real_thing(standin: Standin, bot: telegram.Bot) -> None:
    """python-telegram-bot reads commands, topics, edits, anonymous admins and channels from it."""
    ann = standin.user(11, "Ann")
    forum = standin.group(-1001, "Desk", topics=[7])
    standin.say(ann, "😀 /ask@on_the_record_bot who?", chat=forum, thread=7)
    standin.say_anonymously(forum, "/reload")
    standin.post(standin.group(-1002, "News", kind="channel"), "read https://example.org/a")
    sticker = {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1}
    standin.send(ann, {"sticker": {**sticker, "is_animated": False, "is_video": False}})
    standin.edit(standin.say(ann, "one"), "two")

    updates = await bot.get_updates()

    asked, anonymous, post, stuck, _, edited = updates
    assert asked.message
    assert asked.message.is_topic_message
    assert asked.message.message_thread_id == 7
    assert list(asked.message.parse_entities(["bot_command"]).values()) == [
        "/ask@on_the_record_bot"
    ]
    assert anonymous.effective_user
    assert anonymous.effective_user.id == GROUP_ANONYMOUS_BOT
    assert post.channel_post
    assert post.channel_post.from_user is None
    assert stuck.message
    assert stuck.message.sticker
    assert edited.edited_message
    assert edited.edited_message.edit_date


@pytest.mark.filterwarnings("ignore:.*retry_after")  # it becomes a timedelta one day
async def test_faults(standin: Standin, bot: telegram.Bot) -> None:
    """A call can be refused, flooded, dropped before or after it was executed, or slow."""
    ann = standin.user(11, "Ann")
    standin.say(ann, "hello")
    standin.fail_next(
        "sendMessage",
        Fault.flood(3),
        Fault.gateway(),
        Fault.answer(500, "Internal Server Error"),
        Fault.dropped(executed=False),
        Fault.dropped(executed=True),
        Fault.slow(0.2),
    )

    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(11, "flooded")
    assert flooded.value._retry_after.total_seconds() == 3
    for text in ("gateway", "refused", "dropped before", "dropped after"):
        with pytest.raises(NetworkError):
            await bot.send_message(11, text)
    began = time.monotonic()
    await bot.send_message(11, "slow")

    assert time.monotonic() - began >= 0.2
    assert [message.text for message in standin.sent(ann)] == ["dropped after", "slow"]


async def test_stop_and_start(standin: Standin, bot: telegram.Bot) -> None:
    """It can go down and come up again at the same address."""
    await standin.stop()
    with pytest.raises(NetworkError):
        await bot.get_me()

    await standin.start()
    assert (await bot.get_me()).username == "on_the_record_bot"
