"""A bot that is killed while it changes the corpus: at any moment it is the old one or the new."""

import asyncio
import json
import random
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bot.administering import KEPT, NEW, OLD, QUESTION
from tests.bot.running import write_articles
from tests.bot.test_process import ROOT, START, started
from tests.standin import Standin

MOST = "1"
"""Steps that are tried, by chance; all of them take minutes: `python -m tests.bot.killing`."""


async def killed_at_each_step(folder: Path, change: str) -> list[dict[str, Any]]:
    """What is there after each run; the first was not killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.killing", str(folder / "work"), change, MOST),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    said, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    return [json.loads(line) for line in said.splitlines()]


@pytest.mark.parametrize("change", ["add", "remove", "restore", "reload", "rollback"])
async def test_killed_at_each_step(tmp_path: Path, change: str) -> None:
    """Folder and bot have the old corpus or the new one, whole, and the next reload is as if nothing was."""
    runs = await killed_at_each_step(tmp_path, change)

    before, after = runs[0]["before"], runs[0]
    folders = {before["folder"], after["folder"]}
    answering = {before["asked"], after["started"]}
    assert len(runs) == 1 + int(MOST)
    assert before["asked"] != after["started"]
    for run in runs:
        assert run["refused"] == []
        assert run["folder"] in folders
        assert run["started"] in answering
        assert run["reloaded"] == run["folder"]
        assert run["answered"] or change in {"remove", "restore"}


async def test_killed_at_any_moment(standin: Standin, tmp_path: Path) -> None:
    """The program, killed while it adds an article by the chat, answers from the old or the new corpus."""
    admin = standin.user(42, "Adam")
    standin.private(admin)
    corpus = write_articles(tmp_path / "corpus", OLD, KEPT)
    settings = {
        "ONRECORD_CORPUS": str(corpus),
        "ONRECORD_STATE": str(tmp_path / "state.sqlite3"),
        "ONRECORD_INDEX": str(tmp_path / "index"),
    }
    answers = {OLD["text"], NEW["text"], "The young minister denied everything on Sunday."}
    for number in range(2):
        async with started(standin, tmp_path, **settings) as program:
            text = f"/add Story {number}\nThe young minister denied everything on Sunday."
            shown = await standin.wait_for_reply(standin.say(admin, text), seconds=START)
            standin.press(admin, shown, "Add")
            await asyncio.sleep(random.uniform(0.0, 0.3))  # noqa: S311 - no secret
            await program.end(signal.SIGKILL)
    async with started(standin, tmp_path, **settings):
        answer = await standin.wait_for_reply(standin.say(admin, QUESTION), seconds=START)
        trail = await standin.wait_for_reply(standin.say(admin, "/audit"), seconds=START)

    assert set(answer.marked("blockquote")) <= answers
    assert answer.marked("blockquote")
    assert trail.text
