"""A corpus folder that is looked after: when something changes in it, somebody is told."""

import asyncio
import contextlib
import importlib.util
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from corpus.reading.formats import is_skipped

logger = logging.getLogger(__name__)

EXTRA = "pip install 'on-the-record[watch]'"

_LONGEST = 60.0
"""Seconds after which a folder that never comes to rest is told of all the same."""
_PAUSE = 10.0
"""Seconds until a folder that cannot be looked at is tried again."""


def check_installed() -> None:
    """Raise SettingsError when the part that looks after folders is missing."""
    if importlib.util.find_spec("watchfiles") is None:
        raise SettingsError(f"ONRECORD_WATCH: a part is missing; install it with: {EXTRA}")


@asynccontextmanager
async def folder_watched(
    path: Path, changed: Callable[[], object], *, quiet: float = 2.0, poll: bool = False
) -> AsyncIterator[None]:
    """During the block call *changed*, in the event loop, *quiet* seconds after a change of *path*.

    *path* may be a file. Many changes shortly after each other are one; hidden files and what
    editors leave are passed over. Where the system tells of no changes, or with *poll*, the folder
    is looked through again and again. Raises SettingsError when a part is missing.
    """
    check_installed()
    loop, over = asyncio.get_running_loop(), threading.Event()

    def tell() -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            loop.call_soon_threadsafe(changed)

    watch = _Watch(path, tell, over, quiet)
    thread = threading.Thread(target=watch.run, args=(poll,), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


@dataclass(frozen=True)
class _Watch:
    path: Path
    tell: Callable[[], None]
    over: threading.Event
    quiet: float

    def run(self, poll: bool) -> None:  # noqa: FBT001 - a thread's argument
        away = False
        while not self.over.is_set():
            if not self.path.exists():
                away = self._is_away(told=away)
                continue
            if away:
                away = False
                self.tell()
            try:
                self._look(poll=poll)
            except Exception as error:  # noqa: BLE001 - watchfiles raises errors of many kinds
                # Most often the system has no more watches to give; looking oneself always works.
                logger.warning("%s: looked through every now and then: %s", self.path, error)
                self.over.wait(_PAUSE if poll else 0)
                poll = True

    def _is_away(self, *, told: bool) -> bool:
        if not told:
            logger.warning("%s: is not there, and is waited for", self.path)
        self.over.wait(min(_PAUSE, self.quiet))
        return True

    def _look(self, *, poll: bool) -> None:
        """Look until it is over or the folder is gone."""
        import watchfiles  # noqa: PLC0415 - an extra

        single = self.path.is_file()
        pause = round(1_000 * self.quiet)
        changes = watchfiles.watch(
            self.path.parent if single else self.path,
            watch_filter=self._concerns,
            recursive=not single,
            stop_event=self.over,
            rust_timeout=pause,
            yield_on_timeout=True,
            force_polling=poll or None,
            poll_delay_ms=min(1_000, pause),
            ignore_permission_denied=True,
            raise_interrupt=False,
        )
        waited = 0.0
        dirty = False
        for found in changes:
            dirty = dirty or bool(found)
            waited = waited + self.quiet if dirty else 0.0
            if dirty and (not found or waited > _LONGEST):
                dirty, waited = False, 0.0
                self.tell()
            if not self.path.exists():
                return

    def _concerns(self, _change: object, name: str) -> bool:
        if self.path.is_file():
            return Path(name).name == self.path.name
        try:
            parts = Path(name).relative_to(self.path.absolute()).parts
        except ValueError:
            parts = Path(name).parts[-1:]
        return not any(map(is_skipped, parts))
