"""Fixtures that more than one folder of tests needs."""

from collections.abc import AsyncIterator

import pytest

from tests.standin import Standin


@pytest.fixture(name="standin")
async def _standin() -> AsyncIterator[Standin]:
    """A Bot API server; the test fails when the bot broke one of its rules."""
    async with Standin() as standin:
        yield standin
        violations = standin.violations
    assert violations == []
