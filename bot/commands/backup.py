"""`onrecord backup` and, with `--restore`, the way back."""

import asyncio
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.rendering.terminal import harmless
from bot.screen import Screen
from bot.settings import Settings

SUMMARY = "copy the bot's state to a file, while it runs"
EXAMPLE = """\
examples:
  onrecord backup state-2024-03-05.sqlite3
  onrecord backup state-2024-03-05.sqlite3 --restore
"""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `backup`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy, a new file")
    parser.add_argument(
        "--restore",
        action="store_true",
        help="the other way round: put FILE into the state, which must be empty",
    )


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:
    """Copy, and say so. Raises StateError."""
    # SQLAlchemy takes a third of a second to import; only the bot and this command need it.
    from bot.state.backup import back_up, restore  # noqa: PLC0415

    address, file = settings.state_address, options.file
    if options.restore:
        rows = asyncio.run(restore(file, address))
        screen.say(harmless(f"Restored {rows:,} rows from {file} into {address}"))
    else:
        size = asyncio.run(back_up(address, file))
        screen.say(harmless(f"Copied {address} to {file} ({size:,} bytes)"))
    return 0
