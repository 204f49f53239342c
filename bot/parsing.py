"""Reads files of a corpus with several processes: some formats take more to read than to index.

A worker is started by `python -m bot.parsing`. It is told of a few files in one line, and says in lines
of JSON what is in them. What it says is written down by whoever started it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.crew import Crew, serve
from corpus.errors import SourceError, Withdrawal
from corpus.examining import Begun, Ended, Seen, Told, examine
from corpus.models import Article
from corpus.reading.entries import Entry, Found, Origin
from corpus.reading.files import SourceFile, Stamp
from corpus.sources import sources

AT_ONCE = 20
"""Files that a worker is told of in one line: so many that it seldom waits, so few that all have some."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Files(_Line):
    """What a worker is to do: look into files of *corpus*, each with the SHA-256 that is known of it."""

    corpus: Path
    wanted: tuple[tuple[str, str | None], ...]


class BegunLine(_Line):
    """A file is read from its start."""

    kind: Literal["begun"] = "begun"
    file: str


class ArticleLine(_Line):
    """An article of a file, the place where it was found, and the fields of the article."""

    kind: Literal["article"] = "article"
    file: str
    path: str
    line: int | None
    id: str
    title: str
    text: str
    url: str | None
    publisher: str | None
    published_at: str | None
    language: str | None
    source: str


class RefusalLine(_Line):
    """A place of a file, or with *last* the file, that cannot be read."""

    kind: Literal["refusal"] = "refusal"
    file: str
    path: str
    line: int | None
    reason: str
    until: datetime | None
    withdraws: Withdrawal | None
    last: bool


class SeenLine(_Line):
    """What a file was."""

    kind: Literal["seen"] = "seen"
    file: str
    sha256: str
    size: int
    modified: int
    changed: int
    inode: int
    settled: bool


Line: TypeAlias = BegunLine | ArticleLine | RefusalLine | SeenLine
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


def parsed_elsewhere(
    workers: int, corpus: Path, wanted: Sequence[tuple[Path, bytes | None]]
) -> Iterator[tuple[Path, Told]]:
    """Have files read by so many processes; with `functools.partial`, an `Elsewhere`.

    Raises BuildEndedError if a worker ends.
    """
    named = [(path.as_posix(), known.hex() if known else None) for path, known in wanted]
    jobs = [
        Files(corpus=corpus, wanted=tuple(named[start : start + AT_ONCE])).model_dump_json()
        for start in range(0, len(named), AT_ONCE)
    ]
    with Crew("bot.parsing", min(workers, len(jobs))) as crew:
        for said in crew.work(jobs):
            line = _LINE.validate_json(said)
            yield Path(line.file), _told(line)


def _told(line: Line) -> Told:
    match line:
        case BegunLine():
            return Begun()
        case ArticleLine():
            moment = line.published_at and datetime.fromisoformat(line.published_at)
            fields = line.model_dump(exclude={"kind", "file", "path", "line", "published_at"})
            article = Article(**fields, published_at=moment or None)
            return Found(article, Origin(Path(line.path), line.line))
        case RefusalLine():
            place, until = (Path(line.path), line.line), line.until
            refusal = SourceError(*place, line.reason, until=until, withdraws=line.withdraws)
            return Ended(refusal) if line.last else refusal
        case SeenLine():
            stamp = Stamp(line.size, line.modified, line.changed, line.inode)
            return Seen(bytes.fromhex(line.sha256), stamp, line.settled)


@lru_cache(1)
def _files_of(corpus: Path) -> dict[str, SourceFile]:
    found = (source for source in sources(corpus) if isinstance(source, SourceFile))
    return {source.origin.path.as_posix(): source for source in found}


def _parse(job: str, say: Callable[[str], None]) -> None:
    """Look into the files of a job, and say what is in them as it is found."""
    files = Files.model_validate_json(job)
    known = _files_of(files.corpus)
    for name, sha256 in files.wanted:
        saying = _Saying(name, say)
        source = known.get(name)
        if source is None:
            gone = "cannot be read: no such file or directory"
            saying.refuse(SourceError(Path(name), None, gone), last=True)
            continue
        expected = bytes.fromhex(sha256) if sha256 else None
        came = examine(source, expected, saying.begun, lambda _: None)
        if isinstance(came, SourceError):
            saying.refuse(came, last=True)
        else:
            saying.seen(came)


class _Saying:
    """Says what is in one file, a line each."""

    def __init__(self, name: str, say: Callable[[str], None]) -> None:
        self._name = name
        self._say = say

    def begun(self) -> "_Saying":
        """Say that the file is read from its start."""
        self._write(BegunLine(file=self._name))
        return self

    def add(self, entry: Entry) -> None:
        """Say what was found."""
        if isinstance(entry, SourceError):
            self.refuse(entry)
            return
        article, origin = entry.article, entry.origin
        moment = article.published_at
        self._write(
            ArticleLine(
                file=self._name,
                path=_plain(origin.path.as_posix()),
                line=origin.line,
                id=article.id,
                title=article.title,
                text=article.text,
                url=article.url,
                publisher=article.publisher,
                published_at=None if moment is None else moment.isoformat(),
                language=article.language,
                source=article.source,
            )
        )

    def drop(self) -> None:
        """What was said does not count; a new beginning says so, or the end."""

    def refuse(self, error: SourceError, *, last: bool = False) -> None:
        """Say that a place cannot be read, or the file."""
        self._write(
            RefusalLine(
                file=self._name,
                path=_plain(error.path.as_posix()),
                line=error.line,
                reason=_plain(error.reason),
                until=error.until,
                withdraws=error.withdraws,
                last=last,
            )
        )

    def seen(self, seen: Seen) -> None:
        """Say what the file was."""
        stamp = seen.stamp
        self._write(
            SeenLine(
                file=self._name,
                sha256=seen.sha256.hex(),
                size=stamp.size,
                modified=stamp.modified,
                changed=stamp.changed,
                inode=stamp.inode,
                settled=seen.settled,
            )
        )

    def _write(self, line: Line) -> None:
        self._say(line.model_dump_json())


def _plain(text: str) -> str:
    """Half a character has no place in JSON that is written as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def main() -> None:
    """Look into files until there are no more."""
    serve(_parse)


if __name__ == "__main__":
    main()
