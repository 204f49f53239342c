"""Everything that goes with an answer is taken by Telegram's rules, whatever the articles hold."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings, strategies as st
from telegram import InlineKeyboardMarkup

from bot.contents import Contents, key_of, passages_of
from bot.receipts import Fate, Receipt, named
from bot.rendering import listing
from bot.rendering.catalogue import languages, words_for
from bot.rendering.clipboard import citation_text
from bot.rendering.composing import Message, sendable, units
from bot.rendering.keyboards import (
    AnswerKeyboards,
    Press,
    Verb,
    receipt_keyboard,
    turning_keyboard,
)
from bot.rendering.links import Addresses
from bot.rendering.reading import Reading
from bot.rendering.receipts import receipt
from bot.rendering.surroundings import surroundings
from bot.rendering.telegram import Lost, Pages
from bot.state import Citation, cite, new_id
from corpus.models import Article
from corpus.stories import alone
from retrieval.directory import DIGEST, Directory, Entry
from retrieval.indexing import index_corpus
from retrieval.models import Answer, Snippet
from tests.bot.answers import ANSWERS, ARTICLES, MOMENT, answer, article, snippet, snippets
from tests.standin.keyboards import check_markup
from tests.standin.rules import cut, formatted

ENGLISH = words_for("en")
LANGUAGES = st.sampled_from(languages()).map(words_for)
ADDRESSES = Addresses("a" * 32, named)


def assert_taken(message: Message, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Telegram takes *message* and shows all of it; so it does the *buttons*."""
    noted: list[str] = []
    entities: list[dict[str, Any]] = json.loads(
        json.dumps([entity.to_dict() for entity in message.entities])
    )
    text = message.text
    assert all(cut(text, entity["offset"], entity["length"]) for entity in entities)
    formatted(text, entities, noted.append, too_long="too long")
    if buttons is not None:
        check_markup(json.loads(buttons.to_json()), noted.append, inline_mode=True)
    assert noted == []


def quotations(message: Message) -> list[str]:
    """What the blockquotes of *message* cover."""
    kinds = {"blockquote", "expandable_blockquote"}
    return [cut(message.text, e.offset, e.length) for e in message.entities if e.type in kinds]


@given(found=ANSWERS, words=LANGUAGES, size=st.integers(1, 10), known=st.booleans())
def test_buttons(found: Answer, words: Any, size: int, *, known: bool) -> None:
    """Under every page there are buttons that Telegram takes, known answer or not."""
    pages = Pages(words, found, found.snippets, size=size, addresses=ADDRESSES)
    keyboards = AnswerKeyboards(words, pages, new_id() if known else None, inline=True)
    for page in range(len(pages)):
        for _, number, _ in [*pages.shown(page), (0, -1, None)]:
            assert_taken(pages.message(page), keyboards.under_page(page, number))
    for number in range(len(pages.entries)):
        assert_taken(pages.message(0), keyboards.under_context(number))
        assert_taken(pages.message(0), keyboards.under_list(number, 1, 3))


@given(found=snippets(), words=LANGUAGES)
def test_surroundings(found: Snippet, words: Any) -> None:
    """What stands around a snippet is one slice of its article, which shows the snippet."""
    message = surroundings(words, found, ADDRESSES)

    assert_taken(message)
    (quoted,) = quotations(message)
    assert quoted in sendable(found.article.text)
    if units(found.article.text) < 1_000:
        assert sendable(found.context.text) in quoted


def test_neighbouring_paragraphs() -> None:
    """The paragraph before and the one after, and no more, with the snippet in bold."""
    source = article("One.\nTwo.\n\nThree. It rained. Four.\nFive.\nSix.")

    message = surroundings(ENGLISH, snippet(source, "It rained."))

    assert quotations(message) == ["Two.\n\nThree. It rained. Four.\nFive."]
    bold = [cut(message.text, e.offset, e.length) for e in message.entities if e.type == "bold"]
    assert bold == [ENGLISH("context"), "It rained."]


def test_long_paragraphs() -> None:
    """Of paragraphs that do not fit, what is nearest is shown, cut between words, and that is said."""
    source = article("before " * 2_000 + "It rained." + " after" * 2_000)

    message = surroundings(ENGLISH, snippet(source, "It rained."))

    (quoted,) = quotations(message)
    assert quoted.startswith("before before")
    assert quoted.endswith("after after")
    assert "It rained." in quoted
    assert message.text.count("[…]") == 2


@given(found=snippets(), words=LANGUAGES, linked=st.booleans())
def test_citations_to_copy(found: Snippet, words: Any, *, linked: bool) -> None:
    """A citation to copy has 1 to 256 units, and an address in it is whole."""
    permalink = ADDRESSES.link(found) if linked else None

    text = citation_text(words, found, permalink)

    assert 1 <= units(text) <= 256
    text.encode("utf-8")
    if linked:
        assert text.endswith((permalink or "", found.article.url or " "))


def test_a_citation_with_a_long_title() -> None:
    """The title gives way, and the address stays whole."""
    url = "https://example.org/" + "a" * 120
    source = article("It rained.", title="Rain in Spain " * 20, url=url)

    text = citation_text(ENGLISH, snippet(source, "It rained."))

    assert text.startswith("Rain in Spain Rain")
    assert text.endswith(f"…, Example, 4 May 2023, paragraph 1. {url}")


