"""An answer as lines of a terminal."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, strategies as st

from bot.rendering.terminal import MATCHED, answer_lines, harmless, quotation
from corpus.models import Article, Span
from retrieval.models import (
    Answer,
    Contribution,
    Grounds,
    Note,
    NoteKind,
    Outcome,
    Reason,
    Searched,
    Side,
    Snippet,
    Speaker,
)

ARTICLE = Article(
    id="bridge",
    title="Council closes\nthe old bridge",
    text="Mayor Ana Kovač denied [bold]any[/bold] delay. It was closed.",
    url="https://example.org/bridge",
    publisher="Example Times",
    published_at=datetime(2024, 3, 4, tzinfo=UTC),
)


def snippet_of(article: Article, start: int, end: int, **fields: Any) -> Snippet:
    """A snippet with what a test cares about."""
    known: dict[str, Any] = {"paragraph": 1, "speaker": None, "highlights": (), "score": 2.0}
    span = Span(article, start, end)
    return Snippet(span=span, context=span, **{**known, **fields})


def answer_of(*snippets: Snippet, **fields: Any) -> Answer:
    """An answer with what a test cares about."""
    known: dict[str, Any] = {"outcome": Outcome.ANSWERED, "reason": None}
    return Answer(
        question="?",
        confidence=0.5,
        snippets=snippets,
        articles=(),
        corpus_version="1",
        searched=Searched(articles=1, passages=1, oldest=None, newest=None),
        **{**known, **fields},
    )


def shown(answer: Answer, *, explain: bool = False) -> str:
    """The answer as it is without styles."""
    return "\n".join(str(line) for line in answer_lines(answer, explain=explain))


def test_a_snippet_is_quoted_and_cited() -> None:
    """Quotation, speaker, title, publisher, date, paragraph and address, in this order."""
    speaker = Speaker(Span(ARTICLE, 0, 15), inferred=True)

    text = shown(answer_of(snippet_of(ARTICLE, 0, 46, speaker=speaker, also_in=(ARTICLE,))))

    assert text.splitlines() == [
        "1. “Mayor Ana Kovač denied [bold]any[/bold] delay.”",
        "   Mayor Ana Kovač (inferred)",
        "   Council closes the old bridge, Example Times, 4 March 2024, paragraph 1; also in 1 article "
        "(2 articles, 1 independent)",
        "   https://example.org/bridge",
    ]


def test_matched_words_are_bold() -> None:
    """The style covers the highlight and nothing else, and markup in articles is not markup."""
    highlight = Span(ARTICLE, 16, 22)

    text = quotation(snippet_of(ARTICLE, 6, 46, highlights=(highlight,)))

    assert text.plain == "“Ana Kovač denied [bold]any[/bold] delay.”"
    assert [(text.plain[s.start : s.end], s.style) for s in text.spans] == [("denied", MATCHED)]


def test_the_parts_of_a_score_are_shown_when_asked_for() -> None:
    """A table with one line for each contribution, and the sum."""
    parts = (Contribution("words", 1.5), Contribution("speaker asked about", 0.5))

    text = shown(answer_of(snippet_of(ARTICLE, 0, 46, contributions=parts)), explain=True)

    assert text.splitlines()[-3:] == [
        "     words                  +1.500",
        "     speaker asked about    +0.500",
        "     score                   2.000",
    ]


def test_what_decided_is_shown_when_asked_for() -> None:
    """The sentence that was weighed, every part, what they come to, and what it lacks."""
    parts = (Contribution("to begin with", -2.0), Contribution("words met here", 1.25))
    grounds = Grounds(Span(ARTICLE, 47, 61), parts, Reason.NO_SUCH_DETAIL)
    answer = replace(
        answer_of(snippet_of(ARTICLE, 0, 46), outcome=Outcome.RELATED),
        reason=Reason.NO_SUCH_DETAIL,
        confidence=0.321,
        grounds=grounds,
    )

    lines = shown(answer, explain=True).splitlines()

    decided = lines.index("“It was closed.”")
    assert lines[decided : decided + 7] == [
        "“It was closed.”",
        "     to begin with     -2.000",
        "     words met here    +1.250",
        "     total             -0.750",
        "     confidence         0.321",
        "     outcome: no_such_detail",
        "     lacking: no_such_detail",
    ]
    assert "“It was closed.”" not in shown(answer)


def test_the_sides_of_a_dispute_have_headings() -> None:
    """Claims and denials are told apart, and each heading stands once."""
    claim = snippet_of(ARTICLE, 0, 46, side=Side.CLAIM)
    denial = snippet_of(ARTICLE, 47, 61, side=Side.DENIAL)

    lines = shown(answer_of(claim, claim, denial)).splitlines()

    assert lines.count("What is claimed") == 1
    assert lines.index("What is claimed") == 0
    assert lines.index("What is denied") < lines.index("3. “It was closed.”")


def test_nothing_found_says_why_without_gaps() -> None:
    """What was asked for in vain is told in a few lines."""
    answer = answer_of(outcome=Outcome.NOTHING, reason=Reason.UNKNOWN_WORDS, unknown=("xyz",))

    lines = shown(answer).splitlines()

    assert lines[0] == "Nothing found."
    assert "No article has “xyz”." in lines
    assert "" not in lines


def test_related_snippets_are_not_sold_as_an_answer() -> None:
    """A heading above and the reason below the snippets; what was understood is told."""
    answer = answer_of(
        snippet_of(ARTICLE, 0, 46),
        outcome=Outcome.RELATED,
        reason=Reason.TOO_LITTLE,
        understood=(Note(NoteKind.ABOUT, {"name": "the bridge"}),),
    )

    lines = shown(answer).splitlines()

    assert lines[0].startswith("No sentence answers this.")
    assert lines[1] == "Understood: about the bridge."
    assert lines[-1].startswith("Searched 1 article")


@given(st.text(st.characters()))
def test_no_text_can_command_the_terminal(text: str) -> None:
    """Nothing that is shown is a control character, and offsets stay right."""
    safe = harmless(text)

    assert len(safe) == len(text)
    assert not {unicodedata.category(char) for char in safe} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(safe) & set("\u202d\u202e")


@given(
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u202d\u202e"
        )
    )
)
def test_what_is_harmless_stays(text: str) -> None:
    """A quotation is shown letter for letter."""
    assert harmless(text) == text


@given(st.text(st.characters(), min_size=1), st.text(st.characters()), st.data())
def test_any_article_is_shown_safely(text: str, title: str, data: st.DataObject) -> None:
    """Text, title, publisher and address may hold anything; each line stays one line."""
    start = data.draw(st.integers(0, len(text) - 1))
    article = Article(id=title, title=title, text=text, url=title, publisher=title)
    highlight = Span(article, start, len(text))
    speaker = Speaker(Span(article, 0, len(text)), inferred=False)
    snippet = snippet_of(article, start, len(text), highlights=(highlight,), speaker=speaker)

    for line in answer_lines(answer_of(snippet), explain=True):
        assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in str(line))
        str(line).encode("utf-8")
