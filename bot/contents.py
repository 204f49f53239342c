"""What a corpus holds, put in order for those who browse it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rapidfuzz import process

from bot.rendering.lines import on_one_line
from corpus.models import Article
from corpus.passages import passages

_OLDEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles newest first, those without a date last; publishers with their numbers of articles.

    A publisher is as its articles name it, "" for those that name none; the most frequent is first.
    """

    newest: tuple[Article, ...]
    publishers: tuple[tuple[str, int], ...]
    ids: tuple[str, ...]
    """Of the articles in the order of *newest*."""

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "Contents":
        """Put *articles* in order. Takes long for many: not for the event loop."""
        newest = sorted(articles, key=lambda a: a.published_at or _OLDEST, reverse=True)
        counted = Counter(on_one_line(a.publisher or "", 80) for a in articles)
        publishers = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
        return cls(tuple(newest), tuple(publishers), tuple(a.id for a in newest))

    def with_key(self, key: str) -> Article | None:
        """Return the article with this key (see `key_of`), which may be forged.

        Takes a moment where there are many: not for the event loop.
        """
        return next((article for article in self.newest if key_of(article) == key), None)

    def nearest(self, article_id: str, limit: int) -> tuple[Article, ...]:
        """Return the articles whose ids are most like *article_id*. Not for the event loop."""
        found = process.extract(article_id, self.ids, limit=limit, processor=str.casefold)
        return tuple(self.newest[place] for _, _, place in found)


def key_of(article: Article) -> str:
    """Return a short name of *article*: 16 hexadecimal digits, the same whatever becomes of its text."""
    return hashlib.blake2s(article.id.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def passages_of(article: Article) -> int:
    """Return how many passages the article is searched in."""
    return sum(1 for _ in passages(article))
