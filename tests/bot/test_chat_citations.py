"""Permanent links over the wire: what they open, for whom, and what becomes of them."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from bot.rendering.catalogue import words_for
from corpus.loading import SAMPLE, load
from tests.bot.running import running, write_articles
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")
ARTICLES = load(SAMPLE).articles
TEXT = "The weather was fine.\nMinister Ann Lee denied the fire.\nIt ended."
CHANGED = "The weather was bad.\nMinister Ann Lee denied the fire, twice.\nIt ended."
QUESTION = "who denied the fire?"


def permanent(message: Message) -> str:
    """The payload of the first permanent link of a message."""
    links = [url for url in message.links().values() if "?start=" in url]
    return links[0].partition("?start=")[2]


async def opened(standin: Standin, user: User, payload: str) -> Message:
    """What following a permanent link shows."""
    return await standin.wait_for_reply(standin.say(user, f"/start {payload}"))


async def cited(standin: Standin, user: User, question: str) -> tuple[str, str]:
    """The payload of the first permanent link of an answer, and what it quotes."""
    answer = await standin.wait_for_reply(standin.say(user, question))
    return permanent(answer), answer.marked("blockquote")[0]


async def test_a_receipt(standin: Standin, ann: User) -> None:
    """A link opens the snippet with its article, hash, offsets, and that it is unchanged."""
    bob = standin.user(12, "Bob")
    async with running(standin):
        payload, quote = await cited(standin, ann, "who denied involvement?")
        receipt = await opened(standin, bob, payload)

    (shown,) = receipt.marked("blockquote")
    assert shown in quote
    article_id, digest = receipt.marked("code")
    article = next(article for article in ARTICLES if article.id == article_id)
    assert sha256(article.text.encode()).hexdigest() == digest
    start, end = map(int, re.findall(r"Characters (\d+) to (\d+)", receipt.text)[0])
    assert article.text[start:end] == shown
    assert article.title in receipt.text
    assert "Unchanged since " in receipt.text
    assert receipt.marked("date_time")


async def test_the_context_of_a_receipt(standin: Standin, ann: User) -> None:
    """From a receipt the paragraphs around open and close; it can be copied and shared."""
    async with running(standin):
        payload, _ = await cited(standin, ann, "who denied involvement?")
        receipt = await opened(standin, ann, payload)
        before, shown = receipt.text, receipt.marked("blockquote")[0]
        assert receipt.button("Share")["switch_inline_query"] == payload
        assert receipt.button("Copy citation")["copy_text"]["text"]

        await standin.wait_for_answer(standin.press(ann, receipt, "Context"))
        await standin.wait_for_edit(receipt, versions=2)
        (around,) = receipt.marked("expandable_blockquote")
        await standin.wait_for_answer(standin.press(ann, receipt, "Receipt"))
        await standin.wait_for_edit(receipt, before)

    assert shown in around


async def test_a_changed_source(standin: Standin, ann: User, tmp_path: Path) -> None:
    """When a reload brings another text, the receipt says when, and shows what stood there."""
    folder = write_articles(tmp_path / "news", {"id": "a", "text": TEXT})
    async with running(standin, folder) as bot:
        payload, quote = await cited(standin, ann, QUESTION)
        write_articles(folder, {"id": "a", "text": CHANGED})
        await bot.library.reload()
        receipt = await opened(standin, ann, payload)

    assert receipt.text.startswith("The source changed on ")
    assert receipt.marked("blockquote") == [quote]
    assert "Unchanged" not in receipt.text
    assert not any("Context" in button["text"] for button in receipt.buttons())


async def test_an_article_that_left_while_the_bot_was_down(
    standin: Standin, ann: User, tmp_path: Path
) -> None:
    """What changed between two runs is noticed at the start; what was quoted is still shown."""
    state = str(tmp_path / "state.sqlite3")
    folder = write_articles(
        tmp_path / "news", {"id": "a", "text": TEXT}, {"id": "b", "text": "No."}
    )
    async with running(standin, folder, state=state):
        payload, quote = await cited(standin, ann, QUESTION)
    write_articles(folder, {"id": "b", "text": "No."})
    async with running(standin, folder, state=state):
        receipt = await opened(standin, ann, payload)

    assert receipt.text.startswith("The article left the corpus on ")
    assert receipt.marked("blockquote") == [quote]


async def test_a_text_that_came_back(standin: Standin, ann: User, tmp_path: Path) -> None:
    """An article that reads again as it did when it was quoted is unchanged."""
    folder = write_articles(tmp_path / "news", {"id": "a", "text": TEXT})
    async with running(standin, folder) as bot:
        payload, _ = await cited(standin, ann, QUESTION)
        for text in (CHANGED, TEXT):
            write_articles(folder, {"id": "a", "text": text})
            await bot.library.reload()
        receipt = await opened(standin, ann, payload)

    assert "Unchanged since " in receipt.text


async def test_pressed_after_a_change(standin: Standin, ann: User, tmp_path: Path) -> None:
    """The context of a receipt is not shown from a text that has changed since."""
    folder = write_articles(tmp_path / "news", {"id": "a", "text": TEXT})
    async with running(standin, folder) as bot:
        payload, _ = await cited(standin, ann, QUESTION)
        receipt = await opened(standin, ann, payload)
        write_articles(folder, {"id": "a", "text": CHANGED})
        await bot.library.reload()
        told = await standin.wait_for_answer(standin.press(ann, receipt, "Context"))

    assert told == {"text": ENGLISH("article-changed"), "show_alert": True}
    assert len(receipt.versions) == 1


@pytest.mark.parametrize("payload", ["c_", "c_AAAAAAAAAAAAAAAA", "c_../../x", "c_" + "x" * 62])
async def test_a_forged_link(standin: Standin, ann: User, payload: str) -> None:
    """A link that was never given out opens nothing."""
    async with running(standin):
        reply = await opened(standin, ann, payload)

    assert reply.text == ENGLISH("receipt-unknown") or payload == "c_"
    assert reply.marked("blockquote") == []


async def test_a_link_without_a_memory(standin: Standin, ann: User) -> None:
    """When the state fails, a link is answered, and nobody is told that it is wrong."""
    async with running(standin) as bot:
        payload, _ = await cited(standin, ann, "who denied involvement?")
        await bot.state.close()
        reply = await opened(standin, ann, payload)

    assert reply.text == ENGLISH("not-at-the-moment")


async def test_a_receipt_without_a_memory(standin: Standin, ann: User) -> None:
    """A press under a receipt is told when nothing can be looked up, and when nothing is known."""
    async with running(standin) as bot:
        payload, _ = await cited(standin, ann, "who denied involvement?")
        receipt = await opened(standin, ann, payload)
        await bot.state.close()
        told = await standin.wait_for_answer(standin.press(ann, receipt, "Context"))
    async with running(standin):
        await standin.wait_for_reply(standin.say(ann, "/help"))
        gone = await standin.wait_for_answer(standin.press(ann, receipt, "Context"))

    assert told["text"] == ENGLISH("not-at-the-moment")
    assert gone["text"] == ENGLISH("receipt-unknown")
    assert len(receipt.versions) == 1


async def test_a_forged_press(standin: Standin, ann: User) -> None:
    """Data that names a citation does nothing under a message that has no such button."""
    async with running(standin):
        payload, _ = await cited(standin, ann, "who denied involvement?")
        receipt = await opened(standin, ann, payload)
        name = payload.removeprefix("c_")
        query = standin.forge(ann, receipt, f"receipt:{name}")

        assert await standin.wait_for_answer(query) == {"text": "", "show_alert": False}
        assert len(receipt.versions) == 1


async def test_start_is_still_start(standin: Standin, ann: User) -> None:
    """/start without a link greets, as ever."""
    async with running(standin):
        reply = await standin.wait_for_reply(standin.say(ann, "/start"))

    assert ENGLISH("welcome") in reply.text
