"""Texts that break other bots: very long, astral, right to left, full of markup."""

from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from tests.bot.running import running, write_articles
from tests.standin import Message, Standin, User
from tests.standin.rules import units

HEBREW = "דובר הממשלה אמר כי הרחפן התפוצץ מעל הגג ביום רביעי."
ARABIC = "قال المتحدث إن الطائرة المسيرة انفجرت فوق السطح يوم الأربعاء."


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann 😀 <b>*_`[&amp;")


async def replies_to(
    standin: Standin, ann: User, corpus: Path, question: str, expected: int = 1
) -> list[Message]:
    """Ask *question* of *corpus* and return the *expected* number of replies."""
    async with running(standin, corpus):
        asked = standin.say(ann, question)
        await standin.wait_for_reply(asked)
        calls = await standin.wait_for_call("sendMessage", expected)
        # A later question of the same chat comes after all that belongs to this one.
        await standin.wait_for_reply(standin.say(ann, "/help"))
    assert len(calls) == expected
    return standin.sent(ann)[:-1]


async def test_markup_characters(standin: Standin, ann: User, tmp_path: Path) -> None:
    """HTML and Markdown in articles, questions and names arrive letter for letter."""
    text = 'The <b>minister</b> denied *all* of `it` & [said](so) "_twice_" \\o/ &amp; left &lt;.'
    article = {
        "id": "<i>&'\"*_",
        "title": "*Bold* <u>claims</u> & _lies_ [x](http://y.z) `code`",
        "publisher": "The <Daily> & *Sons*",
        "url": "https://example.org/a?b=<c>&d=*e*",
        "text": text,
    }
    corpus = write_articles(tmp_path, article, article | {"id": "b", "url": "https://e.org/a?b&c"})

    replies = await replies_to(standin, ann, corpus, "who <b>denied</b> *all* of `it` & [why](x)?")

    assert replies[0].marked("blockquote")[0] == text
    assert article["title"] in replies[0].text
    assert article["publisher"] in replies[0].text


async def test_astral_characters(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Offsets are in UTF-16 units, so quotation, bold and link fit behind any number of emoji."""
    text = "🛸🛸🛸 The 𐍈 minister denied 👩‍👩‍👧‍👦 that 🇺🇦 drones flew 🎆🎆."
    article = {"id": "a", "title": "🎇 Drones 🎇", "text": text, "url": "https://example.org/🎇"}

    replies = await replies_to(
        standin, ann, write_articles(tmp_path, article), "🎇 who denied drones? 🎇"
    )

    assert replies[0].marked("blockquote") == [text]
    assert replies[0].marked("bold") == ["denied", "drones"]
    assert list(replies[0].links()) == ["🎇 Drones 🎇", "paragraph 1"]


@pytest.mark.parametrize(
    ("text", "question"),
    [(HEBREW, "דובר הממשלה הרחפן"), (ARABIC, "المتحدث الطائرة المسيرة")],
)
async def test_right_to_left(
    standin: Standin, ann: User, tmp_path: Path, text: str, question: str
) -> None:
    """Right-to-left text is quoted and highlighted as any other."""
    article = {"id": "a", "title": text[:20], "text": text, "url": "https://example.org/a"}

    replies = await replies_to(standin, ann, write_articles(tmp_path, article), question)

    assert replies[0].marked("blockquote") == [text]
    assert question.split()[1] in replies[0].marked("bold")


@pytest.mark.parametrize("word", ["drone ", "дрон ", "🛸🛸 ", "a\u0301\u0323 ", "无人机"])
async def test_sentences_longer_than_a_message(
    standin: Standin, ann: User, tmp_path: Path, word: str
) -> None:
    """A sentence longer than a page is cut to whole characters, and the cut is marked outside."""
    text = f"The minister denied {word * (9000 // len(word))}all of it."
    articles = [
        {
            "id": f"a{n}",
            "title": (word * 400)[:999],
            "text": f"{n} {text}",
            "publisher": (word * 50)[:99],
        }
        for n in range(3)
    ]

    async with running(standin, write_articles(tmp_path, *articles)):
        first = await standin.wait_for_reply(standin.say(ann, "who denied all of it?"))
        await standin.wait_for_reply(standin.say(ann, "/help"))

    quoted = [quote for reply in standin.sent(ann) for quote in reply.marked("blockquote")]
    assert quoted
    assert all(any(quote in article["text"] for article in articles) for quote in quoted)
    # The corpus ends a sentence after 2,000 characters; only these take two units each.
    assert ("[…]" in first.text) is word.startswith("🛸")
    assert "[…]" not in "".join(quoted)
    assert all(units(reply.text) <= 4096 for reply in standin.sent(ann))


async def test_longest_question(standin: Standin, ann: User) -> None:
    """A question as long as Telegram allows gets its reply."""
    async with running(standin):
        asked = standin.say(ann, ("who denied involvement in the drone strike? " * 100)[:4096])

        reply = await standin.wait_for_reply(asked)

    assert reply.marked("blockquote")


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("?", "hint-words"),
        ("😀😀", "hint-words"),
        ("\u202e\u200b", "hint-words"),
        ("\U000e0001", "hint-words"),
        ("/ask ?!", "ask-how"),
    ],
)
async def test_questions_without_words(
    standin: Standin, ann: User, question: str, hint: str
) -> None:
    """A question of signs and blanks is no question, and hears how to ask one."""
    async with running(standin):
        reply = await standin.wait_for_reply(standin.say(ann, question))

    assert reply.text == words_for("en")(hint)


async def test_a_question_of_common_words(standin: Standin, ann: User) -> None:
    """A question of stop words finds nothing, and hears so."""
    async with running(standin):
        reply = await standin.wait_for_reply(standin.say(ann, "the of and"))

    assert reply.text.startswith("Nothing found.")


async def test_control_characters(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Control characters and direction overrides of an article break neither text nor entities."""
    text = "The \u202eminister\u202c denied\t\x07 all\u2028of it on Monday."
    article = {"id": "a", "title": "A\u202etitle\x1b[31m\nof two lines", "text": text}

    replies = await replies_to(
        standin, ann, write_articles(tmp_path, article), "who denied all of it?"
    )

    assert "denied" in replies[0].marked("bold")
    assert "minister denied" in " ".join(replies[0].marked("blockquote")[0].split())


async def test_article_without_anything(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Without title, URL, publisher and date the citation says what there is, and links to no source."""
    (tmp_path / "plain.txt").write_text("The minister denied everything.", encoding="utf-8")

    replies = await replies_to(standin, ann, tmp_path, "who denied everything?")

    assert replies[0].marked("blockquote") == ["The minister denied everything."]
    assert list(replies[0].links()) == ["paragraph 1"]
    assert replies[0].text.endswith("paragraph 1")
