"""/sources, /latest and /article over the wire."""

from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from bot.rendering.listing import ARTICLES, PUBLISHERS
from corpus.loading import SAMPLE, load
from tests.bot.running import running, write_articles
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")


def news(count: int, publishers: int = 3) -> list[dict[str, str]]:
    """Articles number 0 to *count*, one an hour, the last one the newest."""
    return [
        {
            "id": f"news-{n:03}",
            "title": f"Title {n:03}",
            "text": "It rained.\nIt stopped.",
            "publisher": f"Publisher {n % publishers:02}",
            "url": f"https://example.org/{n}",
            "published_at": f"2024-03-{1 + n // 24:02}T{n % 24:02}:30:00Z",
        }
        for n in range(count)
    ]


async def asked(standin: Standin, user: User, command: str) -> Message:
    """What the bot says to a command."""
    return await standin.wait_for_reply(standin.say(user, command))


async def leafed(standin: Standin, user: User, message: Message) -> list[str]:
    """All lines of a list, leafed through to its end."""
    lines = message.text.splitlines()
    while any("More" in button["text"] for button in message.buttons()):
        versions = len(message.versions)
        await standin.wait_for_answer(standin.press(user, message, "More"))
        await standin.wait_for_edit(message, versions=versions + 1)
        lines += message.text.splitlines()
    return lines


async def test_sources(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Each publisher with its number of articles, the most frequent first, on pages."""
    corpus = write_articles(tmp_path / "news", *news(61, publishers=30))
    async with running(standin, corpus):
        message = await asked(standin, ann, "/sources")
        lines = await leafed(standin, ann, message)

    counts = [line for line in lines if line.startswith("Publisher ")]
    assert lines[0] == "30 publishers"
    assert counts[0] == "Publisher 00: 3 articles"
    assert counts[1:] == [f"Publisher {n:02}: 2 articles" for n in range(1, 30)]
    assert message.text.splitlines()[-1] == "Page 2 of 2"
    assert PUBLISHERS < 30


async def test_latest(standin: Standin, ann: User, tmp_path: Path) -> None:
    """The newest articles first, linked, with publisher, day and id; back and forth."""
    corpus = write_articles(tmp_path / "news", *news(20))
    async with running(standin, corpus):
        message = await asked(standin, ann, "/latest")
        first = message.text
        assert message.links()["Title 019"] == "https://example.org/19"
        assert "Publisher 01, 1 March 2024" in first
        assert message.marked("code")[0] == "news-019"
        assert len(message.marked("date_time")) == ARTICLES
        lines = await leafed(standin, ann, message)
        await standin.wait_for_answer(standin.press(ann, message, ENGLISH("button-previous")))
        await standin.wait_for_edit(message, "Page 2 of 3")

    titles = [line for line in lines if line.startswith("Title ")]
    assert titles == [f"Title {n:03}" for n in reversed(range(20))]


async def test_a_list_that_became_shorter(standin: Standin, ann: User, tmp_path: Path) -> None:
    """A page that is not there any more after a reload is the last one."""
    folder = write_articles(tmp_path / "news", *news(20))
    async with running(standin, folder) as bot:
        message = await asked(standin, ann, "/latest")
        write_articles(folder, *news(3))
        await bot.library.reload()
        await standin.wait_for_answer(standin.press(ann, message, "More"))
        await standin.wait_for_edit(message, versions=2)

    assert message.marked("code") == ["news-002", "news-001", "news-000"]


async def test_article(standin: Standin, ann: User) -> None:
    """One article: title, link, publisher, date, id, how many passages it has, and its text."""
    article = next(a for a in load(SAMPLE).articles if a.url and a.publisher)
    async with running(standin):
        message = await asked(standin, ann, f"/article {article.id}")

    assert message.links() == {article.title: article.url}
    assert message.marked("code") == [article.id]
    assert f"{article.publisher}, " in message.text
    assert "passage" in message.text
    assert article.text.startswith(message.marked("blockquote")[0])


def paragraphs_of(count: int) -> list[str]:
    """Paragraphs of which a few fit a page."""
    return [f"Paragraph {n} begins. {'It rained on the harbour. ' * 30}" for n in range(count)]


async def test_reading_an_article(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Page by page, back and forth, each paragraph whole and word for word, with its number."""
    lines = paragraphs_of(9)
    text = "\n\n".join(lines)
    corpus = write_articles(tmp_path / "news", {"id": "long", "text": text})
    quoted: list[str] = []
    async with running(standin, corpus):
        message = await asked(standin, ann, "/article long")
        assert "passages" in message.text
        while True:
            quoted += message.marked("blockquote")
            assert message.marked("italic")[0].startswith("paragraph ")
            if not any("More" in button["text"] for button in message.buttons()):
                break
            versions = len(message.versions)
            await standin.wait_for_answer(standin.press(ann, message, "More"))
            await standin.wait_for_edit(message, versions=versions + 1)
        await standin.wait_for_answer(standin.press(ann, message, ENGLISH("button-previous")))
        await standin.wait_for_edit(message, versions=len(message.versions) + 1)

    assert quoted == [line.strip() for line in lines]
    assert "Page 2 of 3" in message.text


async def test_a_paragraph_beyond_a_page(standin: Standin, ann: User, tmp_path: Path) -> None:
    """A paragraph that fits no page is cut between words, and the cut is told outside of it."""
    text = "harbour " * 700
    corpus = write_articles(tmp_path / "news", {"id": "long", "text": text})
    async with running(standin, corpus):
        message = await asked(standin, ann, "/article long")

    (quoted,) = message.marked("blockquote")
    assert text.startswith(f"{quoted} ")
    assert f"{quoted}\n[…]\n{ENGLISH('paragraph', number=1)}" in message.text


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ([{"id": "long", "text": "It is sunny."}], "article-reread"),
        ([{"id": "other", "text": "It is sunny."}], "article-left"),
        ([{"id": "new", "text": "Sun."}, {"id": "long", "text": "\n".join(paragraphs_of(9))}], ""),
    ],
)
async def test_reading_on_after_a_restart(
    standin: Standin, ann: User, tmp_path: Path, then: list[dict[str, str]], said: str
) -> None:
    """The buttons know the article and its text: nothing else is shown in its place."""
    folder = tmp_path / "news"
    write_articles(folder, {"id": "long", "text": "\n".join(paragraphs_of(9))})
    async with running(standin, folder):
        message = await asked(standin, ann, "/article long")
    write_articles(folder, *then)
    async with running(standin, folder):
        answer = await standin.wait_for_answer(standin.press(ann, message, "More"))
        if not said:
            await standin.wait_for_edit(message, "Page 2 of 3")

    assert answer["text"] == (ENGLISH(said) if said else "")
    assert answer["show_alert"] == bool(said)
    assert len(message.versions) == (1 if said else 2)


