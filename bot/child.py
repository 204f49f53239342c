"""A snapshot built in a process of its own, so that nobody who asks meanwhile is held up."""

import contextlib
import logging
import subprocess
import sys
import tempfile
from collections import deque
from typing import BinaryIO

from pydantic import ValidationError

from bot.building import LINE, Built, Failed, Job, Told
from bot.errors import BuildEndedError
from bot.indexfolder import Entry
from bot.reports import Progress
from corpus.errors import CorpusError
from retrieval.errors import EngineError

logger = logging.getLogger(__name__)

_CAUSES = {"corpus": CorpusError, "engine": EngineError, "system": OSError}
_LAST_LINES = 3


class Child:
    """Builds in one process at a time. `end` may be called from any thread."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def build(self, job: Job, progress: Progress | None = None) -> Entry:
        """Do what `bot.building.build` does, in another process.

        Raises what that raises, and BuildEndedError if the process ended before it was done.
        """
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot.building"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
            )
            self._process = process
            try:
                last = _followed(process, job, progress)
            finally:
                self._process = None
                process.kill()
                # Its standard input is what it lives by: closed, it ends in any case.
                for pipe in (process.stdin, process.stdout):
                    if pipe is not None:
                        with contextlib.suppress(OSError):
                            pipe.close()
                code = process.wait()
            complaint = _tail(said)
        if complaint:
            logger.warning("while the corpus was indexed: %s", complaint)
        match last:
            case Built(entry=entry):
                return entry
            case Failed(cause=cause, message=message):
                raise _CAUSES[cause](message)
            case _:
                raise BuildEndedError(code, complaint)

    def end(self) -> None:
        """End the process, if there is one: whoever waits for it gets BuildEndedError."""
        process = self._process
        if process is not None:
            process.kill()


def _followed(
    process: "subprocess.Popen[bytes]", job: Job, progress: Progress | None
) -> Built | Failed | None:
    """Tell how far the process is until it is done, and return what came of it, if it says."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(job.model_dump_json().encode() + b"\n")
        process.stdin.flush()
    for line in process.stdout:
        try:
            said = LINE.validate_json(line)
        except ValidationError:
            continue  # a library may print something
        if not isinstance(said, Told):
            return said
        if progress is not None:
            progress(said.stage, said.done, said.total)
    return None


def _tail(said: BinaryIO) -> str:
    """Return the last lines of what was said, as one."""
    said.seek(0)
    lines = filter(None, map(str.strip, said.read().decode("utf-8", "replace").splitlines()))
    return " / ".join(deque(lines, maxlen=_LAST_LINES))
