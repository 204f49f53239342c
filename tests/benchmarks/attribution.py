"""Print precision and recall of speakers on labelled articles: python -m tests.benchmarks.attribution [FILE ...].

The labels stand in tests/retrieval/speakers: rules are mended with mended.txt, the others are scored
before they are looked at. With names of files, their wrong sentences are printed, too.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from retrieval.attribution import attribute

FOLDER = Path(__file__).parents[1] / "retrieval" / "speakers"
WIKINEWS = Path(__file__).parents[3] / "shared" / "eval" / "gum_wikinews" / "articles.jsonl"
"""Real articles, which are no part of this repository; their labels are offsets, without a text."""
UNSCORED = "?"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with a label for each sentence: words that its speaker's mention holds, or "-".

    A sentence of which it can be argued who says it has the label "?", and is not scored.
    """

    title: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, who is meant to say it, and the mention that was found, or None."""

    sentence: str
    label: str
    mention: str | None

    @property
    def is_right(self) -> bool:
        """Whether the mention holds one of the label's names, or both are empty."""
        if self.mention is None or self.label == "-":
            return self.mention is None and self.label == "-"
        found = self.mention.casefold().replace("\u2019", "'")
        return any(name.casefold() in found for name in self.label.split(" and "))


def files() -> list[Path]:
    """Return the labelled files; those of offsets only where their articles are."""
    by_offsets = sorted(FOLDER.glob("*.tsv")) if WIKINEWS.is_file() else []
    return [*sorted(FOLDER.glob("*.txt")), *by_offsets]


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield the articles of a labelled file."""
    return _by_offsets(path) if path.suffix == ".tsv" else _with_text(path)


def _by_offsets(path: Path) -> Iterator[Labelled]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    rows = [line.split(" ", 3) for line in lines]
    articles = map(json.loads, WIKINEWS.read_text(encoding="utf-8").splitlines())
    texts = {article["id"]: article["text"] for article in articles}
    for name, group in groupby(rows, key=lambda row: row[0]):
        of_article = list(group)
        bounds = tuple((int(start), int(end)) for _, start, end, _ in of_article)
        yield Labelled(name, texts[name], bounds, tuple(row[3] for row in of_article))


def _with_text(path: Path) -> Iterator[Labelled]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("# ")]
    for block in "\n".join(lines).split("\n== ")[1:]:
        title, _, body = block.partition("\n")
        text, bounds, labels = "", [], []
        for line in body.strip("\n").split("\n"):
            label, bar, sentence = line.partition(" | ")
            if bar:
                bounds.append((len(text), len(text) + len(sentence)))
                labels.append(label.strip())
                text += sentence + " "
            elif text.endswith(" "):
                text = text[:-1] + "\n"
        yield Labelled(title, text, tuple(bounds), tuple(labels))


def judged(article: Labelled) -> Iterator[Judged]:
    """Yield each sentence of an article with the speaker that was found."""
    found = attribute(article.text, article.sentences)
    for (start, end), label, said in zip(article.sentences, article.labels, found, strict=True):
        if label == UNSCORED:
            continue
        who = said.speaker
        mention = article.text[who.start : who.end] if who is not None else None
        yield Judged(article.text[start:end], label, mention)


def precision_and_recall(path: Path) -> tuple[float, float, int]:
    """Return precision, recall and the number of sentences of a labelled file."""
    every = [one for article in labelled(path) for one in judged(article)]
    right = sum(one.is_right for one in every if one.label != "-")
    attributed = sum(one.mention is not None for one in every)
    spoken = sum(one.label != "-" for one in every)
    return right / max(1, attributed), right / max(1, spoken), len(every)


def milliseconds(characters: int = 3000, runs: int = 5) -> float:
    """Return the processor time that so many characters of the passages take, the best of some runs."""
    articles = [a for path in files() for a in labelled(path)]
    length = sum(len(article.text) for article in articles)
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        for article in articles:
            attribute(article.text, article.sentences)
        best = min(best, time.process_time() - started)
    return best * 1000 * characters / length


def main() -> None:
    """Print the figures of each file, and the wrong sentences of the files that are named."""
    for path in files():
        precision, recall, sentences = precision_and_recall(path)
        print(f"{path.stem}: {sentences} sentences, P {precision:.3f} R {recall:.3f}")
        if path.stem not in sys.argv[1:]:
            continue
        for one in (one for article in labelled(path) for one in judged(article)):
            if not one.is_right:
                print(f"  {one.label} | {one.mention} | {one.sentence}")
    print(f"{milliseconds():.1f} ms for 3,000 characters")


if __name__ == "__main__":
    main()
