"""What passes between a question and its answer. All frozen; every quotation is a Span."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from corpus.models import Article, Span


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    """The snippets answer the question."""
    RELATED = "related"
    """The corpus knows the people or the topic, yet no sentence answers; the closest are shown."""
    NOTHING = "nothing"
    """Nothing in the corpus bears on the question."""


class Reason(StrEnum):
    """Why a question was not answered."""

    EMPTY_QUESTION = "empty_question"
    """The question holds no word."""
    EMPTY_CORPUS = "empty_corpus"
    """There are no articles to search."""
    NO_DATES = "no_articles_in_range"
    """No article was published in the time that the question names."""
    UNKNOWN_WORDS = "unknown_words"
    """The corpus knows none of the question's words."""
    UNKNOWN_NAME = "unknown_name"
    """A name of the question is not in what was found."""
    NO_SPEAKER = "no_statement_by_speaker"
    """The speaker asked about says nothing on it in the corpus."""
    NO_SUCH_DETAIL = "no_such_detail"
    """No sentence that was found has the number, date or act that the question asks for."""
    TOO_LITTLE = "too_little_in_common"
    """Too few of the question's words stand together in any sentence."""


class Side(StrEnum):
    """Which side of a dispute a snippet is on, when the corpus has both."""

    CLAIM = "claim"
    DENIAL = "denial"


class NoteKind(StrEnum):
    """What kind of thing was read into a question; each names the values that go with it."""

    DAY = "day"
    """*day*: the question is about that day."""
    DAYS = "days"
    """*first*, *last*: about these days, both inclusive."""
    SINCE = "since"
    """*day*: about that day and later."""
    BEFORE = "before"
    """*day*: about the time before that day."""
    NEWEST_FIRST = "newest_first"
    """No values: what is new counts more."""
    ABOUT = "about"
    """*name*: a name that an earlier question had."""
    READ_AS = "read_as"
    """*word*, *meant*: a word that the corpus spells differently."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read into a question, for whoever puts it into words of a language."""

    kind: NoteKind
    values: Mapping[str, str | datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """The days a question is about, both inclusive; None is open."""

    since: datetime | None
    until: datetime | None

    @property
    def note(self) -> Note | None:
        """What is to be said of it; None if it is open on both sides."""
        if self.since is not None and self.until is not None:
            if self.since.date() == self.until.date():
                return Note(NoteKind.DAY, {"day": self.since})
            return Note(NoteKind.DAYS, {"first": self.since, "last": self.until})
        if self.since is not None:
            return Note(NoteKind.SINCE, {"day": self.since})
        if self.until is not None:
            # It ends with the last moment of the day before.
            return Note(NoteKind.BEFORE, {"day": self.until + timedelta(microseconds=1)})
        return None

    def holds(self, moment: datetime | None) -> bool:
        """Tell whether *moment* is in the range; an unknown one is not."""
        if moment is None:
            return False
        after = self.since is None or self.since <= moment
        return after and (self.until is None or moment <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What an answer was about, for a question that follows it. Plain values: JSON keeps it whole.

    *names* are those of its question, else of whom it shows; *people* are whom it shows, best first;
    *terms* are the question's other words. *said* is the verb by which it asked of somebody's words,
    *by_name* whether it named them; *kind* is the kind of thing that it asked for.
    The question itself is not among them. *strict* says whether articles of other days than *dates*
    are left out.
    """

    names: tuple[str, ...] = ()
    dates: DateRange | None = None
    terms: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    said: str = ""
    by_name: bool = False
    kind: str = ""
    strict: bool = False

    @property
    def asks_speaker(self) -> bool:
        """Whether the question asked who said something."""
        return bool(self.said) and not self.by_name


NOTHING_CARRIED = Carried()
"""What a question carries that follows none."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, by its number in the index, and its score (comparable within one search)."""

    passage: int
    score: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a sentence: *mention* is the fullest name and role as the article gives them.

    *inferred* when a pronoun, a role without a name or a quotation that stands apart from its
    speaker had to be resolved; not for the surname of somebody whom the article names in full.
    """

    mention: Span
    inferred: bool

    @property
    def name(self) -> str:
        """The mention on one line."""
        return " ".join(self.mention.text.split())


@dataclass(frozen=True, slots=True)
class Contribution:
    """One summand of a snippet's score: what it was given for, and how much."""

    name: str
    amount: float


@dataclass(frozen=True, slots=True)
class Grounds:
    """What decided whether a question is answered: what speaks for one sentence, and what it lacks.

    It answers where it lacks nothing and its *parts* add up to 0 or more.
    """

    sentence: Span
    parts: tuple[Contribution, ...]
    lacking: Reason | None

    @property
    def total(self) -> float:
        """The sum of the parts: the logarithm of how many times likelier it is to answer than not."""
        return sum(part.amount for part in self.parts)

    @property
    def confidence(self) -> float:
        """How sure it is, 0 to 1, that the sentence answers, were nothing lacking."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.total))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A sentence that answers, with all that is needed to cite and to check it.

    *context* contains *span*; *paragraph* counts from 1; *highlights* lie inside *span*, ascending
    and apart; *also_in* are the other articles that print the same sentence; *independent* says how
    many of them and its own are no copies of one another.
    """

    span: Span
    context: Span
    paragraph: int
    speaker: Speaker | None
    highlights: tuple[Span, ...]
    score: float
    contributions: tuple[Contribution, ...] = ()
    also_in: tuple[Article, ...] = ()
    independent: int = 1
    side: Side | None = None

    @property
    def article(self) -> Article:
        """The article that is cited."""
        return self.span.article


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article that bears on the question, and its score."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What an answer was looked for in."""

    articles: int
    passages: int
    oldest: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The end of a question's way. *confidence* is 0 to 1; *snippets* and *articles* best first.

    *understood* says what was read into the question and is to be shown: a date range, a name that
    was carried over or spelt differently. *unknown* are the question's words that the corpus does
    not have. *newest_match* is the date of the newest article that matches, where the question said
    something of time. *about* is what a follow-up may carry (see `retrieval.following`);
    *grounds* are those of the sentence that decided the outcome.
    """

    question: str
    outcome: Outcome
    reason: Reason | None
    confidence: float
    snippets: tuple[Snippet, ...]
    articles: tuple[ArticleHit, ...]
    corpus_version: str
    searched: Searched
    unknown: tuple[str, ...] = ()
    understood: tuple[Note, ...] = ()
    newest_match: datetime | None = None
    about: Carried = NOTHING_CARRIED
    grounds: Grounds | None = None


Terms = Mapping[str, float]
"""Weighted terms of a search: the analyzer's term -> weight above 0."""
