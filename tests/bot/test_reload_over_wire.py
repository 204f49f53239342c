"""/reload over the wire: who may, what it says, and that nobody who asks has to wait for it."""

import asyncio
import re
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

import bot.snapshots
from bot.rendering.catalogue import words_for
from corpus.loading import load
from tests.bot.running import running, write_articles
from tests.standin import Fault, Message, Standin, User

ENGLISH = words_for("en")

QUESTION = "who denied everything?"
OLD = {"id": "old", "title": "Old story", "text": "The old minister denied everything on Monday."}
KEPT = {"id": "kept", "title": "Kept story", "text": "The harbour reopened after a week of storms."}
NEW = {"id": "new", "title": "New story", "text": "The new minister denied everything on Friday."}


class SlowDisk:
    """Loads as ever, but not before `ready` is set; `begun` says that somebody waits."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.ready = threading.Event()

    async def wait_until_begun(self) -> None:
        """Return when a load waits for the disk."""
        assert await asyncio.to_thread(self.begun.wait, 10)

    def load(self, *args: Any, **options: Any) -> Any:
        self.begun.set()
        assert self.ready.wait(30)
        return load(*args, **options)


@pytest.fixture(name="disk")
def _disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    """A disk that keeps every load waiting until it is told."""
    disk = SlowDisk()
    monkeypatch.setattr(bot.snapshots, "load", disk.load)
    yield disk
    disk.ready.set()


@pytest.fixture(name="admin")
def _admin(standin: Standin) -> User:
    return standin.user(42, "Adam")


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus", OLD, KEPT)


@pytest.fixture(name="live")
async def _live(standin: Standin, admin: User, corpus: Path) -> AsyncIterator[Standin]:
    """The stand-in, with the bot polling it over the small corpus."""
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id}):
        yield standin


async def end_of(standin: Standin, reload: Message) -> Message:
    """The progress message of *reload*, when it shows how the reload ended."""
    notice = await standin.wait_for_reply(reload)

    def look() -> Message | None:
        return notice if re.match(r"Reloaded|The reload failed", notice.text) else None

    ended = await standin.world.until(look, 10)
    assert ended, f"the reload didn't end: {notice.versions}"
    return ended


async def test_reload_by_an_admin(live: Standin, admin: User, corpus: Path) -> None:
    """It answers at once, edits its message, and ends with what changed; questions see the new."""
    before = await live.wait_for_reply(live.say(admin, QUESTION))
    write_articles(corpus, KEPT | {"text": KEPT["text"] + " Ships came in."}, NEW)

    notice = await end_of(live, live.say(admin, "/reload"))
    after = await live.wait_for_reply(live.say(admin, QUESTION))

    assert before.marked("blockquote") == [OLD["text"]]
    assert after.marked("blockquote") == [NEW["text"]]
    assert re.match(r"Reading the corpus|Indexing the articles", notice.versions[0])
    assert re.fullmatch(
        r"Reloaded in \d+\.\d s\.\n"
        r"Added: 1 article\n  New story\n"
        r"Changed: 1 article\n  Kept story\n"
        r"Removed: 1 article\n  Old story\n"
        r"Refused: 0\n"
        r"Version: [0-9a-f]{12} before, [0-9a-f]{12} now",
        notice.text,
    )


async def test_refused_files(live: Standin, admin: User, corpus: Path) -> None:
    """What could not be read is listed with its place and its reason; the rest is in place."""
    write_articles(corpus, NEW, {"id": "bad", "text": "Dated.", "published_at": "Wednsday"})
    (corpus / "broken.md").write_bytes(b"---\ntitle: [\n---\ntext")

    notice = await end_of(live, live.say(admin, "/reload"))
    after = await live.wait_for_reply(live.say(admin, QUESTION))

    assert "Refused: 2" in notice.text
    assert 'articles.jsonl:2: published_at: not a date: "Wednsday"' in notice.text
    assert "broken.md" in notice.text
    assert after.marked("blockquote") == [NEW["text"]]


async def test_many_refused_files(live: Standin, admin: User, corpus: Path) -> None:
    """However much is refused, the report fits one message."""
    wrong = [{"id": f"{n} " + "😀" * 200, "text": "a", "url": "x" * 900} for n in range(300)]
    write_articles(corpus, NEW, *wrong)

    notice = await end_of(live, live.say(admin, "/reload"))

    assert "Refused: 300" in notice.text
    assert "and 295 more" in notice.text


@pytest.mark.parametrize("name", ["Adam", "42"])
async def test_reload_by_others(live: Standin, corpus: Path, name: str) -> None:
    """Whoever isn't an admin by number is told so, whatever they call themselves."""
    write_articles(corpus, NEW)

    reply = await live.wait_for_reply(live.say(live.user(43, name), "/reload"))
    after = await live.wait_for_reply(live.say(live.user(43, name), QUESTION))

    assert reply.text == ENGLISH("admin-only", command="/reload", user="43")
    assert after.marked("blockquote") == [OLD["text"]]


