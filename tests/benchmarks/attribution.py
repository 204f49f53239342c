"""Print precision and recall of speakers on the labelled passages: python -m tests.benchmarks.attribution [-v].

The passages stand in tests/retrieval/speakers: rules are mended with one file, the others are only scored.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.attribution import attribute

FOLDER = Path(__file__).parents[1] / "retrieval" / "speakers"
PARTS = ("mended", "scored", "fresh")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with a label for each sentence: words that its speaker's mention holds, or "-"."""

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


def labelled(path: Path) -> Iterator[Labelled]:
    """Yield the articles of a labelled file."""
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
    articles = [a for path in sorted(FOLDER.glob("*.txt")) for a in labelled(path)]
    length = sum(len(article.text) for article in articles)
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        for article in articles:
            attribute(article.text, article.sentences)
        best = min(best, time.process_time() - started)
    return best * 1000 * characters / length


def main() -> None:
    """Print the figures of each file; with -v the wrong sentences of the one to mend rules with."""
    for name in PARTS:
        path = FOLDER / f"{name}.txt"
        precision, recall, sentences = precision_and_recall(path)
        print(f"{name}: {sentences} sentences, P {precision:.3f} R {recall:.3f}")  # noqa: T201 - a command
    print(f"{milliseconds():.1f} ms for 3,000 characters")  # noqa: T201 - a command
    if "-v" in sys.argv:
        for article in labelled(FOLDER / "mended.txt"):
            for one in judged(article):
                if not one.is_right:
                    print(f"  {one.label} | {one.mention} | {one.sentence}")  # noqa: T201 - a command


if __name__ == "__main__":
    main()
