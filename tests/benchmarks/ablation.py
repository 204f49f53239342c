"""What each piece of the answering is worth: the figures of a set with all of them, and without each.

python -m tests.benchmarks.ablation FOLDER ... [--only NAME ...]

A row shows by how much each figure changes when the piece is taken away, so a minus is what it is
worth; for "wrongly refused", and only there, a plus is. A folder holds
questions.jsonl and articles.jsonl; without the latter, the questions are on the bundled sample. The corpus is read once, so that what chance finds in it is not measured anew.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path

from typing_extensions import override

from bot.snapshots import load_snapshot
from corpus.loading import SAMPLE
from retrieval import relations
from retrieval.answering import answer
from retrieval.engine import Among, Index, Numbers
from retrieval.evaluation import Figures, JudgedQuestion, evaluate, read_questions
from retrieval.indexed import IndexedCorpus
from retrieval.lexicon import rows
from retrieval.models import Hit, Terms
from retrieval.rows import Study
from retrieval.sentences import Sentence
from retrieval.vocabulary import Vocabulary
from retrieval.weights import Weights

COLUMNS = (
    *("success_at_1", "success_at_3", "article_first", "ndcg_at_10"),
    *("refused", "wrongly_refused"),
)

_TABLES = ("synonyms", "concepts", "kinds", "asked", "places", "cities", "organisations")
_TERMS = {"words as written": "=", "pairs of words": "+", "titles": "^"}
_FACTORS = ("half_life",)
"""Weights that are no summand, so that 0 would not be none of them."""


@dataclass(frozen=True)
class Piece:
    """Something that can be taken away: from a corpus, or from the program for a while."""

    name: str
    without: Callable[[IndexedCorpus], IndexedCorpus] = lambda corpus: corpus
    away: Callable[[], AbstractContextManager[None]] = nullcontext


class FewerTerms:
    """An index that is searched without the terms of one prefix."""

    def __init__(self, index: Index, prefix: str) -> None:
        self._index = index
        self._prefix = prefix
        self.frequency = index.frequency

    def __len__(self) -> int:
        return len(self._index)

    def search(
        self,
        terms: Terms,
        limit: int,
        among: Among | None = None,
        *,
        only: Numbers | None = None,
    ) -> Sequence[Hit]:
        """See `retrieval.engine.Index`."""
        kept = {t: weight for t, weight in terms.items() if not t.startswith(self._prefix)}
        return self._index.search(kept, limit, among, only=only)


class Underived(Vocabulary):
    """A vocabulary in which no word is derived from another."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        vars(self).update(vars(vocabulary))

    @override
    def derived_from(self, stem: str) -> Sequence[str]:
        return ()


def pieces() -> Iterator[Piece]:
    """Yield everything that can be taken away."""
    for weight in fields(Weights):
        if weight.name not in _FACTORS:
            yield Piece(f"weight: {weight.name}", partial(_weightless, weight.name))
    for name, prefix in _TERMS.items():
        yield Piece(f"terms: {name}", partial(_with_fewer_terms, prefix))
    for table in _TABLES:
        yield Piece(f"table: {table}", away=partial(_without_tables, table))
    yield Piece("all tables", away=partial(_without_tables, *_TABLES))
    yield Piece("derivations", lambda c: replace(c, vocabulary=Underived(c.vocabulary)))
    yield Piece("attribution", _unattributed)
    yield Piece("calibration", lambda corpus: replace(corpus, chance=IndexedCorpus.chance))


def _weightless(name: str, corpus: IndexedCorpus) -> IndexedCorpus:
    return replace(corpus, weights=replace(corpus.weights, **{name: 0.0}))


def _with_fewer_terms(prefix: str, corpus: IndexedCorpus) -> IndexedCorpus:
    return replace(corpus, index=FewerTerms(corpus.index, prefix))


class Unattributed(Study):
    """Sentences of which nobody knows who says them."""

    __slots__ = ()

    @override
    def _sentence(self, number: int) -> Sentence:
        nobody: frozenset[str] = frozenset()
        read = super()._sentence(number)
        return replace(read, speaker=None, speaker_stems=nobody, acts=())


def _unattributed(corpus: IndexedCorpus) -> IndexedCorpus:
    volumes, places = corpus.volumes.volumes, corpus.volumes.places.tolist()
    rows = (volumes[volume].study(row) for volume, row in places)
    return replace(corpus, sentences=tuple(map(Unattributed, rows)))


@contextmanager
def _without_tables(*names: str) -> Iterator[None]:
    vars(relations)["rows"] = lambda name: () if name in names else rows(name)
    relations.relations.cache_clear()
    try:
        yield
    finally:
        vars(relations)["rows"] = rows
        relations.relations.cache_clear()


def figures_of(corpus: IndexedCorpus, questions: Sequence[JudgedQuestion]) -> Figures:
    """Return the figures of a set."""
    return evaluate(questions, lambda q: answer(q.question, corpus, now=q.asked_at, limit=10))


def ablate(folder: Path, only: Sequence[str]) -> None:
    """Print the table of one set."""
    articles = folder / "articles.jsonl"
    corpus = load_snapshot(articles if articles.is_file() else SAMPLE).index
    questions = read_questions(folder / "questions.jsonl")
    whole = figures_of(corpus, questions)
    _print(f"\n{folder.name}", [c.replace("_at_", "@").replace("_", " ") for c in COLUMNS])
    _print("all", [_shown(getattr(whole, column)) for column in COLUMNS])
    for piece in pieces():
        if only and not any(part in piece.name for part in only):
            continue
        with piece.away():
            less = figures_of(piece.without(corpus), questions)
        _print(f"- {piece.name}", [_change(whole, less, column) for column in COLUMNS])


def _change(whole: Figures, less: Figures, column: str) -> str:
    before, after = getattr(whole, column), getattr(less, column)
    if before is None or after is None or before == after:
        return ""
    return f"{after - before:+.3f}"


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _print(name: str, cells: Sequence[str]) -> None:
    print(f"{name:28}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


def main() -> None:
    """Print the table of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="parts of names")
    options = parser.parse_args()
    for folder in options.folders:
        ablate(folder, options.only)


if __name__ == "__main__":
    main()
