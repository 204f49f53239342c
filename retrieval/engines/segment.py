"""Postings of some passages as plain arrays: built from terms, joined, thinned out, never changed.

A term is known by a hash of 64 bits and not by its letters: strings would take ten times the room.
Of ten million terms two have the same one with a chance of three in a million.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from secrets import token_hex

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from retrieval.engines.terms import hash_of

Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
Numbers64 = npt.NDArray[np.int64]
Codes = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, eq=False)
class Segment:
    """Which passages hold a term, and how often. Never changes; safe from several threads.

    Its passages are numbered from 0. The arrays may be mapped from a file.
    """

    hashes: Hashes
    """The hash of each term, ascending."""
    offsets: Codes
    """The postings of term t stand at offsets[t] to offsets[t + 1]; one longer than *hashes*. As few
    bytes wide as will do, like *codes*."""
    passages: Numbers
    """Passage numbers, ascending within a term, one term after the other."""
    codes: Codes
    """For each of them, which of *pairs* it is. As few bytes wide as will do."""
    pairs: Numbers
    """How often a term occurs, and how long the passage is: one row for each such pair there is."""
    lengths: Numbers
    """The number of each passage's terms that have none of the MARKS of `retrieval.engines.terms`."""
    name: str = field(default_factory=lambda: token_hex(8))
    """No two segments have one name, and the copies of one have the same."""

    def __len__(self) -> int:
        return len(self.lengths)

    @override
    def __repr__(self) -> str:
        return f"<Segment of {len(self)} passages>"

    def bounds(self, hashes: Hashes) -> tuple[Numbers64, Numbers64]:
        """Return where the postings of each term begin and end; an unknown one has none."""
        found = self.hashes.searchsorted(hashes)
        if not len(self.hashes):
            return found, found
        known = self.hashes.take(found, mode="clip") == hashes
        starts = self.offsets.take(found).astype(np.int64)
        return starts, np.where(known, self.offsets.take(found + 1, mode="clip"), starts)

    def without(self, dead: Flags) -> "Segment":
        """Return a segment of the passages that are not *dead*, in their order."""
        kept = ~dead[self.passages]
        offsets = np.append(0, np.cumsum(kept))[self.offsets]
        is_held = np.diff(offsets) > 0
        renumbered = np.cumsum(~dead, dtype=np.int32) - np.int32(1)
        return Segment(
            hashes=self.hashes[is_held],
            offsets=narrow(np.append(0, offsets[1:][is_held]), len(kept) + 1),
            passages=renumbered[self.passages[kept]],
            codes=self.codes[kept],
            pairs=self.pairs,
            lengths=self.lengths[~dead],
        )


@dataclass(frozen=True, eq=False)
class Part:
    """A segment, and the number of each of its passages in an index; -1 for one that is left out."""

    segment: Segment
    numbers: Numbers

    @property
    def dead(self) -> Flags:
        """Which passages are left out."""
        return self.numbers < 0


def hashes_of(terms: Iterable[str]) -> Hashes:
    """Return the hash of each of *terms*."""
    return np.fromiter(map(hash_of, terms), np.uint64)


def merged(segments: Sequence[Segment]) -> Segment:
    """Return one segment of all passages, those of the first segment first."""
    if len(segments) == 1:
        return segments[0]
    total = sum(len(segment.passages) for segment in segments)
    pairs, recoded = _joined_pairs(segments)
    passages, codes = np.empty(total, np.int32), np.empty(total, recoded[0].dtype)
    numbers = np.append(0, np.cumsum([len(segment) for segment in segments])).astype(np.int32)
    joined: list[_Joined] = []
    start = 0
    # Some hashes at a time: to sort them all would take more room than the segments do.
    for terms in zip(*map(_slices, segments), strict=True):
        some = _Joined.of(segments, terms)
        for segment, new_code, number, old, new in zip(
            segments, recoded, numbers[:-1], some.old, some.new, strict=True
        ):
            passages[start + new] = segment.passages[old] + number
            codes[start + new] = new_code[segment.codes[old]]
        start += int(some.sizes.sum())
        joined.append(some)
    ends = np.cumsum(np.concatenate([some.sizes for some in joined]))
    return Segment(
        hashes=np.concatenate([some.hashes for some in joined]),
        offsets=narrow(np.append(0, ends), total + 1),
        passages=passages,
        codes=codes,
        pairs=pairs,
        lengths=np.concatenate([segment.lengths for segment in segments]),
    )


@dataclass(frozen=True)
class _Joined:
    """Some terms of several segments in one order."""

    hashes: Hashes
    sizes: Numbers64
    """How many postings each of *hashes* has in all segments together."""
    old: Sequence[slice]
    """Where the postings stand in each segment."""
    new: Sequence[Numbers64]
    """For each segment, where these go, counted from the first of all."""

    @classmethod
    def of(cls, segments: Sequence[Segment], terms: Sequence[slice]) -> "_Joined":
        """Join the *terms* of each segment."""
        both = list(zip(segments, terms, strict=True))
        bounds = [s.offsets[some.start : some.stop + 1].astype(np.int64) for s, some in both]
        sizes = [np.diff(of_segment) for of_segment in bounds]
        hashes = np.concatenate([segment.hashes[some] for segment, some in both])
        # Stable, so that of one term the first segment's postings come first, and passages ascend.
        # Quick, for numpy's stable sort makes use of it that each segment's hashes are in order.
        order = np.argsort(hashes, kind="stable")
        in_order = np.concatenate(sizes)[order]
        places = np.empty_like(in_order)
        places[order] = np.cumsum(in_order) - in_order
        hashes = hashes[order]
        first = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)])
        of_each = np.split(places, np.cumsum([len(size) for size in sizes])[:-1])
        return cls(
            hashes=hashes[first],
            sizes=np.add.reduceat(in_order, first) if len(first) else in_order,
            old=[slice(int(bound[0]), int(bound[-1])) for bound in bounds],
            new=[
                np.repeat(place - bound[:-1] + bound[0], size) + np.arange(bound[-1] - bound[0])
                for place, bound, size in zip(of_each, bounds, sizes, strict=True)
            ],
        )


def _slices(segment: Segment) -> list[slice]:
    """Return where the hashes with each value of their first four bits stand."""
    bounds = np.arange(1, 16, dtype=np.uint64) << np.uint64(60)
    inner = np.searchsorted(segment.hashes, bounds).tolist()
    return [slice(*pair) for pair in pairwise([0, *inner, len(segment.hashes)])]


def _joined_pairs(segments: Sequence[Segment]) -> tuple[Numbers, list[Codes]]:
    """Return the pairs of all segments, and for each segment the new codes of its old ones."""
    pairs, codes = np.unique(
        np.concatenate([segment.pairs for segment in segments]), axis=0, return_inverse=True
    )
    ends = np.cumsum([len(segment.pairs) for segment in segments])
    return pairs, np.split(narrow(codes.reshape(-1), len(pairs)), ends[:-1])


def narrow(codes: npt.NDArray[np.integer], number: int) -> Codes:
    """Return codes below *number* in as few bytes as will do."""
    return codes.astype(np.min_scalar_type(max(0, number - 1)))
