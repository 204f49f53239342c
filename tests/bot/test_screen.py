"""What reads and writes: the progress bar, and streams that fail."""

import io
from collections.abc import Iterator

import pytest
from rich.text import Text

from bot import screen as screen_module
from bot.rendering.terminal import BLANK, Line
from bot.screen import Screen
from tests.bot.command_line import Stream


@pytest.fixture(name="term", autouse=True)
def _term(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal that knows colours."""
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return iter(())


def test_what_takes_long_has_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard error, and it is gone in the end."""
    monkeypatch.setattr(screen_module, "_PATIENCE", 0.0)
    out, err = Stream(terminal=True), Stream(terminal=True)

    with Screen(Stream(), out, err).progress() as tell:
        tell("indexing", 1, 2)
        tell("indexing", 2, 2)

    assert "indexing" in err.text()
    assert err.text().endswith("\x1b[2K")
    assert out.text() == ""


def test_what_is_quick_has_none() -> None:
    """A bar that flashes up helps nobody."""
    err = Stream(terminal=True)

    with Screen(Stream(), Stream(), err).progress() as tell:
        tell("indexing", 1, 1)

    assert "indexing" not in err.text()


def test_a_pipe_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log file is no terminal."""
    monkeypatch.setattr(screen_module, "_PATIENCE", 0.0)
    err = Stream()

    with Screen(Stream(), Stream(), err).progress() as tell:
        tell("indexing", 1, 1)

    assert err.text() == ""


def test_long_lines_are_wrapped_and_indented_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the screen begins where the first one does."""
    monkeypatch.setenv("COLUMNS", "20")
    out = Stream(terminal=True)

    Screen(Stream(), out, Stream()).show([Line(Text("word " * 10), indent=4)])

    lines = out.text().rstrip("\n").split("\n")
    assert len(lines) > 2
    assert all(line.startswith("    word") and len(line) <= 20 for line in lines)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_blank_line_is_a_line(terminal: bool) -> None:
    """It keeps one snippet apart from the next, on a terminal as in a pipe."""
    out = Stream(terminal=terminal)

    Screen(Stream(), out, Stream()).show([Line(Text("one")), BLANK, Line(Text("two"))])

    assert out.text() == "one\n\ntwo\n"


def test_a_stream_that_was_replaced_is_used_as_it_is() -> None:
    """Not everything that stands for a stream can be told how to treat odd letters."""
    out = io.StringIO()

    Screen(io.StringIO(), out, io.StringIO()).say("a line\nand no other\x1b")

    assert out.getvalue() == "a line and no other␛\n"
