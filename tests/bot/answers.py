"""Answers made by hand, and answers of every imaginable kind."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from corpus.models import Article, Span
from retrieval.models import (
    Answer,
    ArticleHit,
    Note,
    NoteKind,
    Outcome,
    Reason,
    Searched,
    Side,
    Snippet,
    Speaker,
)

MOMENT = datetime(2023, 5, 4, 18, 30, tzinfo=UTC)


def article(text: str, **known: str | None) -> Article:
    """An article of MOMENT with *text*; all else can be left out."""
    given = {"id": "a1", "title": "A title", "url": "https://example.org/a", "publisher": "Example"}
    return Article(text=text, published_at=MOMENT, **{**given, **known})  # type: ignore[arg-type] # None is not given for id and title


def snippet(source: Article, sentence: str, *bold: str, speaker: str | None = None) -> Snippet:
    """A snippet of *sentence* as it stands in *source*, with the *bold* words of it."""
    span = _find(source, sentence)
    return Snippet(
        span=span,
        context=span,
        paragraph=source.text[: span.start].count("\n") + 1,
        speaker=Speaker(_find(source, speaker), inferred=False) if speaker else None,
        highlights=tuple(_find(source, word, span.start) for word in bold),
        score=1.0,
    )


def answer(
    *snippets: Snippet, outcome: Outcome = Outcome.ANSWERED, reason: Reason | None = None
) -> Answer:
    """An answer of *snippets*, from a corpus of two articles."""
    return Answer(
        question="who denied it?",
        outcome=outcome,
        reason=reason,
        confidence=0.5,
        snippets=snippets,
        articles=tuple(ArticleHit(each.article, each.score) for each in snippets),
        corpus_version="v1",
        searched=Searched(articles=2, passages=3, oldest=MOMENT, newest=MOMENT),
    )


def _find(source: Article, words: str, after: int = 0) -> Span:
    start = source.text.index(words, after)
    return Span(source, start, start + len(words))


TEXTS = st.text(st.characters(codec=None), max_size=200)
"""Any text: controls, lone surrogates, emoji, right-to-left, empty."""

LONG_TEXTS = st.one_of(
    st.text(st.characters(codec=None), min_size=1, max_size=400),
    st.builds(
        lambda word, times: (word * times)[:9_000],
        st.text(st.characters(codec=None), min_size=1, max_size=40),
        st.integers(1, 400),
    ),
)

URLS = st.one_of(
    st.none(),
    TEXTS,
    st.from_regex(r"https?://[a-z.]{1,20}(:[0-9]{1,6})?/[^\x00]{0,40}", fullmatch=True),
)

ARTICLES = st.builds(
    Article,
    id=TEXTS,
    title=TEXTS,
    text=LONG_TEXTS,
    url=URLS,
    publisher=st.none() | TEXTS,
    published_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@st.composite
def _spans(draw: st.DrawFn, source: Article, low: int, high: int) -> Span:
    start = draw(st.integers(low, high - 1))
    return Span(source, start, draw(st.integers(start + 1, high)))


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    """Any snippet that keeps the promises of its type."""
    source = draw(ARTICLES)
    end = len(source.text)
    context = draw(_spans(source, 0, end))
    span = draw(st.just(context) | _spans(source, context.start, context.end))
    edges = sorted(draw(st.sets(st.integers(span.start, span.end), max_size=60)))
    highlights = tuple(Span(source, *edge) for edge in zip(edges[::2], edges[1::2], strict=False))
    return Snippet(
        span=span,
        context=context,
        paragraph=draw(st.integers(1, 10_000)),
        speaker=draw(st.none() | st.builds(Speaker, _spans(source, 0, end), st.booleans())),
        highlights=highlights,
        score=1.0,
        also_in=(source,) * draw(st.integers(0, 2_000)),
        side=draw(st.none() | st.sampled_from(Side)),
    )


_MOMENTS = st.datetimes(timezones=st.just(UTC))

NOTES = st.one_of(
    st.builds(Note, st.just(NoteKind.DAY), st.fixed_dictionaries({"day": _MOMENTS})),
    st.builds(
        Note, st.just(NoteKind.DAYS), st.fixed_dictionaries({"first": _MOMENTS, "last": _MOMENTS})
    ),
    st.builds(Note, st.just(NoteKind.NEWEST_FIRST)),
    st.builds(Note, st.just(NoteKind.ABOUT), st.fixed_dictionaries({"name": TEXTS})),
    st.builds(
        Note, st.just(NoteKind.READ_AS), st.fixed_dictionaries({"word": TEXTS, "meant": TEXTS})
    ),
)
"""Whatever may be read into a question."""

ANSWERS = st.builds(
    Answer,
    question=st.text(st.characters(codec=None), max_size=4_000),
    outcome=st.sampled_from(Outcome),
    reason=st.none() | st.sampled_from(Reason),
    confidence=st.floats(0, 1),
    snippets=st.lists(snippets(), max_size=10).map(tuple),
    articles=st.just(()),
    corpus_version=st.just("v1"),
    searched=st.builds(
        Searched,
        articles=st.integers(0, 10**9),
        passages=st.integers(0, 10**9),
        oldest=st.none() | st.datetimes(timezones=st.just(UTC)),
        newest=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    unknown=st.lists(TEXTS, max_size=8).map(tuple),
    understood=st.lists(NOTES, max_size=8).map(tuple),
)
