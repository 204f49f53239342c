"""Versions of one page: corrections and updates, of which the newest is what counts."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from corpus.sameness import Numbers, Printed

_COMPARED = 100
"""With how many of the newest of an address each is compared."""


def newer(headers: npt.NDArray[np.void], known: Printed) -> Numbers:
    """Return for each article the newest version of its page, -1 where none is known to be newer.

    Articles are versions of a page if they have one address (`corpus.addresses.canonical`) and the
    title or a sentence in common: under one address may stand a front page that changes daily. The
    newest is the one with the latest date; what has no date is neither older nor newer.
    """
    found = np.full(len(headers), -1, np.int64)
    sentences: dict[int, set[int]] = {}
    groups = list(_groups(headers["address"]))
    wanted = np.zeros(len(headers), np.bool_)
    for group in groups:
        wanted[group] = True
    held = wanted[known.article]
    for article, sentence in zip(
        known.article[held].tolist(), known.sentence[held].tolist(), strict=True
    ):
        sentences.setdefault(article, set()).add(sentence)
    for group in groups:
        moments = headers["moment"][group]
        dated = [n for n, moment in zip(group, moments.tolist(), strict=True) if moment == moment]  # noqa: PLR0124 - NaN
        dated.sort(key=lambda n: (-float(headers["moment"][n]), n))
        for place, article in enumerate(dated):
            for later in dated[: min(place, _COMPARED)]:
                if headers["moment"][later] > headers["moment"][article] and (
                    headers["title"][later] == headers["title"][article]
                    or sentences.get(later, set()) & sentences.get(article, set())
                ):
                    found[article] = later
                    break
    return found


def _groups(addresses: npt.NDArray[np.uint64]) -> Iterator[Sequence[int]]:
    """Yield the articles of each address that several have."""
    order = np.argsort(addresses, kind="stable")
    ordered = addresses[order]
    ends = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]) + 1, len(order))
    start = 0
    for end in ends.tolist():
        if end - start > 1 and ordered[start] > 0:
            yield order[start:end].tolist()
        start = end
