"""The engine for more than fits into memory: tantivy, which keeps its index on disk. Optional.

It is given the analyzer's terms as they are and analyzes nothing itself. Its formula is that of the
default engine, with scores of seven digits, and with lengths above 40 rounded.
"""

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import tantivy
from typing_extensions import override

from retrieval.engine import Among, Numbers as Passages, Origin
from retrieval.engines.generations import current, link, make_current
from retrieval.engines.numbering import Numbers, renumbering
from retrieval.engines.terms import MARKS, hash_of
from retrieval.errors import StoredIndexError
from retrieval.models import Hit, Terms

_FIELDS: Final = {"": "stem", **dict(zip(MARKS, ("form", "pair", "title"), strict=True))}
"""The field of a term by its mark: a field has lengths of its own, so that marked terms make none longer."""

_KEY = "key"
"""The field by which a passage is known for as long as it is in any index."""

_LONGEST = 60
"""Letters up to which a term is written as it is. Tantivy drops very long ones."""

_MEMORY = 64_000_000
"""Bytes that are gathered before they are written. One thread writes, so that passages keep their order."""

_NOISE = 2e-6
"""By how much of a score equal ones may differ: the summands are added up in any order."""

_MORE = 16
"""How many hits are asked for beyond the limit, to see where equal scores end."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in _FIELDS.values():
        builder.add_text_field(field, tokenizer_name="raw", index_option="freq")
    builder.add_unsigned_field(_KEY, indexed=True, fast=True)
    return builder.build()


_SCHEMA: Final = _schema()


class TantivyIndex:
    """Passages in a folder, searched from disk. Never changes; safe from several threads.

    The folder is the index's own, and what is in it is never changed. *numbers* has the number of
    the passage of each key, -1 for one that is left out.
    """

    def __init__(self, folder: Path, numbers: Numbers) -> None:
        self.folder = folder
        self._numbers = numbers
        opened = tantivy.Index.open(str(folder))
        opened.config_reader("manual")
        opened.reload()
        self._searcher = opened.searcher()
        self._size = int(np.count_nonzero(numbers >= 0))

    def __len__(self) -> int:
        return self._size

    @override
    def __repr__(self) -> str:
        return f"<TantivyIndex of {len(self)} passages>"

    def search(
        self,
        terms: Terms,
        limit: int,
        among: Among | None = None,
        *,
        only: Passages | None = None,
    ) -> Sequence[Hit]:
        """See `retrieval.engine.Index`."""
        if limit <= 0 or not terms:
            return []
        query, reach = _query(terms), limit
        while True:
            best = _allowed(self._best(query, reach), among, only)
            unlimited = among is None and only is None
            if unlimited or len(best) >= limit or reach >= len(self):
                return best[:limit]
            # Tantivy does not know the passages by number; it is asked for more of them.
            reach *= 4

    def _best(self, query: tantivy.Query, limit: int) -> list[Hit]:
        hits = self._with_equals(query, limit)
        keys = self._searcher.fast_field_values(_KEY, [address for _, address in hits])
        numbers = self._numbers[np.array(keys, dtype=np.int64)].tolist()
        levels = _levels([score for score, _ in hits])
        best = sorted(zip(levels, numbers, strict=True))[:limit]
        return [Hit(number, -level) for level, number in best]

    def _with_equals(
        self, query: tantivy.Query, limit: int
    ) -> list[tuple[float, tantivy.DocAddress]]:
        """Return the best hits, at least *limit* if there are, and all that equal the last."""
        reach = limit + _MORE
        while True:
            reach = min(reach, max(1, self._searcher.num_docs))
            hits = self._searcher.search(query, reach, count=False).hits
            if len(hits) < reach or reach >= self._searcher.num_docs:
                return hits
            levels = _levels([score for score, _ in hits])
            if levels[-1] != levels[limit - 1]:
                return hits
            reach *= 4

    def frequency(self, term: str) -> int:
        """See `retrieval.engine.Index`."""
        field, written = _place(term)
        if len(self) == len(self._numbers):
            return self._searcher.doc_freq(field, written)
        # Passages that were left out are still counted there, until tantivy rewrites their segment.
        query = tantivy.Query.term_query(_SCHEMA, field, written, "basic")
        counted = self._searcher.search(query, 1, count=True)
        return int(counted.count or 0)  # type: ignore[attr-defined]  # its stubs have forgotten it

    def updated(self, origin: Origin, fresh: Iterable[Iterable[str]]) -> "TantivyIndex":
        """See `retrieval.engine.UpdatableIndex`. Shares the files of this index.

        Passages that are left out go on counting in how rare a term is, until tantivy rewrites
        their segment.
        """
        new = renumbering(origin, len(self))
        numbers = new.of(self._numbers)
        gone = np.flatnonzero((self._numbers >= 0) & (numbers < 0)).tolist()
        folder = link(self.folder, self.folder.parent)
        with _writing(tantivy.Index.open(str(folder)), folder) as writer:
            # Not by term: that takes a number for a signed one, and finds nothing.
            writer.delete_documents_by_query(tantivy.Query.term_set_query(_SCHEMA, _KEY, gone))
            new.check(_add(writer, fresh, len(numbers)))
        return _unsaved(folder, np.append(numbers, new.fresh))

    def save(self, folder: Path) -> None:
        """Write the index into a folder, in place of one that is there. Raises OSError.

        Files are shared where the file system can do it, and else copied.
        """
        make_current(self.folder, folder, self._numbers)


def _allowed(hits: list[Hit], among: Among | None, only: Passages | None) -> list[Hit]:
    """Return those of *hits* that may be found, in their order."""
    passages = np.array([hit.passage for hit in hits], np.int64)
    allowed = np.ones(len(hits), np.bool_)
    if among is not None:
        allowed &= among(passages)
    if only is not None:
        allowed &= np.isin(passages, only, assume_unique=True)
    return [hits[place] for place in np.flatnonzero(allowed).tolist()]


class Tantivy:
    """Builds the index on disk, or opens one that was saved.

    *folder* is where it builds; what is not saved is removed when it is no longer used. The system's
    folder for temporary files by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def build(self, passages: Iterable[Iterable[str]]) -> TantivyIndex:
        """See `retrieval.engine.Engine`."""
        folder = Path(tempfile.mkdtemp(prefix="tantivy-", dir=self._folder))
        with _writing(tantivy.Index(_SCHEMA, path=str(folder)), folder) as writer:
            came = _add(writer, passages, 0)
        return _unsaved(folder, np.arange(came, dtype=np.int32))

    def open(self, folder: Path) -> TantivyIndex:
        """Open an index that was saved.

        Raises StoredIndexError for one that is missing, damaged or of another version.
        """
        generation, numbers = current(folder)
        try:
            return TantivyIndex(generation, numbers)
        except ValueError as error:
            raise StoredIndexError(generation, f"tantivy cannot open it: {error}") from error


