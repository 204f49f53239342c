"""What is known of every article of a corpus without reading it, and of every passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import overload

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from corpus.models import Article
from retrieval.models import DateRange
from retrieval.strings import Strings

Numbers = npt.NDArray[np.int64]
Digests = npt.NDArray[np.uint8]
"""A row of 32 bytes for each article."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNDATED = np.iinfo(np.int64).min
_NEVER = np.iinfo(np.int64).max

DIGEST = 32
"""Bytes of a digest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a directory has it. *digest* stands for all of it, *sha256* for its text alone."""

    id: str
    published: int
    publisher: str | None
    sha256: bytes
    digest: bytes

    @classmethod
    def of(cls, article: Article, digest: bytes) -> "Entry":
        """Return the entry of *article*."""
        moment, text = article.published_at, bytes.fromhex(article.sha256)
        published = _UNDATED if moment is None else _microseconds(moment)
        return cls(article.id, published, article.publisher, text, digest)


@dataclass(frozen=True, eq=False)
class Directory:
    """The articles of a corpus by their numbers, which are in the order of their ids.

    *published* is in microseconds since 1970, the least number there is for an article without a
    date. *publisher* is 0 for an article that names none, else 1 more than a place in *publishers*.
    Never changes; safe from several threads. The arrays may be mapped from a file.
    """

    ids: Strings
    published: Numbers
    publishers: Strings
    publisher: npt.NDArray[np.uint32]
    sha256: Digests
    digests: Digests

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Directory":
        """List *entries*, which are in the order of their ids."""
        every = list(entries)
        named = sorted({entry.publisher for entry in every if entry.publisher is not None})
        codes: dict[str | None, int] = {name: place + 1 for place, name in enumerate(named)}
        return cls(
            ids=Strings.of(entry.id for entry in every),
            published=np.array([entry.published for entry in every], np.int64),
            publishers=Strings.of(named),
            publisher=np.array([codes.get(entry.publisher, 0) for entry in every], np.uint32),
            sha256=_digests([entry.sha256 for entry in every]),
            digests=_digests([entry.digest for entry in every]),
        )

    def __len__(self) -> int:
        return len(self.published)

    def entry(self, number: int) -> Entry:
        """Return the entry of article *number*."""
        code = int(self.publisher[number])
        return Entry(
            self.ids[number],
            int(self.published[number]),
            self.publishers[code - 1] if code else None,
            self.sha256[number].tobytes(),
            self.digests[number].tobytes(),
        )

    @cached_property
    def newest_first(self) -> npt.NDArray[np.intp]:
        """The numbers of all articles: the newest first, those without a date last."""
        backwards = np.where(self.published == _UNDATED, _NEVER, -self.published)
        return np.argsort(backwards, kind="stable")

    @cached_property
    def _by_date(self) -> tuple[npt.NDArray[np.intp], Numbers]:
        """The numbers of the dated articles, the oldest first, and when they were published."""
        order = np.argsort(self.published, kind="stable")
        dates = self.published[order]
        dated = slice(int(np.searchsorted(dates, _UNDATED, "right")), None)
        return order[dated], dates[dated]

    def dated(self, dates: DateRange | None = None) -> npt.NDArray[np.intp]:
        """Return the numbers of the articles published in *dates*, the oldest first."""
        order, published = self._by_date
        if dates is None:
            return order
        since, until = _bounds(dates)
        start = int(np.searchsorted(published, since))
        return order[start : int(np.searchsorted(published, until, "right"))]

    def of_days(self, dates: DateRange, articles: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
        """Tell of each of *articles*, by their numbers, whether it was published in *dates*."""
        since, until = _bounds(dates)
        published = self.published[articles]
        flags: npt.NDArray[np.bool_] = (published >= since) & (published <= until)
        return flags

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The hexadecimal SHA-256 of each article's text, by the article's id."""
        return _Texts(self)


class _Texts(Mapping[str, str]):
    """See `Directory.texts`."""

    def __init__(self, directory: Directory) -> None:
        self._ids, self._sha256 = directory.ids, directory.sha256

    @override
    def __getitem__(self, article_id: str) -> str:
        number = self._ids.find(article_id)
        if number < 0:
            raise KeyError(article_id)
        digest: bytes = self._sha256[number].tobytes()
        return digest.hex()

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    @override
    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: some sentences of an article. *first* is the number of the first of them."""

    article: int
    first: int
    sentences: int


class Passages(Sequence[Passage]):
    """The passages of all articles, article by article. Never changes; safe from several threads.

    *counts* says how many each article has, *lengths* how many sentences each of them has.
    """

    def __init__(self, counts: npt.NDArray[np.uint32], lengths: npt.NDArray[np.uint32]) -> None:
        self.counts = counts
        self.lengths = lengths
        self.first = np.append(0, np.cumsum(counts, dtype=np.int64))
        """The number of each article's first passage, and at the end how many there are."""
        self._article = np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    @override
    def __len__(self) -> int:
        return len(self.lengths)

    @overload
    def __getitem__(self, number: int) -> Passage: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Passage]: ...
    @override
    def __getitem__(self, number: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        article = int(self._article[number])
        before = self.lengths[int(self.first[article]) : number % len(self)]
        return Passage(article, int(before.sum()), int(self.lengths[number]))

    def articles(self, passages: Numbers) -> npt.NDArray[np.int32]:
        """Return the number of the article of each of *passages*."""
        return self._article[passages]

    def numbers(self, articles: npt.NDArray[np.integer]) -> Numbers:
        """Return the numbers of the passages of *articles*, in their order."""
        counts = self.counts[articles].astype(np.int64)
        before = np.cumsum(counts) - counts
        return np.repeat(self.first[articles] - before, counts) + np.arange(counts.sum())

    def of_articles(self, flags: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Return for each passage what *flags* says of its article."""
        return np.repeat(flags, self.counts)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _bounds(dates: DateRange) -> tuple[int, int]:
    """Return the first and the last moment of *dates*. An article without a date is before all."""
    since = _UNDATED + 1 if dates.since is None else _microseconds(dates.since)
    until = _NEVER if dates.until is None else _microseconds(dates.until)
    return since, until


def _digests(digests: Sequence[bytes]) -> Digests:
    return np.frombuffer(b"".join(digests), np.uint8).reshape(-1, DIGEST)
