"""The audit trail: a line for whatever is done to the corpus, or was to be."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import BotError
from bot.reports import By, ReloadReport
from bot.state.entries import Action, Reload, ReloadOutcome
from corpus.errors import CorpusError
from retrieval.errors import EngineError

logger = logging.getLogger(__name__)


@dataclass
class Line:
    """What becomes of something that was begun; filled in as it goes on."""

    outcome: ReloadOutcome = ReloadOutcome.LOADED
    new_version: str | None = None
    detail: str | None = None

    def tell_of(self, report: ReloadReport, *of: str) -> None:
        """Say what changed, after what it was about, if anything."""
        self.detail = " ".join([*of, report.summary])
        if report.offer is None:
            self.new_version = report.new_version


class Trail:
    """Passes each line on to those who keep it. Belongs to one event loop."""

    def __init__(self) -> None:
        self._told: list[Callable[[Reload], Awaitable[None]]] = []

    def on_line(self, told: Callable[[Reload], Awaitable[None]]) -> None:
        """From now on call *told* with each line. What it raises is logged and changes nothing."""
        self._told.append(told)

    @asynccontextmanager
    async def line(self, action: Action, by: By, old_version: str) -> AsyncIterator[Line]:
        """Write a line at the end of the block; that it failed, and why, where that raises."""
        began_at, began = datetime.now(UTC), time.monotonic()
        line = Line()
        try:
            yield line
        except Exception as error:
            line = Line(ReloadOutcome.FAILED, None, why(error))
            raise
        except asyncio.CancelledError:
            line = Line(ReloadOutcome.CANCELLED, None, line.detail)
            raise
        finally:
            await self._tell(
                Reload(
                    began_at=began_at,
                    cause=by.cause,
                    by=by.user,
                    action=action,
                    outcome=line.outcome,
                    old_version=old_version,
                    new_version=line.new_version,
                    seconds=time.monotonic() - began,
                    detail=line.detail,
                )
            )

    async def _tell(self, line: Reload) -> None:
        logger.info(
            "%s by %s (%s): %s, version %s before, %s now",
            *(line.action, line.by, line.cause, line.outcome, line.old_version, line.new_version),
        )
        for told in self._told:
            try:
                await told(line)
            except Exception:
                logger.exception("the audit trail lacks a line")


def why(error: Exception) -> str:
    """Return what an admin is told of *error*, which stopped a reload."""
    if isinstance(error, CorpusError | EngineError | OSError | BotError):
        return str(error)
    return f"unexpected {type(error).__name__}, see the log"
