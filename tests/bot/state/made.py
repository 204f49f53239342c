"""Records for the tests: made with the least, and any that there can be."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from bot.state import Citation, Incoming, Reference, ShownAnswer, new_id
from retrieval.models import Carried, DateRange, Outcome, Reason, Side

NOW = datetime(2024, 3, 5, 12, 30, tzinfo=UTC)
DIGEST = "ab" * 32

_ids = st.integers(-(1 << 52), 1 << 52)
_numbers = st.integers(0, (1 << 31) - 1)
_slices = st.tuples(_numbers, _numbers)
# Any offset: a newspaper gives its own, and databases know one only.
_zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
moments = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - the bounds are in any time zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=_zones,
)
# Every code point, halves of surrogate pairs and NUL among them.
texts = st.text(st.characters(exclude_categories=()), max_size=60)


def shown(**more: Any) -> ShownAnswer:
    """An answer that was shown."""
    values: dict[str, Any] = {
        "id": new_id(),
        "outcome": Outcome.ANSWERED,
        "snippets": (reference(),),
        "corpus_version": "0123456789ab",
        "asked_at": NOW,
    }
    return ShownAnswer(**(values | more))


def reference(article: str = "a1", **more: Any) -> Reference:
    """A reference to a snippet."""
    values: dict[str, Any] = {"span": (10, 20), "context": (0, 40), "paragraph": 2}
    return Reference(article=article, sha256=DIGEST, **(values | more))


def citation(article: str = "a1", start: int = 10, **more: Any) -> Citation:
    """A citation of ten characters."""
    values: dict[str, Any] = {
        "sha256": DIGEST,
        "quote": "0123456789",
        "paragraph": 2,
        "title": "A title",
        "cited_at": NOW,
    }
    return Citation(article=article, start=start, end=start + 10, **(values | more))


def incoming(update_id: int, **more: Any) -> Incoming:
    """An update."""
    values: dict[str, Any] = {"payload": f'{{"update_id": {update_id}}}', "received_at": NOW}
    return Incoming(update_id=update_id, **(values | more))


references = st.builds(
    Reference,
    article=texts,
    sha256=st.just(DIGEST),
    span=_slices,
    context=_slices,
    paragraph=_numbers,
    speaker=st.none() | _slices,
    inferred=st.booleans(),
    highlights=st.lists(_slices, max_size=3).map(tuple),
    score=st.floats(allow_nan=False, allow_infinity=False),
    also_in=st.lists(texts, max_size=3).map(tuple),
    side=st.none() | st.sampled_from(Side),
)
_names = st.lists(texts, max_size=3).map(tuple)
carried = st.builds(
    Carried,
    names=_names,
    terms=_names,
    people=_names,
    dates=st.none() | st.builds(DateRange, since=st.none() | moments, until=st.none() | moments),
    said=texts,
    by_name=st.booleans(),
    kind=texts,
    strict=st.booleans(),
)
answers = st.builds(
    ShownAnswer,
    id=st.builds(new_id),
    outcome=st.sampled_from(Outcome),
    snippets=st.lists(references, max_size=4).map(tuple),
    corpus_version=texts,
    asked_at=moments,
    chat_id=st.none() | _ids,
    thread_id=st.none() | _ids,
    asker_id=st.none() | _ids,
    asked_in=st.none() | _ids,
    language=st.none() | texts,
    page=_numbers,
    carried=st.none() | carried,
    reason=st.none() | st.sampled_from(Reason),
    question=st.none() | texts,
)
citations = st.builds(
    Citation,
    article=texts,
    sha256=st.just(DIGEST),
    start=_numbers,
    end=_numbers,
    quote=texts,
    paragraph=_numbers,
    title=texts,
    cited_at=moments,
    publisher=st.none() | texts,
    url=st.none() | texts,
    published_at=st.none() | moments,
    speaker=st.none() | texts,
    inferred=st.booleans(),
)
updates = st.builds(
    Incoming,
    update_id=_numbers,
    payload=texts,
    received_at=moments,
    chat_id=st.none() | _ids,
    user_id=st.none() | _ids,
)
