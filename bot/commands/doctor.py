"""`onrecord doctor`: what keeps the bot from running, and what to do about it."""

import asyncio
from argparse import ArgumentParser, Namespace
from collections import Counter

from rich.text import Text

from bot.commands.corpora import add_corpus_option
from bot.redaction import Redaction
from bot.rendering.terminal import Line, counted, harmless
from bot.screen import Screen
from bot.settings import Settings

SUMMARY = "test token, network, clock, database, corpus and permissions, and say what to mend"
EXAMPLE = """\
examples:
  onrecord doctor
  onrecord doctor --corpus news/

Each line says ok, look (it works, but look at it) or mend. Run it as the user that the bot runs as,
with the same settings. A bot that runs here meanwhile is not disturbed.
"""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `doctor`."""
    add_corpus_option(parser)


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:  # noqa: ARG001 - as all
    """Examine and print. 1 if anything is to be mended."""
    return asyncio.run(_examine(settings, screen))


async def _examine(settings: Settings, screen: Screen) -> int:
    # The database and HTTP take a third of a second to import; only the bot and this need them.
    from bot.doctor import Health, examine  # noqa: PLC0415

    redact = Redaction(_secrets(settings)).redact
    counts: Counter[Health] = Counter()
    async for finding in examine(settings):
        counts[finding.health] += 1
        said = redact(harmless(f"{finding.what}: {finding.seen}"))
        lines = [Line(Text(f"{finding.health:<5} {said}"), 0)]
        if finding.advice:
            lines.append(Line(Text(redact(harmless(finding.advice))), 6))
        screen.show(lines)
    if not counts[Health.BAD]:
        screen.say("Nothing to mend.")
        return 0
    screen.say(f"{counted(counts[Health.BAD], 'thing')} to mend.")
    return 1


def _secrets(settings: Settings) -> list[str]:
    given = (settings.telegram_bot_token, settings.webhook_secret)
    return [secret.get_secret_value() for secret in given if secret is not None]
