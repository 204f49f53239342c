"""The public JSON: what `onrecord ask --json` prints and `--questions` reads.

This is an interface that others build on: fields are added, never renamed or given a new meaning.
Offsets count code points of the article's text as the corpus gives it, so that for each snippet
`text == article_text[start:end]`.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError

from bot.rendering import wording
from bot.rendering.catalogue import in_a_terminal
from retrieval.models import Answer, Grounds, Outcome, Reason, Side, Snippet

_MOST_LISTED = 100
"""Articles that are listed for one sentence: a notice of an agency may stand in thousands."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class SnippetRecord(_Record):
    """A sentence of an article, word for word, with all that is needed to cite and to check it."""

    rank: int = Field(ge=1, description="Its place in the answer; 1 is the best.")
    article_id: str = Field(description="The article's id in the corpus.")
    title: str = Field(description="The article's title; empty if it has none.")
    publisher: str | None = Field(description="Who published the article, if the corpus says.")
    published_at: datetime | None = Field(
        description="When, as ISO 8601 with a time zone, if the corpus says."
    )
    url: str | None = Field(description="Where the article is, if the corpus says.")
    paragraph: int = Field(ge=1, description="The paragraph of the article, counted from 1.")
    start: int = Field(ge=0, description="Offset of the first character in the article's text.")
    end: int = Field(ge=1, description="Offset after the last character in the article's text.")
    text: str = Field(description="The article's text from start to end, unchanged.")
    context: str = Field(description="The text with its neighbours; holds `text`. Verbatim, too.")
    speaker: str | None = Field(description="Who says it: name and role as the article gives them.")
    speaker_inferred: bool = Field(
        description="True if the sentence itself does not name the speaker: a pronoun, a role "
        "without a name or a quotation over several sentences had to be resolved. False without "
        "a speaker, and where the sentence has the surname."
    )
    highlights: list[tuple[int, int]] = Field(
        description="The words that matched, as [start, end] offsets in the article's text (like "
        "`start` and `end`, not counted from the snippet), ascending, inside the snippet."
    )
    score: float = Field(description="Comparable within one answer only; higher is better.")
    side: Side | None = Field(description="The side of a dispute it is on, if the corpus has both.")
    is_summary: bool = Field(
        description="True if the corpus has no more of the article than a feed's summary of it."
    )
    also_in: list[str] = Field(
        description="Ids of other articles that print the same sentence, at most 100."
    )
    also_in_total: int = Field(ge=0, description="How many print it, those beyond 100 as well.")
    independent: int = Field(
        ge=1,
        description="How many of the article and those that print it, too, are independent: copies of one "
        "report count once, and so do several of one publisher's own.",
    )


class ArticleRecord(_Record):
    """An article that bears on the question."""

    article_id: str = Field(description="The article's id in the corpus.")
    score: float = Field(description="Comparable within one answer only; higher is better.")


class PartRecord(_Record):
    """One summand of what decided an answer."""

    name: str = Field(description="What it is given for, in English words.")
    amount: float = Field(description="In logits; below 0 it speaks against an answer.")


class GroundsRecord(_Record):
    """What decided the outcome: what speaks for the best sentence, and what it lacks."""

    article_id: str = Field(description="The article of the sentence that decided.")
    start: int = Field(ge=0, description="Offset of its first character in the article's text.")
    end: int = Field(ge=1, description="Offset after its last character.")
    parts: list[PartRecord] = Field(description="They add up to `total`.")
    total: float = Field(description="0 or more, and nothing lacking: it answers.")
    lacking: Reason | None = Field(description="What an answer would have and it has not, or null.")


class AnswerRecord(_Record):
    """One answered question: one JSON object on one line."""

    id: str | int | None = Field(
        description="The question's id as it was given; null for a question without one."
    )
    question: str = Field(description="The question as it was given.")
    outcome: Outcome = Field(
        description="`answered`: the snippets answer the question; `related`: the corpus knows the "
        "topic, but no sentence answers, and the closest are shown; `nothing`: nothing was found."
    )
    reason: Reason | None = Field(description="Why it was not answered; null if it was.")
    confidence: float = Field(ge=0, le=1, description="That the snippets answer the question.")
    elapsed_ms: float = Field(ge=0, description="Milliseconds from the question to the answer.")
    corpus_version: str = Field(description="Changes with every change of the corpus.")
    snippets: list[SnippetRecord] = Field(description="Best first, at most --limit.")
    articles: list[ArticleRecord] = Field(description="Best first, at most --limit.")
    understood: list[str] = Field(description="What was read into the question, in English words.")
    unknown: list[str] = Field(description="Words of the question that no article has.")
    grounds: GroundsRecord | None = Field(
        description="What decided the outcome; null where there was no sentence to weigh."
    )


