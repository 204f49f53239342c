"""Everybody is answered in their own language, and the quotations stay what they are."""

import unicodedata
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from bot.rendering import notices, reloads
from bot.rendering.catalogue import Words, languages, words_for
from bot.rendering.composing import LIMIT, units
from bot.reports import ReloadReport
from corpus.errors import SourceError
from corpus.loading import SAMPLE, Changes, load
from tests.bot.answers import TEXTS, article
from tests.bot.running import running
from tests.standin import Message, Standin, User

QUESTION = "who denied involvement?"
TEXT = "\n".join(article.text for article in load(SAMPLE).articles)
GERMAN, ARABIC = words_for("de"), words_for("ar")


@pytest.fixture(name="live")
async def _live(standin: Standin) -> AsyncIterator[Standin]:
    """The stand-in, with the bot polling it over the sample corpus."""
    async with running(standin):
        yield standin


def first_strong(line: str) -> str | None:
    """The direction that a line is laid out in."""
    strong = (unicodedata.bidirectional(character) for character in line)
    return next((each for each in strong if each in {"L", "R", "AL"}), None)


def own_lines(reply: Message) -> list[str]:
    """The lines of a reply that are no quotation."""
    text = reply.text
    for quotation in reply.marked("blockquote"):
        text = text.replace(quotation, "")
    return [line for line in text.split("\n") if line]


async def test_in_german(live: Standin) -> None:
    """The reply's own words are German, the quotation is the article's."""
    reply = await live.wait_for_reply(live.say(live.user(11, "Uwe", language_code="de"), QUESTION))

    assert "4. Mai 2023, Absatz" in reply.text
    assert reply.marked("blockquote")
    assert all(quotation in TEXT for quotation in reply.marked("blockquote"))


async def test_in_arabic(live: Standin) -> None:
    """Lines of ours run from right to left, and no mark of ours is in a quotation or a linked title."""
    reply = await live.wait_for_reply(live.say(live.user(11, "نور", language_code="ar"), QUESTION))

    assert "الفقرة" in reply.text
    assert all(first_strong(line) in {"R", "AL"} for line in own_lines(reply))
    assert all(quotation in TEXT for quotation in reply.marked("blockquote"))
    titles = {each.title for each in load(SAMPLE).articles}
    assert any(marked in titles for marked in reply.marked("text_link"))
    assert not any(set(marked) & set("\u200f\u2068\u2069") for marked in reply.marked("bold"))


async def test_in_a_group_everybody_has_their_own(live: Standin) -> None:
    """Two people in one group are each answered in their own language, others in English."""
    group = live.group(-1001, "Desk")
    spoken = {"de": "Absatz", "ar": "الفقرة", "fr": "paragraph", None: "paragraph"}
    for number, (code, word) in enumerate(spoken.items(), 20):
        asker = live.user(number, "A", language_code=code)

        reply = await live.wait_for_reply(live.say(asker, f"/ask {QUESTION}", chat=group))

        assert word in reply.text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("/help", lambda words: words("help")),
        ("/ask", lambda words: words("ask-how")),
        ("/nonsense", lambda words: words("unknown-command")),
        ("/start", lambda words: notices.welcome(words, examples=True)),
        ("/reload", lambda words: words("admin-only", command="/reload", user="11")),
    ],
)
@pytest.mark.parametrize("code", ["de-AT", "ar"])
async def test_commands(
    live: Standin, code: str, said: str, expected: Callable[[Words], str]
) -> None:
    """What commands say is in the asker's language, too."""
    reply = await live.wait_for_reply(live.say(live.user(11, "A", language_code=code), said))

    assert reply.text == expected(words_for(code))


async def test_a_button_answers_who_pressed_it(live: Standin) -> None:
    """In the language of whoever presses, not of whoever asked."""
    ann: User = live.user(11, "Ann")
    welcome = await live.wait_for_reply(live.say(ann, "/start"))

    gone = live.forge(replace(ann, language_code="de"), welcome, "example:0123456789abcdef")

    assert (await live.wait_for_answer(gone))["text"] == GERMAN("example-gone")


@settings(deadline=None)
@given(st.sampled_from(languages()), TEXTS, TEXTS, st.integers(0, 50))
def test_any_report_fits(language: str, title: str, reason: str, count: int) -> None:
    """Whatever titles and reasons say, a report is one message in every language."""
    articles = (article("x", title=title),) * count
    report = ReloadReport(
        changes=Changes(added=articles, changed=articles, removed=articles),
        refused=(SourceError(SAMPLE / ("a" * 200), 1, reason),) * count,
        old_version="v1",
        new_version="v2",
        seconds=1.5,
    )
    words = words_for(language)

    assert 0 < units(reloads.report(words, report)) <= LIMIT
    assert units(words("reload-failed", reason=reason * 50, version="v1")) <= LIMIT
