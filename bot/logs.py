"""What the program prints while it runs: one event a line, without secrets and without questions.

Everything comes through the standard library's logging, ours and what libraries say; structlog adds
what is known of the update in hand, and writes the line.
"""

import logging
import re
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from typing_extensions import override

from bot.redaction import Redaction, shape_of

Form = Literal["console", "json"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BELOW = "  | "
"""What a line of a traceback begins with on a console, so that it is not taken for an event."""

_TRACES = ("exception", "stack")

_TALKATIVE = ("httpx", "httpcore", "aiosqlite", "psycopg")
"""What they tell at DEBUG holds the token in URLs, or every text that is written into the state."""

_WORDY = ("alembic.runtime.migration", "telegram.ext.Application")
"""What they tell below a warning our own lines tell, too."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Logs:
    """How to log: what is of *level* and above, in which *form*, with *questions* or without."""

    level: str = "INFO"
    form: Form = "console"
    questions: bool = False


def set_up_logging(logs: Logs, secrets: Iterable[str] = ()) -> None:
    """Log to standard error as *logs* says, without *secrets*.

    Replaces the handlers of the root logger. Warnings, and exceptions that nobody caught in any
    thread, go the same way.
    """
    handler = _Handler(Redaction(secrets), logs.form)
    if not logs.questions:
        handler.addFilter(_without_what_was_said)
    logging.basicConfig(level=logs.level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name in _TALKATIVE if logs.level == "DEBUG" else (*_TALKATIVE, *_WORDY):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    sys.unraisablehook = _log_unraisable


def about_update(number: int | None) -> None:
    """From now on every line of this task, and of what it begins, tells the update's *number*."""
    if number is not None:
        structlog.contextvars.bind_contextvars(update=number)


class _Handler(logging.StreamHandler):
    """Prints records on standard error; one that cannot be written is not printed as it is, either."""

    def __init__(self, redaction: Redaction, form: Form) -> None:
        super().__init__()
        self._redaction = redaction
        colours = form == "console" and self.stream.isatty()
        last: Sequence[Processor] = _as_json() if form == "json" else _for_console(colours=colours)
        self.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=[
                    structlog.contextvars.merge_contextvars,
                    structlog.stdlib.add_logger_name,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.ExtraAdder(),
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                ],
                processors=[
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    self._redact,
                    *last,
                ],
            )
        )

    @override
    def format(self, record: logging.LogRecord) -> str:
        # The values were redacted one by one; once more, for what only the whole line shows.
        return self._redaction.redact(super().format(record))

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Tell where a record is from that makes no sense. The library would print its arguments."""
        error = sys.exc_info()[0]
        if self.stream and error is not None:
            name = error.__name__
            self.stream.write(f"{record.pathname}:{record.lineno}: cannot be logged: {name}\n")

    def _redact(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        redacted: EventDict = self._redaction.redact_all(event)
        return redacted


def _as_json() -> Sequence[Processor]:
    return [structlog.processors.EventRenamer("message"), structlog.processors.JSONRenderer()]


def _for_console(*, colours: bool) -> Sequence[Processor]:
    plain = structlog.dev.plain_traceback
    return [
        _on_one_line,
        structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain, pad_event_to=0),
    ]


def _on_one_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Keep what came from outside from looking like a line of its own; set tracebacks apart."""
    for key, value in event.items():
        if key in _TRACES:
            event[key] = "\n".join(_BELOW + _escaped(line) for line in str(value).splitlines())
        elif isinstance(value, str):
            event[key] = _escaped(value)
    return event


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def _without_what_was_said(record: logging.LogRecord) -> bool:
    """Telegram's library tells at DEBUG all that it gets and sends: leave the shape of it."""
    library = record.name == "telegram" or record.name.startswith("telegram.")
    if library and record.levelno <= logging.DEBUG and isinstance(record.args, tuple):
        record.args = tuple(map(_without_texts, record.args))
    return True


def _without_texts(argument: object) -> object:
    if isinstance(argument, int) or (isinstance(argument, str) and argument.isidentifier()):
        return argument  # the name of a method
    to_dict: Any = getattr(argument, "to_dict", None)
    return shape_of(to_dict() if callable(to_dict) else argument)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.critical("uncaught exception", exc_info=(kind, error, traceback))


def _log_uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not issubclass(told.exc_type, SystemExit):
        _log_uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def _log_unraisable(told: "sys.UnraisableHookArgs") -> None:
    logger.error("exception ignored: %s", told.err_msg or "", exc_info=told.exc_value)
