"""The sign of life that a supervisor looks for."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.heartbeat import beating


async def test_a_sign_of_life(tmp_path: Path) -> None:
    """The file is touched again and again, and is gone at the end."""
    file = tmp_path / "heartbeat"
    async with beating(file, every=0.01):
        await asyncio.sleep(0.03)
        os.utime(file, (0, 0))
        async with asyncio.timeout(60):
            while file.stat().st_mtime == 0:  # noqa: ASYNC110 - a file calls nobody
                await asyncio.sleep(0.01)

    assert not file.exists()


async def test_none_is_wanted() -> None:
    """Without a file nothing is done."""
    async with beating(None):
        assert len(asyncio.all_tasks()) == 1


async def test_a_file_that_cannot_be(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged once, and the program goes on."""
    async with beating(tmp_path / "nowhere" / "heartbeat", every=0.01):
        await asyncio.sleep(0.1)

    assert caplog.text.count("no sign of life") == 1
