"""Made-up passages with the statistics of news, as terms: for engines, which see nothing else.

Words are as frequent as Zipf and Mandelbrot have it, with new ones to the last passage; the commonest
is in about a fifth of all passages. Articles come back to the few words that they are about. A
passage has about 28 terms, as 45 words of English have without stop words. Deterministic: a seed gives
the same passages, however many are asked for.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

_WORDS = 1_000_000
_SHIFT = 8
"""Mandelbrot's: how far the commonest words are from being as common as Zipf alone would have them."""
_BATCH = 10_000
_PER_ARTICLE = 10
_TOPIC = 12
_OF_TOPIC = 0.25
_MEAN = 28.0
_SPREAD = 0.35
"""Of the logarithm of a passage's length."""
_FORMS = ("", "", "", "s", "ed")
"""Drawn at random: three of five words are written as they are asked for."""

Ids = npt.NDArray[np.int64]


class _Words(dict[int, str]):
    """A word for each rank: one string for all its occurrences, as in a text that was analyzed."""

    def __missing__(self, rank: int) -> str:
        self[rank] = f"w{rank}"
        return self[rank]


class Newswire:
    """Passages and questions of one seed. *fields* adds every kind of term that the analyzer adds."""

    def __init__(self, seed: int = 1, *, fields: bool = False) -> None:
        self._seed = seed
        self._fields = fields
        self._words = _Words()

    def passages(self, number: int, first: int = 0) -> Iterator[list[str]]:
        """Yield *number* passages, each the terms of one, from passage *first* on."""
        batch, skipped = divmod(first, _BATCH)
        yield from islice(self._from_batch(batch), skipped, skipped + number)

    def questions(self, number: int, size: int) -> list[dict[str, float]]:
        """Return the weighted terms of questions: 5 to 12 words of two of the first *size* passages."""
        chance = np.random.default_rng([self._seed, 0xA5])
        plain = Newswire(self._seed)
        batches: dict[int, list[list[str]]] = {}
        asked = []
        for _ in range(number):
            batch = int(chance.integers(max(1, min(size // _BATCH, 5))))
            if batch not in batches:
                most = min(_BATCH, size - batch * _BATCH)
                batches[batch] = list(plain.passages(most, batch * _BATCH))
            two = [batches[batch][int(i)] for i in chance.integers(len(batches[batch]), size=2)]
            words = list(dict.fromkeys(chance.permutation(two[0] + two[1]).tolist()))
            asked.append(self._terms(words[: int(chance.integers(5, 13))]))
        return asked

    def _terms(self, words: Sequence[str]) -> dict[str, float]:
        """Return what a question of these words searches for, with the weights of `retrieval.query`."""
        terms = dict.fromkeys(words, 1.0)
        if self._fields:
            terms |= {f"={word}": 0.5 for word in words}
            terms |= {f"^{word}": 0.15 for word in words}
            terms |= {f"+{one} {other}": 0.2 for one, other in pairwise(words)}
        return terms

    def _from_batch(self, batch: int) -> Iterator[list[str]]:
        while True:
            yield from self._batch(batch)
            batch += 1

    def _batch(self, batch: int) -> Iterator[list[str]]:
        chance = np.random.default_rng([self._seed, batch])
        lengths = chance.lognormal(np.log(_MEAN) - _SPREAD**2 / 2, _SPREAD, _BATCH)
        sizes = np.maximum(2, lengths.astype(np.int64))
        total = int(sizes.sum())
        drawn = self._drawn(chance, total)
        topics = self._drawn(chance, _BATCH // _PER_ARTICLE * _TOPIC).reshape(-1, _TOPIC)
        article = np.repeat(np.arange(_BATCH) // _PER_ARTICLE, sizes)
        of_topic = topics[article, chance.integers(_TOPIC, size=total)]
        ids = np.where(chance.random(total) < _OF_TOPIC, of_topic, drawn).tolist()
        forms = chance.integers(len(_FORMS), size=total).tolist() if self._fields else ()
        ends = np.append(0, np.cumsum(sizes)).tolist()
        titles = topics[:, : _TOPIC // 2].tolist()
        for number, (start, end) in enumerate(pairwise(ends)):
            words = [self._words[i] for i in ids[start:end]]
            if not self._fields:
                yield words
                continue
            title = titles[number // _PER_ARTICLE]
            yield [
                *words,
                *(f"={w}{_FORMS[f]}" for w, f in zip(words, forms[start:end], strict=True)),
                *(f"+{one} {other}" for one, other in pairwise(words)),
                *(f"^{self._words[i]}" for i in title),
            ]

    @cached_property
    def _cumulated(self) -> npt.NDArray[np.float64]:
        shares = np.cumsum(1 / (np.arange(_WORDS) + 1.0 + _SHIFT))
        shares /= shares[-1]
        return shares

    def _drawn(self, chance: np.random.Generator, number: int) -> Ids:
        return np.searchsorted(self._cumulated, chance.random(number))
