"""Judged questions into figures: how often the right sentence is shown, and how honestly refused.

A set is a folder with `questions.jsonl` and, unless it judges the operator's own corpus,
`articles.jsonl`. The README describes both.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import CorpusNotFoundError, SourceError
from retrieval.models import Answer, Outcome, Snippet

LONGEST = 1 << 20
"""Bytes of one line of a file of judged questions."""


class Evidence(BaseModel):
    """A verbatim part of an article that holds a fact."""

    model_config = ConfigDict(frozen=True)

    article: str
    text: str = Field(min_length=1)

    def is_in(self, snippet: Snippet) -> bool:
        """Whether *snippet* is from the article and holds the text, white space folded."""
        return snippet.article.id == self.article and _folded(self.text) in _folded(
            snippet.span.text
        )


class JudgedQuestion(BaseModel):
    """A question and what a good answer to it shows."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    answerable: bool
    evidence: tuple[tuple[Evidence, ...], ...] = ()
    """The facts; each is a list of alternatives, of which one is enough."""
    not_evidence: tuple[Evidence, ...] = ()
    """What must not be among the snippets."""
    articles: tuple[str, ...] = ()
    """The ids of the relevant articles."""
    speaker: str | None = None
    """The surname of whom the evidence must be attributed to."""
    now: datetime | date | None = None
    """The moment that "yesterday" is counted from."""

    @property
    def asked_at(self) -> datetime | None:
        """The same with a time zone: UTC where it says none."""
        if self.now is None:
            return None
        moment = self.now if isinstance(self.now, datetime) else datetime.combine(self.now, time())
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one set, as shares between 0 and 1; None where the set does not judge it."""

    questions: int
    """Questions in the set (a count)."""
    success_at_1: float | None
    """Answerable questions whose first snippet shows a fact."""
    success_at_3: float | None
    """... one of whose first three snippets does."""
    fact_recall_at_5: float | None
    """Facts that the first five snippets show, in the mean over questions."""
    mrr_at_10: float | None
    """1 / rank of the first snippet that shows a fact, in the mean."""
    article_first: float | None
    """Questions whose first article is a relevant one."""
    ndcg_at_10: float | None
    """nDCG of the articles."""
    speaker_accuracy: float | None
    """Of the snippets that show a fact whose speaker is judged: those attributed to the right one."""
    traps_shown: float | None
    """Questions with a trap that was among the snippets."""
    refused: float | None
    """Unanswerable questions whose outcome is not "answered"."""
    wrongly_refused: float | None
    """Answerable questions whose outcome is not "answered"."""
    wrongly_nothing: float | None
    """Answerable questions whose outcome is "nothing"."""
    auroc: float | None
    """How well confidence tells answerable from unanswerable questions; .5 is chance."""


def read_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a file of judged questions.

    Raises CorpusNotFoundError without the file, and SourceError, with the address, for the first
    line that is not a judged question.
    """
    if not path.is_file():
        raise CorpusNotFoundError(path)
    read = []
    for line in judged_lines(path):
        if isinstance(line, SourceError):
            raise line
        read.append(line)
    return tuple(read)


def judged_lines(path: Path) -> Iterator[JudgedQuestion | SourceError]:
    """Read a file of judged questions line by line; one that is none gives the reason, with its address.

    Nothing is read after a line that is too long. Raises OSError.
    """
    with path.open("rb") as file:
        lines = iter(lambda: file.readline(LONGEST + 1), b"")
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST:
                yield SourceError(path, number, f"longer than {LONGEST:,} bytes")
                return
            if line.strip():
                yield _judged_line(path, number, line.removeprefix(b"\xef\xbb\xbf"))


def _judged_line(path: Path, number: int, line: bytes) -> JudgedQuestion | SourceError:
    try:
        return JudgedQuestion.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return SourceError(path, number, f"{where}: {first['msg']}".lstrip(": "))


def is_right(question: JudgedQuestion, answer: Answer) -> bool:
    """Whether *answer* shows one of the facts that are judged, or refuses what cannot be answered.

    Where no fact is judged, an article that is relevant must be quoted; where none is, any.
    """
    if not question.answerable:
        return answer.outcome is not Outcome.ANSWERED
    if question.evidence:
        return any(_shows(fact, answer.snippets) for fact in question.evidence)
    quoted = {snippet.article.id for snippet in answer.snippets}
    relevant = not question.articles or not quoted.isdisjoint(question.articles)
    return answer.outcome is Outcome.ANSWERED and relevant


