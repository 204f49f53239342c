"""The public JSON of an answer, and the lines of a questions file."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from bot.rendering.record import (
    AnswerRecord,
    ArticleRecord,
    SnippetRecord,
    json_line,
    moment,
    read_question,
    record,
)
from corpus.models import Article, Span
from retrieval.models import (
    Answer,
    ArticleHit,
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

SEARCHED = Searched(articles=1, passages=1, oldest=None, newest=None)


def answer_of(article: Article, start: int, end: int, *highlights: tuple[int, int]) -> Answer:
    """An answer with one snippet."""
    snippet = Snippet(
        span=Span(article, start, end),
        context=Span(article, 0, len(article.text)),
        paragraph=1,
        speaker=None,
        highlights=tuple(Span(article, *bounds) for bounds in highlights),
        score=1.5,
    )
    return Answer(
        question="what?",
        outcome=Outcome.ANSWERED,
        reason=None,
        confidence=0.75,
        snippets=(snippet,),
        articles=(ArticleHit(article, 2.5),),
        corpus_version="abc",
        searched=SEARCHED,
    )


def test_an_answer_has_the_fields_that_were_promised() -> None:
    """The public JSON has these names and these values; others build on them."""
    article = Article(
        id="a1",
        title="Title",
        text="First one. Second one.",
        url="https://example.org/1",
        publisher="Example",
        published_at=datetime(2024, 3, 4, 8, tzinfo=UTC),
    )

    line = json_line(
        record(answer_of(article, 11, 22, (11, 17)), id="q1", elapsed_ms=1.23456).model_dump()
    )

    assert json.loads(line) == {
        "id": "q1",
        "question": "what?",
        "outcome": "answered",
        "reason": None,
        "confidence": 0.75,
        "elapsed_ms": 1.235,
        "corpus_version": "abc",
        "snippets": [
            {
                "rank": 1,
                "article_id": "a1",
                "title": "Title",
                "publisher": "Example",
                "published_at": "2024-03-04T08:00:00+00:00",
                "url": "https://example.org/1",
                "paragraph": 1,
                "start": 11,
                "end": 22,
                "text": "Second one.",
                "context": "First one. Second one.",
                "speaker": None,
                "speaker_inferred": False,
                "highlights": [[11, 17]],
                "score": 1.5,
                "side": None,
                "is_summary": False,
                "also_in": [],
                "also_in_total": 0,
                "independent": 1,
            }
        ],
        "articles": [{"article_id": "a1", "score": 2.5}],
        "understood": [],
        "unknown": [],
        "grounds": None,
    }


def test_what_decided_is_told() -> None:
    """The sentence by its offsets, every part, their sum, and what is lacking."""
    article = Article(id="a1", title="", text="Ana Kovač said no.")
    grounds = Grounds(
        Span(article, 0, 18), (Contribution("a", 1.5), Contribution("b", -0.5)), Reason.TOO_LITTLE
    )
    searched = Searched(articles=1, passages=1, oldest=None, newest=None)
    answer = Answer(
        question="who?",
        outcome=Outcome.RELATED,
        reason=Reason.TOO_LITTLE,
        confidence=0.5,
        snippets=(),
        articles=(),
        corpus_version="abc",
        searched=searched,
        grounds=grounds,
    )

    told = json.loads(json_line(record(answer, id=None, elapsed_ms=0).model_dump()))["grounds"]

    assert told == {
        "article_id": "a1",
        "start": 0,
        "end": 18,
        "parts": [{"name": "a", "amount": 1.5}, {"name": "b", "amount": -0.5}],
        "total": 1.0,
        "lacking": "too_little_in_common",
    }


def test_speaker_side_and_reprints_are_told() -> None:
    """Who says it, whether that was inferred, the side of the dispute and the other articles."""
    article = Article(id="a1", title="", text="Ana Kovač said no.")
    other = Article(id="a2", title="", text="Ana Kovač said no.")
    snippet = Snippet(
        span=Span(article, 0, 18),
        context=Span(article, 0, 18),
        paragraph=1,
        speaker=Speaker(Span(article, 0, 9), inferred=True),
        highlights=(),
        score=1.0,
        also_in=(other,),
        side=Side.DENIAL,
    )
    answer = Answer(
        question="who?",
        outcome=Outcome.RELATED,
        reason=Reason.NO_SPEAKER,
        confidence=0.1,
        snippets=(snippet,),
        articles=(),
        corpus_version="abc",
        searched=SEARCHED,
        unknown=("xyz",),
        understood=(Note(NoteKind.ABOUT, {"name": "the bridge"}),),
    )

    fields = json.loads(json_line(record(answer, id=7, elapsed_ms=0).model_dump()))

    assert fields["id"] == 7
    assert fields["outcome"] == "related"
    assert fields["reason"] == "no_statement_by_speaker"
    assert fields["unknown"] == ["xyz"]
    assert fields["understood"] == ["about the bridge"]
    shown = fields["snippets"][0]
    assert shown["speaker"] == "Ana Kovač"
    assert shown["speaker_inferred"] is True
    assert shown["side"] == "denial"
    assert (shown["also_in"], shown["also_in_total"]) == (["a2"], 1)


def test_what_thousands_print_does_not_fill_the_line() -> None:
    """Of the other articles a hundred are named, and all are counted."""
    text = "Fares rise on Monday."
    others = tuple(Article(id=f"n{n}", title="", text=text) for n in range(3_000))
    found = answer_of(Article(id="a", title="", text=text), 0, len(text))
    found = replace(found, snippets=(replace(found.snippets[0], also_in=others),))

    line = json_line(record(found, id=None, elapsed_ms=0).model_dump())
    shown = json.loads(line)["snippets"][0]

    assert len(line) < 5_000
    assert shown["also_in"] == [f"n{n}" for n in range(100)]
    assert shown["also_in_total"] == 3_000


@given(st.text(st.characters(), min_size=1), st.data())
def test_the_text_survives_json_for_any_article(text: str, data: st.DataObject) -> None:
    """Whatever an article holds, one line of JSON gives the exact slice back."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article(id="a", title=text, text=text)

    line = json_line(record(answer_of(article, start, end), id=None, elapsed_ms=0).model_dump())

    snippet = json.loads(line)["snippets"][0]
    assert snippet["text"] == text[start:end] == text[snippet["start"] : snippet["end"]]
    assert snippet["title"] == text
    assert len(line.decode("utf-8").splitlines()) == 1


