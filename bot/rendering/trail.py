"""What was done to the corpus, and which versions can be gone back to."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rendering.catalogue import Said, Words
from bot.rendering.lines import on_one_line
from bot.snapshots import Kept
from bot.state import Reload

LINES = 8
"""Lines of the audit trail on a page: as many as surely fit one message."""

ROLLBACK = "rollback"
"""What a button sends, with a version."""

_MOST_KEPT = 20


def trail(words: Words, lines: Sequence[Reload], page: int, pages: int) -> Said:
    """Return a page of the audit trail: who, when, what, versions, how it ended."""
    parts: list[str] = [words("audit-heading"), *(_line(words, line) for line in lines)]
    if pages > 1:
        parts.append(words("list-page", page=page + 1, pages=pages))
    return Said("\n\n".join(parts))


def versions(
    words: Words, kept: Sequence[Kept], current: str
) -> tuple[Said, InlineKeyboardMarkup | None]:
    """Return the versions that are kept, and a button for each but the *current* one."""
    shown = kept[:_MOST_KEPT]
    lines: list[str] = [words("rollback-heading")]
    for each in shown:
        named = "rollback-current" if each.version == current else "rollback-item"
        day, time = each.made_at, words.clock(each.made_at)
        version, articles = each.version, each.articles
        lines.append(words(named, version=version, articles=articles, day=day, time=time))
    others = [each.version for each in shown if each.version != current]
    if not others:
        return Said("\n".join([*lines, words("rollback-none")])), None
    buttons = [
        InlineKeyboardButton(
            words("button-rollback", version=version), callback_data=f"{ROLLBACK}:{version}"
        )
        for version in others
    ]
    return Said("\n".join(lines)), InlineKeyboardMarkup.from_column(buttons)


def _line(words: Words, line: Reload) -> str:
    who = words("audit-cause", cause=Said(line.cause))
    if line.by is not None:
        who = words("audit-user", user=str(line.by), cause=who)
    lines: list[str] = [
        words("audit-when", day=line.began_at, time=words.clock(line.began_at)),
        words("audit-what", action=Said(line.action), outcome=Said(line.outcome)),
        who,
    ]
    if line.new_version is None or line.new_version == line.old_version:
        lines.append(words("audit-version", version=line.old_version))
    else:
        lines.append(words("reload-new-version", old=line.old_version, new=line.new_version))
    if line.detail:
        lines.append(words("reload-item", text=on_one_line(line.detail, 250)))
    return "\n".join(lines)
