"""A folder of files -> a corpus; two corpora -> what changed."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TypeAlias

from corpus.errors import CorpusError, CorpusNotFoundError, SourceError
from corpus.models import Article
from corpus.reading import files
from corpus.reading.entries import Entry
from corpus.reading.files import SourceFile
from corpus.reading.formats import READERS, reader_for
from corpus.reading.records import shown

SAMPLE = Path(__file__).parent / "sample"
"""The bundled sample: a folder of articles, to try things out without a corpus of one's own."""

MOST_REFUSALS = 1_000
"""Refusals listed for one file. More are counted in a last one, so that a big file of something
else under a known suffix cannot fill the memory."""

PROGRESS_BYTES = 1 << 20

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read. *version* is 12 hexadecimal digits that stand for the articles' contents.

    Equal articles give an equal version, in whatever order and files they are. Articles come in
    the order of their files' paths, *refused* likewise.
    """

    articles: tuple[Article, ...]
    version: str
    refused: tuple[SourceError, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """Between two corpora, by id. *added* and *changed* are the new articles, *removed* the old."""

    added: tuple[Article, ...]
    changed: tuple[Article, ...]
    removed: tuple[Article, ...]


def load(path: Path, *, progress: Progress | None = None) -> Corpus:
    """Read the folder *path* with all below it, or one file.

    What cannot be read is in `refused`, the rest loads. *progress* is called with (bytes done,
    bytes in all), from 0 until the two are equal, never when there are no bytes; what it raises
    ends the load. Blocks while reading;
    may be called from any thread. Raises CorpusNotFoundError, and CorpusError when *path* is of a
    kind that is not read.
    """
    sources = list(_sources(path))
    meter = _Meter(sum(s.size for s in sources if isinstance(s, SourceFile)), progress)
    articles: dict[str, Article] = {}
    refusals = _Refusals()
    for entry in _entries(sources, meter):
        if isinstance(entry, SourceError):
            refusals.add(entry)
        elif first := articles.get(entry.article.id):
            reason = f"id: {shown(first.id)} is already used by {first.source}"
            refusals.add(entry.origin.refuse(reason))
        else:
            articles[entry.article.id] = entry.article
    return Corpus(tuple(articles.values()), version_of(articles.values()), refusals.listed())


def compare(old: Corpus, new: Corpus) -> Changes:
    """What was added, changed or removed on the way from *old* to *new*, each in corpus order."""
    before = {article.id: article for article in old.articles}
    after = {article.id for article in new.articles}
    return Changes(
        added=tuple(article for article in new.articles if article.id not in before),
        changed=tuple(a for a in new.articles if a.id in before and a != before[a.id]),
        removed=tuple(article for article in old.articles if article.id not in after),
    )


def version_of(articles: Iterable[Article]) -> str:
    """12 hexadecimal digits that stand for the contents of *articles*, in any order."""
    # A sum does not depend on the order, and needs no sorting, which would hold up other threads.
    total = sum(int.from_bytes(_digest(article)) for article in articles) % (1 << 256)
    return hashlib.sha256(total.to_bytes(32)).hexdigest()[:12]


def _digest(article: Article) -> bytes:
    moment = article.published_at
    content = [
        article.id,
        article.title,
        article.sha256,
        article.url,
        article.publisher,
        moment and moment.astimezone(UTC).isoformat(),
        article.language,
    ]
    return hashlib.sha256(json.dumps(content).encode()).digest()


class _Refusals:
    """Refusals as they come; of one file no more than MOST_REFUSALS, then their number."""

    def __init__(self) -> None:
        self._kept: list[SourceError] = []
        self._counts: Counter[Path] = Counter()

    def add(self, refusal: SourceError) -> None:
        self._counts[refusal.path] += 1
        if self._counts[refusal.path] <= MOST_REFUSALS:
            self._kept.append(refusal)

    def listed(self) -> tuple[SourceError, ...]:
        more = (
            SourceError(path, None, f"{count - MOST_REFUSALS:,} more refused")
            for path, count in self._counts.items()
            if count > MOST_REFUSALS
        )
        return (*self._kept, *more)


class _Meter:
    """Tells how far the reading is: at the start, now and then, at the end."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress if total else None
        self._told = -PROGRESS_BYTES

    def at(self, done: int) -> None:
        done = min(done, self._total)  # a file may have grown since it was found
        if self._progress and (
            done - self._told >= PROGRESS_BYTES or self._told < done == self._total
        ):
            self._told = done
            self._progress(done, self._total)


def _sources(path: Path) -> Iterator[SourceFile | SourceError]:
    try:
        if path.is_dir():
            os.scandir(path).close()
            return files.find(path)
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise CorpusNotFoundError(path) from None
    except OSError as error:
        raise CorpusError(f"{path}: {files.reason(error)}") from error
    if reader := reader_for(path):
        return iter([files.single(path, reader)])
    raise CorpusError(f"{path}: not a folder, nor a file that ends in {', '.join(sorted(READERS))}")


def _entries(sources: Iterable[SourceFile | SourceError], meter: _Meter) -> Iterator[Entry]:
    done = 0
    for source in sources:
        if isinstance(source, SourceError):
            yield source
            continue
        meter.at(done)
        for entry, position in _file_entries(source):
            yield entry
            meter.at(done + position)
        done += source.size
    meter.at(done)


def _file_entries(source: SourceFile) -> Iterator[tuple[Entry, int]]:
    """Each entry, and the position in the file that was reached with it."""
    try:
        with source.open() as file:
            for entry in source.reader(file, source.origin):
                yield entry, file.tell()
    except OSError as error:
        yield source.origin.refuse(files.reason(error)), source.size
