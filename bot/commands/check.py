"""`onrecord check`: is everything in order before the bot starts?"""

from argparse import ArgumentParser, Namespace

from pydantic import SecretStr
from rich.text import Text

from bot.commands.corpora import add_corpus_option, snapshots_of
from bot.commands.inventory import Inventory, rows
from bot.rendering.terminal import Line, counted, days, harmless
from bot.screen import Screen
from bot.settings import Settings, variable
from bot.snapshots import Snapshot
from corpus.stories import Stories

SUMMARY = "read the corpus and the settings and report"
EXAMPLE = """\
examples:
  onrecord check
  onrecord check --corpus news/
"""


MOST_REFUSED = 50
"""Parts that were refused and are named; the others are counted."""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `check`."""
    add_corpus_option(parser)
    parser.add_argument("--all", action="store_true", help="name all that was refused")


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:
    """Report. 1 if any part of the corpus was refused."""
    with screen.progress() as tell:
        snapshot = snapshots_of(settings).open(tell, decides=False)
    screen.say("Settings")
    screen.show(_table(_in_force(settings)))
    screen.say("Corpus")
    screen.show(_table(_figures(snapshot)))
    inventory = Inventory.of(snapshot.index.articles)
    for heading, groups in (("Formats", inventory.formats), ("Publishers", inventory.publishers)):
        screen.say(heading)
        screen.show(Line(Text(harmless(row)), 2) for row in rows(groups))
    refused = snapshot.corpus.refused
    if refused:
        screen.say(f"Refused: {counted(len(refused), 'part')} of the corpus; the rest is used")
        shown = refused if options.all else refused[:MOST_REFUSED]
        screen.show(Line(Text(harmless(str(error))), 2) for error in shown)
        if beyond := len(refused) - len(shown):
            screen.show([Line(Text(f"and {counted(beyond, 'other')}: onrecord check --all"), 2)])
    return 1 if refused else 0


def _in_force(settings: Settings) -> dict[str, str]:
    return {variable(field): _shown(getattr(settings, field)) for field in Settings.model_fields}


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "set (not shown)"
    if isinstance(value, frozenset):
        value = ", ".join(str(item) for item in sorted(value))
    return "not set" if value in (None, "") else str(value)


def _figures(snapshot: Snapshot) -> dict[str, str]:
    searched = snapshot.index.searched
    dates = days(searched.oldest, searched.newest) or "none known"
    return {
        "articles": f"{searched.articles:,}",
        "passages": f"{searched.passages:,}",
        "folded": _folded(snapshot.index.stories),
        "dates": dates,
        "removed": f"{snapshot.corpus.removed:,}",
        "version": snapshot.corpus.version,
        "engine": f"{snapshot.engine.kind} ({snapshot.engine.reason})",
    }


def _folded(stories: Stories) -> str:
    found = [
        f"{number:,} {what}"
        for number, what in (
            (stories.folded, "copies of other articles"),
            (stories.superseded, "with a newer version"),
        )
        if number
    ]
    return ", ".join(found) or "none"


def _table(rows: dict[str, str]) -> list[Line]:
    width = max(len(name) for name in rows)
    return [Line(Text(harmless(f"{name:<{width}}  {value}")), 2) for name, value in rows.items()]