async def test_reload_in_a_group(live: Standin, admin: User, corpus: Path) -> None:
    """An anonymous group admin is nobody; an admin of the bot may reload from a group."""
    group = live.group(-1001, "Desk")
    write_articles(corpus, NEW)

    nobody = await live.wait_for_reply(live.say_anonymously(group, "/reload@on_the_record_bot"))
    notice = await end_of(live, live.say(admin, "/reload@on_the_record_bot", chat=group))

    assert nobody.text == ENGLISH("admin-anonymous", command="/reload")
    assert "Added: 1 article" in notice.text


async def test_edited_reload(live: Standin, admin: User, corpus: Path) -> None:
    """Editing a message into /reload, or an old /reload, does nothing."""
    live.deliver_everything()
    asked = live.say(admin, QUESTION)
    await live.wait_for_reply(asked)
    reload = live.say(admin, "/reload")
    await end_of(live, reload)
    write_articles(corpus, NEW)

    live.edit(asked, "/reload")
    live.edit(reload, "/reload now")
    after = await live.wait_for_reply(live.say(admin, QUESTION))

    assert after.marked("blockquote") == [OLD["text"]]
    assert len(live.sent(admin)) == 3


async def test_questions_during_a_reload(
    live: Standin, admin: User, corpus: Path, disk: SlowDisk
) -> None:
    """Questions asked meanwhile, the admin's own too, are answered from the old corpus at once."""
    write_articles(corpus, NEW)
    reload = live.say(admin, "/reload")
    await disk.wait_until_begun()

    people = [admin, *(live.user(100 + number, "P") for number in range(5))]
    asked = [live.say(person, QUESTION) for person in people for _ in range(2)]
    replies = [await live.wait_for_reply(message) for message in asked]
    disk.ready.set()
    await end_of(live, reload)
    after = await live.wait_for_reply(live.say(admin, QUESTION))

    assert {tuple(reply.marked("blockquote")) for reply in replies} == {(OLD["text"],)}
    assert after.marked("blockquote") == [NEW["text"]]


async def test_second_reload(live: Standin, admin: User, disk: SlowDisk) -> None:
    """A second /reload while one runs is told so; one after it runs."""
    first = live.say(admin, "/reload")
    await disk.wait_until_begun()

    second = await live.wait_for_reply(live.say(admin, "/reload"))
    disk.ready.set()
    await end_of(live, first)
    third = await end_of(live, live.say(admin, "/reload"))

    assert second.text == ENGLISH("reload-running")
    assert "as before" in third.text


async def test_reload_of_a_missing_corpus(live: Standin, admin: User, corpus: Path) -> None:
    """A reload that fails says why and changes nothing; when mended, the next one works."""
    shutil.rmtree(corpus)

    notice = await end_of(live, live.say(admin, "/reload"))
    after = await live.wait_for_reply(live.say(admin, QUESTION))
    write_articles(corpus, NEW)
    mended = await end_of(live, live.say(admin, "/reload"))

    assert notice.text.startswith(f"The reload failed: {corpus}: no such file or folder")
    assert "Nothing has changed" in notice.text
    assert after.marked("blockquote") == [OLD["text"]]
    assert mended.text.startswith("Reloaded")


async def test_reload_of_nothing_but_refusals(live: Standin, admin: User, corpus: Path) -> None:
    """A corpus that lost all its articles is not put in place: that is hardly meant."""
    (corpus / "articles.jsonl").write_text("{", encoding="utf-8")

    notice = await end_of(live, live.say(admin, "/reload"))
    after = await live.wait_for_reply(live.say(admin, QUESTION))

    assert notice.text.startswith("The reload failed")
    assert "articles.jsonl:1" in notice.text
    assert after.marked("blockquote") == [OLD["text"]]


async def test_progress_that_cannot_be_shown(live: Standin, admin: User, corpus: Path) -> None:
    """If the progress message can't be edited, the end comes as a new one."""
    write_articles(corpus, NEW)
    live.fail_next("editMessageText", Fault.answer(400, "Bad Request: message to edit not found"))
    reload = live.say(admin, "/reload")

    report = await live.wait_for_reply(reload, "Reloaded")

    assert "Added: 1 article" in report.text
    assert len(live.sent(admin)) == 2


async def test_stopped_during_a_reload(
    standin: Standin, admin: User, corpus: Path, disk: SlowDisk
) -> None:
    """A bot that is stopped while it reloads finishes the reload and says so before it goes."""
    disk.ready.set()
    async with running(standin, corpus, admins={admin.id}):
        disk.begun.clear()
        disk.ready.clear()
        reload = standin.say(admin, "/reload")
        await disk.wait_until_begun()
        asyncio.get_running_loop().call_later(0.3, disk.ready.set)

    notice = standin.sent(admin)[-1]
    assert notice.reply_to is reload
    assert notice.text.startswith("Reloaded")
