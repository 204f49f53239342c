"""Postings of some passages as plain arrays: built from terms, joined, thinned out, never changed.

A term is known by a hash of 64 bits and not by its letters: strings would take ten times the room.
Of ten million terms two have the same one with a chance of three in a million.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from secrets import token_hex

import numpy as np
import numpy.typing as npt
from typing_extensions import override

from retrieval.engines.terms import hash_of

Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
Codes = npt.NDArray[np.unsignedinteger]


@dataclass(frozen=True, eq=False)
class Segment:
    """Which passages hold a term, and how often. Never changes; safe from several threads.

    Its passages are numbered from 0. The arrays may be mapped from a file.
    """

    hashes: Hashes
    """The hash of each term, ascending."""
    offsets: Offsets
    """The postings of term t stand at offsets[t] to offsets[t + 1]; one longer than *hashes*."""
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

    def holders(self, hashes: Hashes) -> list[slice | None]:
        """Return where the postings of each term stand, None for an unknown one."""
        found = np.searchsorted(self.hashes, hashes)
        known = self.hashes.take(found, mode="clip") == hashes if len(self.hashes) else found < 0
        return [
            slice(int(self.offsets[number]), int(self.offsets[number + 1])) if is_known else None
            for number, is_known in zip(found.tolist(), known.tolist(), strict=True)
        ]

    def without(self, dead: Flags) -> "Segment":
        """Return a segment of the passages that are not *dead*, in their order."""
        kept = ~dead[self.passages]
        offsets = np.append(0, np.cumsum(kept))[self.offsets]
        is_held = np.diff(offsets) > 0
        renumbered = np.cumsum(~dead, dtype=np.int32) - np.int32(1)
        return Segment(
            hashes=self.hashes[is_held],
            offsets=np.append(0, offsets[1:][is_held]),
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
    hashes = np.concatenate([segment.hashes for segment in segments])
    sizes = np.concatenate([np.diff(segment.offsets) for segment in segments])
    # Stable, so that of one term the first segment's postings come first, and passages ascend. Quick,
    # for numpy's stable sort makes use of it that each segment's hashes are in order.
    by_hash = np.argsort(hashes, kind="stable")
    ends = np.cumsum(sizes[by_hash])
    starts = np.empty_like(ends)
    starts[by_hash] = ends - sizes[by_hash]
    ordered = hashes[by_hash]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
    pairs, recoded = _joined_pairs(segments)
    total = int(sizes.sum())
    passages = np.empty(total, np.int32)
    codes = np.empty(total, recoded[0].dtype)
    term, passage = 0, 0
    for segment, new_code in zip(segments, recoded, strict=True):
        its_terms = slice(term, term + len(segment.hashes))
        moved = np.repeat(starts[its_terms] - segment.offsets[:-1], sizes[its_terms])
        moved += np.arange(len(moved))
        passages[moved] = segment.passages + np.int32(passage)
        codes[moved] = new_code[segment.codes]
        term, passage = its_terms.stop, passage + len(segment)
    return Segment(
        hashes=ordered[first],
        offsets=np.append(starts[by_hash][first], total),
        passages=passages,
        codes=codes,
        pairs=pairs,
        lengths=np.concatenate([segment.lengths for segment in segments]),
    )


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
