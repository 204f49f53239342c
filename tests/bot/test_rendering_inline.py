"""Rows to choose from: any snippet in any language makes one that Telegram takes."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st
from telegram import InlineQueryResultArticle, InputTextMessageContent

from bot.receipts import Fate, Receipt, named
from bot.rendering.catalogue import Words, languages, words_for
from bot.rendering.composing import Message, sendable
from bot.rendering.inline import message_row, row, rows, shared
from bot.rendering.links import NOWHERE, Addresses
from bot.state import cite
from corpus.models import Span
from retrieval.models import Snippet, Speaker
from tests.bot.answers import MOMENT, TEXTS, article, snippet, snippets
from tests.standin.keyboards import check_markup
from tests.standin.results import check_results
from tests.standin.rules import cut, formatted

ENGLISH = words_for("en")
LANGUAGES = st.sampled_from(languages()).map(words_for)
ADDRESSES = Addresses("a" * 32, named)
ABOVE = 64
"""Characters above the rows that are surely shown; Telegram does not say how many it takes."""


def content(made: InlineQueryResultArticle) -> Message:
    """The message that a row posts."""
    posted = made.input_message_content
    assert isinstance(posted, InputTextMessageContent)
    return Message(posted.message_text, tuple(posted.entities))


def assert_taken(*made: InlineQueryResultArticle) -> None:
    """Telegram takes these rows, and shows all of what they post."""
    noted: list[str] = []
    check_results([json.loads(each.to_json()) for each in made])
    for each in made:
        text = content(each).text
        entities = json.loads(json.dumps([e.to_dict() for e in content(each).entities]))
        assert all(cut(text, entity["offset"], entity["length"]) for entity in entities)
        formatted(text, entities, noted.append, too_long="too long")
        if each.reply_markup is not None:
            check_markup(json.loads(each.reply_markup.to_json()), noted.append, inline_mode=True)
        each.to_json().encode()
        assert len(each.title) <= 100
        assert len(each.description or "") <= 170
    assert noted == []


def quoted(made: InlineQueryResultArticle) -> str:
    """What the blockquote of the posted message covers."""
    message = content(made)
    (only,) = (e for e in message.entities if e.type == "blockquote")
    return str(cut(message.text, only.offset, only.length))


@given(found=snippets(), words=LANGUAGES, where=st.sampled_from([ADDRESSES, NOWHERE]))
def test_any_snippet(found: Snippet, words: Words, where: Addresses) -> None:
    """Whatever is quoted, the row is taken, and posts a verbatim slice of it and nothing else."""
    (made,) = rows(words, [found], where)

    assert_taken(made)
    assert quoted(made) in sendable(found.span.text)
    assert made.id == named(found)


@given(st.lists(snippets(), max_size=6), LANGUAGES)
def test_rows_stand_beside_each_other(found: Sequence[Snippet], words: Words) -> None:
    """Snippets with citations of their own have rows with ids of their own."""
    several = {named(each): each for each in found}

    assert_taken(*rows(words, several.values(), ADDRESSES))


@given(
    found=snippets(),
    words=LANGUAGES,
    cited_at=st.datetimes(timezones=st.just(UTC)),
    fate=st.sampled_from(Fate),
    noticed=st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_anything_shared(
    found: Snippet, words: Words, cited_at: datetime, fate: Fate, noticed: datetime | None
) -> None:
    """A quotation that is passed on is taken and verbatim, whatever became of its article."""
    alone = replace(found, context=found.span, speaker=None, highlights=())
    receipt = Receipt(cite(found, cited_at), fate, alone, noticed)

    made = shared(words, receipt, ADDRESSES)

    assert_taken(made)
    assert quoted(made) in sendable(found.span.text)
    assert made.id == receipt.citation.id


@given(title=TEXTS, words=LANGUAGES)
def test_any_title(title: str, words: Words) -> None:
    """Any text will do for a title; where nothing of it can be seen, something else can."""
    found = snippet(article("It rained."), "It rained.")

    made = row(words, found, ADDRESSES, title)

    assert_taken(made)
    assert any(c.isprintable() and not c.isspace() for c in made.title)


def test_who_and_when() -> None:
    """A row says who says it and when; where nobody is known to, the article's title."""
    source = article("Mayor Ann Lee said it rained.")
    said = snippet(source, source.text, speaker="Mayor Ann Lee")
    unsaid = snippet(source, source.text)

    made = [*rows(ENGLISH, [said, unsaid], ADDRESSES)]

    assert [each.title for each in made] == ["Mayor Ann Lee · 4 May 2023", "A title · 4 May 2023"]
    assert made[0].description == "Mayor Ann Lee said it rained."


def test_a_long_name() -> None:
    """A name is cut and not the day behind it."""
    found = snippet(article("It rained.", title="Rain in Spain " * 20), "It rained.")

    (made,) = rows(ENGLISH, [found], ADDRESSES)

    assert made.title.startswith("Rain in Spain")
    assert made.title.endswith("… · 4 May 2023")


def test_a_long_sentence() -> None:
    """A row shows of a long sentence what stands around the words that were looked for."""
    source = article("before " * 60 + "the fire" + " after" * 60)
    (made,) = rows(ENGLISH, [snippet(source, source.text, "fire")], ADDRESSES)

    assert made.description is not None
    assert made.description.startswith("… before")
    assert "the fire after" in made.description
    assert made.description.endswith("after …")
    assert quoted(made) == source.text


def test_whom_a_shared_quotation_is_by() -> None:
    """Its speaker is named as it was when it was cited, inferred or not."""
    source = article("Mayor Ann Lee came late.\nShe said it rained.")
    said = snippet(source, "She said it rained.")
    mayor = Speaker(Span(source, 0, len("Mayor Ann Lee")), inferred=True)
    receipt = Receipt(cite(replace(said, speaker=mayor), MOMENT), Fate.UNCHANGED, said)

    made = shared(ENGLISH, receipt, ADDRESSES)

    assert made.title == "Mayor Ann Lee (inferred) · 4 May 2023"
    assert "— Mayor Ann Lee (inferred)" in content(made).text


def test_nothing_but_a_message() -> None:
    """Where no row is seen, any text stands for its title."""
    for text in ("", "\u202e", "\ud800", "word " * 1_000):
        assert_taken(message_row(ENGLISH, "answer", text, Message("text")))


@pytest.mark.parametrize("language", languages())
def test_what_stands_above_the_rows(language: str) -> None:
    """In every language it is short enough to be read at a glance."""
    words = words_for(language)
    said = [words(f"inline-{name}") for name in ("how", "closest", "nothing", "not-now")]
    said += [words("no-articles"), words("inline-too-many", seconds=3_600)]

    assert all(1 <= len(each) <= ABOVE for each in said)
