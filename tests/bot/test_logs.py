"""The log: one event a line, with the number of its update, without secrets."""

import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextvars import copy_context

import pytest

from bot.logs import Form, Logs, about_update, set_up_logging
from bot.redaction import REDACTED

TOKEN = "123456789:AAtestTokenTestTokenTestTokenTestTok"  # noqa: S105 -- of no bot
OTHER = "987654321:BBotherTokenOtherTokenOtherTokenOth"
QUIET = ("httpx", "httpcore", "aiosqlite", "psycopg")

SetUp = Callable[..., io.StringIO]


@pytest.fixture(name="set_up")
def _set_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[SetUp]:
    """Sets logging up and returns what it prints; the logging of the tests comes back."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    levels = {name: logging.getLogger(name).level for name in QUIET}
    root.handlers = []  # basicConfig(force=True) would close those of pytest

    def begin(form: Form = "console", *, questions: bool = False) -> io.StringIO:
        with monkeypatch.context() as patched:  # pytest changes it, too, between phases
            patched.setattr(sys, "stderr", stream)
            set_up_logging(Logs("DEBUG", form, questions=questions), [TOKEN])
        return stream

    yield begin
    root.handlers = handlers
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name in QUIET:
        logging.getLogger(name).setLevel(levels[name])


@pytest.fixture(name="log")
def _log(set_up: SetUp) -> io.StringIO:
    return set_up()


logger = logging.getLogger("tests.logs")


@pytest.mark.parametrize("form", ["console", "json"])
def test_messages_and_arguments(set_up: SetUp, form: Form) -> None:
    """Neither a message nor its arguments show the token, as it is or as it stands in a URL."""
    log = set_up(form)

    logger.info("calling https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.info(f"token {TOKEN!r}")  # noqa: G004 -- what a library may do
    logger.debug("escaped %s, half %s", TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2])
    logger.error("another one: %s", OTHER, extra={"more": {"deep": [TOKEN]}})

    printed = log.getvalue()
    assert printed.count(REDACTED) == 6
    assert len(printed.splitlines()) == 4
    assert "TokenTestToken" not in printed
    assert OTHER not in printed


@pytest.mark.parametrize("form", ["console", "json"])
def test_tracebacks(set_up: SetUp, form: Form) -> None:
    """An exception and its cause are printed without it."""
    log = set_up(form)
    cause = ValueError(f"The token `{TOKEN}` was rejected by the server.")
    error = RuntimeError(TOKEN)
    error.__cause__ = cause

    logger.error("failed", exc_info=error, stack_info=True)

    printed = log.getvalue()
    assert "RuntimeError" in printed
    assert "was rejected by the server" in printed
    assert TOKEN not in printed


def test_json(set_up: SetUp) -> None:
    """As JSON an event is one object on one line, its traceback included."""
    log = set_up("json")

    logger.error("failed\nagain: %d", 7, exc_info=ValueError("why"), extra={"place": "here"})

    [line] = log.getvalue().splitlines()
    event = json.loads(line)
    assert event.pop("timestamp").endswith("Z")
    assert "ValueError: why" in event.pop("exception")
    assert event == {
        "message": "failed\nagain: 7",
        "level": "error",
        "logger": "tests.logs",
        "place": "here",
    }


def test_nobody_writes_lines_of_the_log(log: io.StringIO) -> None:
    """What came from outside makes no line that looks like an event, nor colours a terminal."""
    logger.warning("said: %s", "hello\n2026-01-01 [info] all is well\x1b[31m")
    logger.error("failed", exc_info=ValueError("hello\n2026-01-01 [info] all is well"))

    first, second, *traceback = log.getvalue().splitlines()
    assert "hello\\n2026-01-01" in first
    assert "\\x1b" in first
    assert "failed" in second
    assert traceback
    assert all(line.startswith("  | ") for line in traceback)


def test_an_update_is_told_in_all_its_lines(set_up: SetUp) -> None:
    """Once an update is in hand, each line has its number, and lines of others have theirs."""
    log = set_up("json")

    def handle(number: int) -> None:
        about_update(number)
        logger.info("begun")
        logger.info("ended")

    for number in (5, 6):
        copy_context().run(handle, number)
    logger.info("idle")

    events = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [event.get("update") for event in events] == [5, 5, 6, 6, None]


def test_a_line_that_makes_no_sense(log: io.StringIO) -> None:
    """A message that does not fit its arguments is told by its place: they may hold anything."""
    [ours] = [each for each in logging.getLogger().handlers if "bot.logs" in type(each).__module__]
    ours.handle(logger.makeRecord("tests", logging.INFO, __file__, 1, "%d tokens", (TOKEN,), None))

    assert "test_logs.py" in log.getvalue()
    assert "cannot be logged: TypeError" in log.getvalue()
    assert "TokenTestToken" not in log.getvalue()


def test_what_is_said_is_not_told(set_up: SetUp) -> None:
    """At DEBUG Telegram's library tells what it sends, and only the shape of it is logged."""
    log = set_up()

    library = logging.getLogger("telegram.Bot")
    library.debug("Calling `%s` with `%s`", "sendMessage", {"chat_id": 7, "text": "who denied it?"})

    assert "sendMessage" in log.getvalue()
    assert '"chat_id": 7' in log.getvalue()
    assert "denied" not in log.getvalue()


def test_what_is_said_is_told_if_wanted(set_up: SetUp) -> None:
    """An operator who wants to see questions sees them."""
    log = set_up(questions=True)

    logging.getLogger("telegram.Bot").debug("with `%s`", {"text": "who denied it?"})

    assert "who denied it?" in log.getvalue()


def test_uncaught_exceptions(log: io.StringIO) -> None:
    """What nobody caught is printed by the same way; an interrupt is not an error."""
    error = RuntimeError(TOKEN)

    sys.excepthook(RuntimeError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert "uncaught exception" in log.getvalue()
    assert "  | RuntimeError: [redacted]" in log.getvalue()
    assert "KeyboardInterrupt" not in log.getvalue()


def test_uncaught_in_a_thread(log: io.StringIO) -> None:
    """In a thread as well, whose end Python would print by itself."""

    def fail() -> None:
        raise RuntimeError(TOKEN)

    # Not by a thread: pytest puts its own hook in the place of ours while a test runs.
    try:
        fail()
    except RuntimeError as error:
        told = threading.ExceptHookArgs((RuntimeError, error, error.__traceback__, None))
        threading.excepthook(told)

    assert "RuntimeError: [redacted]" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_warnings(log: io.StringIO) -> None:
    """A warning is logged, too."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)  # catch_warnings put its own in between
        logging.captureWarnings(capture=True)
        warnings.warn(TOKEN, stacklevel=1)

    assert "UserWarning: [redacted]" in log.getvalue()


@pytest.mark.parametrize("name", ["httpx", "httpcore.connection", "aiosqlite"])
def test_talkative_libraries_are_quiet(log: io.StringIO, name: str) -> None:
    """What HTTP libraries and SQLite's driver tell of each call is not logged, not even at DEBUG."""
    logging.getLogger(name).info("POST something")
    logging.getLogger(name).debug("started")

    assert log.getvalue() == ""