@pytest.mark.parametrize(
    "data", ["article:{}:1", "article:0123456789abcdef:01234567:1", "article:"]
)
async def test_forged_pages(standin: Standin, ann: User, data: str) -> None:
    """Data that no button has does nothing."""
    async with running(standin):
        message = await asked(standin, ann, "/article")
        await standin.wait_for_answer(standin.forge(ann, message, data))

    assert len(message.versions) == 1


async def test_an_unknown_article(standin: Standin, ann: User, tmp_path: Path) -> None:
    """An id that no article has is answered with the nearest ones."""
    corpus = write_articles(tmp_path / "news", *news(20))
    async with running(standin, corpus):
        message = await asked(standin, ann, "/article News-0113")

    assert message.text.startswith(ENGLISH("article-unknown", id="News-0113"))
    assert "news-011" in message.marked("code")[:3]
    assert len(message.marked("code")) <= ARTICLES


async def test_article_without_an_id(standin: Standin, ann: User) -> None:
    """/article alone says how, with an id that there is, and lists all articles on pages."""
    ids = {article.id for article in load(SAMPLE).articles}
    async with running(standin):
        message = await asked(standin, ann, "/article")
        command = message.text.splitlines()[1]
        lines = await leafed(standin, ann, message)
        shown = await asked(standin, ann, command)

    assert command.startswith("/article ")
    assert {line.removeprefix("Id: ") for line in lines if line.startswith("Id: ")} == ids
    assert "passage" in shown.text


@pytest.mark.parametrize("command", ["/sources", "/latest", "/article", "/article a"])
async def test_no_articles(standin: Standin, ann: User, tmp_path: Path, command: str) -> None:
    """An empty corpus has nothing to show, and says so."""
    async with running(standin, write_articles(tmp_path / "news")):
        message = await asked(standin, ann, command)

    assert message.text == ENGLISH("no-articles")


@pytest.mark.parametrize("command", ["/sources", "/latest"])
async def test_little_is_known(standin: Standin, ann: User, tmp_path: Path, command: str) -> None:
    """Articles without publisher, date and address are listed all the same."""
    (tmp_path / "plain.txt").write_text("It rained.", encoding="utf-8")
    async with running(standin, tmp_path):
        message = await asked(standin, ann, command)

    assert ENGLISH("publisher-unknown") in message.text or "plain" in message.text
    assert message.links() == {}


async def test_in_a_topic(standin: Standin, ann: User, tmp_path: Path) -> None:
    """In a forum the list stays in its topic, and anybody can leaf through it."""
    forum = standin.group(-200, "Forum", topics=[7])
    bob = standin.user(12, "Bob")
    async with running(standin, write_articles(tmp_path / "news", *news(20))):
        message = await standin.wait_for_reply(
            standin.say(ann, "/latest@on_the_record_bot", chat=forum, thread=7)
        )
        await standin.wait_for_answer(standin.press(bob, message, "More"))
        await standin.wait_for_edit(message, "Page 2 of 3")

    assert message.thread == 7
