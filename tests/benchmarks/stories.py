"""Prints how well copies are told from other articles, pair by pair, and how fast.

python -m tests.benchmarks.stories                      the labelled set in tests/golden/stories
python -m tests.benchmarks.stories --made 2000 --seed 7 articles made for the purpose
python -m tests.benchmarks.stories --speed 10000        seconds for so many articles
"""

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from corpus.loading import load
from corpus.signatures import signature
from corpus.stories import Stories, fold
from tests.benchmarks.newsrooms import Made, Newsrooms

GOLDEN = Path(__file__).parents[1] / "golden" / "stories"

Pair = tuple[int, int]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=int)
    parser.add_argument("--write", type=int, help="write so many articles into the labelled set")
    options = parser.parse_args()
    if options.write:
        write(Newsrooms(options.seed).articles(options.write))
    elif options.speed:
        _print_speed(options.speed)
    else:
        made = Newsrooms(options.seed).articles(options.made) if options.made else read()
        _print_quality(made)


def write(made: Iterable[Made]) -> None:
    """Write articles and their labels into the labelled set."""
    with (
        (GOLDEN / "articles.jsonl").open("w") as articles,
        (GOLDEN / "labels.jsonl").open("w") as labels,
    ):
        for each in made:
            one = each.article
            fields = {
                "id": one.id, "title": one.title, "url": one.url, "publisher": one.publisher,
                "published_at": one.published_at and one.published_at.isoformat(), "text": one.text,
            }  # fmt: skip
            articles.write(json.dumps(fields, ensure_ascii=False) + "\n")
            label = {
                "id": one.id, "kind": each.kind, "story": each.story,
                "parts_of": sorted(each.parts_of), "old": each.old,
            }  # fmt: skip
            labels.write(json.dumps(label) + "\n")


def read() -> list[Made]:
    """Read the labelled set."""
    articles = {article.id: article for article in load(GOLDEN / "articles.jsonl").articles}
    labels = map(json.loads, (GOLDEN / "labels.jsonl").read_text().splitlines())
    return [
        Made(articles[it["id"]], it["kind"], it["story"], frozenset(it["parts_of"]), it["old"])
        for it in labels
    ]


def folded(made: Sequence[Made]) -> Stories:
    """Return the stories of the articles, in their order."""
    return fold([signature(each.article) for each in made])


def judged(made: Sequence[Made], stories: Stories) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """Return the pairs that are copies, those that were found, and those that do not count.

    A report that was made of two is judged with the one that it has most of; with the other it is
    neither right nor wrong.
    """
    right = set(_pairs(each.story for each in made))
    found = set(_pairs(stories.story.tolist()))
    neither = {
        pair
        for pair in right ^ found
        if made[pair[0]].story in made[pair[1]].parts_of
        or made[pair[1]].story in made[pair[0]].parts_of
    }
    return right - neither, found - neither, neither


def _pairs(stories: Iterable[int]) -> Iterator[Pair]:
    members: dict[int, list[int]] = {}
    for number, story in enumerate(stories):
        members.setdefault(story, []).append(number)
    for group in members.values():
        yield from combinations(group, 2)


def _print_quality(made: Sequence[Made]) -> None:
    stories = folded(made)
    right, found, neither = judged(made, stories)
    hit = right & found
    print(f"{len(made)} articles, {len(right)} pairs of copies, {len(neither)} pairs not judged")
    print(
        f"precision {len(hit) / max(1, len(found)):.3f}  recall {len(hit) / max(1, len(right)):.3f}"
    )
    for title, pairs in (("missed", right - found), ("wrong", found - right)):
        kinds = Counter(" + ".join(sorted((made[a].kind, made[b].kind))) for a, b in pairs)
        every = Counter(" + ".join(sorted((made[a].kind, made[b].kind))) for a, b in right | found)
        for kind, count in kinds.most_common(12):
            print(f"  {title} {count:5} of {every[kind]:5}  {kind}")
    old = [each.old for each in made]
    marked = (stories.newer >= 0).tolist()
    both = sum(a and b for a, b in zip(old, marked, strict=True))
    print(f"older versions: {sum(old)}, found {both}, wrongly {sum(marked) - both}")


def _print_speed(number: int) -> None:
    made = Newsrooms().articles(number)
    began = time.process_time()
    signatures = [signature(each.article) for each in made]
    signed = time.process_time()
    stories = fold(signatures)
    ended = time.process_time()
    size = sum(map(len, signatures))
    print(f"{number} articles, {sum(len(m.article.text) for m in made) // number} characters each")
    print(
        f"signatures: {signed - began:.1f} s, {1e3 * (signed - began) / number:.2f} ms an article"
    )
    print(f"            {size / 1e6:.1f} MB, {size // number} bytes an article")
    print(f"folding:    {ended - signed:.2f} s: {stories}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
