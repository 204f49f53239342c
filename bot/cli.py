"""`onrecord`: arguments in, exit code out. Whatever goes wrong ends here, as one line."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib.metadata import version
from traceback import format_exception
from types import ModuleType
from typing import NoReturn

from typing_extensions import override

from bot.commands import ask, backup, chat, check, doctor, evaluate, index, run
from bot.errors import BotError
from bot.redaction import Redaction
from bot.rendering.lines import on_one_line
from bot.screen import Screen, standard_screen
from bot.settings import read_settings
from corpus.errors import CorpusError
from retrieval.errors import EngineError

DESCRIPTION = """\
Answers questions about reported events with cited snippets, word for word.
Without a command: the Telegram bot, or a chat here if there is no token for it.
"""
EXAMPLE = """\
examples:
  onrecord ask "who denied involvement?"
  onrecord COMMAND --help
"""

COMMANDS: dict[str, ModuleType] = {
    "run": run,
    "chat": chat,
    "ask": ask,
    "check": check,
    "index": index,
    "doctor": doctor,
    "evaluate": evaluate,
    "backup": backup,
}

INTERRUPTED = 130
"""128 + SIGINT, as a shell reports it."""

PIPE_CLOSED = 141
"""128 + SIGPIPE."""


class _Parser(ArgumentParser):
    """An argument parser whose complaints are one line."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {on_one_line(message)} (see {self.prog} --help)\n")


def parser() -> ArgumentParser:
    """The parser of the whole command line."""
    top = _Parser(
        prog="onrecord",
        description=DESCRIPTION,
        epilog=EXAMPLE,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=version("on-the-record"))
    top.set_defaults(execute=run.main_job, corpus=None, engine=None)
    commands = top.add_subparsers(metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=command.SUMMARY,
            description=f"{command.SUMMARY[:1].upper()}{command.SUMMARY[1:]}.",
            epilog=command.EXAMPLE,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.configure(sub)
        sub.set_defaults(execute=command.execute, refuse=sub.error)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, `sys.argv`'s by default, and return the exit code.

    0 is well, 2 a command line that makes no sense, 130 Ctrl-C, 141 a reader that went away, and
    1 everything else. Nothing is raised.
    """
    screen = standard_screen()
    try:
        code = _execute(parser().parse_args(arguments), screen)
        screen.flush()
    except SystemExit as end:  # argparse leaves this way
        code = int(end.code or 0)
    except KeyboardInterrupt:
        if screen.interactive:
            screen.say()  # so that the shell's prompt does not stand beside what was going on
        code = INTERRUPTED
    except BrokenPipeError:
        code = PIPE_CLOSED
    except Exception as error:  # noqa: BLE001 - a bug is one line, too
        for line in _complaint(error):
            screen.complain(line)
        code = 1
    screen.let_go()
    return code


def _execute(options: Namespace, screen: Screen) -> int:
    settings = read_settings(corpus=options.corpus, engine=options.engine)
    code: int = options.execute(options, settings, screen)
    return code


def _complaint(error: Exception) -> list[str]:
    """One line, except for a developer who hunts a mistake of the program."""
    redact = Redaction().redact
    match error:
        case BotError() | CorpusError() | EngineError():
            return [str(error)]
        case OSError(filename=str(name), strerror=str(reason)):
            return [f"{name}: {reason}"]
        case OSError():
            return [redact(error.strerror or str(error))]
        case _ if sys.flags.dev_mode:
            return redact("".join(format_exception(error))).splitlines()
        case _:
            what = f"{type(error).__name__}: {error}"
            return [redact(f"a mistake of this program: {what} (python -X dev -m bot says where)")]
