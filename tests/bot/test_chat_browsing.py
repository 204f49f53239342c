"""/sources, /latest and /article over the wire."""

from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from bot.rendering.listing import ARTICLES, PUBLISHERS
from corpus.loading import SAMPLE, load
from tests.bot.running import running, write_articles
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann")


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
    """One article: title, link, publisher, date, id, and how many passages it has."""
    article = next(a for a in load(SAMPLE).articles if a.url and a.publisher)
    async with running(standin):
        message = await asked(standin, ann, f"/article {article.id}")

    assert message.links() == {article.title: article.url}
    assert message.marked("code") == [article.id]
    assert f"{article.publisher}, " in message.text
    assert "passage" in message.text


async def test_an_unknown_article(standin: Standin, ann: User, tmp_path: Path) -> None:
    """An id that no article has is answered with the nearest ones."""
    corpus = write_articles(tmp_path / "news", *news(20))
    async with running(standin, corpus):
        message = await asked(standin, ann, "/article News-0113")

    assert message.text.startswith(ENGLISH("article-unknown", id="News-0113"))
    assert "news-011" in message.marked("code")[:3]
    assert len(message.marked("code")) <= ARTICLES


async def test_article_without_an_id(standin: Standin, ann: User) -> None:
    """/article alone says how, with an id that there is."""
    async with running(standin):
        message = await asked(standin, ann, "/article")
        command = message.text.splitlines()[-1]
        shown = await asked(standin, ann, command)

    assert command.startswith("/article ")
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
