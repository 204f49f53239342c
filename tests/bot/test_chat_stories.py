"""Copies and versions over the wire: how many sources are independent, and what an older version says."""

from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from tests.bot.running import running, write_articles
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")
DENIAL = (
    "Minister Ann Lee denied on Monday that the fire in the archive had been laid by her guards."
)
REPORT = "\n".join(
    (
        DENIAL,
        "The fire broke out in the cellar of the archive shortly before four in the morning.",
        "Some nine hundred boxes of letters were carried out through the windows by students.",
        "Inspectors will search what is left of the eastern wing until the end of the week.",
    )
)
QUESTION = "who denied that the fire had been laid?"
PAGE = "https://example.org/fire"
FIRST = {
    "id": "fire-1", "title": "Fire in the archive", "text": f"Seven rooms were lost.\n{REPORT}",
    "url": PAGE, "publisher": "Echo", "published_at": "2024-03-04T08:00:00Z",
}  # fmt: skip
SECOND = FIRST | {
    "id": "fire-2", "text": f"Nine rooms were lost.\n{REPORT}", "url": f"{PAGE}/?utm_source=feed",
    "published_at": "2024-03-04T11:00:00Z",
}  # fmt: skip


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann")


async def said(standin: Standin, user: User, text: str) -> Message:
    """What the bot says to a message."""
    return await standin.wait_for_reply(standin.say(user, text))


async def test_independent_sources(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Of five articles that print a sentence two are independent; in each language, and as JSON says."""
    copies = [
        {"id": f"c{n}", "title": f"Copy {n}", "text": REPORT, "publisher": f"P{n}"}
        for n in range(4)
    ]
    own = f"{DENIAL}\nNobody in our own newsroom had slept when the sirens began to howl at dawn."
    alone = {"id": "own", "title": "Own", "text": own, "publisher": "Own"}
    bea = standin.user(12, "Bea", language_code="de")
    async with running(standin, write_articles(tmp_path / "news", *copies, alone)):
        answer = await said(standin, ann, QUESTION)
        german = await said(standin, bea, QUESTION)

    assert "also in 4 articles (5 articles, 2 independent)" in answer.text
    assert "(5 Artikel, davon 2 unabhängig)" in german.text
    assert sum(DENIAL in quote for quote in answer.marked("blockquote")) == 1


async def test_an_older_version(standin: Standin, ann: User, tmp_path: Path) -> None:
    """The newest version answers; the older one is read by its link and its id, and names the newer."""
    folder = write_articles(tmp_path / "news", FIRST)
    async with running(standin, folder) as bot:
        before = await said(standin, ann, QUESTION)
        link = next(url for url in before.links().values() if "?start=" in url)
        write_articles(folder, FIRST, SECOND)
        await bot.library.reload()
        lost = await said(standin, ann, "how many rooms were lost?")
        receipt = await said(standin, ann, f"/start {link.partition('?start=')[2]}")
        older = await said(standin, ann, "/article fire-1")
        newer = await said(standin, ann, "/article fire-2")

    assert "Nine rooms" in lost.marked("blockquote")[0]
    assert "Seven rooms" not in lost.text
    assert receipt.marked("blockquote") == [DENIAL]
    assert "Unchanged since " in receipt.text
    for shown in (receipt, older):
        assert "This article has a newer version, of 4 March 2024, with the id fire-2" in shown.text
        assert "fire-2" in shown.marked("code")
    assert "Seven rooms were lost." in older.marked("blockquote")
    assert "newer version" not in newer.text


async def test_the_latest_are_listed_once(standin: Standin, ann: User, tmp_path: Path) -> None:
    """Neither older versions nor later copies are among the newest; all articles have them."""
    again = FIRST | {
        "id": "again", "title": "Reprint", "url": "https://example.com/2", "publisher": "Weekly",
        "published_at": "2024-03-09T08:00:00Z",
    }  # fmt: skip
    undated = {"id": "undated", "title": "Reprint of some day", "text": REPORT, "publisher": "Sun"}
    other = {
        "id": "tide", "title": "Tide", "text": "The tide took two boats off the northern quay.",
        "published_at": "2024-03-05T08:00:00Z",
    }  # fmt: skip
    folder = write_articles(tmp_path / "news", FIRST, SECOND, again, undated, other)
    async with running(standin, folder):
        latest = await said(standin, ann, "/latest")
        every = await said(standin, ann, "/article")

    assert latest.marked("code") == ["tide", "fire-2"]
    assert {"tide", "fire-1", "fire-2", "again", "undated"} <= set(every.marked("code"))


FEED = f"""<?xml version="1.0"?>
<rss version="2.0"><channel><title>Echo</title>
<item><title>Fire</title><guid>urn:echo:1</guid><description>{DENIAL}</description></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("language", "said_of_it"),
    [("en", "paragraph 1, summary only"), ("de", "Absatz 1, nur Zusammenfassung")],
)
async def test_a_summary_is_called_one(
    standin: Standin, tmp_path: Path, language: str, said_of_it: str
) -> None:
    """Where a feed gives no more, the source of a quotation says that it is of a summary."""
    folder = write_articles(tmp_path / "news")
    (folder / "echo.rss").write_text(FEED)
    reader = standin.user(13, "Cem", language_code=language)
    async with running(standin, folder):
        answer = await said(standin, reader, QUESTION)

    assert answer.marked("blockquote") == [DENIAL]
    assert said_of_it in answer.text
