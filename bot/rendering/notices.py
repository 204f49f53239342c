"""What the bot says in a chat besides answers, where it takes more than one message of the catalogue.

Plain text, no entities; each fits one message of Telegram's.
"""

from collections.abc import Sequence

from bot.rendering.catalogue import Said, Words
from bot.rendering.lines import on_one_line
from bot.reports import ReloadReport, Stage, Status
from corpus.errors import SourceError
from corpus.models import Article

_TITLES = 3
_REASONS = 5


def welcome(words: Words, *, examples: bool) -> Said:
    """Say what this is; with *examples*, lead over to the buttons below."""
    if not examples:
        return words("welcome")
    return Said(f"{words('welcome')}\n\n{words('welcome-examples')}")


def status(words: Words, now: Status) -> Said:
    """Return what is being searched, a line each."""
    newest = now.searched.newest
    return words(
        "status",
        articles=now.searched.articles,
        passages=now.searched.passages,
        newest=words("status-not-dated") if newest is None else newest,
        version=now.version,
        day=now.loaded_at,
        time=words.clock(now.loaded_at),
    )


def reload_progress(words: Words, stage: Stage, done: int, total: int) -> Said:
    """Return how far a reload has come: `Reading the corpus: 40 %`."""
    return words("reload-progress", stage=stage, percent=100 * done // max(total, 1))


def reload_report(words: Words, report: ReloadReport) -> Said:
    """Return what a reload changed: counts with the first titles, refusals with their reasons."""
    changes = report.changes
    lines: list[str] = [words("reload-done", seconds=report.seconds)]
    lines += _articles(words, "reload-added", changes.added)
    lines += _articles(words, "reload-changed", changes.changed)
    lines += _articles(words, "reload-removed", changes.removed)
    lines += _refusals(words, report.refused)
    if report.old_version == report.new_version:
        lines.append(words("reload-same-version", version=report.new_version))
    else:
        lines.append(words("reload-new-version", old=report.old_version, new=report.new_version))
    return Said("\n".join(lines))


def _articles(words: Words, message_id: str, articles: Sequence[Article]) -> list[str]:
    titles = [on_one_line(article.title or article.id, 80) for article in articles[:_TITLES]]
    head = words(message_id, articles=len(articles))
    return [head, *_items(words, titles, len(articles))]


def _refusals(words: Words, refused: Sequence[SourceError]) -> list[str]:
    reasons = [on_one_line(str(error), 200) for error in refused[:_REASONS]]
    return [
        words("reload-unreadable", count=len(refused)),
        *_items(words, reasons, len(refused)),
    ]


def _items(words: Words, shown: Sequence[str], count: int) -> list[str]:
    lines: list[str] = [words("reload-item", text=text) for text in shown]
    if count > len(shown):
        lines.append(words("reload-more", count=count - len(shown)))
    return lines
