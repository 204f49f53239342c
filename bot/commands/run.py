"""`onrecord run`: the Telegram bot; and the main job, which is a chat here if there is no token."""

from argparse import ArgumentParser, Namespace
from typing import get_args

from bot.commands import chat
from bot.commands.corpora import add_corpus_option
from bot.errors import SettingsError
from bot.screen import Screen
from bot.settings import Settings
from retrieval.engines.choice import Wanted

SUMMARY = "run the Telegram bot"
EXAMPLE = """\
examples:
  TELEGRAM_BOT_TOKEN=123456:ABC... onrecord run
  onrecord run --corpus news/

The token comes from @BotFather in Telegram (https://t.me/BotFather, /newbot). It may stand in
a file named .env in the current folder as well.
"""

_HOW_TO_GET_ONE = (
    "get one from https://t.me/BotFather with /newbot "
    "and put TELEGRAM_BOT_TOKEN=... into the environment or into .env"
)


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `run`."""
    add_corpus_option(parser)
    parser.add_argument(
        "--engine",
        choices=get_args(Wanted),
        help="what searches (default: ONRECORD_ENGINE, or auto)",
    )


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:  # noqa: ARG001 - as all
    """Run the bot until it is told to stop. Raises SettingsError without a token."""
    if settings.telegram_bot_token is None:
        raise SettingsError(f"TELEGRAM_BOT_TOKEN is not set: {_HOW_TO_GET_ONE}")
    # Telegram's library takes as long to import as a question to answer; only the bot needs it.
    from bot.app import run  # noqa: PLC0415

    return run(settings)


def main_job(options: Namespace, settings: Settings, screen: Screen) -> int:
    """The bot if there is a token; else one line that says so, and the chat in the terminal."""
    if settings.telegram_bot_token is not None:
        return execute(options, settings, screen)
    screen.say(f"No TELEGRAM_BOT_TOKEN, so no bot, but a chat here; {_HOW_TO_GET_ONE}.")
    return chat.execute(options, settings, screen)
