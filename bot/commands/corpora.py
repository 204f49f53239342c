"""What the commands have in common: the option that names the corpus, and reading it."""

from argparse import ArgumentParser
from pathlib import Path

from bot.keeping import default_folder
from bot.rendering.terminal import counted
from bot.screen import Screen
from bot.settings import Settings
from bot.snapshots import Snapshot, Snapshots


def add_corpus_option(parser: ArgumentParser) -> None:
    """Add `--corpus`, which goes before the setting."""
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="PATH",
        help="file or folder of articles (default: ONRECORD_CORPUS, or the bundled sample)",
    )


def read_corpus(settings: Settings, screen: Screen, path: Path | None = None) -> Snapshot:
    """Open, or read and index, the corpus of *settings*, or the one at *path*, with a progress bar.

    A line says so if some of it was refused. Raises CorpusNotFoundError, and EngineMissingError if
    the engine that is wanted is not installed.
    """
    path = path or settings.corpus
    snapshots = snapshots_of(settings, path)
    with screen.progress() as tell:
        snapshot = snapshots.open(tell, decides=False)
    if refused := len(snapshot.corpus.refused):
        screen.complain(
            f"{counted(refused, 'part')} of {path} could not be read and left out; "
            f"to see which: onrecord check --corpus {path}"
        )
    return snapshot


def snapshots_of(settings: Settings, path: Path | None = None) -> Snapshots:
    """Return the snapshots of the corpus of *settings*, or of the one at *path*."""
    path = path or settings.corpus
    return Snapshots(path, folder=_folder_of(path, settings), wanted=settings.engine)


def _folder_of(path: Path, settings: Settings) -> Path | None:
    """Return where the corpus at *path* is kept: a folder that was named is for one corpus only."""
    if path == settings.corpus:
        return settings.index_folder
    return default_folder(path) if settings.index is None else None
