"""How many questions of one set are refused that are asked of another's articles, for all pairs of sets.

python -m tests.benchmarks.out_of_corpus FOLDER ... [--questions N]

A row has the questions of a set, a column the articles of one: in it stands the share that is not
answered. Where both are the same set, it is the share of answerable questions that is wrongly refused.
Some questions that name nobody ("Who was arrested on Saturday?") are rightly answered by other articles,
too. A folder holds questions.jsonl and articles.jsonl; without the latter, the questions are on the
bundled sample.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot.snapshots import load_snapshot
from corpus.loading import SAMPLE
from retrieval.answering import answer
from retrieval.evaluation import JudgedQuestion, read_questions
from retrieval.indexed import IndexedCorpus
from retrieval.models import Outcome

_WIDTH = 12


def corpus_of(folder: Path) -> IndexedCorpus:
    """Return the articles that a set is on."""
    articles = folder / "articles.jsonl"
    return load_snapshot(articles if articles.is_file() else SAMPLE).index


def refused(questions: Sequence[JudgedQuestion], corpus: IndexedCorpus) -> float:
    """Return the share of *questions* that *corpus* does not answer, 0 to 1."""
    ends = [answer(q.question, corpus, now=q.asked_at).outcome for q in questions]
    return sum(end is not Outcome.ANSWERED for end in ends) / max(1, len(ends))


def main() -> None:
    """Print the table, and the mean over all pairs of different sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--questions", type=int, default=300, help="at most so many of each set")
    options = parser.parse_args()
    folders: list[Path] = options.folders
    corpora = [corpus_of(folder) for folder in folders]
    _print(["", *(folder.name for folder in folders)])
    apart: list[float] = []
    for folder in folders:
        questions = read_questions(folder / "questions.jsonl")[: options.questions]
        cells = []
        for other, corpus in zip(folders, corpora, strict=True):
            own = other == folder
            asked = [q for q in questions if q.answerable] if own else questions
            share = refused(asked, corpus)
            cells.append(f"({share:.3f})" if own else f"{share:.3f}")
            apart += [] if own else [share]
        _print([folder.name, *cells])
    if apart:
        _print(["mean", f"{sum(apart) / len(apart):.3f}", "least", f"{min(apart):.3f}"])


def _print(cells: Sequence[str]) -> None:
    print("".join(f"{cell:>{_WIDTH}}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
