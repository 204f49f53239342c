"""The terminal: the one place of the program that reads standard input and writes to the others."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO, TextIOWrapper
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.rendering.record import json_line
from bot.rendering.terminal import Line, harmless

_WIDE = 1000
"""Columns of an output that is not a terminal: nothing is to be wrapped or cut."""

_PATIENCE = 0.5
"""Seconds that something takes before a progress bar is worth it."""

Tell = Callable[[str, int, int], None]
"""Told (label, done, total) while something goes on."""


class Screen:
    """Standard input, output and error of one command, told apart by what they are.

    A terminal gets colours and a progress bar, a pipe plain lines. BrokenPipeError is the caller's.
    """

    def __init__(self, source: TextIO, out: TextIO, err: TextIO) -> None:
        for stream in (source, out, err):
            # A letter that the other side cannot show is worth a question mark, not the answer.
            if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
                reconfigure(errors="replace")
        self._source = source
        self._out = out
        self._console = _console(out)
        self._err = _console(err)

    @property
    def interactive(self) -> bool:
        """Whether somebody types at the other end of standard input."""
        return self._source.isatty()

    def show(self, lines: Iterable[Line]) -> None:
        """Print *lines*: wrapped and styled on a terminal, as they are in a pipe."""
        for line in lines:
            # An empty text in a padding would take no line at all.
            if self._console.is_terminal and line.text:
                self._console.print(Padding(line.text, (0, 0, 0, line.indent), expand=False))
            else:
                self._out.write(f"{line}\n")
        self._out.flush()

    def say(self, text: str = "") -> None:
        """Print one line of the program's own words, never wrapped."""
        self._out.write(f"{harmless(text)}\n")
        self._out.flush()

    def draw(self, thing: RenderableType) -> None:
        """Print something of rich's, such as a table."""
        self._console.print(thing)
        self._out.flush()

    def record(self, fields: Mapping[str, object]) -> None:
        """Print *fields* as one line of JSON in UTF-8, whatever the locale, and flush it."""
        self._out.flush()
        self._out.buffer.write(json_line(fields))
        self._out.buffer.flush()

    def complain(self, message: str) -> None:
        """Print one line on standard error."""
        self._err.file.write(f"onrecord: {harmless(message)}\n")
        self._err.file.flush()

    @property
    def watched(self) -> bool:
        """Whether standard error is a terminal, where a bar can be drawn."""
        return self._err.is_terminal

    def note(self, text: str) -> None:
        """Print one line of what goes on, on standard error."""
        self._err.file.write(f"{harmless(text)}\n")
        self._err.file.flush()

    def flush(self) -> None:
        """Write out what is still held back. Raises OSError when that fails."""
        self._out.flush()

    def let_go(self) -> None:
        """Give standard output up if it cannot be written to any more.

        Python flushes it once more at the end, and there a failure would be a traceback.
        """
        try:
            self._out.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())

    def lines(self) -> Iterator[bytes]:
        """Each line of standard input, as it comes."""
        yield from self._source.buffer

    def questions(self, prompt: str) -> Iterator[str]:
        """Each line that is typed after *prompt*, or each line of a pipe; blank ones are left out."""
        lines = _typed(prompt) if self.interactive else _piped(self.lines())
        return (line for line in lines if line.strip())

    @contextmanager
    def progress(self) -> Iterator[Tell]:
        """Yield what is to be told how far it has come; a bar appears on a terminal if it takes long."""
        if not self._err.is_terminal:
            yield _tell_nobody
            return
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=self._err,
            transient=True,
        )
        task = bar.add_task("", total=None)
        due = time.monotonic() + _PATIENCE

        def tell(label: str, done: int, total: int) -> None:
            bar.update(task, description=label, completed=done, total=total)
            if time.monotonic() >= due:
                bar.start()

        try:
            yield tell
        finally:
            bar.stop()


def standard_screen() -> Screen:
    """The screen of this process."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    # A stream that was closed before the program began is None.
    return Screen(*(stream or TextIOWrapper(BytesIO(), encoding="utf-8") for stream in streams))


def _console(stream: TextIO) -> Console:
    return Console(
        file=stream,
        width=None if stream.isatty() else _WIDE,
        markup=False,
        highlight=False,
        emoji=False,
    )


def _typed(prompt: str) -> Iterator[str]:
    with suppress(ImportError):  # not every system has it
        import readline  # noqa: F401, PLC0415 - gives input() its history by being imported
    while True:
        try:
            yield input(prompt)
        except EOFError:
            return


def _piped(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        yield line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")


def _tell_nobody(label: str, done: int, total: int) -> None:
    """Nobody watches."""
