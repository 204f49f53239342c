"""Processes of this program that do one job after the other, and end with whoever started them."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Self

from bot.errors import BuildEndedError

_AHEAD = 64
"""Lines that workers may be ahead of whoever takes them: a line may be megabytes."""

_LOOK = 0.2
"""Seconds after which who waits looks whether there is still anybody to wait for."""


class Crew:
    """Some workers, each `python -m MODULE`, whose `main` calls `serve`. Use it as a context."""

    def __init__(self, module: str, workers: int) -> None:
        command = [sys.executable, "-m", module]
        self._said: queue.Queue[bytes | int] = queue.Queue(_AHEAD)
        self._closed = threading.Event()
        self.workers = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
            for _ in range(workers)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        for worker in self.workers:
            worker.kill()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            worker.wait()

    def work(self, jobs: Iterable[str]) -> Iterator[bytes]:
        """Have all *jobs*, a line each, done; yield the lines that workers say, each whole.

        What is said of one job comes in its order. Raises BuildEndedError if a worker ends.
        """
        waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        left = 0
        for job in jobs:
            waiting.put(job)
            left += 1
        for worker in self.workers:
            threading.Thread(target=self._employ, args=(worker, waiting), daemon=True).start()
        while left:
            said = self._said.get()
            if isinstance(said, int):
                raise BuildEndedError(said, "while it worked with others")
            if said == _DONE:
                left -= 1
            else:
                yield said

    def _employ(self, worker: "subprocess.Popen[bytes]", waiting: "queue.SimpleQueue[str]") -> None:
        """Give a worker one job after the other, and pass on what it says; at last how it ended."""
        with contextlib.suppress(queue.Empty):
            while not self._closed.is_set():
                job = waiting.get_nowait()
                try:
                    for line in _asked(worker, job):
                        self._say(line)
                except (OSError, ValueError):  # its pipes are closed, from here or from there
                    self._say(worker.wait())
                    return

    def _say(self, what: bytes | int) -> None:
        while not self._closed.is_set():
            with contextlib.suppress(queue.Full):
                self._said.put(what, timeout=_LOOK)
                return


_DONE = b"\n"


def _asked(worker: "subprocess.Popen[bytes]", job: str) -> Iterator[bytes]:
    """Give a worker a job, and yield what it says, the end of it, too."""
    if worker.stdin is None or worker.stdout is None:
        raise ValueError("the process has no pipes")
    worker.stdin.write(job.encode() + b"\n")
    worker.stdin.flush()
    line = b""
    while line != _DONE:
        line = worker.stdout.readline()
        if not line.endswith(b"\n"):
            raise ValueError("the process has ended")
        yield line


def serve(do: Callable[[str, Callable[[str], None]], None]) -> None:
    """Do the jobs that are told on the standard input, until it ends; *do* says lines as it goes on.

    Does not return. No line is empty, or more than one.
    """
    # Ctrl-C is for whoever started this; that one's end is the end of this, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        do(jobs.get(), _say)
        _say("")


def _say(line: str) -> None:
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def _listen(jobs: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        jobs.put(line)
    os._exit(0)
