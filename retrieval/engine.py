"""The boundary to a search engine: what one must offer, whatever it is made of."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from retrieval.models import Hit, Terms


class Index(Protocol):
    """**Protocol:** passages that can be searched. Never changes once built; safe from several threads."""

    def __len__(self) -> int:
        """Return the number of passages."""
        ...

    def search(self, terms: Terms, limit: int) -> Sequence[Hit]:
        """Return at most *limit* passages that share a term with *terms*, best first.

        Each weight is above 0 and multiplies what its term adds to a passage's score. Equal scores
        keep the order of the passages. No terms, or none that is known, find nothing.
        """
        ...

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold *term*."""
        ...


class Engine(Protocol):
    """**Protocol:** makes an index. Passages are numbered from 0 in the order given."""

    def build(self, passages: Iterable[Iterable[str]]) -> Index:
        """Index the terms of each passage; a term that occurs twice counts twice. May be empty."""
        ...
