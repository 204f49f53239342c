"""Answers as Telegram messages: readable, verbatim, and never more than Telegram takes."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st
from telegram import MessageEntity

from bot.rendering.catalogue import languages, words_for
from bot.rendering.citing import CUT
from bot.rendering.composing import ENTITIES, LIMIT, Message, sendable, units
from bot.rendering.links import Addresses
from bot.rendering.quotations import quotation
from bot.rendering.telegram import Lost, Pages
from corpus.models import Span
from retrieval.models import Answer, Note, NoteKind, Outcome, Reason, Side, Snippet, Speaker
from tests.bot.answers import ANSWERS, MOMENT, answer, article, snippet, snippets

ENGLISH = words_for("en")
TEXT = 'It rained.\nAnn Lee, a spokeswoman, said: "We had nothing to do with it." She left.'


def paged(found: Answer, size: int = 3) -> Pages:
    """The pages of an answer, in English."""
    return Pages(ENGLISH, found, found.snippets, size=size)


def one(found: Answer) -> Message:
    """The only page of an answer."""
    pages = paged(found)
    assert len(pages) == 1
    return pages.message(0)


def parts(message: Message, kind: str) -> list[str]:
    """The texts that the entities of *kind* cover, as Telegram would cut them."""
    wide = message.text.encode("utf-16-le")
    return [
        wide[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le")
        for e in message.entities
        if e.type == kind
    ]


def test_an_answer() -> None:
    """A quotation with the matching words in bold, then who, where and when."""
    source = article(TEXT, title="Rain <b>in</b> *Spain*")
    found = snippet(source, '"We had nothing to do with it."', "nothing", speaker="Ann Lee")

    message = one(answer(found))

    assert message.text == (
        '"We had nothing to do with it."\n'
        "— Ann Lee\n"
        "Rain <b>in</b> *Spain*, Example, 4 May 2023, paragraph 2"
    )
    assert parts(message, "blockquote") == ['"We had nothing to do with it."']
    assert parts(message, "bold") == ["nothing"]
    assert parts(message, "text_link") == ["Rain <b>in</b> *Spain*"]
    assert parts(message, "date_time") == ["4 May 2023"]
    *_, link, day = message.entities
    assert link.url == (
        "https://example.org/a#:~:text=%22We%20had%20nothing%20to%20do%20with%20it.%22"
    )
    assert day.unix_time == MOMENT


def test_emoji_before_an_entity() -> None:
    """Offsets are counted in UTF-16 units: an emoji before a word does not shift it."""
    source = article("😀😀 said no 😀.")

    message = one(answer(snippet(source, source.text, "no")))

    assert parts(message, "bold") == ["no"]


def test_little_is_known_of_the_source() -> None:
    """Without title, publisher, date and address there still is a citation."""
    source = article("It rained.", title=" ", publisher=None, url=None)
    source = replace(source, published_at=None)

    message = one(answer(snippet(source, "It rained.")))

    assert message.text == "It rained.\nUntitled, paragraph 1"
    assert parts(message, "text_link") == []


def test_an_inferred_speaker_and_copies() -> None:
    """What was worked out is said to be, and so is where else the sentence stands."""
    source = article(TEXT)
    mention = Span(source, TEXT.index("Ann"), TEXT.index(","))
    found = snippet(source, "She left.")
    found = replace(found, speaker=Speaker(mention, inferred=True), also_in=(source, source))

    lines = one(answer(found)).text.splitlines()

    assert lines[1] == "— Ann Lee (inferred)"
    assert lines[2].endswith("paragraph 2; also in 2 articles (3 articles, 1 independent)")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.NO_SPEAKER, "No article quotes the speaker that you ask about on this."),
        (Reason.NO_DATES, "No article was published in the time that you ask about."),
    ],
)
def test_only_related(reason: Reason, said: str) -> None:
    """What is merely related says so first, and at the end why and what was searched."""
    found = snippet(article("It rained."), "It rained.")

    message = one(answer(found, outcome=Outcome.RELATED, reason=reason))

    assert message.text.startswith("No sentence answers this. The closest that was found:\n\nIt r")
    assert message.text.endswith(f"\n\n{said}\nSearched 2 articles, 4 May 2023.")
    assert parts(message, "bold") == ["No sentence answers this. The closest that was found:"]


def test_nothing() -> None:
    """Nothing found says why, which words are unknown, and what was searched."""
    found = answer(outcome=Outcome.NOTHING, reason=Reason.UNKNOWN_WORDS)

    message = one(replace(found, unknown=("blorp", "quux")))

    assert message.text == (
        "Nothing found.\n\nNo article has “blorp” or “quux”.\nSearched 2 articles, 4 May 2023."
    )
    assert parts(message, "blockquote") == []


def test_an_answer_that_lost_its_snippets() -> None:
    """Without any snippet left, no outcome makes an empty message."""
    message = one(answer())

    assert message.text == "Nothing found.\n\nSearched 2 articles, 4 May 2023."


def test_what_was_understood() -> None:
    """What was read into a question is shown above its answer, and the question if asked for."""
    found = answer(snippet(article("It rained."), "It rained."))
    found = replace(found, understood=(Note(NoteKind.SINCE, {"day": MOMENT.replace(day=1)}),))

    message = paged(found).message(0, asked=True)

    assert message.text.startswith("who denied it?\nUnderstood: since 1 May 2023.\n\nIt rained.\n")
    assert parts(message, "italic") == ["who denied it?", "Understood: since 1 May 2023."]


def test_both_sides() -> None:
    """Claims and denials stand in two groups, each under its name, best first."""
    source = article("They did it. We did not. They did, indeed.")
    sides = [
        replace(snippet(source, "We did not."), side=Side.DENIAL),
        replace(snippet(source, "They did it."), side=Side.CLAIM),
        replace(snippet(source, "They did, indeed."), side=Side.CLAIM),
    ]

    message = one(answer(*sides))

    headings = [bold for bold in parts(message, "bold") if not bold.startswith("[")]
    assert headings == ["What is claimed", "What is denied"]
    assert parts(message, "blockquote") == ["They did it.", "They did, indeed.", "We did not."]
    assert message.text.startswith("What is claimed\nThey did it.\n")


def test_context() -> None:
    """A short context is quoted around the sentence, whose words alone are bold."""
    source = article(TEXT)
    found = snippet(source, "She left.", "left")
    found = replace(found, context=Span(source, TEXT.index("Ann"), len(TEXT)))

    message = one(answer(found))

    assert parts(message, "blockquote") == [found.context.text]
    assert parts(message, "bold") == ["left"]


def test_a_context_is_quoted_once() -> None:
    """Two sentences of one context: the second stands alone, for its context was shown."""
    source = article("One two. Three four.")
    whole = Span(source, 0, len(source.text))
    both = [replace(snippet(source, s), context=whole) for s in ("One two.", "Three four.")]

    message = one(answer(*both))

    assert parts(message, "blockquote") == ["One two. Three four.", "Three four."]


def test_a_long_context_is_left_out() -> None:
    """Beyond some 600 characters the sentence stands alone."""
    source = article("One two. " + "More of it. " * 60)
    found = replace(snippet(source, "One two."), context=Span(source, 0, len(source.text)))

    assert parts(one(answer(found)), "blockquote") == ["One two."]


def test_a_long_sentence_is_cut_between_words() -> None:
    """What does not fit is left out at the end of a word, and that is shown outside the quote."""
    source = article("word " * 2_000 + "end.")

    message = one(answer(snippet(source, source.text)))

    (quoted,) = parts(message, "blockquote")
    assert source.text.startswith(quoted)
    assert quoted.endswith("word")
    assert f"{quoted}\n{CUT}\nA title" in message.text
    assert 2_000 < units(message.text) <= LIMIT


def test_a_long_sentence_is_cut_around_what_matched() -> None:
    """The part that is shown is the one with the highlights."""
    source = article("word " * 2_000 + "needle " + "word " * 2_000)

    message = one(answer(snippet(source, source.text, "needle")))

    assert message.text.startswith(f"{CUT}\nword")
    assert parts(message, "bold") == ["needle"]
    assert message.text.count(CUT) == 2


def test_snippets_are_whole() -> None:
    """What does not fit beside the others whole goes on the next page, and is not cut."""
    sources = [article(f"{word} " * 250, id=word) for word in ("one", "two", "six")]
    found = paged(answer(*(snippet(source, source.text) for source in sources)))

    assert [len(found.shown(page)) for page in range(len(found))] == [2, 1]
    quoted = [text for page in (0, 1) for text in parts(found.message(page), "blockquote")]
    assert quoted == [source.text for source in sources]
    assert CUT not in found.message(0).text


def test_pages() -> None:
    """At most so many snippets are on a page, with labels that go on; each page says where it is."""
    sources = [article("It rained.", id=str(number)) for number in range(5)]
    found = paged(answer(*(snippet(source, "It rained.") for source in sources)), size=2)

    assert [found.message(page).text.splitlines()[-1] for page in range(len(found))] == [
        "1 to 2 of 5",
        "3 to 4 of 5",
        "5 to 5 of 5",
    ]
    assert parts(found.message(1), "bold") == ["[3] ", "[4] "]
    assert [found.page_of(number) for number in range(5)] == [0, 0, 1, 1, 2]


def test_what_is_lost() -> None:
    """An article that changed or left is named in the place of its snippet, and nothing else is."""
    good = snippet(article("It rained."), "It rained.")
    entries: list[Snippet | Lost] = [Lost("A title", left=False), good, Lost("a9", left=True)]

    found = Pages(ENGLISH, answer(good), entries)

    assert len(found) == 1
    message = found.message(0)
    assert parts(message, "blockquote") == ["It rained."]
    assert "A title: the article has changed since" in message.text
    assert "a9: the article has left the corpus" in message.text


def test_all_is_lost() -> None:
    """When every article of an answer is gone, that is said, and not that nothing was found."""
    message = Pages(ENGLISH, answer(), [Lost("a9", left=True)]).message(0)

    assert message.text.startswith("a9: the article has left the corpus")
    assert "Nothing found" not in message.text


def test_a_permanent_link() -> None:
    """The paragraph leads to the receipt."""
    found = answer(snippet(article("It rained."), "It rained."))
    addresses = Addresses("record_bot", lambda _: "Ab_-1")

    message = Pages(ENGLISH, found, found.snippets, addresses=addresses).message(0)

    assert parts(message, "text_link") == ["A title", "paragraph 1"]
    links = [entity.url for entity in message.entities if entity.type == "text_link"]
    assert links[1] == "https://t.me/record_bot?start=c_Ab_-1"


def test_a_date_without_a_time() -> None:
    """A plain date is text: in another time zone it would be another day."""
    source = replace(article("It rained."), published_at=MOMENT.replace(hour=0, minute=0))

    message = one(answer(snippet(source, "It rained.")))

    assert "4 May 2023" in message.text
    assert parts(message, "date_time") == []


@pytest.mark.parametrize(
    "unit", ["👩🏽‍🚀", "🇬🇧", "é", "ก็", "\r\n"], ids=["family", "flag", "accent", "thai", "line"]
)
def test_no_character_is_cut_in_two(unit: str) -> None:
    """Without any blank to cut at, the cut is still between what readers see as characters."""
    source = article("x" + unit * 3_000)

    quoted = quotation(snippet(source, source.text), 1_000)

    assert quoted.text[1:].count(unit) * len(unit) == len(quoted.text) - 1
    assert quoted.cut_after


def test_what_cannot_be_sent() -> None:
    """A lone surrogate has no UTF-8; only that is replaced, all else of a quotation is left alone."""
    source = article("a\ud800b\u202ec\x00d")

    message = one(answer(snippet(source, source.text)))

    assert parts(message, "blockquote") == ["a\ufffdb\u202ec\x00d"]


@given(found=ANSWERS, size=st.integers(1, 10), language=st.sampled_from(languages()))
def test_within_the_limits(found: Answer, size: int, language: str) -> None:
    """Any page of any answer is one that Telegram takes, with entities inside the text."""
    addresses = Addresses("a" * 32, lambda _: "b" * 16)
    pages = Pages(words_for(language), found, found.snippets, size=size, addresses=addresses)
    for page in range(len(pages)):
        message = pages.message(page, asked=True)
        length = units(message.text)

        assert message.text.strip()
        assert length <= LIMIT
        assert len(message.entities) <= ENTITIES
        assert all(0 <= e.offset < e.offset + e.length <= length for e in message.entities)
        message.text.encode("utf-8")
        for kind in ("text_link", "blockquote"):
            same = [e for e in message.entities if e.type == kind]
            assert all(a.offset + a.length <= b.offset for a, b in pairwise(same))


@given(found=ANSWERS, size=st.integers(1, 10))
def test_quotations_are_verbatim(found: Answer, size: int) -> None:
    """Each blockquote is a slice of its article, and every snippet has one, on just one page."""
    pages = paged(found, size)
    shown = [each for page in range(len(pages)) for each in pages.shown(page)]

    quoted = [q for n in range(len(pages)) for q in parts(pages.message(n), "blockquote")]

    assert sorted(number for _, number, _ in shown) == list(range(len(found.snippets)))
    assert [label for label, _, _ in shown] == list(range(1, len(found.snippets) + 1))
    assert len(quoted) == len(shown)
    for text, (_, number, source) in zip(quoted, shown, strict=True):
        assert source is found.snippets[number]
        assert text in sendable(source.context.text)


@given(found=ANSWERS, size=st.integers(1, 10))
def test_pages_are_the_same_for_everybody(found: Answer, size: int) -> None:
    """Where a page begins depends on the articles, not on the language or on what is said above."""
    english = paged(found, size)
    bare = replace(found, understood=(), unknown=(), question="")
    arabic = Pages(words_for("ar"), bare, found.snippets, size=size)

    assert [english.page_of(n) for n in range(len(found.snippets))] == [
        arabic.page_of(n) for n in range(len(found.snippets))
    ]


@settings(deadline=None)  # other tests may keep the machine busy
@given(found=snippets())
def test_any_room(found: Snippet) -> None:
    """However little room there is, what is quoted is a slice of the context that fits it."""
    for room in (1, 2, 7, 200):
        quoted = quotation(found, room)

        assert 0 < len(quoted.text) <= room
        assert quoted.span in found.context
        assert all(0 <= start < end <= len(quoted.text) for start, end in quoted.bold)


def test_entities_are_telegrams() -> None:
    """The kinds of entities are ones that Telegram knows."""
    message = one(answer(snippet(article(TEXT), "She left.", "left")))

    assert all(entity.type in MessageEntity.ALL_TYPES for entity in message.entities)
