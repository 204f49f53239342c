"""`onrecord doctor`: each thing that can be wrong is named, with what to do about it."""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.settings.address import Address
from bot.state import State
from tests.bot.command_line import BRIDGE, Ended, onrecord, write_corpus
from tests.bot.delivered import PUBLIC, URL
from tests.bot.running import running
from tests.standin import Fault, Standin
from tests.standin.wire import Reply, Request, Wire

Doctor = Callable[..., Awaitable[Ended]]


@pytest.fixture(name="doctor")
def _doctor(standin: Standin, tmp_path: Path) -> Doctor:
    """Run the command with a good corpus and the stand-in, and whatever else is set."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE])
    good = {
        "TELEGRAM_BOT_TOKEN": standin.token,
        "TELEGRAM_API_URL": standin.url,
        "ONRECORD_CORPUS": str(corpus),
        "ONRECORD_STATE": str(tmp_path / "state.sqlite3"),
    }

    async def run(**settings: str) -> Ended:
        chosen = {name: value for name, value in (good | settings).items() if value}
        ended = await asyncio.to_thread(onrecord, "doctor", environ=chosen)
        assert standin.token.partition(":")[2] not in ended.out + ended.err
        return ended

    return run


def line(ended: Ended, what: str) -> str:
    """The finding about *what*, with its advice."""
    lines = ended.out.splitlines()
    at = next(n for n, each in enumerate(lines) if each[6:].startswith(f"{what}: "))
    following = lines[at + 1 : at + 2]
    advice = [each for each in following if each.startswith("      ")]
    return "\n".join([lines[at], *advice])


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for another program longer than a test needs."""
    monkeypatch.setattr("bot.doctor.connection._LISTEN", 1)


async def test_all_is_well(doctor: Doctor, tmp_path: Path) -> None:
    """Every part is named, nothing is made that was not there, and the exit code is 0."""
    ended = await doctor()

    assert ended.code == 0
    assert ended.out.endswith("\nNothing to mend.\n")
    assert line(ended, "token") == "ok    token: is the one of @on_the_record_bot (123456789)"
    assert line(ended, "clock").startswith("ok ")
    assert line(ended, "updates") == "ok    updates: are polled by no other program; 0 wait"
    assert line(ended, "corpus").startswith("ok    corpus: 1 articles in ")
    assert "will be made" in line(ended, "database")
    assert not (tmp_path / "state.sqlite3").exists()


async def test_while_the_bot_runs(standin: Standin, doctor: Doctor, tmp_path: Path) -> None:
    """The bot that runs here is found by its state, and not disturbed."""
    file = tmp_path / "state.sqlite3"
    async with running(standin, state=str(file)):
        before = len(standin.calls)
        ended = await doctor()
        polls = [call for call in standin.calls[before:] if call.status == 409]

    assert ended.code == 0
    assert "is in use by the bot that runs here" in line(ended, "database")
    assert "polled by the bot that runs here" in line(ended, "updates")
    assert polls == []


