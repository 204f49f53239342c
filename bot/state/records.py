"""What is kept for those who ask: answers, citations, chats, updates. All frozen; datetimes are aware."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from retrieval.models import Carried, Outcome, Reason, Side

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_row(record: "DataclassInstance") -> dict[str, Any]:
    """The fields of a record by their names. `asdict` copies whatever they hold, which takes long."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


Slice = tuple[int, int]
"""Where a text begins and ends in an article: offsets in code points, the end exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A snippet by where it stands, not by its text.

    *article* is its id, *sha256* the digest of the text that the offsets are of. *speaker* is where
    the speaker is named, *inferred* as in `retrieval.models.Speaker`; *also_in* are article ids.
    """

    article: str
    sha256: str
    span: Slice
    context: Slice
    paragraph: int
    speaker: Slice | None = None
    inferred: bool = False
    highlights: tuple[Slice, ...] = ()
    score: float = 0.0
    also_in: tuple[str, ...] = ()
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """An answer as it was shown: enough for its buttons, for what follows it and for an edit.

    *id* is at most 11 characters of `A-Za-z0-9_-` that nobody can guess (`new_id`). *chat_id* is
    None where Telegram does not tell it (inline). *asked_in* is the id of the asker's message.
    *snippets* are all that were found, best first; *page* counts from 0. *question* is None when it
    comes out of the state, unless the operator keeps questions.
    """

    id: str
    outcome: Outcome
    snippets: tuple[Reference, ...]
    corpus_version: str
    asked_at: datetime
    chat_id: int | None = None
    thread_id: int | None = None
    asker_id: int | None = None
    asked_in: int | None = None
    language: str | None = None
    page: int = 0
    carried: Carried | None = None
    question: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quotation with all that its receipt needs, whatever becomes of the article.

    *quote* is `text[start:end]` of the article's text when it was cited, *sha256* that text's
    digest. *changed_at* is when a reload found that the article had changed or *left* the corpus;
    None while it is unchanged.
    """

    article: str
    sha256: str
    start: int
    end: int
    quote: str
    paragraph: int
    title: str
    cited_at: datetime
    publisher: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    speaker: str | None = None
    inferred: bool = False
    changed_at: datetime | None = None
    left: bool = False

    @property
    def id(self) -> str:
        """16 characters of `A-Za-z0-9_-`: the same for the same slice of the same text, for ever."""
        return citation_id(self.article, self.sha256, self.start, self.end)


def citation_id(article: str, sha256: str, start: int, end: int) -> str:
    """The id of the citation of a slice, without a look into the state."""
    # The numbers and the digest hold no blank, so no two citations are written alike.
    name = f"{sha256} {start} {end} {article}".encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(hashlib.blake2s(name, digest_size=12).digest()).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedChanges:
    """The ids of the cited articles that a reload found changed, gone, or as they once were."""

    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """What is known of a chat. *language* was chosen there; None follows the asker's Telegram.

    *kind* is Telegram's (`private`, `group`, `supergroup`, `channel`). *limit* is how many
    questions a minute the chat may ask; None is the setting. *migrated_to* is the supergroup that
    the group became.
    """

    id: int
    kind: str | None = None
    language: str | None = None
    greeted: bool = False
    limit: int | None = None
    migrated_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An update as Telegram sent it. *payload* is its JSON."""

    update_id: int
    payload: str
    received_at: datetime
    chat_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting(Incoming):
    """An update that is not done. *attempts* is how often its handling was begun and noted.

    *note* says why it was set aside, if it was.
    """

    attempts: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part of a reply that Telegram accepted, and which answer its message shows.

    *part* counts from 0. *message_id* is None where there is none (inline, guests, callbacks).
    """

    update_id: int
    part: int
    message_id: int | None = None
    answer_id: str | None = None
