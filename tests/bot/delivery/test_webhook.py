"""Updates by webhook, over the wire: nothing is lost, doubled or believed that should not be."""

import asyncio
import sqlite3
from pathlib import Path

import httpx
import pytest
from hypothesis import given, strategies as st
from telegram.error import TelegramError

from bot.delivery import webhook
from bot.delivery.arrivals import WANTED
from bot.delivery.web import LARGEST_BODY
from bot.delivery.webhook import HEADER, derived_secret
from bot.errors import ListenError, WebhookRefusedError
from bot.rendering.catalogue import words_for
from tests.bot.delivered import HOST, PUBLIC, SECRET, URL, delivered, free_port
from tests.bot.running import running
from tests.standin import Fault, Standin, User, Weather

QUESTION = "who denied involvement?"


async def test_answers(standin: Standin, ann: User) -> None:
    """What waited and what comes is answered, in order, and Telegram is told what to deliver."""
    waited = standin.say(ann, "/help")
    async with delivered(standin):
        asked = standin.say(ann, QUESTION)
        answer = await standin.wait_for_reply(asked)
        hook = standin.world.destination.webhook

    assert answer.marked("blockquote")
    assert [sent.reply_to for sent in standin.world.sent] == [waited, asked]
    assert hook is not None
    assert (hook.url, hook.secret) == (URL, SECRET)
    assert standin.world.allowed == WANTED
    assert not any(call.method == "getUpdates" for call in standin.calls)


@pytest.mark.parametrize(
    ("request_line", "secret", "status"),
    [
        ("POST /telegram", None, 403),
        ("POST /telegram", "wrong", 403),
        ("POST /telegram", SECRET.upper(), 403),
        ("POST /telegram", "\xe9", 403),
        ("GET /telegram", SECRET, 405),
        ("POST /", SECRET, 404),
    ],
)
async def test_strangers(
    standin: Standin, ann: User, request_line: str, secret: str | None, status: int
) -> None:
    """Who does not know path and secret is refused, and what they say is not heard."""
    method, _, path = request_line.partition(" ")
    async with delivered(standin) as (_, url):
        asked = standin.say(ann, "/help")
        await standin.wait_for_reply(asked)
        forged = {"update_id": 5, "message": asked.json()}
        headers = [] if secret is None else [(HEADER.encode(), secret.encode("latin-1"))]
        async with httpx.AsyncClient() as client:
            answer = await client.request(
                method, url.removesuffix("/telegram") + path, json=forged, headers=headers
            )
        await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert answer.status_code == status
    assert len(standin.world.sent) == 2
    assert SECRET not in answer.text


async def test_what_is_no_update(standin: Standin, ann: User) -> None:
    """What cannot be read is confirmed, so that it does not come for ever, and the rest is answered."""
    said = {HEADER: SECRET}
    async with delivered(standin) as (_, url), httpx.AsyncClient() as client:
        statuses = [
            (await client.post(url, content=content, headers=said)).status_code
            for content in (
                b"",
                b"{",
                b"\xff",
                b"[" * 100_000,
                b"[]",
                b"{}",
                b"7",
                b'{"update_id":"x"}',
            )
        ]
        large = await client.post(url, content=b" " * (LARGEST_BODY + 1), headers=said)
        standin.poison()
        answer = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert statuses == [200] * 8
    assert large.status_code == 413
    assert answer.marked("blockquote")


async def test_written_down_before_it_is_confirmed(
    standin: Standin, ann: User, tmp_path: Path
) -> None:
    """With a state, an update is confirmed at once, and is in the state while it is handled."""
    file = tmp_path / "state.sqlite3"
    async with delivered(standin, state=str(file)):
        standin.fail_next("sendMessage", Fault.slow(1.0))
        asked = standin.say(ann, QUESTION)
        await standin.wait_until_read()
        with sqlite3.connect(file) as database:
            waiting = database.execute("SELECT status, payload FROM updates").fetchall()
        assert not asked.replies
        await standin.wait_for_reply(asked)

    assert [status for status, _ in waiting] == ["waiting"]
    assert QUESTION in waiting[0][1]


async def test_handled_before_it_is_confirmed(standin: Standin, ann: User) -> None:
    """Without a state that lasts, an update is confirmed when it was answered."""
    async with delivered(standin, state=":memory:"):
        standin.fail_next("sendMessage", Fault.slow(0.5))
        asked = standin.say(ann, QUESTION)
        await asyncio.sleep(0.3)
        before = len(standin.world.updates)
        await standin.wait_until_read()

        assert (before, len(asked.replies)) == (1, 1)


