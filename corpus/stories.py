"""Articles into stories: copies of one report, and the versions of one page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from corpus import versions
from corpus.copies import Texts, links, no_proof
from corpus.grouping import Grouping
from corpus.sameness import SHORTEST, Flags, Numbers, Printed, printed, same_sentences
from corpus.signatures import HEADER, ROW, Rows

_PREFIX = "stories_"


@dataclass(frozen=True, eq=False)
class Stories:
    """What articles have in common. Never changes; safe from several threads. All are arrays.

    Articles are numbered from 0 as they were given, and their sentences run through all of them.
    """

    story: npt.NDArray[np.int32]
    """The story of each article: the number of the first article that tells it."""
    newer: npt.NDArray[np.int32]
    """The number of the newest version of each article's page, -1 for what is not known to be older."""
    publisher: npt.NDArray[np.uint64]
    """A number for each article's publisher, 0 for unknown."""
    starts: npt.NDArray[np.int64]
    """Where the sentences of each article begin, and the end of the last."""
    same: npt.NDArray[np.int32]
    """For each sentence a number that is the same wherever it is printed; -1 where nobody else does."""
    repeats: npt.NDArray[np.uint8]
    """1 for each sentence that only repeats the fullest article of its story, else 0."""
    held: npt.NDArray[np.int64]
    """Where the articles that print each sentence that several print begin in *holders*, and the end."""
    holders: npt.NDArray[np.int32]
    """The numbers of these articles, ascending for each sentence."""

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "Stories":
        """Return the stories that `arrays` was taken of. Raises KeyError if one is missing."""
        return cls(**{field.name: arrays[_PREFIX + field.name] for field in fields(cls)})

    @property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that is known, to be kept."""
        return {_PREFIX + field.name: getattr(self, field.name) for field in fields(self)}

    def __len__(self) -> int:
        return len(self.story)

    @cached_property
    def superseded(self) -> int:
        """How many articles have a newer version."""
        return int(np.count_nonzero(self.newer >= 0))

    @cached_property
    def folded(self) -> int:
        """How many articles are copies of others; versions of one page are not counted."""
        current = self.newer < 0
        return int(np.count_nonzero(current)) - len(np.unique(self.story[current]))

    def printing(self, article: int, sentence: int) -> Sequence[int]:
        """Return the other articles that print a sentence, ascending; none that has a newer version.

        *sentence* counts from 0 in *article*.
        """
        number = int(self.same[self.starts[article] + sentence])
        if number < 0:
            return ()
        found = self.holders[self.held[number] : self.held[number + 1]]
        return [other for other in found.tolist() if other != article and self.newer[other] < 0]

    def copies(self, article: int) -> Sequence[int]:
        """Return the other articles of a story, ascending; none that has a newer version."""
        order, starts = self._by_story
        story = int(self.story[article])
        found = order[starts[story] : starts[story + 1]]
        return [other for other in found.tolist() if other != article and self.newer[other] < 0]

    @cached_property
    def _by_story(self) -> tuple[Numbers, Numbers]:
        """The articles in the order of their stories, and where each of those begins."""
        counts = np.bincount(self.story, minlength=len(self))
        return np.argsort(self.story, kind="stable"), np.append(0, np.cumsum(counts))

    def one(self, article: int, sentence: int, other: int, of_other: int) -> bool:
        """Tell whether a sentence of one article is that of another, small edits aside."""
        number = self.same[self.starts[article] + sentence]
        return bool(number >= 0 and number == self.same[self.starts[other] + of_other])

    def independent(self, articles: Iterable[int]) -> int:
        """Return how many of *articles* are independent of one another.

        Copies of one report count once, and so do several reports of one publisher's own.
        """
        publishers: dict[int, set[int]] = {}
        for article in articles:
            by = int(self.publisher[article]) or -1 - article
            publishers.setdefault(int(self.story[article]), set()).add(by)
        own = {next(iter(by)) for by in publishers.values() if len(by) == 1}
        return len(own) + sum(len(by) > 1 for by in publishers.values())

    @override
    def __repr__(self) -> str:
        return f"<Stories of {len(self)} articles, {self.folded} folded>"


def fold(signatures: Sequence[bytes]) -> Stories:
    """Find the stories of articles by their signatures (`corpus.signatures.signature`).

    The same signatures in the same order give the same stories. Takes some seconds for 100,000.
    Raises ValueError for bytes that are no signature.
    """
    headers, rows, starts = _unpacked(signatures)
    count = len(headers)
    article = np.repeat(np.arange(count), np.diff(starts))
    same = same_sentences(rows, article)
    proves = rows["proof"].astype(np.int64)
    every = printed(same, rows, article, proves)
    words = rows["words"].astype(np.int64)
    common = no_proof(every, _texts(headers, article, words, proves))
    ignored = np.append(common, [False])[same]  # the last is for what has no number, which is -1
    words[ignored] = proves[ignored] = 0
    texts = _texts(headers, article, words, proves)
    proof = printed(same, rows, article, proves).without(common)
    story = np.arange(count)
    for group in Grouping(proof).groups(links(proof, texts)):
        story[group] = group[0]
    newer = versions.newer(headers, proof)
    return Stories(
        story=story.astype(np.int32),
        newer=newer.astype(np.int32),
        publisher=texts.publisher,
        starts=starts,
        same=same.astype(np.int32),
        repeats=_repeats(rows, article, same, every, _fullest(story, newer, proof, texts)),
        held=every.starts,
        holders=every.article.astype(np.int32),
    )


def alone(counts: Sequence[int]) -> Stories:
    """Return the stories of articles that have nothing in common; *counts* are their sentences."""
    starts = np.append(0, np.cumsum(np.array(counts, np.int64)))
    return Stories(
        story=np.arange(len(counts), dtype=np.int32),
        newer=np.full(len(counts), -1, np.int32),
        publisher=np.zeros(len(counts), np.uint64),
        starts=starts,
        same=np.full(starts[-1], -1, np.int32),
        repeats=np.zeros(starts[-1], np.uint8),
        held=np.zeros(1, np.int64),
        holders=np.zeros(0, np.int32),
    )


def _unpacked(signatures: Sequence[bytes]) -> tuple[npt.NDArray[np.void], Rows, Numbers]:
    head = HEADER.itemsize
    lengths = np.fromiter((len(each) - head for each in signatures), np.int64, len(signatures))
    if (lengths < 0).any() or (lengths % ROW.itemsize).any():
        raise ValueError("not all are signatures: their lengths are not those of any")
    headers = np.frombuffer(b"".join(each[:head] for each in signatures), HEADER)
    rows = np.frombuffer(b"".join(each[head:] for each in signatures), ROW)
    return headers, rows, np.append(0, np.cumsum(lengths // ROW.itemsize))


def _texts(
    headers: npt.NDArray[np.void], article: Numbers, words: Numbers, proves: Numbers
) -> Texts:
    def total(amounts: Numbers) -> Numbers:
        return np.bincount(article, weights=amounts, minlength=len(headers)).astype(np.int64)

    moments = headers["moment"].astype(np.float64)
    return Texts(headers["publisher"].copy(), moments, total(words), total(proves))


def _fullest(story: Numbers, newer: Numbers, proof: Printed, texts: Texts) -> Numbers:
    """Return for each article the one of its story that holds most of it; itself where it is alone."""
    shared = np.bincount(proof.article, weights=proof.words, minlength=len(story))
    order = np.lexsort((np.arange(len(story)), -texts.words, -shared, newer >= 0, story))
    first = np.append(True, np.diff(story[order]) != 0)[: len(order)]
    best = np.arange(len(story))
    best[story[order][first]] = order[first]
    return best[story]


def _repeats(
    rows: Rows, article: Numbers, same: Numbers, every: Printed, fullest: Numbers
) -> npt.NDArray[np.uint8]:
    """Tell of each sentence whether the fullest article of its story prints it, too."""
    count = max(1, every.articles)
    held = every.sentence * count + every.article
    wanted = same * count + fullest[article]
    at = np.minimum(np.searchsorted(held, wanted), max(0, len(held) - 1))
    met = (same >= 0) & (held[at] == wanted) if len(held) else np.zeros(len(rows), np.bool_)
    # What is too short to be looked for says nothing by itself.
    repeats: Flags = (met | (rows["words"] < SHORTEST)) & (fullest[article] != article)
    return repeats.astype(np.uint8)