async def test_another_program_polls(
    standin: Standin, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that polls elsewhere with the same token is noticed, and goes on."""
    monkeypatch.setattr("bot.doctor.connection._LISTEN", 8)
    async with running(standin):
        ended = await doctor()
        ann = standin.user(11, "Ann")
        await standin.wait_for_reply(standin.say(ann, "/help"))

    assert ended.code == 1
    assert "another program polls with this token" in line(ended, "updates")


async def test_wrong_token(doctor: Doctor) -> None:
    """A token that Telegram refuses is told from a network that is down."""
    ended = await doctor(TELEGRAM_BOT_TOKEN="123456789:AAwrongwrongwrongwrongwrong0")  # noqa: S106

    assert ended.code == 1
    assert line(ended, "network").startswith("ok ")
    assert line(ended, "token").startswith("mend  token: Telegram refuses it\n")
    assert "AAwrong" not in ended.out


async def test_no_token(doctor: Doctor) -> None:
    """Without one, the rest is looked at all the same."""
    ended = await doctor(TELEGRAM_BOT_TOKEN="")

    assert ended.code == 1
    assert "is not set" in line(ended, "token")
    assert "@BotFather" in line(ended, "token")
    assert line(ended, "corpus").startswith("ok ")


async def test_telegram_fails(standin: Standin, doctor: Doctor) -> None:
    """Trouble on Telegram's side is no verdict on the token."""
    standin.fail_next("getMe", Fault.answer(500, "Internal Server Error"))

    assert "cannot be tested: Internal Server Error" in line(await doctor(), "token")


async def test_no_network(standin: Standin, doctor: Doctor) -> None:
    """An address that nobody answers at is named, with where to look."""
    await standin.stop()
    ended = await doctor()

    assert ended.code == 1
    assert line(ended, "network").startswith(f"mend  network: {standin.url} cannot be reached: ")
    assert "firewall" in line(ended, "network")


async def test_something_else_answers(doctor: Doctor) -> None:
    """A page in Telegram's place, such as of a hotel's network, is no Telegram."""

    async def hotel(request: Request) -> Reply:
        return Reply(200, b"<html>Welcome", {"content-type": "text/html", "x": request.path})

    wire = Wire(hotel)
    await wire.start()
    ended = await doctor(TELEGRAM_API_URL=f"http://127.0.0.1:{wire.port}")
    await wire.stop()

    assert "is not the Bot API" in line(ended, "network")


@pytest.mark.parametrize(("seconds", "way"), [(600, "behind"), (-600, "ahead of")])
async def test_the_clock(standin: Standin, doctor: Doctor, seconds: float, way: str) -> None:
    """A clock that is minutes off is to be set."""
    standin.pass_time(seconds)
    ended = await doctor()

    assert ended.code == 1
    assert f" s {way} Telegram's" in line(ended, "clock")
    assert "timedatectl" in line(ended, "clock")


async def test_webhooks(standin: Standin, doctor: Doctor) -> None:
    """A webhook where none is wanted, none yet, another's, one that fails, and one that works."""
    standin.route(PUBLIC, "http://127.0.0.1:9")
    not_yet = await doctor(ONRECORD_WEBHOOK_URL=URL)
    async with running(standin) as bot:
        api = bot.application.bot
        await api.set_webhook(URL)
        unwanted = await doctor()
        anothers = await doctor(ONRECORD_WEBHOOK_URL=f"{PUBLIC}/elsewhere")
        well = await doctor(ONRECORD_WEBHOOK_URL=URL)
        standin.say(standin.user(11, "Ann"), "/help")
        hook = standin.world.destination.webhook
        await standin.world.until(lambda: (hook and hook.error) or None, 60)
        failing = await doctor(ONRECORD_WEBHOOK_URL=URL)

    assert f"will be delivered to {URL}" in line(not_yet, "updates")
    assert line(unwanted, "updates").startswith(f"look  updates: Telegram delivers to {URL}")
    assert "not to" in line(anothers, "updates")
    assert line(well, "updates") == f"ok    updates: are delivered to {URL}; 0 wait"
    assert "Connection refused" in line(failing, "updates")
    assert "ONRECORD_WEBHOOK_LISTEN" in line(failing, "updates")
    assert (unwanted.code, failing.code) == (0, 1)


async def test_privacy_mode(standin: Standin, doctor: Doctor) -> None:
    """A bot that is given all that groups say is worth a look."""
    standin.world.modes.privacy = False

    assert "/setprivacy" in line(await doctor(), "privacy mode")


async def test_corpora(doctor: Doctor, tmp_path: Path) -> None:
    """A missing, an empty, a partly refused corpus, and the sample."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "partly").mkdir()
    write_corpus(tmp_path / "partly", [BRIDGE])
    (tmp_path / "partly" / "broken.jsonl").write_text("{\n")

    missing = await doctor(ONRECORD_CORPUS=str(tmp_path / "nowhere"))
    empty = await doctor(ONRECORD_CORPUS=str(tmp_path / "empty"))
    partly = await doctor(ONRECORD_CORPUS=str(tmp_path / "partly"))
    sample = await doctor(ONRECORD_CORPUS="")

    assert "no such file or folder" in line(missing, "corpus")
    assert "holds no articles" in line(empty, "corpus")
    assert "1 parts were refused" in line(partly, "corpus")
    assert "onrecord check" in line(partly, "corpus")
    assert "bundled sample" in line(sample, "corpus")
    assert [missing.code, empty.code, partly.code, sample.code] == [1, 1, 0, 0]


async def test_databases(doctor: Doctor, tmp_path: Path) -> None:
    """A sound one, a damaged one, the memory, a server that is not there, and no room to make one."""
    file = tmp_path / "state.sqlite3"
    async with await State.open(Address.of_file(file)):
        pass
    sound = await doctor()
    file.write_bytes(b"no database" * 1000)
    damaged = await doctor()
    memory = await doctor(ONRECORD_STATE=":memory:")
    away = await doctor(ONRECORD_STATE="postgresql://bot:secret-words@127.0.0.1:9/bot")

    assert "opens, and is sound" in line(sound, "database")
    assert "damaged" in line(damaged, "database")
    assert "nothing survives" in line(memory, "database")
    assert line(away, "database").startswith("mend  database: postgresql://127.0.0.1:9/bot: ")
    assert "secret-words" not in away.out
    assert [sound.code, damaged.code, memory.code, away.code] == [0, 1, 0, 1]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_no_place_for_the_state(doctor: Doctor, tmp_path: Path) -> None:
    """A folder that cannot be written to is named."""
    (tmp_path / "closed").mkdir(mode=0o500)
    ended = await doctor(ONRECORD_STATE=str(tmp_path / "closed" / "state"))

    assert "is not to be written to" in line(ended, "database")


async def test_permissions(standin: Standin, doctor: Doctor, tmp_path: Path) -> None:
    """A secret's file that others can read is to be closed to them."""
    token = tmp_path / "token"
    token.write_text(standin.token)
    token.chmod(0o644)
    given = {"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_BOT_TOKEN_FILE": str(token)}
    opened = await doctor(**given)
    token.chmod(0o600)
    closed = await doctor(**given)

    assert f"chmod 600 {token}" in line(opened, "permissions")
    assert line(closed, "permissions").startswith("ok    permissions: only their owner can read ")
    assert closed.code == 0


def test_wrong_settings() -> None:
    """What stands in no doubt is said at once: the name, and the right one."""
    ended = onrecord("doctor", environ={"ONRECORD_CORPSE": "news"})

    assert ended.code == 1
    assert "did you mean ONRECORD_CORPUS?" in ended.err


async def test_a_state_of_an_older_version_is_not_hurt(doctor: Doctor, tmp_path: Path) -> None:
    """What is in the database is there afterwards."""
    file = tmp_path / "state.sqlite3"
    async with await State.open(Address.of_file(file)) as state:
        await state.chats.greet(5, "group")
    await doctor()

    with sqlite3.connect(file) as database:
        assert database.execute("SELECT count(*) FROM chats").fetchone() == (1,)
