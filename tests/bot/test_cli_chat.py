"""`onrecord chat`."""

import io
import sys
from pathlib import Path

import pytest

from tests.bot.command_line import BRIDGE, FERRY, onrecord, write_corpus


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> str:
    """A folder with a few articles."""
    return str(write_corpus(tmp_path / "news", [BRIDGE, FERRY]))


def test_each_line_of_a_pipe_is_answered(corpus: str) -> None:
    """Question and answer in turn; blank lines are left out."""
    ended = onrecord("chat", "--corpus", corpus, stdin=b"old bridge?\r\n\n  \nxyzzy")

    assert ended.code == 0
    lines = ended.out.splitlines()
    assert [line for line in lines if line.startswith("> ")] == ["> old bridge?", "> xyzzy"]
    assert lines.index("1. “The council closed the old bridge on Monday.”") < lines.index("> xyzzy")
    assert "Nothing found." in lines


@pytest.mark.parametrize(
    "junk", [bytes(range(256)), b"\x00" * 1000, b"\xff\xfe\n" * 3, b"\xef\xbb\xbfbridge"]
)
def test_binary_input_is_no_mistake(corpus: str, junk: bytes) -> None:
    """Whatever comes is read as a question and shown without control characters."""
    ended = onrecord("chat", "--corpus", corpus, stdin=junk)

    assert ended.code == 0
    assert ended.err == ""
    assert not set(ended.out) & {"\x00", "\x1b", "\x9b", "\ufeff"}


def test_somebody_at_a_terminal_is_welcomed_and_prompted(corpus: str) -> None:
    """It says what there is to ask, what to ask for example, and how to end."""
    ended = onrecord("chat", "--corpus", corpus, stdin=b"ferry?\n", terminal=True)

    assert ended.code == 0
    assert "2 articles to ask about" in ended.out
    assert "Ctrl-D" in ended.out
    assert "> " in ended.out
    assert "commuters" in ended.out


def test_the_number_of_snippets_is_the_settings(corpus: str) -> None:
    """The chat answers as the bot does."""
    ended = onrecord("chat", stdin=b"Kremlin drones\n", environ={"ONRECORD_SNIPPETS": "1"})

    assert "1. “" in ended.out
    assert "2. “" not in ended.out


def test_a_system_without_readline_chats_all_the_same(
    corpus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """History is a comfort."""
    monkeypatch.setitem(sys.modules, "readline", None)

    assert "commuters" in onrecord("chat", "--corpus", corpus, stdin=b"ferry\n", terminal=True).out


def test_streams_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service manager may start a program without any; then there is nothing to answer."""
    from bot.screen import standard_screen

    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    screen = standard_screen()

    assert list(screen.questions("> ")) == []
    screen.say("nobody hears")
    screen.complain("nobody hears")


def test_a_letter_that_the_locale_lacks_does_not_stop_an_answer(
    corpus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question mark stands for it."""
    from bot.screen import Screen

    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    Screen(io.StringIO(), out, io.StringIO()).say("“Kovač”")

    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    assert buffer.getvalue() == b"?Kova??\n"
