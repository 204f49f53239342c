"""Articles that are copies of one another: those that share most of what either says in its own words.

What many otherwise different articles print (a paper's notice to its readers, the background to a
long story) is no proof, nor are quotations. How alike two texts are as a whole says little: a paper
may cut a report to a fifth, or put as much of its own above and below it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.sameness import Flags, Numbers, Printed
from corpus.signatures import FEWEST

Shares = npt.NDArray[np.float64]
"""Also of moments, in seconds."""

SHARED = 0.4
"""The share of the shorter article's words that a copy has at least, of another publisher's."""

SHARED_BY_ONE = 0.7
"""... of the same publisher's: a desk that goes on with a story repeats what happened before."""

NEARLY_ALL = 0.8
"""... of a brief, of which fewer sentences are left than else are needed."""

MOST_OF_ALL = 0.6
"""... quotations counted, too."""

THROUGHOUT = 0.95

BELOW, LESSER = 0.6, 0.5
"""From which place on, and up to which share of an article, what it has of another is background."""

LATER, LESSER_LATER = 18 * 3600, 0.7
"""... up to which share, where so many seconds lie between the two."""

_MUCH, _SOME, _FEW = 40, 24, 12
"""Words that are the same, with three sentences, two and one."""

_FREQUENT = 4
"""Articles that print a sentence before it is doubted that it is of one story."""

_ALIKE_AT_LEAST = {"one": 0.7, "unknown": 0.35, "many": 0.12}
"""How much those that print a frequent sentence share else, by whether one publisher prints it, or many."""

_ALL_PAIRS = 16
"""Up to how many articles of a sentence each is compared with each."""

_AT_ONCE = 100_000


@dataclass(frozen=True, eq=False, slots=True)
class Texts:
    """All articles: their publishers, 0 for unknown; when they were published, as timestamps, NaN
    for unknown; their words, and those that prove something.
    """

    publisher: npt.NDArray[np.uint64]
    moment: Shares
    words: Numbers
    proof: Numbers


@dataclass(frozen=True, eq=False, slots=True)
class _Pairs:
    """Pairs of articles, and what they share: words, those that prove something, sentences of these.

    *place* and *other_place* are where these stand on average.
    """

    one: Numbers
    other: Numbers
    words: Numbers
    proof: Numbers
    sentences: Numbers
    place: Shares
    other_place: Shares


Link = tuple[int, int]