def evaluate(
    questions: Sequence[JudgedQuestion],
    answer: Callable[[JudgedQuestion], Answer],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Figures:
    """Ask every question and return the figures. *answer* should give 10 snippets and articles."""
    judged: list[_Judged] = []
    for number, question in enumerate(questions, start=1):
        judged.append(_judge(question, answer(question)))
        if progress is not None:
            progress(number, len(questions))
    means = {
        field.name: _mean(getattr(one, field.name) for one in judged)
        for field in fields(_Judged)
        if field.name not in ("answerable", "confidence")
    }
    return Figures(questions=len(judged), auroc=_auroc(judged), **means)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """One question's part in each figure; None where it has none."""

    answerable: bool
    confidence: float
    success_at_1: float | None
    success_at_3: float | None
    fact_recall_at_5: float | None
    mrr_at_10: float | None
    article_first: float | None
    ndcg_at_10: float | None
    speaker_accuracy: float | None
    traps_shown: float | None
    refused: float | None
    wrongly_refused: float | None
    wrongly_nothing: float | None


def _judge(question: JudgedQuestion, answer: Answer) -> _Judged:
    facts = question.evidence if question.answerable else ()
    relevant = set(question.articles) if question.answerable else set()
    ranks = [_first_rank(fact, answer.snippets) for fact in facts]
    best = min(ranks, default=math.inf)
    ids = [hit.article.id for hit in answer.articles]
    unanswered = float(answer.outcome is not Outcome.ANSWERED)
    nothing = float(answer.outcome is Outcome.NOTHING)
    return _Judged(
        answerable=question.answerable,
        confidence=answer.confidence,
        success_at_1=float(best <= 1) if facts else None,
        success_at_3=float(best <= 3) if facts else None,
        fact_recall_at_5=sum(rank <= 5 for rank in ranks) / len(ranks) if facts else None,
        mrr_at_10=(1 / best if best <= 10 else 0.0) if facts else None,
        article_first=float(ids[:1] != [] and ids[0] in relevant) if relevant else None,
        ndcg_at_10=_ndcg(ids[:10], relevant) if relevant else None,
        speaker_accuracy=_speaker_right(question, answer),
        traps_shown=float(_shows(question.not_evidence, answer.snippets))
        if question.not_evidence
        else None,
        refused=None if question.answerable else unanswered,
        wrongly_refused=unanswered if question.answerable else None,
        wrongly_nothing=nothing if question.answerable else None,
    )


def _shows(alternatives: Iterable[Evidence], snippets: Iterable[Snippet]) -> bool:
    shown = list(snippets)
    return any(one.is_in(snippet) for one in alternatives for snippet in shown)


def _first_rank(fact: Sequence[Evidence], snippets: Sequence[Snippet]) -> float:
    ranks = (rank for rank, snippet in enumerate(snippets, 1) if _shows(fact, [snippet]))
    return next(ranks, math.inf)


def _speaker_right(question: JudgedQuestion, answer: Answer) -> float | None:
    if question.speaker is None:
        return None
    for snippet in answer.snippets:
        if any(_shows(fact, [snippet]) for fact in question.evidence):
            named = snippet.speaker.name if snippet.speaker is not None else ""
            return float(question.speaker.casefold() in named.casefold())
    return None


def _ndcg(ids: Sequence[str], relevant: set[str]) -> float:
    gained = sum(1 / math.log2(rank + 1) for rank, one in enumerate(ids, 1) if one in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, len(relevant)) + 1))
    return gained / ideal


def _auroc(judged: Sequence[_Judged]) -> float | None:
    """Return the share of pairs in which the answerable question has the higher confidence."""
    yes = [one.confidence for one in judged if one.answerable]
    no = [one.confidence for one in judged if not one.answerable]
    if not yes or not no:
        return None
    ordered = sorted(no)
    wins = sum(_rank_in(ordered, confidence) for confidence in yes)
    return wins / (len(yes) * len(no))


def _rank_in(ordered: Sequence[float], value: float) -> float:
    """Return how many of *ordered* are below *value*, equals counting half."""
    return (bisect_left(ordered, value) + bisect_right(ordered, value)) / 2


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _folded(text: str) -> str:
    return " ".join(text.split())
