"""What a corpus holds, put in order for those who browse it."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz import process

from bot.rendering.lines import on_one_line
from corpus.models import Article
from corpus.passages import passages
from corpus.stories import Stories
from retrieval.directory import Directory
from retrieval.sequences import Picked

_LONGEST_PUBLISHER = 80


@dataclass(frozen=True)
class Contents:
    """The articles newest first, those without a date last; publishers with their numbers of articles.

    *latest* are the newest without what repeats them: of each page the newest version, of each story
    the article that was first. A publisher is as its articles name it, "" for those that name none;
    the most frequent is first.
    """

    newest: Sequence[Article]
    latest: Sequence[Article]
    publishers: tuple[tuple[str, int], ...]
    directory: Directory

    @classmethod
    def of(cls, articles: Sequence[Article], directory: Directory, stories: Stories) -> "Contents":
        """Put *articles* in order, of which the others tell. Takes a moment: not for the event loop."""
        counts = np.bincount(directory.publisher, minlength=len(directory.publishers) + 1)
        counted: Counter[str] = Counter()
        for name, count in zip(("", *directory.publishers), counts.tolist(), strict=True):
            if count:
                counted[on_one_line(name, _LONGEST_PUBLISHER)] += count
        publishers = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
        newest = Picked(articles, directory.newest_first)
        latest = Picked(articles, _once(directory, stories))
        return cls(newest, latest, tuple(publishers), directory)

    @cached_property
    def _keys(self) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.intp]]:
        """The keys of the articles, ascending, and the place of each among the newest."""
        ids, numbers = self.directory.ids, self.directory.newest_first
        keys = np.array([int(_key(ids[n]), 16) for n in numbers.tolist()], np.uint64)
        order = np.argsort(keys, kind="stable")
        return keys[order], order

    def with_key(self, key: str) -> Article | None:
        """Return the article with this key (see `key_of`), which may be forged.

        Takes a moment where there are many: not for the event loop.
        """
        keys, places = self._keys
        wanted = np.uint64(int(key, 16))
        at = int(np.searchsorted(keys, wanted))
        return self.newest[int(places[at])] if at < len(keys) and keys[at] == wanted else None

    def nearest(self, article_id: str, limit: int) -> tuple[Article, ...]:
        """Return the articles whose ids are most like *article_id*. Not for the event loop."""
        ids = Picked(self.directory.ids, self.directory.newest_first)
        found = process.extract(article_id, ids, limit=limit, processor=str.casefold)
        return tuple(self.newest[place] for _, _, place in found)


def _once(directory: Directory, stories: Stories) -> npt.NDArray[np.intp]:
    """The numbers of the articles that repeat no other one, the newest first."""
    order = directory.newest_first
    order = order[stories.newer[order] < 0]
    undated = len(order) - np.count_nonzero(np.isin(order, directory.dated()))
    # The oldest that has a date comes first here, so that it is what stands for its story.
    dated = order[: len(order) - undated][::-1]
    _, first = np.unique(stories.story[np.append(dated, order[len(dated) :])], return_index=True)
    places = np.where(first < len(dated), len(dated) - 1 - first, first)
    found: npt.NDArray[np.intp] = order[np.sort(places)]
    return found


def key_of(article: Article) -> str:
    """Return a short name of *article*: 16 hexadecimal digits, the same whatever becomes of its text."""
    return _key(article.id)


def _key(article_id: str) -> str:
    return hashlib.blake2s(article_id.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def passages_of(article: Article) -> int:
    """Return how many passages the article is searched in."""
    return sum(1 for _ in passages(article))
