"""Fixtures that more than one folder of tests needs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.standin import Standin

# A busy machine is no defect; a test that hangs is ended by pytest's timeout.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No bot of a test keeps anything where the one who runs the tests keeps theirs."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state-home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache-home"))
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.delenv("CACHE_DIRECTORY", raising=False)


@pytest.fixture(name="standin")
async def _standin() -> AsyncIterator[Standin]:
    """A Bot API server; the test fails when the bot broke one of its rules."""
    async with Standin() as standin:
        yield standin
        violations = standin.violations
    assert violations == []
