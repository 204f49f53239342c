"""What the commands have in common: the option that names the corpus, and reading it."""

from argparse import ArgumentParser
from pathlib import Path

from bot.rendering.terminal import counted
from bot.screen import Screen
from bot.snapshots import Snapshot, load_snapshot
from retrieval.engines.choice import Wanted


def add_corpus_option(parser: ArgumentParser) -> None:
    """Add `--corpus`, which goes before the setting."""
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="PATH",
        help="file or folder of articles (default: ONRECORD_CORPUS, or the bundled sample)",
    )


def read_corpus(path: Path, screen: Screen, *, wanted: Wanted = "auto") -> Snapshot:
    """Read and index the corpus, with a progress bar; a line says so if some of it was refused.

    Raises CorpusNotFoundError, and EngineMissingError if the engine *wanted* is not installed.
    """
    with screen.progress() as tell:
        snapshot = load_snapshot(path, tell, wanted=wanted)
    if refused := len(snapshot.corpus.refused):
        screen.complain(
            f"{counted(refused, 'part')} of {path} could not be read and left out; "
            f"to see which: onrecord check --corpus {path}"
        )
    return snapshot
