"""A folder of files -> a corpus; two corpora -> what changed."""

import hashlib
import json
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
    bytes in all), ending with the two equal; what it raises ends the load. Blocks while reading;
    may be called from any thread. Raises CorpusNotFoundError, and CorpusError when *path* is of a
    kind that is not read.
    """
    articles: dict[str, Article] = {}
    refused: list[SourceError] = []
    for entry in _entries(list(_sources(path)), progress):
        if isinstance(entry, SourceError):
            refused.append(entry)
        elif first := articles.get(entry.article.id):
            refused.append(
                entry.origin.refuse(f'id: "{first.id}" is already used by {first.source}')
            )
        else:
            articles[entry.article.id] = entry.article
    return Corpus(tuple(articles.values()), version_of(articles.values()), tuple(refused))


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


def _sources(path: Path) -> Iterator[SourceFile | SourceError]:
    if not path.exists():
        raise CorpusNotFoundError(path)
    if path.is_dir():
        return files.find(path)
    if reader := reader_for(path):
        return iter([files.single(path, reader)])
    raise CorpusError(f"{path}: not a folder, nor a file that ends in {', '.join(sorted(READERS))}")


def _entries(sources: list[SourceFile | SourceError], progress: Progress | None) -> Iterator[Entry]:
    total = sum(source.size for source in sources if isinstance(source, SourceFile))
    done = 0
    for source in sources:
        if isinstance(source, SourceError):
            yield source
            continue
        yield from _file_entries(source)
        done += source.size
        if progress:
            progress(done, total)
    if progress and not total:
        progress(0, 0)


def _file_entries(source: SourceFile) -> Iterator[Entry]:
    try:
        with source.open() as file:
            yield from source.reader(file, source.origin)
    except OSError as error:
        yield files.refuse(source.origin.path, error)
