"""What the bot says in a chat besides answers, where it takes more than one message of the catalogue.

Plain text, no entities; each fits one message of Telegram's.
"""

from bot.rendering.catalogue import Said, Words
from bot.reports import Status


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