def _unsaved(folder: Path, numbers: Numbers) -> TantivyIndex:
    """Return an index that takes its folder with it."""
    index = TantivyIndex(folder, numbers)
    weakref.finalize(index, shutil.rmtree, folder, ignore_errors=True)
    return index


@contextmanager
def _writing(index: tantivy.Index, folder: Path) -> Iterator[tantivy.IndexWriter]:
    """Commit what is written; or else remove the folder, once no thread writes into it any more."""
    writer = index.writer(_MEMORY, 1)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.wait_merging_threads()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    writer.wait_merging_threads()


def _add(writer: tantivy.IndexWriter, passages: Iterable[Iterable[str]], key: int) -> int:
    """Add passages with keys from *key* on, and return how many they were."""
    first = key
    for passage in passages:
        document = tantivy.Document()
        # Not Document(key=...): that stores a signed number, at which the writer later dies.
        document.add_unsigned(_KEY, key)
        for term in passage:
            document.add_text(*_place(term))
        writer.add_document(document)
        key += 1
    return key - first


def _place(term: str) -> tuple[str, str]:
    """Return the field of a term, and how it is written in it."""
    field = _FIELDS[term[:1] if term.startswith(MARKS) else ""]
    if 0 < len(term) <= _LONGEST and term.isprintable():
        return field, term
    return field, f"\0{hash_of(term):x}"


def _query(terms: Terms) -> tantivy.Query:
    def clauses() -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
        for term, weight in terms.items():
            query = tantivy.Query.term_query(_SCHEMA, *_place(term), "freq")
            yield tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)

    return tantivy.Query.boolean_query(list(clauses()))


def _levels(scores: Sequence[float]) -> list[float]:
    """Return for each of descending scores the first that equals it, negated so that the best sorts first."""
    levels: list[float] = []
    for score in scores:
        is_equal = bool(levels) and score >= -levels[-1] * (1 - _NOISE)
        levels.append(levels[-1] if is_equal else -score)
    return levels
