"""The bot's own words: true in number, on one line, and nothing in them from outside unchecked."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from bot.rendering import notices, reloads, wording
from bot.rendering.catalogue import words_for
from bot.rendering.composing import LIMIT, units
from bot.rendering.lines import on_one_line
from bot.rendering.terminal import counted
from bot.reports import ReloadReport, Stage, Status
from corpus.errors import SourceError
from corpus.loading import Changes
from retrieval.models import Outcome, Reason, Searched, Side
from tests.bot.answers import TEXTS, answer, article, snippet

ENGLISH = words_for("en")
MAY = datetime(2023, 5, 4, 9, 5, tzinfo=UTC)


@given(text=TEXTS)
def test_on_one_line(text: str) -> None:
    """Any text becomes one line without anything that prints nothing or turns the line around."""
    line = on_one_line(text, 40)

    assert len(line) <= 40
    assert line == " ".join(line.split())
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_on_one_line_keeps_words_whole() -> None:
    """Emoji and Persian words keep their joiners; what is cut ends with an ellipsis."""
    assert on_one_line("👩‍🚀 می‌خواهم") == "👩‍🚀 می‌خواهم"
    assert on_one_line("a\t\nb\x00c") == "a bc"
    assert on_one_line("abc def", 5) == "abc…"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    """Each reason is said in a sentence of its own."""
    said = wording.reason(ENGLISH, answer(outcome=Outcome.NOTHING, reason=reason))

    assert said is not None
    assert said.endswith(".")


def test_nothing_is_said_twice() -> None:
    """Which words are lacking says that they are; an empty corpus lacks every word."""
    lacking = answer(outcome=Outcome.NOTHING, reason=Reason.UNKNOWN_WORDS)
    empty = answer(outcome=Outcome.NOTHING, reason=Reason.EMPTY_CORPUS)

    assert wording.explanation(ENGLISH, replace(lacking, unknown=("blorp",))) == (
        ENGLISH("words-unknown", words=ENGLISH("quoted-word", word="blorp")),
        wording.searched(ENGLISH, lacking.searched),
    )
    assert wording.explanation(ENGLISH, lacking)[0] == ENGLISH("reason-unknown_words")
    assert wording.explanation(ENGLISH, replace(empty, unknown=("blorp",))) == (
        ENGLISH("reason-empty_corpus"),
    )


def test_numbers() -> None:
    """One is singular, thousands are grouped."""
    assert counted(1, "article") == "1 article"
    assert counted(12_000, "article") == "12,000 articles"


@pytest.mark.parametrize(
    ("oldest", "newest", "said"),
    [
        (None, None, "Searched 3 articles."),
        (MAY, MAY, "Searched 3 articles, 4 May 2023."),
        (MAY, MAY.replace(day=6), "Searched 3 articles, 4 May 2023 to 6 May 2023."),
    ],
)
def test_what_was_searched(oldest: datetime | None, newest: datetime | None, said: str) -> None:
    """How many articles, and of which days if they are known."""
    searched = Searched(articles=3, passages=9, oldest=oldest, newest=newest)

    assert wording.searched(ENGLISH, searched) == said


def test_status() -> None:
    """What is searched, its version, and since when."""
    searched = Searched(articles=1_200, passages=9_000, oldest=MAY, newest=MAY)
    now = Status(searched=searched, version="abc", loaded_at=MAY, refused=0)

    assert notices.status(ENGLISH, now) == (
        "Articles: 1,200\nPassages: 9,000\nNewest article: 4 May 2023\n"
        "Corpus version: abc\nLoaded: 4 May 2023, 09:05 UTC"
    )


def test_progress() -> None:
    """Percent of what there is to do, also when that is nothing."""
    assert reloads.progress(ENGLISH, Stage.INDEXING, 3, 4) == "Indexing the articles: 75 %"
    assert reloads.progress(ENGLISH, Stage.READING, 0, 0) == "Reading the corpus: 0 %"


def test_report() -> None:
    """What changed, with the first titles; what was refused, with the first reasons."""
    added = tuple(article("x", title=f"Title {number}") for number in range(5))
    refused = tuple(SourceError(Path("a.jsonl"), line, "no text") for line in range(1, 8))
    report = ReloadReport(
        changes=Changes(added=added, changed=(), removed=added[:1]),
        refused=refused,
        old_version="v1",
        new_version="v2",
        seconds=1.25,
    )

    assert reloads.report(ENGLISH, report).splitlines() == [
        "Reloaded in 1.2 s.",
        "Added: 5 articles",
        "  Title 0",
        "  Title 1",
        "  Title 2",
        "  and 2 more",
        "Changed: 0 articles",
        "Removed: 1 article",
        "  Title 0",
        "Refused: 7",
        *(f"  a.jsonl:{line}: no text" for line in range(1, 6)),
        "  and 2 more",
        "Version: v1 before, v2 now",
    ]


@given(title=TEXTS, reason=TEXTS, count=st.integers(0, 50))
def test_any_report_fits(title: str, reason: str, count: int) -> None:
    """Whatever titles and reasons say, a report is one message."""
    articles = (article("x", title=title),) * count
    report = ReloadReport(
        changes=Changes(added=articles, changed=articles, removed=articles),
        refused=(SourceError(Path("a" * 200), 1, reason),) * count,
        old_version="v1",
        new_version="v1",
        seconds=0,
    )

    assert 0 < units(reloads.report(ENGLISH, report)) <= LIMIT
    assert units(ENGLISH("reload-failed", reason=reason * 50, version="v1")) <= LIMIT


def test_what_is_on_no_side_stands_apart() -> None:
    """Under a heading of its own, so that nobody takes it for a claim or a denial."""
    source = article("They did it. We did not. It rained.")
    texts = {"They did it.": Side.CLAIM, "It rained.": None, "We did not.": Side.DENIAL}
    snippets = [replace(snippet(source, text), side=side) for text, side in texts.items()]

    groups = [
        (heading, rank, s.span.text) for heading, rank, s in wording.in_groups(ENGLISH, snippets)
    ]

    assert groups == [
        ("What is claimed", 1, "They did it."),
        ("What is denied", 3, "We did not."),
        ("Also on this", 2, "It rained."),
    ]
    assert [heading for heading, _, _ in wording.in_groups(ENGLISH, snippets[1:2])] == [""]
