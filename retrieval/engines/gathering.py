"""Terms into segments: passages are taken from a stream, some at a time, and sorted by term."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from retrieval.engines.segment import Codes, Numbers, Segment, hashes_of, merged, narrow
from retrieval.engines.terms import MARKS

_AT_ONCE = 1 << 21
"""How many terms are gathered before they are sorted. Bounds the memory that building takes."""


def gathered(passages: Iterable[Iterable[str]], at_once: int = _AT_ONCE) -> Segment:
    """Return the postings of *passages*. A term that occurs twice in one counts twice."""
    return merged(list(_parts(passages, at_once)))


def _parts(passages: Iterable[Iterable[str]], at_once: int) -> Iterator[Segment]:
    words, terms, ends = _vocabulary(), array("i"), array("q")
    for passage in passages:
        terms.extend(map(words.__getitem__, passage))
        ends.append(len(terms))
        if len(terms) >= at_once:
            yield _sorted(words, terms, ends)
            # It refers to itself, and nobody collects garbage while a corpus is loaded.
            words.default_factory = None
            words, terms, ends = _vocabulary(), array("i"), array("q")
    yield _sorted(words, terms, ends)
    words.default_factory = None


def _vocabulary() -> defaultdict[str, int]:
    """Return a dictionary that numbers what it is asked for, from 0."""
    words: defaultdict[str, int] = defaultdict()
    words.default_factory = words.__len__
    return words


def _sorted(words: Collection[str], terms: "array[int]", ends: "array[int]") -> Segment:
    """Return the segment of passages whose terms are numbers of *words*."""
    hashes, of_word = np.unique(hashes_of(words), return_inverse=True)
    is_plain = np.fromiter((not word.startswith(MARKS) for word in words), np.bool_, len(words))
    numbers = np.frombuffer(terms, np.int32) if terms else np.empty(0, np.int32)
    bounds = np.array([0, *ends], dtype=np.int64)
    sizes = bounds[1:] - bounds[:-1]
    passages = np.repeat(np.arange(len(sizes)), sizes)
    lengths = np.bincount(passages[is_plain[numbers]], minlength=len(sizes)).astype(np.int32)
    # Term and passage in one number, so that one sort puts both in order.
    width = max(1, len(sizes))
    keys = of_word[numbers] * width + passages
    keys.sort()
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(first, append=len(keys))
    by_term, holders = np.divmod(keys[first], width)
    codes, pairs = _coded(counts, lengths[holders])
    return Segment(
        hashes=hashes,
        offsets=narrow(
            np.append(0, np.cumsum(np.bincount(by_term, minlength=len(hashes)))), len(keys) + 1
        ),
        passages=holders.astype(np.int32),
        codes=codes,
        pairs=pairs,
        lengths=lengths,
    )


def _coded(counts: npt.NDArray[np.int64], lengths: Numbers) -> tuple[Codes, Numbers]:
    """Return which pair of count and length stands at each place, and the pairs."""
    width = int(lengths.max(initial=0)) + 1
    keys = counts * width + lengths
    known = np.unique(keys)
    pairs = np.stack(np.divmod(known, width), axis=1).astype(np.int32)
    return narrow(np.searchsorted(known, keys), len(known)), pairs
