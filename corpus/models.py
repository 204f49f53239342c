"""The two things a corpus is made of: articles, and spans of their text."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import override

SUMMARY = " (summary)"
"""Stands behind the address of an article of which the source gives no more than a summary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as it was read. Paragraphs of *text* are separated by line breaks.

    *published_at* is timezone-aware, or None where the source does not say; *source* is where the
    article was read (`news.jsonl:17`); *sha256* is the hexadecimal digest of the text's UTF-8.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    source: str = field(default="", compare=False)
    sha256: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.published_at is not None and self.published_at.tzinfo is None:
            raise ValueError(f"article {self.id!r}: published_at has no time zone")
        # A lone surrogate has no UTF-8; it is hashed all the same, so that any text has a digest.
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "sha256", digest)

    @property
    def is_summary(self) -> bool:
        """Whether the text is a summary: its source, a feed, gives no more."""
        return self.source.endswith(SUMMARY)

    @override
    def __repr__(self) -> str:
        return f"<Article {self.id!r}, {len(self.text)} characters>"


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of an article's text: *start* and *end* are offsets in code points.

    `span.text` is `article.text[start:end]`, so what a span shows is verbatim by construction.
    Raises ValueError when the slice is empty or leaves the text.
    """

    article: Article
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(
                f"span {self.start}..{self.end} is not inside article {self.article.id!r} "
                f"of {len(self.article.text)} characters"
            )

    @property
    def text(self) -> str:
        """The characters of the slice."""
        return self.article.text[self.start : self.end]

    def __contains__(self, other: object) -> bool:
        return (
            isinstance(other, Span)
            and other.article is self.article
            and self.start <= other.start
            and other.end <= self.end
        )

    @override
    def __repr__(self) -> str:
        return f"<Span {self.article.id!r} {self.start}..{self.end}>"
