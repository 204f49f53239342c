"""What a corpus holds, by format and by publisher: how much, and of which days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from bot.rendering.lines import on_one_line
from bot.rendering.terminal import counted, days
from corpus.models import Article
from corpus.reading.formats import reader_for

MOST_GROUPS = 10
"""Formats, or publishers, that are named; the others are counted."""

_LONGEST_NAME = 40


@dataclass(slots=True)
class Group:
    """Some articles of a corpus: how many, how many without a date, and the first and last."""

    articles: int = 0
    undated: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None

    def add(self, article: Article) -> None:
        """Count one more."""
        self.articles += 1
        moment = article.published_at
        if moment is None:
            self.undated += 1
            return
        self.oldest = moment if self.oldest is None else min(self.oldest, moment)
        self.newest = moment if self.newest is None else max(self.newest, moment)

    @property
    def dates(self) -> str:
        """`3 May 2023 to 6 May 2023 (2 without)`."""
        known = days(self.oldest, self.newest) or "no dates"
        return f"{known} ({self.undated:,} without)" if 0 < self.undated < self.articles else known


@dataclass(frozen=True, slots=True)
class Inventory:
    """The articles of a corpus, counted."""

    formats: Mapping[str, Group]
    publishers: Mapping[str, Group]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "Inventory":
        """Count *articles*; one at a time is in memory."""
        formats: dict[str, Group] = {}
        publishers: dict[str, Group] = {}
        for article in articles:
            publisher = on_one_line(article.publisher or "not known", _LONGEST_NAME)
            formats.setdefault(format_of(article.source), Group()).add(article)
            publishers.setdefault(publisher, Group()).add(article)
        return cls(formats, publishers)


def format_of(source: str) -> str:
    """The suffix of the file in which an article was read: `.jsonl`, `.warc.gz`, `.zip`."""
    for part in PurePosixPath(source).parts:
        name = PurePosixPath(part.partition(":")[0].lower())
        if reader_for(name) is not None:
            inner = PurePosixPath(name.stem).suffix if name.suffix == ".gz" else ""
            return f"{inner}{name.suffix}"
    return "other"


def rows(groups: Mapping[str, Group], most: int = MOST_GROUPS) -> Iterator[str]:
    """Yield a line for each group, those of most articles first, in columns."""
    ordered = sorted(groups.items(), key=lambda each: (-each[1].articles, each[0]))
    named = ordered[:most]
    if not named:
        yield "none"
        return
    width = max(len(name) for name, _ in named)
    digits = max(len(f"{group.articles:,}") for _, group in named)
    for name, group in named:
        yield f"{name:<{width}}  {group.articles:>{digits},}  {group.dates}"
    if others := ordered[most:]:
        articles = sum(group.articles for _, group in others)
        yield f"and {counted(len(others), 'other')} with {counted(articles, 'article')}"