def test_a_citation_with_a_long_address() -> None:
    """An address that leaves no room for the rest gives way to the permanent link."""
    source = article("It rained.", url="https://example.org/" + "a" * 240)

    text = citation_text(ENGLISH, snippet(source, "It rained."), "https://t.me/bot?start=c_1")

    assert text == "A title, Example, 4 May 2023, paragraph 1. https://t.me/bot?start=c_1"


@given(
    found=snippets(),
    words=LANGUAGES,
    cited_at=st.datetimes(timezones=st.just(UTC)),
    fate=st.sampled_from(Fate),
    noticed=st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_receipts(
    found: Snippet, words: Any, cited_at: datetime, fate: Fate, noticed: datetime | None
) -> None:
    """A receipt of any quotation is taken, and shows what was cited, whatever became of it."""
    shown = Receipt(cite(found, cited_at), fate, found, noticed)

    message = receipt(words, shown)

    assert_taken(message, receipt_keyboard(words, shown, ADDRESSES, inline=True))
    assert_taken(message, receipt_keyboard(words, shown, ADDRESSES, inline=True, opened=True))
    (quoted,) = quotations(message)
    assert quoted in sendable(found.span.text)


def contents_of(articles: Iterable[Article]) -> Contents:
    """What is listed of some articles."""
    ordered = sorted(articles, key=lambda each: each.id)
    directory = Directory.of(Entry.of(each, bytes(DIGEST)) for each in ordered)
    return Contents.of(ordered, directory, alone([1] * len(ordered)))


@given(articles=st.lists(ARTICLES, max_size=20), words=LANGUAGES, page=st.integers(0, 9))
def test_lists(articles: Sequence[Article], words: Any, page: int) -> None:
    """Any page of any list is taken, and so are its buttons."""
    contents = contents_of({each.id: each for each in articles}.values())
    _, page, pages = listing.page_of(contents.newest, page, listing.ARTICLES)
    buttons = turning_keyboard(words, "latest", page, pages)

    assert_taken(listing.articles(words, words("latest-heading"), contents.newest, page), buttons)
    assert_taken(listing.publishers(words, contents.publishers, page))


@given(read=ARTICLES, words=LANGUAGES)
def test_reading(read: Article, words: Any) -> None:
    """Any page of any article is taken, and together they quote all of it, in its order."""
    reading = Reading(read)
    quoted: list[str] = []
    for page in range(len(reading)):
        buttons = turning_keyboard(words, f"article:{key_of(read)}:0", page, len(reading))
        message = reading.message(words, page, passages_of(read))
        assert_taken(message, buttons)
        quoted += quotations(message)

    assert all(quotation in sendable(read.text) for quotation in quoted)
    assert "".join("".join(quoted).split()) == "".join(sendable(read.text).split())


@given(
    st.sampled_from(Verb),
    st.builds(new_id),
    st.integers(0, 999),
    st.integers(0, 999),
)
def test_callback_data(verb: Verb, of: str, number: int, page: int) -> None:
    """What a button sends is read as it was written, and takes at most 64 bytes."""
    press = Press(verb, of, number, page)

    assert Press.read(press.data) == press
    assert len(press.data.encode()) <= 64


@given(st.text() | st.from_regex(r"[a-z]{1,9}:[A-Za-z0-9_-]{0,20}:[0-9]{0,5}:[0-9]{0,5}"))
def test_any_callback_data(data: str) -> None:
    """Data that nobody wrote means nothing, or just what it says."""
    press = Press.read(data)

    assert press is None or press.data.count(":") == data.count(":") == 3


@given(found=snippets(), after=st.sampled_from(["same", "changed", "left"]))
@settings(max_examples=50)
def test_what_became_of_a_citation(found: Snippet, after: str) -> None:
    """A citation is unchanged just as long as the article has the text that it was of."""
    cited: Citation = cite(found, MOMENT)
    source = found.article
    now = {"same": [source], "left": []}
    changed = Article(id=source.id, title=source.title, text=f"{source.text}.")
    corpus = index_corpus(tuple(now.get(after, [changed])), "v2")

    shown = Receipt.of(cited, corpus)

    assert shown.fate is {"same": Fate.UNCHANGED, "changed": Fate.CHANGED, "left": Fate.LEFT}[after]
    assert shown.snippet.span.text == found.span.text


def test_lost_entries_have_no_buttons() -> None:
    """Of what is lost there is nothing to copy or to share; the way back and the votes stay."""
    pages = Pages(ENGLISH, answer(), [Lost("a9", left=True)])
    keyboards = AnswerKeyboards(ENGLISH, pages, new_id(), inline=True)

    markup = keyboards.under_page(0)

    assert markup is not None
    labels = [button.text for row in markup.inline_keyboard for button in row]
    assert labels == [ENGLISH("button-helpful"), ENGLISH("button-not-helpful")]


def test_contents() -> None:
    """Newest first, the undated last; publishers by their number of articles; ids by likeness."""
    day = timedelta(days=1)
    articles = [
        Article(id="old", title="", text="a", publisher="A", published_at=MOMENT),
        Article(id="undated", title="", text="a", publisher="B"),
        Article(id="new", title="", text="a", publisher=" A\n", published_at=MOMENT + day),
    ]

    contents = contents_of(articles)

    assert [each.id for each in contents.newest] == ["new", "old", "undated"]
    assert contents.publishers == (("A", 2), ("B", 1))
    assert contents.nearest("UNDATE", 1) == (articles[1],)
