"""`onrecord check`: is everything in order before the bot starts?"""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable

from pydantic import SecretStr
from rich.text import Text

from bot.commands.corpora import add_corpus_option
from bot.rendering.terminal import Line, counted, days, harmless
from bot.screen import Screen
from bot.settings import Settings, variable
from bot.snapshots import Snapshot, load_snapshot
from corpus.stories import Stories

SUMMARY = "read the corpus and the settings and report"
EXAMPLE = """\
examples:
  onrecord check
  onrecord check --corpus news/
"""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `check`."""
    add_corpus_option(parser)


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:  # noqa: ARG001 - as all
    """Report. 1 if any part of the corpus was refused."""
    with screen.progress() as tell:
        snapshot = load_snapshot(settings.corpus, tell, wanted=settings.engine)
    screen.say("Settings")
    screen.show(_table(_in_force(settings)))
    screen.say("Corpus")
    screen.show(_table(_figures(snapshot)))
    refused = snapshot.corpus.refused
    if refused:
        screen.say(f"Refused: {counted(len(refused), 'part')} of the corpus; the rest is used")
        screen.show(Line(Text(harmless(str(error))), 2) for error in refused)
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
    undated = sum(article.published_at is None for article in snapshot.index.articles)
    dates = days(searched.oldest, searched.newest) or "none known"
    return {
        "articles": f"{searched.articles:,}",
        "passages": f"{searched.passages:,}",
        "folded": _folded(snapshot.index.stories),
        "dates": f"{dates} ({undated:,} without)" if undated else dates,
        "publishers": _publishers(article.publisher for article in snapshot.index.articles),
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


def _publishers(names: Iterable[str | None], most: int = 10) -> str:
    counts = Counter(name or "not known" for name in names)
    named = [f"{name} ({number:,})" for name, number in counts.most_common(most)]
    if len(counts) > most:
        named.append(f"and {counted(len(counts) - most, 'other')}")
    return ", ".join(named) or "none"


def _table(rows: dict[str, str]) -> list[Line]:
    width = max(len(name) for name in rows)
    return [Line(Text(harmless(f"{name:<{width}}  {value}")), 2) for name, value in rows.items()]
