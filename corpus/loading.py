"""A folder of files -> a corpus; two corpora -> what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, runtime_checkable

from corpus.digests import digest_of, version_of_digests
from corpus.errors import SourceError
from corpus.gathering import MOST_REFUSALS, Gathering, Meter, Progress, Refusals
from corpus.models import Article
from corpus.reading.entries import Entry, Found
from corpus.reading.files import SourceFile
from corpus.removal import removed
from corpus.sources import read_whole, sources

__all__ = ["MOST_REFUSALS", "SAMPLE", "Changes", "Corpus", "compare", "load", "version_of"]

SAMPLE = Path(__file__).parent / "sample"
"""The bundled sample: a folder of articles, to try things out without a corpus of one's own."""


@runtime_checkable
class Addressed(Protocol):
    """**Protocol:** articles whose digests and ids are known without fetching them."""

    digests: Sequence[bytes]
    """See `corpus.digests.digest_of`."""
    ids: Sequence[str]

    def chosen(self, numbers: Iterable[int]) -> Sequence[Article]:
        """Return the articles with these numbers, in their order."""
        ...


@dataclass(frozen=True)
class Corpus:
    """What was read. *version* is 12 hexadecimal digits that stand for the articles' contents.

    Equal articles give an equal version, in whatever order and files they are. Articles come in
    the order of their files' paths, *refused* likewise. *removed* articles were left out, because
    somebody took them away, or their agency.
    """

    articles: Sequence[Article]
    version: str
    refused: tuple[SourceError, ...] = ()
    removed: int = 0

    @cached_property
    def digests(self) -> Sequence[bytes]:
        """What stands for the contents of each article, in the same order."""
        if isinstance(self.articles, Addressed):
            return self.articles.digests
        return tuple(digest_of(article) for article in self.articles)

    @cached_property
    def ids(self) -> Sequence[str]:
        """The id of each article, in the same order."""
        if isinstance(self.articles, Addressed):
            return self.articles.ids
        return tuple(article.id for article in self.articles)


@dataclass(frozen=True, slots=True)
class Changes:
    """Between two corpora, by id. *added* and *changed* are the new articles, *removed* the old."""

    added: Sequence[Article]
    changed: Sequence[Article]
    removed: Sequence[Article]


def load(path: Path, *, progress: Progress | None = None) -> Corpus:
    """Read the folder *path* with all below it, or one file, into memory.

    What cannot be read is in `refused`, the rest loads. A file is read whole or refused. *progress*
    is called with (bytes done, bytes in all), from 0 until the two are equal, never when there are
    no bytes; what it raises ends the load. Blocks while reading; may be called from any thread.
    Raises CorpusNotFoundError, and CorpusError when *path* is of a kind that is not read.
    """
    found = list(sources(path))
    ids, broken = removed(path)
    gathering = Gathering(ids)
    for refusal in broken:
        gathering.refuse(refusal)
    meter = Meter(sum(s.size for s in found if isinstance(s, SourceFile)), progress)
    articles: list[Article] = []
    for source in found:
        if isinstance(source, SourceError):
            gathering.refuse(source)
        else:
            articles += _gathered(source, gathering, meter)
    meter.end()
    if (usable := gathering.usable([article.id for article in articles])) is not None:
        articles = [articles[place] for place in usable]
    version = version_of(articles)
    return Corpus(tuple(articles), version, gathering.refusals.listed(), gathering.left_out)


def compare(old: Corpus, new: Corpus) -> Changes:
    """What was added, changed or removed on the way from *old* to *new*, each in corpus order.

    No article is fetched for that.
    """
    before = dict(zip(old.ids, old.digests, strict=True))
    after = set(new.ids)
    known = [before.get(identifier) for identifier in new.ids]
    differing = zip(known, new.digests, strict=True)
    return Changes(
        added=_chosen(new.articles, (n for n, digest in enumerate(known) if digest is None)),
        changed=_chosen(
            new.articles, (n for n, (was, now) in enumerate(differing) if was not in (None, now))
        ),
        removed=_chosen(old.articles, (n for n, name in enumerate(old.ids) if name not in after)),
    )


def version_of(articles: Iterable[Article]) -> str:
    """12 hexadecimal digits that stand for the contents of *articles*, in any order."""
    return version_of_digests(map(digest_of, articles))


def _chosen(articles: Sequence[Article], numbers: Iterable[int]) -> Sequence[Article]:
    chosen = list(numbers)
    if chosen and isinstance(articles, Addressed):
        return articles.chosen(chosen)
    return tuple(articles[number] for number in chosen)


def _gathered(source: SourceFile, gathering: Gathering, meter: Meter) -> list[Article]:
    """The articles of a file that count."""
    start = meter.done
    meter.at(start)
    read = read_whole(source, _Kept, lambda position: meter.at(start + position))
    meter.at(start + source.size)
    if isinstance(read, SourceError):
        gathering.refuse(read)
        return []
    kept, _ = read
    articles = []
    for entry in kept.entries:
        if isinstance(entry, SourceError):
            gathering.refuse(entry)
        elif gathering.takes(entry.article.id, entry.article.source, entry.origin):
            articles.append(entry.article)
    for path, number in kept.refusals.more().items():
        gathering.refusals.add_more(path, number)
    return articles


class _Kept:
    """What one file gives, in memory."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.refusals = Refusals()

    def add(self, entry: Entry) -> None:
        """Take one more, a refusal only while there are few."""
        if isinstance(entry, Found) or entry.withdraws or self.refusals.add(entry):
            self.entries.append(entry)

    def drop(self) -> None:
        """Forget them."""
        self.entries.clear()
