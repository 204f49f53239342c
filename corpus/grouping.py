"""Pairs of copies into stories."""

from collections.abc import Iterator, Sequence

from corpus.copies import Link
from corpus.sameness import Printed

_LOOKED_AT = 16
"""Of how many articles of a group it is seen whether another belongs to them."""


class Grouping:
    """Puts articles into stories, link by link, the surest first.

    A report that was made of two others is a copy of both; they do not become one by it. So two
    groups are joined only where most of either share something with the one that links them.
    """

    def __init__(self, known: Printed) -> None:
        proves = known.proof > 0
        self._known: dict[int, set[int]] = {}
        for article, sentence in zip(
            known.article[proves].tolist(), known.sentence[proves].tolist(), strict=True
        ):
            self._known.setdefault(article, set()).add(sentence)
        self._group: dict[int, list[int]] = {}

    def groups(self, found: Sequence[Link]) -> Iterator[list[int]]:
        """Yield the articles of each story of several, ascending."""
        for one, other in found:
            mine, yours = self._group.get(one, [one]), self._group.get(other, [other])
            if mine is not yours and self._belongs(one, yours) and self._belongs(other, mine):
                joined = mine + yours
                self._group.update(dict.fromkeys(joined, joined))
        seen = {id(group): group for group in self._group.values()}
        yield from (sorted(group) for group in seen.values())

    def _belongs(self, article: int, group: Sequence[int]) -> bool:
        """Tell whether *article* shares something with most of the *group*, or of some of it."""
        looked_at = group[:: max(1, len(group) // _LOOKED_AT)]
        return 2 * sum(self._share(article, other) for other in looked_at) > len(looked_at)

    def _share(self, one: int, other: int) -> bool:
        mine, yours = self._known.get(one, set()), self._known.get(other, set())
        fewer = min(len(mine), len(yours))
        return len(mine & yours) >= min(2, (fewer + 1) // 2)