async def test_slow_without_a_state(
    standin: Standin, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes longer than Telegram waits is delivered again, and answered once."""
    monkeypatch.setattr(webhook, "_WITHIN", 0.1)
    async with delivered(standin, state=":memory:"):
        standin.fail_next("sendMessage", Fault.slow(0.5))
        asked = standin.say(ann, QUESTION)
        await standin.wait_until_read()
        hook = standin.world.destination.webhook

    assert len(asked.replies) == 1
    assert hook is not None
    assert "503" in hook.error


@pytest.mark.parametrize("kept", [True, False])
async def test_doubled_deliveries(standin: Standin, tmp_path: Path, *, kept: bool) -> None:
    """What is delivered twice is answered once."""
    standin.world.weather = Weather(1, doubled=1.0)
    people = [standin.user(100 + number, f"P{number}") for number in range(20)]
    async with delivered(standin, state=str(tmp_path / "state") if kept else ":memory:"):
        asked = [standin.say(person, QUESTION) for person in people]
        await standin.wait_until_read()
        for each in asked:
            await standin.wait_for_reply(each)
        await asyncio.sleep(0.2)

    assert standin.lost() == standin.doubled() == []


async def test_a_backlog_is_not_turned_away(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All who asked while the bot was away are answered, however many they are."""
    monkeypatch.setattr("bot.delivery.inhand.WAITING", 3)
    people = [standin.user(100 + number, f"P{number}") for number in range(30)]
    asked = [standin.say(person, QUESTION) for person in people]
    async with delivered(standin):
        for each in asked:
            reply = await standin.wait_for_reply(each, seconds=30)
            assert reply.text != words_for("en")("busy")
            assert reply.marked("blockquote")


async def test_no_such_address(standin: Standin) -> None:
    """A URL that Telegram refuses ends the bot, with what Telegram says and the setting's name."""
    listen = f"{HOST}:{free_port()}"
    async with running(standin, ready=False, webhook_url=URL, webhook_listen=listen) as bot:
        with pytest.raises(WebhookRefusedError, match=r"resolve host.*ONRECORD_WEBHOOK_URL"):
            await asyncio.wait_for(asyncio.shield(bot.serving), 60)


async def test_a_port_in_use(standin: Standin) -> None:
    """A port that another program has ends the bot, with the port."""
    async with delivered(standin) as (_, url):
        port = url.partition(f"{HOST}:")[2].partition("/")[0]
        listen = f"{HOST}:{port}"
        async with running(standin, ready=False, webhook_url=URL, webhook_listen=listen) as second:
            with pytest.raises(ListenError, match=f"port {port}: Address already in use"):
                await asyncio.wait_for(asyncio.shield(second.serving), 60)


async def test_taken_away(
    standin: Standin, ann: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A webhook that another program deletes is set again, and the log says so."""
    monkeypatch.setattr(webhook, "_LOOK", 0.1)
    async with delivered(standin) as (bot, _):
        await bot.application.bot.delete_webhook()
        assert standin.world.destination.webhook is None
        answer = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert answer.marked("blockquote")
    assert "took the webhook away" in caplog.text


async def test_trouble_on_the_way(
    standin: Standin, ann: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What Telegram says of deliveries that fail is in the log, once."""
    monkeypatch.setattr(webhook, "_LOOK", 0.1)
    async with delivered(standin) as (_, url):
        standin.route(PUBLIC, "http://127.0.0.1:9")
        asked = standin.say(ann, QUESTION)
        async with asyncio.timeout(60):
            while "Telegram cannot deliver" not in caplog.text:  # noqa: ASYNC110 - a log
                await asyncio.sleep(0.05)
        standin.route(PUBLIC, url.removesuffix("/telegram"))
        standin.fail_next("getWebhookInfo", Fault.gateway())
        await standin.wait_for_reply(asked)

    assert "Telegram cannot deliver: Connection refused; 1 updates wait" in caplog.text


async def test_back_to_polling(standin: Standin, ann: User) -> None:
    """Run without a webhook again, the bot polls, and nothing is lost in between."""
    async with delivered(standin):
        await standin.wait_for_reply(standin.say(ann, QUESTION))
    between = standin.say(ann, QUESTION)
    async with running(standin):
        await standin.wait_for_reply(between)

    assert standin.world.destination.webhook is None


async def test_telegram_is_away_at_first(standin: Standin, ann: User) -> None:
    """A Telegram that is not there yet is waited for."""
    standin.fail_next("setWebhook", Fault.gateway())
    async with delivered(standin):
        answer = await standin.wait_for_reply(standin.say(ann, QUESTION))

    assert answer.marked("blockquote")


async def test_telegram_does_not_tell(
    standin: Standin, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looks at the webhook that fail do not end the bot."""
    monkeypatch.setattr(webhook, "_LOOK", 0.05)
    async with delivered(standin) as (bot, _):
        standin.fail_next("getWebhookInfo", *[Fault.dropped(executed=False)] * 3)
        await asyncio.sleep(0.3)
        await standin.wait_for_reply(standin.say(ann, QUESTION))
        with pytest.raises(TelegramError):
            await bot.application.bot.get_chat(999)
        standin.take_violations()


@given(token=st.from_regex(r"[0-9]{8}:[A-Za-z0-9_-]{35}", fullmatch=True))
def test_the_secret_of_a_token(token: str) -> None:
    """It is what Telegram takes, the same each time, and shows nothing of the token."""
    secret = derived_secret(token)

    assert secret == derived_secret(token)
    assert secret != derived_secret(f"{token}x")
    assert secret.isalnum()
    assert len(secret) == 64
    assert token.partition(":")[2] not in secret
