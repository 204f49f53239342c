"""What /stats and /gaps say."""

import csv
import io
from collections.abc import Sequence

from bot.delivery.sent import Ending
from bot.monitoring.summary import Summary
from bot.rendering.catalogue import Said, Words
from bot.rendering.lines import on_one_line
from bot.rendering.listing import page_of
from bot.state import Unanswered, Votes

GAPS = 10
"""Questions on a page: as many as surely fit one message."""

_LANGUAGES = 8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula."""


def statistics(
    words: Words, today: Summary, week: Summary, votes: Votes | None, terms: Said | None
) -> Said:
    """Return the counts of *today* and of the *week*. *terms* is what is said of unanswered ones."""
    lines = [words("stats-today"), *_counts(words, today), "", words("stats-week")]
    lines += _counts(words, week)
    if votes is not None:
        counts = {"helpful": votes.helpful, "not": votes.not_helpful}
        lines.append(words("stats-votes", helpful=counts["helpful"], other=counts["not"]))
    if terms is not None:
        lines += ["", terms]
    return Said("\n".join(lines))


def terms(words: Words, found: Sequence[tuple[str, int]]) -> Said:
    """Return the words that were asked most in questions without an answer."""
    if not found:
        return words("stats-no-terms")
    return words("stats-terms", terms=_listed(words, found))


def gaps(words: Words, found: Sequence[Unanswered], page: int) -> Said:
    """Return page number *page* of the questions without an answer."""
    here, page, pages = page_of(found, page, GAPS)
    lines: list[str] = [words("gaps-heading", questions=len(found))]
    for each in here:
        lines += ["", _gap(words, each)]
    if pages > 1:
        lines += ["", words("list-page", page=page + 1, pages=pages)]
    return Said("\n".join(lines))


def as_csv(found: Sequence[Unanswered]) -> bytes:
    """Return the questions as a table for spreadsheets; nothing in it is taken for a formula."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(["asked_at", "question", "outcome", "reason", "language"])
    for each in found:
        row = [each.question, each.outcome.value, each.reason or "", each.language or ""]
        table.writerow([each.asked_at.isoformat(timespec="seconds"), *map(_harmless, row)])
    # The mark tells spreadsheets that it is UTF-8.
    return written.getvalue().encode("utf-8-sig", "replace")


def _counts(words: Words, summary: Summary) -> list[str]:
    lines: list[str] = [words("stats-questions", questions=summary.questions)]
    lines += [
        words(f"stats-ending-{ending.value}", count=summary.endings[ending])
        for ending in Ending
        if summary.endings[ending]
    ]
    if summary.median is not None and summary.p95 is not None:
        lines.append(
            words("stats-latency", median=_seconds(summary.median), p95=_seconds(summary.p95))
        )
    if summary.languages:
        most = summary.languages.most_common(_LANGUAGES)
        lines.append(words("stats-languages", languages=_listed(words, most)))
    if summary.inline:
        lines.append(words("stats-inline", count=summary.inline))
    return lines


def _listed(words: Words, counted: Sequence[tuple[str, int]]) -> Said:
    return words.listed(words("stats-counted", what=what, count=count) for what, count in counted)


def _gap(words: Words, each: Unanswered) -> str:
    return words(
        "gaps-item",
        day=each.asked_at,
        time=words.clock(each.asked_at),
        question=on_one_line(each.question, 250),
        outcome=Said(each.outcome.value),  # chooses a wording: never to be isolated
    )


def _seconds(seconds: float) -> float:
    """Two digits: more are not known."""
    return float(f"{seconds:.2g}")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
