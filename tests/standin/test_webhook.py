"""Updates are delivered to a webhook as Telegram does: with the secret, until they are taken."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import telegram
from telegram.error import Conflict

from tests.standin import Standin, User, Weather
from tests.standin.test_refusals import refusal
from tests.standin.wire import Reply, Request, Wire

PUBLIC = "https://bot.example.org"


@dataclass
class Receiver:
    """Where the bot would listen: takes what it is given, except when *statuses* say otherwise."""

    statuses: list[int] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    async def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.texts.append(request.parameters["message"]["text"])
        return Reply(status, b"")


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann")


@pytest.fixture(name="receiver")
async def _receiver(standin: Standin) -> AsyncIterator[Receiver]:
    """A receiver behind the public address."""
    receiver = Receiver()
    wire = Wire(receiver.answer)
    await wire.start()
    standin.route(PUBLIC, f"http://127.0.0.1:{wire.port}")
    yield receiver
    await wire.stop()


async def test_delivery(standin: Standin, ann: User, receiver: Receiver, bot: telegram.Bot) -> None:
    """What waited and what comes is delivered in order, with the secret."""
    standin.say(ann, "before")
    await bot.set_webhook(f"{PUBLIC}/hook", secret_token="s3cret_-")  # noqa: S106 - nobody's
    standin.say(ann, "after")
    await standin.wait_until_read()

    assert receiver.texts == ["before", "after"]
    assert {request.path for request in receiver.requests} == {"/hook"}
    names = "x-telegram-bot-api-secret-token"
    assert {request.headers[names] for request in receiver.requests} == {"s3cret_-"}


async def test_retries(standin: Standin, ann: User, receiver: Receiver, bot: telegram.Bot) -> None:
    """An update that is not taken comes again, before what was said later in its chat."""
    receiver.statuses = [403, 500]
    await bot.set_webhook(f"{PUBLIC}/hook")
    standin.say(ann, "one")
    standin.say(ann, "two")
    await standin.wait_until_read()

    assert receiver.texts == ["one", "two"]
    assert len(receiver.requests) == 4
    info = await bot.get_webhook_info()
    assert info.last_error_message == ("Wrong response from the webhook: 500 Internal Server Error")
    assert info.pending_update_count == 0


async def test_nobody_listens(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Updates wait for a bot that is down, and can be fetched once the webhook is gone."""
    standin.route(PUBLIC, "http://127.0.0.1:9")
    await bot.set_webhook(f"{PUBLIC}/hook", max_connections=1, allowed_updates=["message"])
    standin.say(ann, "one")
    webhook = standin.world.destination.webhook
    assert webhook
    await standin.world.until(lambda: webhook.error or None, 60)

    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)
    assert (info.max_connections, info.allowed_updates) == (1, ("message",))
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1
    assert (await bot.get_webhook_info()).url == ""


async def test_doubled_deliveries(
    standin: Standin, ann: User, receiver: Receiver, bot: telegram.Bot
) -> None:
    """An update may be delivered twice although it was taken."""
    standin.world.weather = Weather(1, doubled=1.0)
    await bot.set_webhook(f"{PUBLIC}/hook")
    standin.say(ann, "one")
    await standin.wait_until_read()

    ids = [request.parameters["update_id"] for request in receiver.requests]
    assert len(ids) == 2
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"url": "http://bot.example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": f"{PUBLIC}:8080"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://nowhere.example"}, "bad webhook: Failed to resolve host: Name or service not known"),
        ({"secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"secret_token": "a" * 257}, "secret token is too long"),
    ],
)  # fmt: skip
async def test_refused_webhooks(
    standin: Standin, receiver: Receiver, changes: dict[str, Any], description: str
) -> None:
    """A webhook that breaks a rule is refused, and none is set."""
    said = await refusal(standin, "setWebhook", **{"url": PUBLIC, **changes})

    assert said == f"Bad Request: {description}"
    assert standin.world.destination.webhook is None
    assert receiver.requests == []
