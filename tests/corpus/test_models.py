"""Articles and spans: what is verbatim by construction."""

from dataclasses import FrozenInstanceError
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from corpus.models import Article, Span

BRIDGE = Article(id="bridge", title="Bridge", text="The bridge closed. Nobody was hurt.")


def test_an_article_has_the_digest_of_its_text() -> None:
    """By which a receipt shows that the text is still the one that was indexed."""
    article = Article(id="a", title="A", text="Zoë said “no”.")

    assert article.sha256 == sha256("Zoë said “no”.".encode()).hexdigest()


def test_a_text_that_has_no_utf8_has_a_digest() -> None:
    """A lone surrogate, which JSON can hold, breaks nothing."""
    assert len(Article(id="a", title="A", text="\ud800").sha256) == 64


def test_a_moment_without_time_zone_is_refused() -> None:
    """Two such moments can't be compared with others, so the article is named at once."""
    naive = datetime(2023, 5, 4)  # noqa: DTZ001  # the mistake that is tested

    with pytest.raises(ValueError, match="article 'a': published_at has no time zone"):
        Article(id="a", title="A", text="Text.", published_at=naive)


def test_where_an_article_was_read_does_not_make_it_another() -> None:
    """A line that moved in its file is no changed article; a changed date is one."""
    moved = Article(id="bridge", title="Bridge", text=BRIDGE.text, source="other.jsonl:9")
    dated = Article(
        id="bridge", title="Bridge", text=BRIDGE.text, published_at=datetime(2023, 5, 4, tzinfo=UTC)
    )

    assert moved == BRIDGE
    assert dated != BRIDGE


def test_articles_and_spans_do_not_change() -> None:
    """What was cited can't be altered afterwards."""
    with pytest.raises(FrozenInstanceError):
        BRIDGE.text = "other"  # type: ignore[misc]  # the mistake that is tested
    with pytest.raises(FrozenInstanceError):
        Span(BRIDGE, 0, 3).end = 9  # type: ignore[misc]  # the mistake that is tested


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, len(BRIDGE.text) + 1)], ids=str
)
def test_a_span_outside_its_article_is_refused(start: int, end: int) -> None:
    """Empty, turned round or beyond the text: none of them can be quoted."""
    with pytest.raises(ValueError, match=r"is not inside article 'bridge' of 35 characters"):
        Span(BRIDGE, start, end)


@given(st.text(min_size=1), st.data())
def test_a_span_is_the_slice(text: str, data: st.DataObject) -> None:
    """Whatever the characters: offsets are code points of the text as it was given."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article(id="a", title="", text=text)

    assert Span(article, start, end).text == text[start:end]


def test_a_span_holds_smaller_ones_of_the_same_article() -> None:
    """Itself too; none that sticks out, none of an equal article, nothing that is no span."""
    twin = Article(id="bridge", title="Bridge", text=BRIDGE.text)
    outer = Span(BRIDGE, 4, 10)

    assert Span(BRIDGE, 5, 9) in outer
    assert Span(BRIDGE, 4, 10) in outer
    assert Span(BRIDGE, 3, 9) not in outer
    assert Span(BRIDGE, 5, 11) not in outer
    assert Span(twin, 5, 9) not in outer
    assert "bridge" not in outer


def test_a_repr_shows_where_and_not_what() -> None:
    """Whole articles don't flood a log."""
    assert repr(BRIDGE) == "<Article 'bridge', 35 characters>"
    assert repr(Span(BRIDGE, 4, 10)) == "<Span 'bridge' 4..10>"