def _is_date(value: object) -> datetime:
    if not isinstance(value, str):
        raise ValueError(f"not a date: {json.dumps(value)}")  # noqa: TRY004 - pydantic wants this
    return moment(value)


class QuestionRecord(_Record):
    """One line of a questions file. Other fields are allowed and passed over."""

    id: str | Annotated[int, Strict()] = Field(description="Given back with the answer.")
    question: str = Field(description="The question, in plain words.")
    now: Annotated[datetime, BeforeValidator(_is_date)] | None = Field(
        None,
        description="ISO date or time that 'yesterday' is counted from; the clock's if absent.",
    )


def moment(value: str) -> datetime:
    """Read an ISO date or time; one without a time zone is in UTC.

    Raises ValueError with the value in its message.
    """
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f'not an ISO date: "{value[:40]}" (such as 2023-05-04)') from None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


def read_question(line: bytes) -> QuestionRecord:
    """Read one line of a questions file.

    Raises ValueError, with the field and the reason in its message, when it is not a question.
    """
    try:
        return QuestionRecord.model_validate(_object(line))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = "".join(f"{part}: " for part in first["loc"][:1])
        reason = first["msg"].removeprefix("Value error, ")
        raise ValueError(f"{field}{reason[:1].lower()}{reason[1:]}") from None


def _object(line: bytes) -> dict[str, object]:
    try:
        read = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start + 1} of the line)") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} (character {error.pos + 1})") from None
    except RecursionError:
        raise ValueError("not JSON that is read here: nested too deeply") from None
    if not isinstance(read, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - the reader of a file wants one kind
    return read


def record(
    answer: Answer,
    *,
    id: str | int | None,  # noqa: A002 - the name that the public JSON has
    elapsed_ms: float,
) -> AnswerRecord:
    """Put *answer* into its public form."""
    return AnswerRecord(
        id=id,
        question=answer.question,
        outcome=answer.outcome,
        reason=answer.reason,
        confidence=answer.confidence,
        elapsed_ms=round(elapsed_ms, 3),
        corpus_version=answer.corpus_version,
        snippets=[_snippet(rank, snippet) for rank, snippet in enumerate(answer.snippets, 1)],
        articles=[
            ArticleRecord(article_id=hit.article.id, score=hit.score) for hit in answer.articles
        ],
        understood=[wording.note(in_a_terminal(), note) for note in answer.understood],
        unknown=list(answer.unknown),
        grounds=None if answer.grounds is None else _grounds(answer.grounds),
    )


def _grounds(grounds: Grounds) -> GroundsRecord:
    return GroundsRecord(
        article_id=grounds.sentence.article.id,
        start=grounds.sentence.start,
        end=grounds.sentence.end,
        parts=[PartRecord(name=part.name, amount=part.amount) for part in grounds.parts],
        total=grounds.total,
        lacking=grounds.lacking,
    )


def _snippet(rank: int, snippet: Snippet) -> SnippetRecord:
    article = snippet.article
    return SnippetRecord(
        rank=rank,
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published_at=article.published_at,
        url=article.url,
        paragraph=snippet.paragraph,
        start=snippet.span.start,
        end=snippet.span.end,
        text=snippet.span.text,
        context=snippet.context.text,
        speaker=snippet.speaker.name if snippet.speaker else None,
        speaker_inferred=snippet.speaker.inferred if snippet.speaker else False,
        highlights=[(span.start, span.end) for span in snippet.highlights],
        score=snippet.score,
        side=snippet.side,
        is_summary=article.is_summary,
        also_in=[other.id for other in snippet.also_in[:_MOST_LISTED]],
        also_in_total=len(snippet.also_in),
        independent=snippet.independent,
    )


def json_line(fields: Mapping[str, object]) -> bytes:
    """Return *fields* as one line of UTF-8 JSON, with its line break.

    Letters are written as they are. A lone surrogate, which has no UTF-8, is written as the JSON
    escape that stands for it, so that any text comes back unchanged.
    """
    line = json.dumps(fields, ensure_ascii=False, allow_nan=False, default=_in_json)
    return line.translate(_LINE_BREAKS).encode("utf-8", "backslashreplace") + b"\n"


_LINE_BREAKS = {ord(c): f"\\u{ord(c):04x}" for c in "\x7f\x85\u2028\u2029"}
"""What JSON allows in a string and some readers take for the end of a line, or for a command."""


def _in_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value)}")
