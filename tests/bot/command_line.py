"""`onrecord` in this process, with streams of its own; and a small corpus for it."""

import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from typing_extensions import override

from bot.cli import main

_ABOUT_TERMINALS = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"}


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Stream(io.TextIOWrapper):
    """A standard stream that says whether it is a terminal."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False) -> None:
        self.content = io.BytesIO(content)
        super().__init__(self.content, encoding="utf-8", write_through=True)
        self._terminal = terminal

    @override
    def isatty(self) -> bool:
        return self._terminal

    def text(self) -> str:
        """Everything that was written, which has to be UTF-8."""
        return self.content.getvalue().decode("utf-8")


def onrecord(
    *arguments: str,
    stdin: bytes = b"",
    terminal: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command in an empty folder with nothing but *environ* set, on terminals if *terminal*."""
    streams = [Stream(stdin, terminal=terminal), *(Stream(terminal=terminal) for _ in range(2))]
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.chdir(folder)  # where no .env lies
        for name in os.environ:
            if name.startswith(("ONRECORD_", "TELEGRAM_")) or name in _ABOUT_TERMINALS:
                patch.delenv(name)
        for name, value in {"TERM": "xterm", **(environ or {})}.items():
            patch.setenv(name, value)
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        code = main(arguments)
    return Ended(code, streams[1].text(), streams[2].text())


def write_corpus(folder: Path, articles: Iterable[Mapping[str, object]]) -> Path:
    """Write *articles* into a file of *folder* and return the folder."""
    folder.mkdir(exist_ok=True)
    lines = "".join(f"{json.dumps(article)}\n" for article in articles)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    return folder


BRIDGE = {
    "id": "bridge",
    "title": "Council closes the old bridge",
    "text": "The council closed the old bridge on Monday.\n"
    "Mayor Ana Kovač denied that the repairs had been delayed. “We did not wait,” she said.",
    "url": "https://example.org/bridge",
    "publisher": "Example Times",
    "published_at": "2024-03-04T08:00:00Z",
}

FERRY = {"id": "ferry", "title": "Ferry", "text": "A ferry carries commuters across the river."}
