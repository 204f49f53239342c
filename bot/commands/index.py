"""`onrecord index`: reads and indexes a big corpus with all cores, so that the bot starts at once."""

import os
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from bot.commands.corpora import add_corpus_option
from bot.errors import SettingsError
from bot.indexfolder import IndexFolder
from bot.keeping import unusable
from bot.rendering.terminal import counted
from bot.reports import Stage
from bot.screen import Screen, Tell
from bot.settings import Settings, variable
from bot.snapshots import Snapshots
from bot.speed import Speed, lasting
from retrieval.fingerprint import analysis
from retrieval.saving import rows_in
from retrieval.writing import Writing

SUMMARY = "read and index a big corpus beforehand, with all cores"
EXAMPLE = """\
examples:
  onrecord index
  onrecord index --corpus news/ --workers 4

It can be interrupted at any time; called again, it goes on where it was.
"""

_LINE_EVERY = 5.0
"""Seconds between two lines on how far it is, where no bar can be drawn."""

_UNITS = {
    Stage.READING: ("MB", 1e6),
    Stage.STUDYING: ("articles", 1),
    Stage.INDEXING: ("articles", 1),
}


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `index`."""
    add_corpus_option(parser)
    parser.add_argument(
        "--workers",
        type=_number,
        metavar="N",
        help="processes that read at the same time (default: one for each core)",
    )


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:
    """Index, and say what came of it. Raises what `Snapshots.read` raises, and SettingsError."""
    folder = settings.index_folder
    if folder is None:
        raise SettingsError(f"{variable('index')}: there is no folder to keep the index in")
    if reason := unusable(folder):
        raise SettingsError(f"{variable('index')}: {reason}")
    if left := _left_over(folder):
        screen.note(
            f"going on from an earlier run: {counted(left, 'article')} were studied by then"
        )
    workers = options.workers or os.cpu_count() or 1
    snapshots = Snapshots(settings.corpus, folder=folder, wanted=settings.engine, workers=workers)
    began = time.monotonic()
    with screen.progress() as bar:
        snapshot = snapshots.read(Telling(screen, bar))
    snapshots.keep(snapshot)
    seconds = time.monotonic() - began
    searched = snapshot.index.searched
    screen.say(
        f"{counted(searched.articles, 'article')}, {counted(searched.passages, 'passage')} in "
        f"{lasting(seconds)}, {searched.articles / max(seconds, 0.001):,.0f} articles/s"
    )
    screen.say(f"version {snapshot.corpus.version}, kept in {folder}")
    if refused := len(snapshot.corpus.refused):
        screen.complain(f"{counted(refused, 'part')} could not be read; onrecord check says which")
    return 0


class Telling:
    """Tells how far it is: a bar on a terminal, a line now and then elsewhere."""

    def __init__(self, screen: Screen, bar: Tell) -> None:
        self._screen = screen
        self._bar = bar
        self._stage: Stage | None = None
        self._speed = Speed()
        self._due = 0.0

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Tell that so much of a stage is done."""
        now = time.monotonic()
        if stage is not self._stage:
            self._stage, self._speed, self._due = stage, Speed(), now + _LINE_EVERY
        self._speed.note(done)
        unit, size = _UNITS[stage]
        speed = self._speed.per_second
        label = str(stage) if speed is None else f"{stage}, {speed / size:,.0f} {unit}/s"
        self._bar(label, done, total)
        if not self._screen.watched and now >= self._due:
            self._due = now + _LINE_EVERY
            left = self._speed.left(total)
            rest = "" if left is None else f", {lasting(left)} left"
            self._screen.note(f"{label}: {done / size:,.0f} of {total / size:,.0f} {unit}{rest}")


def _left_over(folder: Path) -> int:
    """How many articles an earlier run that was interrupted has studied."""
    unfinished = rows_in(IndexFolder(folder).unfinished(analysis()))
    return len(Writing(unfinished, ()))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 256):
        raise ArgumentTypeError(f"{text!r} is not a number from 1 to 256")
    return int(text)