@pytest.mark.parametrize("text", ["a\ud800b", "a\u2028b\x85c\x7f", "naïve 🛶 שלום"])
def test_awkward_characters_survive_on_one_line(text: str) -> None:
    """Lone surrogates and Unicode line breaks are escaped, letters are written as they are."""
    line = json_line({"text": text})

    assert json.loads(line) == {"text": text}
    assert line.decode("utf-8").splitlines() == [line.decode("utf-8").rstrip("\n")]


def test_letters_are_not_escaped() -> None:
    """A person can read the file."""
    assert json_line({"name": "Kovač"}) == '{"name": "Kovač"}\n'.encode()


def test_only_what_has_a_json_form_is_printed() -> None:
    """A field of an unforeseen type is a mistake, not a guess."""
    with pytest.raises(TypeError, match="no JSON for"):
        json_line({"field": object()})


@pytest.mark.parametrize("model", [AnswerRecord, SnippetRecord, ArticleRecord])
def test_every_field_is_described(model: type[AnswerRecord]) -> None:
    """The models are the documentation of the public JSON."""
    assert [name for name, field in model.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b'{"id": "a", "question": "who?"}', ("a", "who?", None)),
        (b'\xef\xbb\xbf{"id": 5, "question": "", "answerable": true}\r\n', (5, "", None)),
        (
            b'{"id": "a", "question": "x", "now": "2023-05-04"}',
            ("a", "x", datetime(2023, 5, 4, tzinfo=UTC)),
        ),
        (b'{"id": "a", "question": "\\ud800", "now": null}', ("a", "\ud800", None)),
    ],
)
def test_a_line_of_questions_is_read(line: bytes, expected: tuple[object, ...]) -> None:
    """With a byte order mark, other fields, a date or half a character."""
    read = read_question(line)

    assert (read.id, read.question, read.now) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON: "),
        (b"[1]", "not a JSON object"),
        (b"\xff", "not UTF-8 (byte 1 of the line)"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"question": "x"}', "id: field required"),
        (b'{"id": "a"}', "question: field required"),
        (b'{"id": "a", "question": 5}', "question: input should be a valid string"),
        (b'{"id": true, "question": "x"}', "id: "),
        (b'{"id": "a", "question": "x", "now": "Wednsday"}', 'now: not an ISO date: "Wednsday"'),
        (b'{"id": "a", "question": "x", "now": 5}', "now: not a date: 5"),
    ],
)
def test_a_broken_line_is_refused_with_the_field_and_the_reason(line: bytes, reason: str) -> None:
    """Whoever wrote the file can find and mend it."""
    with pytest.raises(ValueError, match=re.escape(reason)) as caught:
        read_question(line)

    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_line_is_read_or_refused(line: bytes) -> None:
    """No input ends in another kind of error."""
    with suppress(ValueError):
        assert read_question(line).question in json.loads(line)["question"]


def test_a_moment_without_a_zone_is_in_utc() -> None:
    """So that every moment can be compared with another."""
    assert moment("2023-05-04T10:00") == datetime(2023, 5, 4, 10, tzinfo=UTC)
    assert moment("2023-05-04T10:00+02:00") == datetime(2023, 5, 4, 8, tzinfo=UTC)
