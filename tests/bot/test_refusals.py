"""A small run of the commands that measure: what they find on a few cases is what they should."""

import pytest

from tests.benchmarks import refusals


@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_is_refused(seed: int) -> None:
    """Answers from random articles to random questions are all taken by Telegram's rules."""
    count = await refusals.measure(40, seed)

    assert count.asked == 40
    assert count.sent >= 40
    assert (count.refused, count.violations, count.unanswered) == (0, 0, 0)
