"""`onrecord run` as a process of its own, over the wire, until SIGTERM."""

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.running import write_articles
from tests.standin import Fault, Standin, User

QUESTION = "who denied involvement?"
ROOT = Path(__file__).parents[2]
START = 30.0
"""Seconds that a process may take to come up on a busy machine."""


@dataclass(frozen=True)
class Program:
    """A running `onrecord run`, which prints into *log*."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8")

    def command_line(self) -> str:
        """What a list of processes shows of it, where the system tells."""
        shown = Path(f"/proc/{self.process.pid}/cmdline")
        return shown.read_text(encoding="utf-8") if shown.exists() else ""

    async def wait_for_line(self, part: str) -> None:
        """Return when it has printed *part*."""
        async with asyncio.timeout(START):
            while part not in self.output:  # noqa: ASYNC110 - a file has no event to wait for
                await asyncio.sleep(0.02)

    async def end(self, sign: signal.Signals | None = signal.SIGTERM) -> int:
        """Send *sign*, wait, and return the exit code."""
        if sign is not None:
            self.process.send_signal(sign)
        async with asyncio.timeout(10 if sign else START):
            return await self.process.wait()


@asynccontextmanager
async def started(standin: Standin, folder: Path, **more: str) -> AsyncIterator[Program]:
    """Run the program in *folder*, with no settings but those for the stand-in and *more*."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ONRECORD_", "TELEGRAM_"))
    }
    settings = {
        "TELEGRAM_BOT_TOKEN": standin.token,
        "TELEGRAM_API_URL": standin.url,
        "ONRECORD_LOG_LEVEL": "DEBUG",
        "ONRECORD_ADMINS": "42",
        "PYTHONPATH": str(ROOT),
    }
    log = folder / "log.txt"
    # A file and no pipe: a pipe that nobody empties would hold the program up.
    with log.open("wb") as printed:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=kept | settings | more,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=printed,
            stderr=asyncio.subprocess.STDOUT,
        )
    try:
        yield Program(process, log)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def assert_secret(standin: Standin, program: Program) -> None:
    """Neither the token nor its secret half is in what was printed."""
    assert program.output
    assert standin.token not in program.output
    assert standin.token.partition(":")[2] not in program.output


async def test_answers_and_stops(standin: Standin, ann: User, tmp_path: Path) -> None:
    """It answers, shows its token to nobody, and leaves in good order when told to."""
    async with started(standin, tmp_path) as program:
        asked = standin.say(ann, QUESTION)
        reply = await standin.wait_for_reply(asked, seconds=START)
        arguments = program.command_line()
        code = await program.end()

    assert reply.marked("blockquote")
    assert code == 0
    assert standin.token not in arguments
    assert "sendMessage" in program.output  # at DEBUG every call is told
    assert_secret(standin, program)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_stopped_at_work(
    standin: Standin, ann: User, tmp_path: Path, sign: signal.Signals
) -> None:
    """Told to stop with questions in hand, it answers each of them once, and takes no others."""
    people = [standin.user(100 + number, f"P{number}") for number in range(20)]
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        standin.fail_next("sendMessage", *[Fault.slow(0.2)] * 20)
        asked = [standin.say(person, QUESTION) for person in people]
        await standin.wait_until_read()
        began = time.monotonic()
        code = await program.end(sign)
        took = time.monotonic() - began
        late = standin.say(ann, QUESTION)

    assert code == 0
    assert took < 30
    replied = [message.reply_to for message in standin.world.sent[1:]]
    assert sorted(message.id for message in replied if message) == [each.id for each in asked]
    assert late.json() in [update["message"] for update in standin.world.updates]
    assert "Traceback" not in program.output


