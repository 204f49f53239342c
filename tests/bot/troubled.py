"""A library that makes trouble: it fails, is slow, or keeps everybody waiting."""

import asyncio
from pathlib import Path
from typing import Any

from typing_extensions import override

from bot.library import Library
from corpus.loading import SAMPLE
from retrieval.models import Answer
from tests.bot.running import open_library

ALWAYS = 10**9
"""More questions than any test asks."""


class Troubled(Library):
    """Answers as any library does, after its trouble.

    *asked* is what it has been asked. The next *failing* questions break something; those with
    *word* in them take *seconds* more; none is answered until *go_on* is set.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked: list[str] = []
        self.failing = 0
        self.seconds = 0.0
        self.word = ""
        self.go_on = asyncio.Event()

    @override
    async def ask(self, question: str, **options: Any) -> Answer:
        self.asked.append(question)
        if self.failing:
            self.failing -= 1
            raise RuntimeError("the disk is on fire")
        await self.go_on.wait()
        await asyncio.sleep(self.seconds if self.word in question else 0)
        return await super().ask(question, **options)


def _troubled(corpus: Path) -> Troubled:
    library = open_library(corpus, kind=Troubled)
    assert isinstance(library, Troubled)
    library.go_on.set()
    return library


def failing(times: int = ALWAYS) -> Troubled:
    """A library over the sample that fails so many times."""
    library = _troubled(SAMPLE)
    library.failing = times
    return library


def slow(seconds: float, corpus: Path = SAMPLE, *, word: str = "") -> Troubled:
    """A library that takes *seconds* more for questions with *word* in them."""
    library = _troubled(corpus)
    library.seconds, library.word = seconds, word
    return library


def stuck() -> Troubled:
    """A library over the sample that answers nobody until its *go_on* is set."""
    library = _troubled(SAMPLE)
    library.go_on.clear()
    return library
