"""What the bot says in a chat besides answers. Plain text, no entities; each fits one message."""

from collections.abc import Sequence

from bot.rendering.words import counted, day, on_one_line
from bot.reports import ReloadReport, Stage, Status
from corpus.errors import SourceError
from corpus.models import Article

WELCOME = (
    "On the Record answers questions about reported events with word-for-word quotations from "
    "news articles, and says who said it, where and when. It never makes up a sentence.\n\n"
    "Send a question in your own words."
)
TRY = "\n\nFor example:"
HELP = (
    "Send a question, and I look for the sentences that answer it. What stands in a quotation is "
    "word for word what the article says; the title below leads to the source.\n\n"
    "In a group, put /ask before the question:\n"
    "/ask who denied involvement?\n\n"
    "/status says what is being searched.\n"
    "If no sentence answers, I say so, and show the closest that I found, if any."
)
ASK_HOW = "Put the question after the command, like this:\n/ask who denied involvement?"
UNKNOWN_COMMAND = "I do not know that command. /help says what I can do."
EXAMPLE_GONE = "The articles have changed since. /start shows fresh examples."
APOLOGY = "Sorry, something went wrong on my side. It has been noted; please try again later."

RELOAD_RUNNING = "A reload is running already."
RELOAD_ANONYMOUS = (
    "/reload is for the admins of this bot, and I cannot see who you are. "
    "Send it as yourself, not as the group or a channel."
)

COMMANDS = {
    "start": "What this is, with examples",
    "ask": "Ask a question: /ask who denied involvement?",
    "help": "How to ask",
    "status": "What is being searched",
}
ADMIN_COMMANDS = {**COMMANDS, "reload": "Read the articles afresh"}

_STAGES = {Stage.READING: "Reading the corpus", Stage.INDEXING: "Indexing the articles"}
_TITLES = 3
_REASONS = 5


def reload_refused(user_id: int) -> str:
    """Say that /reload is for admins, and the id that an operator needs to make one of the asker."""
    return f"/reload is for the admins of this bot. Your numeric user id is {user_id}."


def status(now: Status) -> str:
    """Return what is being searched, a line each."""
    newest = now.searched.newest
    lines = [
        f"Articles: {now.searched.articles:,}",
        f"Passages: {now.searched.passages:,}",
        f"Newest article: {day(newest) if newest else 'not dated'}",
        f"Corpus version: {now.version}",
        f"Loaded: {day(now.loaded_at)}, {now.loaded_at:%H:%M} UTC",
    ]
    return "\n".join(lines)


def reload_progress(stage: Stage, done: int, total: int) -> str:
    """Return how far a reload has come: `Reading the corpus: 40 %`."""
    return f"{_STAGES[stage]}: {100 * done // max(total, 1)} %"


RELOAD_BEGUN = f"{_STAGES[Stage.READING]} …"


def reload_failed(reason: str, version: str) -> str:
    """Say why nothing was changed, and what is answering now."""
    return (
        f"The reload failed: {on_one_line(reason, 1000)}\n"
        f"Nothing has changed; I still answer from version {version}."
    )


def reload_report(report: ReloadReport) -> str:
    """Return what a reload changed: counts with the first titles, refusals with their reasons."""
    changes = report.changes
    lines = [f"Reloaded in {report.seconds:.1f} s."]
    lines += _articles("Added", changes.added)
    lines += _articles("Changed", changes.changed)
    lines += _articles("Removed", changes.removed)
    lines += _refusals(report.refused)
    if report.old_version == report.new_version:
        lines.append(f"Version: {report.new_version}, as before")
    else:
        lines.append(f"Version: {report.old_version} before, {report.new_version} now")
    return "\n".join(lines)


def _articles(what: str, articles: Sequence[Article]) -> list[str]:
    titles = [f"  {on_one_line(article.title or article.id, 80)}" for article in articles[:_TITLES]]
    return [f"{what}: {counted(len(articles), 'article')}", *titles, *_more(articles, _TITLES)]


def _refusals(refused: Sequence[SourceError]) -> list[str]:
    reasons = [f"  {on_one_line(str(error), 200)}" for error in refused[:_REASONS]]
    return [f"Refused: {len(refused):,}", *reasons, *_more(refused, _REASONS)]


def _more(things: Sequence[object], shown: int) -> list[str]:
    return [f"  and {len(things) - shown:,} more"] if len(things) > shown else []
