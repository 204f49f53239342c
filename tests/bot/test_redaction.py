"""The token does not get into the log, whichever way it comes."""

import io
import logging
import sys
import warnings
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from bot.redaction import REDACTED, RedactingFormatter, set_up_logging

TOKEN = "123456789:AAtestTokenTestTokenTestTokenTestTok"  # noqa: S105 -- of no bot
OTHER = "987654321:BBotherTokenOtherTokenOtherTokenOth"


@pytest.fixture(name="log")
def _log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the program prints once its logging is set up; the logging of the tests comes back."""
    root, stream, hook = logging.getLogger(), io.StringIO(), sys.excepthook
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", stream)
    root.handlers = []  # basicConfig(force=True) would close those of pytest
    set_up_logging("DEBUG", [TOKEN])
    yield stream
    root.handlers, sys.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_messages_and_arguments(log: io.StringIO) -> None:
    """Neither a message nor its arguments show it, as it is or as it stands in a URL."""
    logger = logging.getLogger("tests.redaction")

    logger.info("calling https://api.telegram.org/bot%s/getMe", TOKEN)
    logger.info(f"token {TOKEN!r}")  # noqa: G004 -- what a library may do
    logger.debug("escaped %s, half %s", TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2])
    logger.error("another one: %s", OTHER)

    printed = log.getvalue()
    assert printed.count(REDACTED) == 5
    assert "TokenTestToken" not in printed
    assert OTHER not in printed


def test_tracebacks(log: io.StringIO) -> None:
    """An exception and its cause are printed without it."""
    logger = logging.getLogger("tests.redaction")

    cause = ValueError(f"The token `{TOKEN}` was rejected by the server.")
    error = RuntimeError(TOKEN)
    error.__cause__ = cause
    logger.error("failed", exc_info=error, stack_info=True)

    printed = log.getvalue()
    assert "RuntimeError" in printed
    assert "was rejected by the server" in printed
    assert TOKEN not in printed


def test_uncaught_exceptions(log: io.StringIO) -> None:
    """What nobody caught is printed by the same way; an interrupt is not an error."""
    error = RuntimeError(TOKEN)

    sys.excepthook(RuntimeError, error, None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert "uncaught exception\nRuntimeError: [redacted]" in log.getvalue()
    assert "KeyboardInterrupt" not in log.getvalue()


def test_warnings(log: io.StringIO) -> None:
    """A warning is logged, too."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)  # catch_warnings put its own in between
        logging.captureWarnings(capture=True)
        warnings.warn(TOKEN, stacklevel=1)

    assert "UserWarning: [redacted]" in log.getvalue()


def test_httpx_is_quiet(log: io.StringIO) -> None:
    """The HTTP library's line for each request is not logged, not even at DEBUG."""
    logging.getLogger("httpx").info("HTTP Request: POST something")
    logging.getLogger("httpcore.connection").debug("connect_tcp.started")

    assert log.getvalue() == ""


@given(
    before=st.text(),
    after=st.text(),
    secret=st.from_regex(r"[0-9]{3,10}:[\w-]{8,40}", fullmatch=True),
)
def test_any_secret_in_any_text(before: str, after: str, secret: str) -> None:
    """Whatever stands around it, a secret does not come through."""
    redacted = RedactingFormatter([secret]).redact(f"{before}{secret}{after}")

    assert secret not in redacted


def test_a_short_secret() -> None:
    """One of a few characters is blotted out as a whole only, not wherever its half occurs."""
    formatter = RedactingFormatter(["1:abc"])

    assert formatter.redact("1:abc and abc") == "[redacted] and abc"
