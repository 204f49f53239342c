"""Golden questions: read leniently, asked before and after, and what counts as broken."""

import json
from pathlib import Path

import pytest

from bot.golden import FILE, MOST, Golden
from bot.snapshots import load_snapshot
from tests.bot.administering import KEPT, NEW, OLD, golden, write_golden
from tests.bot.running import write_articles


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus", OLD, KEPT)


def test_what_breaks(corpus: Path, tmp_path: Path) -> None:
    """A fact that is shown no more breaks a question, and so does an answer where none should be."""
    write_golden(
        corpus,
        golden("fact", "who denied everything?", OLD),
        golden("stays", "when did the harbour reopen?", KEPT),
        golden("refusal", "who painted the bridge?"),
    )
    painted = {"id": "p", "text": "The new minister painted the bridge on Friday."}
    before = load_snapshot(corpus)
    after = load_snapshot(write_articles(tmp_path / "after", KEPT, painted))

    trial = Golden.of(corpus).tried(before, after, limit=3)

    assert (trial.asked, trial.right_before, trial.right_after) == (3, 3, 1)
    assert [each.id for each in trial.broken] == ["fact", "refusal"]


def test_what_was_wrong_before_does_not_break(corpus: Path, tmp_path: Path) -> None:
    """Only what was right can break; what gets right is counted."""
    write_golden(corpus, golden("new", "who denied everything?", NEW))
    before, after = (
        load_snapshot(corpus),
        load_snapshot(write_articles(tmp_path / "after", NEW, KEPT)),
    )

    there = Golden.of(corpus).tried(before, after, limit=3)
    same = Golden.of(corpus).tried(after, after, limit=3)

    assert (there.right_before, there.right_after, there.broken) == (0, 1, ())
    assert (same.right_before, same.right_after, same.broken) == (1, 1, ())


def test_articles_are_enough(corpus: Path) -> None:
    """Where no fact is judged, the relevant article must be quoted."""
    asked = {"question": "who denied everything?", "answerable": True}
    write_golden(
        corpus,
        json.dumps({"id": "a", **asked, "articles": ["old"]}),
        json.dumps({"id": "b", **asked, "articles": ["kept"]}),
        json.dumps({"id": "c", **asked}),
    )
    snapshot = load_snapshot(corpus)

    assert Golden.of(corpus).tried(snapshot, snapshot, limit=3).right_before == 2


def test_broken_lines(corpus: Path) -> None:
    """A line that is no question is refused by its address; the others are asked."""
    good = golden("fact", "who denied everything?", OLD)
    write_golden(corpus, good, "{", '{"id": 1}', "", good)

    found = Golden.of(corpus)

    assert len(found.questions) == 2
    assert [str(each).partition(" ")[0] for each in found.refused] == [
        "golden.jsonl:2:",
        "golden.jsonl:3:",
    ]


def test_what_is_no_file(corpus: Path) -> None:
    """Without a file there are no questions; a folder in its place, or one file for all, is none."""
    assert Golden.of(corpus) == Golden.of(corpus / "articles.jsonl") == Golden()
    (corpus / FILE).mkdir()

    assert Golden.of(corpus) == Golden()


def test_too_much(corpus: Path) -> None:
    """A file without an end, or a line without one, takes no more than so much."""
    write_golden(corpus, *[golden("fact", "who?", OLD)] * (MOST + 5))
    many = Golden.of(corpus)
    (corpus / FILE).write_bytes(b"x" * (3 << 20))
    long = Golden.of(corpus)

    assert len(many.questions) == MOST
    assert str(many.refused[0]).startswith("golden.jsonl: more than 1,000")
    assert [str(each) for each in long.refused] == ["golden.jsonl:1: longer than 1,048,576 bytes"]
