"""How a change of the corpus goes on, what it changed, and what waits to be confirmed."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rendering.catalogue import Said, Words
from bot.rendering.keyboards import turning_buttons
from bot.rendering.lines import on_one_line
from bot.rendering.listing import page_of
from bot.reports import ReloadReport, Stage
from corpus.errors import SourceError
from corpus.models import Article
from retrieval.evaluation import JudgedQuestion

CONFIRM, CANCEL, BROKEN = "reload:yes:", "reload:no:", "broken:"
"""What the buttons of an offer send, with its name; BROKEN with the number of a page, too."""

TITLES = 3
REASONS = 5
QUESTIONS = 8
"""Broken golden questions on a page."""

_MOST_LINES = 5_000
"""Lines of each kind in a file; it is to be read by people."""


def progress(words: Words, stage: Stage, done: int, total: int) -> Said:
    """Return how far a reload has come: `Reading the corpus: 40 %`."""
    return words("reload-progress", stage=Said(stage), percent=100 * done // max(total, 1))


def report(words: Words, ended: ReloadReport) -> Said:
    """Return what a reload changed: counts with the first titles, refusals with their reasons."""
    lines: list[str] = [words("reload-done", seconds=ended.seconds), *_changes(words, ended)]
    lines += _golden(words, ended)
    if ended.old_version == ended.new_version:
        lines.append(words("reload-same-version", version=ended.new_version))
    else:
        lines.append(words("reload-new-version", old=ended.old_version, new=ended.new_version))
    return Said("\n".join(lines))


def check(words: Words, found: ReloadReport) -> Said:
    """Return what a reload would change, and that nothing was."""
    lines: list[str] = [words("check-done", seconds=found.seconds), *_changes(words, found)]
    lines += _golden(words, found)
    if found.old_version == found.new_version:
        lines.append(words("reload-same-version", version=found.new_version))
    return Said("\n".join(lines))


def check_file(words: Words, found: ReloadReport) -> bytes | None:
    """Return, as a text in UTF-8, all that `check` has no room for; None if that said everything."""
    changes = found.changes
    parts = [
        ("reload-added", changes.added),
        ("reload-changed", changes.changed),
        ("reload-removed", changes.removed),
    ]
    short = all(len(articles) <= TITLES for _, articles in parts)
    if short and len(found.refused) <= REASONS and len(found.golden.broken) <= TITLES:
        return None
    lines: list[str] = []
    for name, articles in parts:
        lines.append(words(name, articles=len(articles)))
        titles = [on_one_line(f"{each.id}  {each.title}", 300) for each in articles[:_MOST_LINES]]
        lines += _items(words, titles, len(articles))
    lines.append(words("reload-unreadable", count=len(found.refused)))
    lines += _items(words, [str(each) for each in found.refused[:_MOST_LINES]], len(found.refused))
    lines += _golden(words, found, shown=_MOST_LINES)
    return "\n".join([*lines, ""]).encode("utf-8", "replace")


def offer(words: Words, waiting: ReloadReport, page: int = 0) -> tuple[Said, InlineKeyboardMarkup]:
    """Return what waits to be confirmed, with a page of the questions that it breaks, and buttons."""
    broken = waiting.golden.broken
    here, page, pages = page_of(broken, page, QUESTIONS)
    lines: list[str] = [words("offer-heading", questions=len(broken)), *_asked(words, here)]
    if pages > 1:
        lines.append(words("list-page", page=page + 1, pages=pages))
    lines += ["", *_changes(words, waiting, titles=1, reasons=1), *_counts(words, waiting)]
    lines.append(words("offer-version", old=waiting.old_version, new=waiting.new_version))
    name = f"{waiting.offer}"
    decision = [
        InlineKeyboardButton(words("button-confirm"), callback_data=f"{CONFIRM}{name}"),
        InlineKeyboardButton(words("button-cancel"), callback_data=f"{CANCEL}{name}"),
    ]
    turning = turning_buttons(words, f"{BROKEN}{name}", page, pages)
    return Said("\n".join(lines)), InlineKeyboardMarkup(
        [turning, decision] if turning else [decision]
    )


def _changes(
    words: Words, ended: ReloadReport, *, titles: int = TITLES, reasons: int = REASONS
) -> list[str]:
    changes = ended.changes
    lines = _articles(words, "reload-added", changes.added, titles)
    lines += _articles(words, "reload-changed", changes.changed, titles)
    lines += _articles(words, "reload-removed", changes.removed, titles)
    return lines + refusals(words, ended.refused, reasons)


def _articles(words: Words, name: str, articles: Sequence[Article], most: int) -> list[str]:
    titles = [on_one_line(article.title or article.id, 80) for article in articles[:most]]
    return [words(name, articles=len(articles)), *_items(words, titles, len(articles))]


def refusals(words: Words, refused: Sequence[SourceError], most: int = REASONS) -> list[str]:
    """Return how much could not be read, and the first *most* reasons, a line each."""
    reasons = [on_one_line(str(error), 200) for error in refused[:most]]
    return [
        words("reload-unreadable", count=len(refused)),
        *_items(words, reasons, len(refused)),
    ]


def _golden(words: Words, ended: ReloadReport, shown: int = TITLES) -> list[str]:
    broken = ended.golden.broken
    if not broken:
        return _counts(words, ended)
    head = words("golden-broken", questions=len(broken))
    lines = [*_counts(words, ended), head, *_asked(words, broken[:shown])]
    if len(broken) > shown:
        lines.append(words("reload-more", count=len(broken) - shown))
    return lines


def _counts(words: Words, ended: ReloadReport) -> list[str]:
    golden = ended.golden
    if not golden.asked:
        return []
    before, after = golden.right_before, golden.right_after
    return [words("golden-counts", asked=golden.asked, before=before, after=after)]


def _asked(words: Words, questions: Sequence[JudgedQuestion]) -> list[str]:
    return [words("reload-item", text=on_one_line(each.question, 150)) for each in questions]


def _items(words: Words, shown: Sequence[str], count: int) -> list[str]:
    lines: list[str] = [words("reload-item", text=text) for text in shown]
    if count > len(shown):
        lines.append(words("reload-more", count=count - len(shown)))
    return lines
