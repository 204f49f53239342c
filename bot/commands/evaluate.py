"""`onrecord evaluate`: how well are a set of judged questions answered?"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path

from rich import box
from rich.table import Table

from bot.commands.corpora import add_corpus_option, read_corpus
from bot.screen import Screen
from bot.settings import Settings
from bot.snapshots import Snapshot
from retrieval.evaluation import Figures, JudgedQuestion, evaluate, read_questions
from retrieval.models import Answer
from retrieval.peers import PEERS, Peer, Recipe

SUMMARY = "score a set of judged questions"
EXAMPLE = """\
examples:
  onrecord evaluate golden/
  onrecord evaluate golden/ --json > figures.json

FOLDER holds questions.jsonl, and articles.jsonl unless the questions are about your corpus.
"""

_SNIPPETS = 10
"""The figures look at the first ten."""

Answering = Callable[[JudgedQuestion], Answer]


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `evaluate`."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the set of judged questions")
    add_corpus_option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object a system")
    parser.add_argument(
        "--peers", action="store_true", help="score plain BM25 on the same set beside it"
    )


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:
    """Print the figures."""
    questions = read_questions(options.folder / "questions.jsonl")
    snapshot = read_corpus(settings, screen, _corpus_of(options, settings))
    columns: dict[str, Figures] = {}
    peers = dict(_installed(screen)) if options.peers else {}
    for name, answering in _systems(snapshot, peers):
        with screen.progress() as tell:
            columns[name] = evaluate(questions, answering, progress=partial(tell, name))
    if options.json:
        for name, figures in columns.items():
            known = {"set": options.folder.resolve().name, "system": name}
            screen.record(known | {"corpus_version": snapshot.corpus.version} | asdict(figures))
    else:
        screen.draw(_table(columns))
    return 0


def _corpus_of(options: Namespace, settings: Settings) -> Path:
    own: Path = options.folder / "articles.jsonl"
    return own if options.corpus is None and own.exists() else settings.corpus


def _installed(screen: Screen) -> Iterator[tuple[str, Recipe]]:
    for name, recipe in PEERS.items():
        if recipe.is_installed:
            yield name, recipe
        else:
            screen.complain(
                f"{name!r} is left out; to compare with it: pip install {recipe.package}"
            )


def _systems(snapshot: Snapshot, peers: Mapping[str, Recipe]) -> Iterator[tuple[str, Answering]]:
    yield (
        "On the Record",
        lambda judged: snapshot.answer(judged.question, limit=_SNIPPETS, now=judged.asked_at),
    )
    for name, recipe in peers.items():
        yield name, partial(_ask_peer, Peer(snapshot.index, recipe))


def _ask_peer(peer: Peer, judged: JudgedQuestion) -> Answer:
    return peer.answer(judged.question, _SNIPPETS)


def _table(columns: dict[str, Figures]) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for field in fields(Figures):
        values = [getattr(figures, field.name) for figures in columns.values()]
        table.add_row(field.name.replace("_at_", "@").replace("_", " "), *map(_shown, values))
    return table


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
