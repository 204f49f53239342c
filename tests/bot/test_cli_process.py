"""`onrecord` as a process of its own: terminals, pipes and signals as they are."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.bot.command_line import BRIDGE, FERRY, write_corpus

COMMAND = [sys.executable, "-m", "bot"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(name="environ")
def _environ(tmp_path: Path) -> Mapping[str, str]:
    """The environment without settings, but for a small corpus."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE, FERRY])
    unwanted = ("ONRECORD_", "TELEGRAM_", "NO_COLOR", "FORCE_COLOR", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {**kept, "ONRECORD_CORPUS": str(corpus), "PYTHONPATH": str(ROOT), "TERM": "xterm"}


class Terminal:
    """A process whose three streams are one terminal."""

    def __init__(self, *arguments: str, environ: Mapping[str, str], folder: Path) -> None:
        self._mine, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environ,
            cwd=folder,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""
        self._read = 0

    def read_until(self, text: str, seconds: float = 20.0) -> str:
        """What is seen since the last time, up to *text*."""
        deadline = time.monotonic() + seconds
        while text not in self.seen[self._read :] and time.monotonic() < deadline:
            if select.select([self._mine], [], [], 0.1)[0]:
                self.seen += os.read(self._mine, 4096).decode("utf-8", "replace")
        start = self._read
        self._read = self.seen.index(text, start) + len(text)
        return self.seen[start : self._read]

    def type(self, text: str) -> None:
        """Type *text*."""
        os.write(self._mine, text.encode())

    def end(self) -> int:
        """Wait for the exit code."""
        code = self.process.wait(20)
        os.close(self._mine)
        return code


@pytest.fixture(name="chat")
def _chat(environ: Mapping[str, str], tmp_path: Path) -> Iterator[Terminal]:
    """A chat that waits for a question."""
    # Tests that a shell runs in the background ignore Ctrl-C, and a program inherits that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    terminal = Terminal("chat", environ=environ, folder=tmp_path)
    signal.signal(signal.SIGINT, before)
    terminal.read_until("> ")
    yield terminal
    if terminal.process.poll() is None:
        terminal.process.kill()
        terminal.end()


def test_a_chat_in_a_terminal(chat: Terminal) -> None:
    """A question, a bold answer, and Ctrl-D ends it well."""
    chat.type("old bridge?\n")
    chat.read_until("\n1. ")
    assert "\x1b[1mbridge\x1b[0m" in chat.read_until("paragraph 1")

    chat.read_until("\n> ")
    chat.type("\x04")
    assert chat.end() == 0
    assert "Traceback" not in chat.seen


def test_ctrl_c_ends_quietly(chat: Terminal) -> None:
    """With the exit code that a shell expects and no traceback."""
    while chat.process.poll() is None:
        # Perhaps again: readline does not notice one that comes just before it begins to wait.
        chat.process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            chat.process.wait(3)

    chat.read_until("\n")
    assert chat.end() == 130
    assert "Traceback" not in chat.seen


def test_a_reader_that_goes_away_is_no_mistake(environ: Mapping[str, str], tmp_path: Path) -> None:
    """As with `onrecord ask ... | head -1`: quiet, also at Python's own end."""
    questions = "".join(
        f"{json.dumps({'id': number, 'question': 'old bridge'})}\n" for number in range(500)
    )
    with subprocess.Popen(
        [*COMMAND, "ask", "--questions", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environ,
        cwd=tmp_path,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(questions.encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
        process.stdin.close()
        code = process.wait(20)

    assert complaints == b""
    assert code == 141


def test_a_full_disk_is_one_line(environ: Mapping[str, str], tmp_path: Path) -> None:
    """What could not be written is not passed over."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, "ask", "bridge"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environ,
            cwd=tmp_path,
            check=False,
            timeout=60,
        )

    assert ended.returncode == 1
    assert ended.stderr == b"onrecord: No space left on device\n"


def test_answers_stream(environ: Mapping[str, str], tmp_path: Path) -> None:
    """Each question is answered before the next one is there."""
    with subprocess.Popen(
        [*COMMAND, "ask", "--questions", "-", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environ,
        cwd=tmp_path,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            line = json.dumps({"id": number, "question": "old bridge"})
            process.stdin.write(f"{line}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()

        assert process.wait(20) == 0


def test_a_locale_without_letters_gets_utf_8_json(
    environ: Mapping[str, str], tmp_path: Path
) -> None:
    """JSON is UTF-8, whatever the locale says."""
    ended = subprocess.run(
        [*COMMAND, "ask", "Kovač", "--json"],
        capture_output=True,
        env={**environ, "PYTHONIOENCODING": "ascii"},
        cwd=tmp_path,
        check=True,
        timeout=60,
    )

    assert "Kovač" in json.loads(ended.stdout.decode("utf-8"))["snippets"][0]["text"]
