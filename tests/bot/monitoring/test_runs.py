"""Which runs of the program count as cut off."""

import asyncio
import signal
import sqlite3
from pathlib import Path

from tests.bot.running import write_articles
from tests.bot.test_process import START, started
from tests.standin import Standin

MANY = 4_000
"""Articles that take longer to read than a signal takes to arrive."""


def ends(state: Path) -> list[str | None]:
    """When each noted run ended, None where nobody noted it."""
    if not state.exists():
        return []
    database = sqlite3.connect(f"file:{state}?mode=ro", uri=True)
    try:
        return [end for (end,) in database.execute("SELECT ended_at FROM runs")]
    except sqlite3.OperationalError:  # it is being made
        return []
    finally:
        database.close()


async def run_is_noted(state: Path) -> None:
    """Return when a run is noted in *state* to have begun."""
    async with asyncio.timeout(START):
        while not ends(state):  # noqa: ASYNC110 - a file has no event to wait for
            await asyncio.sleep(0.02)


async def test_stopped_while_it_reads(standin: Standin, tmp_path: Path) -> None:
    """Told to stop before the corpus is read it ends at once; killed then, it was cut off."""
    text = "The harbour was closed. The mayor said that it opens again. " * 5
    news = write_articles(
        tmp_path / "news", *({"id": f"a{n}", "text": f"{n} {text}"} for n in range(MANY))
    )
    state = tmp_path / "state.sqlite3"
    corpus = {"ONRECORD_CORPUS": str(news), "ONRECORD_STATE": str(state)}
    async with started(standin, tmp_path, **corpus) as program:
        await run_is_noted(state)
        code = await program.end()
    stopped = ends(state)
    async with started(standin, tmp_path, **corpus) as program:
        while len(ends(state)) < len(stopped) + 1:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.02)
        await program.end(signal.SIGKILL)

    assert code == -signal.SIGTERM
    assert "finishing what is in hand" not in program.output
    assert None not in stopped
    assert None in ends(state)