def no_proof(known: Printed, texts: Texts) -> Flags:
    """Tell of each sentence whether it is printed by articles that have little else in common."""
    frequent = np.flatnonzero(known.counts >= _FREQUENT)
    if not len(frequent):
        return np.zeros(known.sentences, np.bool_)
    number, one, other = _rings(known, frequent)
    key, back = np.unique(one * known.articles + other, return_inverse=True)
    pairs = _compared(known, key)
    share = _share(pairs.proof, pairs, texts.proof)
    # Who shares this one sentence of several has nothing in common with each other.
    share = np.where((pairs.sentences <= 1) & (share < NEARLY_ALL), 0.0, share)[back]
    order = np.lexsort((share, number))
    counts = np.bincount(number, minlength=known.sentences)
    ends = np.cumsum(counts)
    middle = (ends - counts + (counts - 1) // 2)[frequent]
    doubtful = np.zeros(known.sentences, np.bool_)
    doubtful[frequent] = share[order][middle] < _needed_of(known, texts, frequent)
    return doubtful


def links(known: Printed, texts: Texts) -> list[Link]:
    """Return the pairs of articles that are copies, the surest first.

    *known* should be without what is no proof.
    """
    pairs = _compared(known, _candidates(known))
    share = _share(pairs.proof, pairs, texts.proof)
    of_all = _share(pairs.words, pairs, texts.words)
    needed = np.where(_by_one(pairs, texts), SHARED_BY_ONE, SHARED)
    much = (pairs.proof >= _MUCH) & (pairs.sentences >= 3) & (share >= needed)
    # Quotations count only beside sentences that do prove something.
    some = (pairs.proof >= _SOME) & (pairs.sentences >= 2) & (share >= needed) & (of_all >= needed)
    brief = (pairs.proof >= _FEW) & (share >= NEARLY_ALL) & (of_all >= MOST_OF_ALL)
    # Where all is quotation, nothing proves anything but that it is the same throughout.
    longer = np.maximum(texts.words[pairs.one], texts.words[pairs.other])
    equal = (pairs.words >= FEWEST) & (pairs.words >= THROUGHOUT * longer)
    whole = ((pairs.words >= _SOME) & (of_all >= THROUGHOUT)) | equal
    found = np.flatnonzero((much | some | brief | whole) & ~_background(pairs, texts))
    union = texts.proof[pairs.one] + texts.proof[pairs.other] - pairs.proof
    alike = (pairs.proof / np.maximum(1, union))[found]
    surest = found[np.lexsort((pairs.other[found], pairs.one[found], -alike))]
    return list(zip(pairs.one[surest].tolist(), pairs.other[surest].tolist(), strict=True))


def _by_one(pairs: _Pairs, texts: Texts) -> Flags:
    publisher = texts.publisher
    same: Flags = (publisher[pairs.one] == publisher[pairs.other]) & (publisher[pairs.one] > 0)
    return same


def _background(pairs: _Pairs, texts: Texts) -> Flags:
    """Tell whether what is shared is the lesser part of one of two articles, and stands below in it.

    So a report of what came later ends with what came before.
    """

    apart = np.abs(texts.moment[pairs.one] - texts.moment[pairs.other])
    lesser = np.where(apart >= LATER, LESSER_LATER, LESSER)

    def in_one(articles: Numbers, place: Shares) -> Flags:
        return (place >= BELOW) & (pairs.proof < lesser * texts.proof[articles])

    return in_one(pairs.one, pairs.place) | in_one(pairs.other, pairs.other_place)


def _needed_of(known: Printed, texts: Texts, frequent: Numbers) -> Shares:
    """Return how much else those must share who print each of the *frequent* sentences."""
    publisher = texts.publisher[known.article]
    order = np.lexsort((publisher, known.sentence))
    sentence, ordered = known.sentence[order], publisher[order]
    begins = np.append(True, (ordered[1:] != ordered[:-1]) | (sentence[1:] != sentence[:-1]))
    named = ordered > 0
    several = np.bincount(sentence, weights=begins & named, minlength=known.sentences)[frequent]
    by_named = np.bincount(sentence, weights=named, minlength=known.sentences)[frequent]
    count = known.counts[frequent]
    many = 2 * several >= count
    one = (several == 1) & (2 * by_named >= count)
    needed = _ALIKE_AT_LEAST
    return np.where(many, needed["many"], np.where(one, needed["one"], needed["unknown"]))


def _rings(known: Printed, frequent: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return pairs of articles that print each of the *frequent* sentences: number, one, other."""
    counts, starts = known.counts[frequent], known.starts[frequent]
    number = np.repeat(frequent, counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    size, base = np.repeat(counts, counts), np.repeat(starts, counts)
    one = known.article[base + place]
    other = [known.article[base + (place + step) % size] for step in (1, size // 2)]
    ones, others = np.tile(one, 2), np.concatenate(other)
    return np.tile(number, 2), np.minimum(ones, others), np.maximum(ones, others)


def _candidates(known: Printed) -> Numbers:
    """Return the pairs that share a sentence which proves something, as one * articles + other."""
    counts, starts = known.counts, known.starts
    proves = np.zeros(known.sentences, np.int64)
    np.maximum.at(proves, known.sentence, np.maximum(known.proof, known.words // 4))
    found = [np.empty(0, np.int64)]
    for size in np.unique(counts[(counts > 1) & (proves > 0)]).tolist():
        base = starts[:-1][(counts == size) & (proves > 0)][:, None]
        one, other = _couples(size)
        first, second = known.article[base + one], known.article[base + other]
        found.append(np.unique(first * known.articles + second))
    return np.unique(np.concatenate(found))


def _couples(size: int) -> tuple[Numbers, Numbers]:
    """Return which of so many articles are compared: all pairs, of many only enough to connect them."""
    if size <= _ALL_PAIRS:
        one, other = np.triu_indices(size, 1)
        return one, other
    rest = np.arange(1, size)
    hubs = [(np.full(size - hub - 1, hub), np.arange(hub + 1, size)) for hub in range(1, 4)]
    pairs = [(np.zeros_like(rest), rest), (rest - 1, rest), *hubs]
    ones, others = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return ones, others


def _compared(known: Printed, keys: Numbers) -> _Pairs:
    """Return what each pair of articles shares; *keys* as `_candidates` gives them."""
    order = np.lexsort((known.sentence, known.article))
    begins = np.append(0, np.cumsum(np.bincount(known.article, minlength=known.articles)))
    held = known.article[order] * known.sentences + known.sentence[order]
    parts = [
        _compared_few(known, keys[start : start + _AT_ONCE], order, begins, held)
        for start in range(0, max(1, len(keys)), _AT_ONCE)
    ]
    columns = zip(*parts, strict=True)
    words, proof, sentences, place, other_place = (np.concatenate(column) for column in columns)
    one, other = np.divmod(keys, max(1, known.articles))
    return _Pairs(
        one,
        other,
        words.astype(np.int64),
        proof.astype(np.int64),
        sentences.astype(np.int64),
        place,
        other_place,
    )


def _compared_few(
    known: Printed, keys: Numbers, order: Numbers, begins: Numbers, held: Numbers
) -> tuple[Shares, ...]:
    one, other = np.divmod(keys, max(1, known.articles))
    counts = begins[one + 1] - begins[one]
    pair = np.repeat(np.arange(len(keys)), counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    mine = order[np.repeat(begins[one], counts) + place]
    wanted = other[pair] * known.sentences + known.sentence[mine]
    at = np.minimum(np.searchsorted(held, wanted), max(0, len(held) - 1))
    met = held[at] == wanted if len(held) else np.zeros(0, np.bool_)
    pair, mine, yours = pair[met], mine[met], order[at[met]]
    words = np.minimum(known.words[mine], known.words[yours])
    proof = np.minimum(known.proof[mine], known.proof[yours])

    def summed(amounts: npt.NDArray[Any]) -> Shares:
        return np.bincount(pair, weights=amounts, minlength=len(keys)).astype(np.float64)

    proved = summed(proof)
    least = np.maximum(proved, 1)
    places = (summed(known.place[side] * proof) / least for side in (mine, yours))
    return summed(words), proved, summed(proof > 0), *places


def _share(shared: Numbers, pairs: _Pairs, totals: Numbers) -> Shares:
    """Return the share of the shorter one's words that two articles share."""
    shorter = np.minimum(totals[pairs.one], totals[pairs.other])
    return shared / np.maximum(1, np.maximum(shorter, shared))