async def test_killed_at_work(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Killed with questions in hand, it answers all of them when it is started again.

    At most those are answered twice that were being sent: one for each chat in hand.
    """
    people = [standin.user(100 + number, f"P{number}") for number in range(40)]
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        asked = [standin.say(person, QUESTION) for person in people]
        await standin.wait_until_read()
        await program.end(signal.SIGKILL)
    unanswered = standin.lost()
    async with started(standin, tmp_path) as program:
        await standin.wait_until_all_answered(seconds=START)
        assert await program.end() == 0

    assert unanswered
    assert all(message.replies for message in asked)
    assert len(standin.doubled()) <= 8


async def test_told_twice(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Told a second time to stop, it ends at once; what was in hand is answered the next time."""
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        standin.fail_next("sendMessage", Fault.flood(60))
        asked = standin.say(ann, QUESTION)
        await standin.wait_for_call("sendMessage", 2)
        program.process.send_signal(signal.SIGTERM)
        await program.wait_for_line("finishing what is in hand")
        began = time.monotonic()
        code = await program.end()
        took = time.monotonic() - began
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(asked, seconds=START)
        await program.end()

    assert code == 128 + signal.SIGTERM
    assert took < 30
    assert len(asked.replies) == 1


async def test_stopped_while_it_waits(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Told to stop while Telegram makes it wait, it goes in time, and answers the next time."""
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        standin.fail_next("sendMessage", Fault.flood(60))
        asked = standin.say(ann, QUESTION)
        await standin.wait_for_call("sendMessage", 2)
        assert await program.end() == 0  # in less than ten seconds
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(asked, seconds=START)
        await program.end()

    assert len(asked.replies) == 1


async def test_stopped_while_sending(standin: Standin, ann: User, tmp_path: Path) -> None:
    """A reply that was on its way when the time was up is not sent a second time."""
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        standin.fail_next("sendMessage", *[Fault.flood(4), Fault.slow(20)])
        asked = standin.say(ann, QUESTION)
        await standin.wait_for_call("sendMessage", 2)
        assert await program.end() == 0
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        await program.end()

    assert len(asked.replies) == 1


async def test_stopped_during_a_reload(standin: Standin, tmp_path: Path) -> None:
    """A reload that takes long does not hold up the end; it is dropped."""
    admin = standin.user(42, "Adam")
    news = write_articles(tmp_path / "news", {"id": "a", "text": "Ann Lee denied it."})
    async with started(standin, tmp_path, ONRECORD_CORPUS=str(news)) as program:
        await standin.wait_for_reply(standin.say(admin, "/help"), seconds=START)
        text = "Ann Lee denied that the bridge was closed. Bob Roe said it was. " * 60
        write_articles(news, *({"id": f"a{number}", "text": text} for number in range(4_000)))
        await standin.wait_for_reply(standin.say(admin, "/reload"))
        code = await program.end()

    assert code == 0
    assert "reloaded: version" not in program.output


async def test_stopped_before_it_is_connected(standin: Standin, tmp_path: Path) -> None:
    """Without a network it says so and goes on trying; told to stop, it goes at once."""
    await standin.stop()
    async with started(standin, tmp_path) as program:
        await program.wait_for_line("out of reach")
        code = await program.end()

    assert code == 0
    assert_secret(standin, program)


async def test_network_comes_later(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Started without a network, it answers once there is one."""
    await standin.stop()
    async with started(standin, tmp_path) as program:
        await program.wait_for_line("out of reach")
        await standin.start()
        reply = await standin.wait_for_reply(standin.say(ann, QUESTION), seconds=START)
        assert await program.end() == 0

    assert reply.marked("blockquote")


async def test_wrong_token(standin: Standin, tmp_path: Path) -> None:
    """A token that Telegram refuses ends it with one clear line and a non-zero exit code."""
    wrong = f"{standin.world.bot.id}:AAwrongwrongwrongwrongwrongwrongwr0"
    async with started(standin, tmp_path, TELEGRAM_BOT_TOKEN=wrong) as program:
        code = await program.end(None)

    assert code == 1
    assert "Telegram refuses the token. Check TELEGRAM_BOT_TOKEN" in program.output
    assert "Traceback" not in program.output
    assert wrong.partition(":")[2] not in program.output


async def test_token_revoked(standin: Standin, ann: User, tmp_path: Path) -> None:
    """A token that is revoked while it polls ends it as well, for a supervisor to notice."""
    async with started(standin, tmp_path) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        standin.fail_next("getUpdates", *[Fault.answer(401, "Unauthorized")] * 3)
        standin.say(ann, "/help")
        code = await program.end(None)

    assert code == 1
    assert "Telegram refuses the token" in program.output
    assert_secret(standin, program)


async def test_missing_corpus(standin: Standin, tmp_path: Path) -> None:
    """Without its corpus it doesn't start, and names what is missing."""
    missing = str(tmp_path / "nowhere")
    async with started(standin, tmp_path, ONRECORD_CORPUS=missing) as program:
        code = await program.end(None)

    assert code == 1
    assert f"{missing}: no such file or folder" in program.output
    assert "Traceback" not in program.output


@pytest.mark.parametrize("form", ["console", "json"])
async def test_reload_and_trouble_keep_the_secret(
    standin: Standin, ann: User, tmp_path: Path, form: str
) -> None:
    """Failed calls, dropped connections and reloads put no token and no question into a log at DEBUG."""
    admin = standin.user(42, "Adam")
    standin.private(admin)
    async with started(standin, tmp_path, ONRECORD_LOG_FORMAT=form) as program:
        await standin.wait_for_reply(standin.say(admin, "/reload"), "Reload", seconds=START)
        await standin.wait_for_reply(standin.say(ann, QUESTION))
        standin.fail_next(
            "sendMessage",
            Fault.answer(400, "Bad Request: can't parse entities"),
            Fault.dropped(executed=False),
            Fault.gateway(),
            Fault.answer(401, "Unauthorized"),
        )
        standin.fail_next("getUpdates", Fault.dropped(executed=False), Fault.gateway())
        for _ in range(4):
            standin.say(ann, QUESTION)
        code = await program.end(None)

    assert code == 1
    assert "Traceback" in program.output  # the refused reply, with its cause
    assert_secret(standin, program)
    assert QUESTION not in program.output
    events = program.output.splitlines()
    if form == "json":
        assert {"message", "level", "logger"} <= set.intersection(
            *(set(json.loads(e)) for e in events[:-1])
        )


async def test_lines_of_an_update(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Each line that an update gives rise to tells its number; questions are shown if wanted."""
    async with started(
        standin, tmp_path, ONRECORD_LOG_FORMAT="json", ONRECORD_LOG_QUESTIONS="true"
    ) as program:
        await standin.wait_for_reply(standin.say(ann, "/help"), seconds=START)
        await standin.wait_for_reply(standin.say(ann, QUESTION))
        assert await program.end() == 0

    events = [json.loads(line) for line in program.output.splitlines()]
    told = [event["update"] for event in events if "sendMessage" in event["message"]]
    numbers = [update["update_id"] for update in standin.world.updates]
    assert len(set(told)) == 2
    assert not numbers or set(told) <= set(numbers)
    assert QUESTION in program.output
    assert_secret(standin, program)
