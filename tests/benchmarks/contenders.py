"""Search engines side by side: each is given the same terms, and does what its makers tell it to.

What an engine cannot do, such as being updated, it does not define; the benchmark then says so.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from rank_bm25 import BM25Okapi
from typing_extensions import override

from retrieval.engines.bm25 import RankBm25, RankBm25Index
from retrieval.engines.tantivy import Tantivy, TantivyIndex
from retrieval.models import Terms

Passages = Iterable[list[str]]

TOP = 10
"""Hits that are asked for."""


class Contender(Protocol):
    """An engine under measurement. Numbers of passages are those of the order they are given in."""

    def build(self, passages: Passages, folder: Path) -> None:
        """Index *passages*, and save the index into *folder* if the engine can."""
        ...

    def ask(self, terms: Terms) -> Sequence[int]:
        """Return the best TOP passages."""
        ...


class Opens(Protocol):
    """Can open what was built before."""

    def open(self, folder: Path) -> None:
        """Open the index that was saved into *folder*."""
        ...


class Updates(Protocol):
    """Can be changed without being built anew."""

    def update(self, gone: Sequence[int], fresh: list[list[str]], folder: Path) -> None:
        """Replace the passages *gone* by *fresh* ones, so that they can be asked, and save."""
        ...


class _Ours:
    """What both engines of this project have in common."""

    _engine: RankBm25 | Tantivy
    _index: RankBm25Index | TantivyIndex

    def build(self, passages: Passages, folder: Path) -> None:
        self._index = self._engine.build(passages)
        self._index.save(folder)

    def open(self, folder: Path) -> None:
        self._index = self._engine.open(folder)

    def ask(self, terms: Terms) -> Sequence[int]:
        return [hit.passage for hit in self._index.search(terms, TOP)]

    def update(self, gone: Sequence[int], fresh: list[list[str]], folder: Path) -> None:
        origin = np.arange(len(self._index))
        origin[list(gone)] = -1
        self._index = self._index.updated(origin, fresh)
        self._index.save(folder)


class Default(_Ours):
    """This project's default: postings under rank-bm25's formula."""

    def __init__(self) -> None:
        self._engine = RankBm25()


class OnDisk(_Ours):
    """This project's tantivy."""

    def __init__(self) -> None:
        self._engine = Tantivy()


class Stock:
    """rank_bm25 as it comes."""

    def build(self, passages: Passages, folder: Path) -> None:
        self._bm25 = BM25Okapi(list(passages), k1=1.2, b=0.75)
        self._numbers = range(self._bm25.corpus_size)

    def ask(self, terms: Terms) -> Sequence[int]:
        best: list[int] = self._bm25.get_top_n(list(terms), self._numbers, TOP)
        return best


class Bm25s:
    """bm25s with its scores computed by numpy."""

    _backend = "numpy"
    _mapped = True

    def build(self, passages: Passages, folder: Path) -> None:
        import bm25s

        self._bm25 = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=self._backend)
        self._bm25.index(list(passages), show_progress=False)
        self._bm25.save(folder)
        self._ready()

    def open(self, folder: Path) -> None:
        import bm25s

        self._bm25 = bm25s.BM25.load(folder, mmap=self._mapped)
        self._bm25.backend = self._backend
        self._ready()

    def ask(self, terms: Terms) -> Sequence[int]:
        # Words that it does not know are an error to it.
        known = [term for term in terms if term in self._bm25.vocab_dict]
        found: Any = self._bm25.retrieve([known], k=TOP, show_progress=False)
        best: list[int] = found.documents[0].tolist()
        return best

    def _ready(self) -> None:
        """Do what is to be done once before the first question."""


class Bm25sNumba(Bm25s):
    """bm25s with its scores computed by code that numba compiles."""

    _backend = "numba"

    @override
    def _ready(self) -> None:
        self._bm25.activate_numba_scorer()


class Fts5:
    """SQLite's full text search, which is part of Python."""

    def build(self, passages: Passages, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connect(folder)
        self._database.execute("create virtual table passages using fts5(terms)")
        rows = enumerate(map(" ".join, passages))
        with self._database:
            self._database.executemany("insert into passages(rowid, terms) values (?, ?)", rows)
        self._database.execute("insert into passages(passages) values ('optimize')")
        self._database.commit()

    def open(self, folder: Path) -> None:
        self._connect(folder)

    def ask(self, terms: Terms) -> Sequence[int]:
        either = " OR ".join(f'"{term}"' for term in terms)
        rows = self._database.execute(
            "select rowid from passages where passages match ? order by rank limit ?", (either, TOP)
        )
        return [row for (row,) in rows]

    def update(self, gone: Sequence[int], fresh: list[list[str]], folder: Path) -> None:
        with self._database:
            self._database.executemany(
                "delete from passages where rowid = ?", ((number,) for number in gone)
            )
            self._database.executemany(
                "insert into passages(rowid, terms) values (?, ?)",
                ((n, " ".join(terms)) for n, terms in zip(gone, fresh, strict=True)),
            )

    def _connect(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "passages.db")


OURS = "rank-bm25, ours"
ALL_TERMS = "rank-bm25, ours, all terms"
"""The same, with exact forms, pairs and titles indexed and asked, too."""

CONTENDERS: dict[str, Callable[[], Contender]] = {
    OURS: Default,
    ALL_TERMS: Default,
    "tantivy, ours": OnDisk,
    "bm25s, numba": Bm25sNumba,
    "bm25s, numpy": Bm25s,
    "SQLite FTS5": Fts5,
    "rank-bm25, stock": Stock,
}
"""Each engine by its name in a table."""

_NEEDS = {"bm25s, numba": "numba", "bm25s, numpy": "bm25s", "tantivy, ours": "tantivy"}


def at_hand() -> Iterator[str]:
    """Yield the names of the contenders that are installed."""
    for name in CONTENDERS:
        if name not in _NEEDS or find_spec(_NEEDS[name]) is not None:
            yield name
