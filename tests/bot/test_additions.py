"""/add in the chat: a document or a text, what was read of it, Confirm or Cancel."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.corpus_folder import ADDED, INCOMING
from bot.rendering.catalogue import words_for
from bot.state import Action, ReloadOutcome
from corpus.loading import SAMPLE
from tests.bot.administering import OLD, QUESTION, corpus_of, golden, write_golden
from tests.bot.running import Running, running
from tests.standin import Message, Standin, User

ENGLISH = words_for("en")
BRIDGE = "Painters finished the old bridge on Sunday.\n\nIt is green now."
Started = tuple[Standin, User]
PAINTED = "who finished the old bridge?"


@pytest.fixture(name="admin")
def _admin(standin: Standin) -> User:
    return standin.user(42, "Adam")


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return corpus_of(tmp_path / "corpus")


@pytest.fixture(name="bot")
async def _bot(standin: Standin, admin: User, corpus: Path) -> AsyncIterator[Running]:
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id}) as bot:
        yield bot


@pytest.fixture(name="started")
def _started(bot: Running, standin: Standin, admin: User) -> Started:
    """The stand-in with a bot that is at work, and an admin."""
    return standin, admin


def added(corpus: Path) -> list[str]:
    """The suffixes of what was added, and whether something waits."""
    folder = corpus / ADDED
    return sorted(each.suffix for each in folder.iterdir()) if folder.is_dir() else []


def waits(corpus: Path) -> bool:
    """Whether something waits to be confirmed."""
    return (corpus / INCOMING).is_dir() and any((corpus / INCOMING).iterdir())


async def confirm(standin: Standin, admin: User, shown: Message, end: str = "Reloaded") -> None:
    """Press Add, and wait for the end."""
    await standin.wait_for_answer(standin.press(admin, shown, "Add"))
    await standin.wait_for_edit(shown, end, versions=2)


async def test_a_document(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """What was read is shown; on Add it is part of the corpus and answers, with a line on record."""
    content = f"---\ntitle: Green bridge\npublisher: The Post\n---\n{BRIDGE}".encode()
    sent = standin.upload(admin, "Bridge.md", content, caption="/add")
    shown = await standin.wait_for_reply(sent)
    text, before = shown.text, added(corpus)

    await confirm(standin, admin, shown)
    answer = await standin.wait_for_reply(standin.say(admin, PAINTED))

    for part in (
        "1 article was read",
        "Green bridge",
        "The Post",
        "not dated",
        "2 paragraphs",
        "-bridge.md",
    ):
        assert part in text
    assert BRIDGE.replace("\n\n", " ") in text
    assert (before, added(corpus), waits(corpus)) == ([], [".md"], False)
    assert answer.marked("blockquote")[0] == BRIDGE.partition("\n")[0]
    assert "Added: 1 article\n  Green bridge" in shown.text
    (line,) = await bot.state.journal.reloads()
    assert (line.action, line.outcome, line.by) == (Action.ADD, ReloadOutcome.LOADED, 42)
    assert (line.detail or "").endswith("-bridge.md +1 ~0 -0 !0")


async def test_a_text(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """A title line and paragraphs behind /add are an article; Cancel leaves a line on record and no more."""
    sent = standin.say(admin, f"/add Green: bridge\n{BRIDGE}")
    shown = await standin.wait_for_reply(sent)
    text = shown.text
    await standin.wait_for_answer(standin.press(admin, shown, "Cancel"))
    await standin.wait_for_edit(shown, ENGLISH("add-dropped"), versions=2)
    again = await standin.wait_for_answer(standin.forge(admin, shown, _data(standin, admin)))

    assert "Green: bridge" in text
    assert (added(corpus), waits(corpus)) == ([], False)
    assert again["text"] == ENGLISH("add-gone")
    (line,) = await bot.state.journal.reloads()
    assert (line.action, line.outcome, line.by) == (Action.ADD, ReloadOutcome.CANCELLED, 42)
    assert (line.detail or "").endswith(".txt")


def _data(standin: Standin, admin: User) -> str:
    return "add:yes:0123456789abcdef"


async def test_replies(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """/add in reply to a document or to a text takes that; alone it asks, and takes the reply."""
    document = standin.upload(admin, "a.txt", b"It rained on the harbour.")
    message = standin.say(admin, f"A bridge in green\n{BRIDGE}")
    for each in (document, message):
        await standin.wait_for_reply(each)

    first = await standin.wait_for_reply(standin.say(admin, "/add", reply_to=document))
    second = await standin.wait_for_reply(standin.say(admin, "/add", reply_to=message))
    named = await standin.wait_for_reply(standin.say(admin, "/add My title", reply_to=message))
    asked = await standin.wait_for_reply(standin.say(admin, "/add"))
    answer = standin.say(admin, f"A third one\n{BRIDGE}", reply_to=asked)
    third = await standin.wait_for_reply(answer)

    assert asked.text == str(ENGLISH("add-how")).strip()
    assert "It rained on the harbour." in first.text
    assert "A bridge in green" in second.text
    assert "My title" in named.text
    assert "A third one" in third.text


async def test_several_articles(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """A file of many is shown by the first and titles, with what is refused and what is there."""
    lines = [f'{{"id": "n{n}", "title": "Story {n}", "text": "Text {n}."}}' for n in range(9)]
    content = "\n".join([*lines, "{", '{"id": "old", "title": "t", "text": "x"}'])

    sent = standin.upload(admin, "many.jsonl", content.encode(), caption="/add")
    shown = await standin.wait_for_reply(sent)
    text = shown.text
    await confirm(standin, admin, shown)

    assert "10 articles were read" in text
    assert "Story 0" in text
    assert "and 4 more" in text
    assert "Refused: 1" in text
    assert "many.jsonl:10: " in text
    assert "Already there: 1 article with the same id, old." in text.replace("\u2068", "")
    assert "Added: 9 articles" in shown.text


@pytest.mark.parametrize(
    ("name", "content", "reply"),
    [
        ("big.txt", b"x", "add-too-big"),
        ("lied.txt", b"", "add-empty"),
        ("song.mp3", b"ID3\x03", "add-format"),
    ],
)
async def test_what_cannot_be_added(
    started: Started, corpus: Path, name: str, content: bytes, reply: str
) -> None:
    """Too big, empty, or of no format that is read: the admin is told so, and nothing is left."""
    standin, admin = started
    size = 21 << 20 if name == "big.txt" else None
    sent = standin.upload(admin, name, content, size=size, caption="/add")

    shown = await standin.wait_for_reply(sent)

    if reply == "add-format":
        assert shown.text.startswith("I cannot read that. I read: ")
        assert ".jsonl" in shown.text
    else:
        assert shown.text == ENGLISH(reply)
    assert (added(corpus), waits(corpus), shown.buttons()) == ([], False, [])


async def test_a_broken_document(bot: Running, standin: Standin, admin: User) -> None:
    """What cannot be read is told with its reason, and there is nothing to add."""
    sent = standin.upload(admin, "b.md", b"---\ntitle: [\n---\ntext", caption="/add")

    shown = await standin.wait_for_reply(sent)

    assert "0 articles were read" in shown.text
    assert "Refused: 1" in shown.text
    assert shown.buttons() == []


async def test_a_link(bot: Running, standin: Standin, admin: User) -> None:
    """A link is not opened."""
    reply = await standin.wait_for_reply(standin.say(admin, "/add https://example.org/story"))

    assert reply.text == ENGLISH("add-link")


async def test_others(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """Nobody else adds anything, by a command or by a button; another bot's /add is not ours."""
    eve, group = standin.user(7, "Eve"), standin.group(-1001, "Desk")
    refused = await standin.wait_for_reply(standin.upload(eve, "a.txt", b"Text.", caption="/add"))
    sent = standin.say(admin, f"/add@on_the_record_bot Title\n{BRIDGE}", chat=group)
    shown = await standin.wait_for_reply(sent)

    pressed = await standin.wait_for_answer(standin.press(eve, shown, "Add"))
    await confirm(standin, admin, shown)

    assert refused.text == ENGLISH("admin-only", command="/add", user="7")
    assert pressed["text"] == ENGLISH("admins-press")
    assert added(corpus) == [".txt"]


async def test_after_a_restart(standin: Standin, admin: User, corpus: Path) -> None:
    """What waits to be added does so through a restart, and lands once."""
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id}):
        shown = await standin.wait_for_reply(standin.say(admin, f"/add Bridge\n{BRIDGE}"))
        data = shown.button("Add")["callback_data"]
    async with running(standin, corpus, admins={admin.id}):
        await confirm(standin, admin, shown)
        again = await standin.wait_for_answer(standin.forge(admin, shown, data))

    assert again["text"] == ENGLISH("add-gone")
    assert added(corpus) == [".txt"]


async def test_what_breaks_golden_questions(
    bot: Running, standin: Standin, admin: User, corpus: Path
) -> None:
    """An article that breaks one waits; cancelled, its file is gone again."""
    write_golden(corpus, golden("none", PAINTED), golden("denied", QUESTION, OLD))
    shown = await standin.wait_for_reply(standin.say(admin, f"/add Bridge\n{BRIDGE}"))
    await confirm(standin, admin, shown, "Nothing has changed yet")
    between = added(corpus)

    await standin.wait_for_answer(standin.press(admin, shown, "Cancel"))
    await standin.wait_for_edit(shown, "Cancelled", versions=3)

    assert (between, added(corpus)) == ([".txt"], [])


@pytest.mark.parametrize("command", ["/add Title\nText.", "/remove old", "/restore old"])
async def test_folders_that_are_not_changed(
    standin: Standin, admin: User, corpus: Path, command: str
) -> None:
    """The bundled sample, and a corpus that is a single file, are left alone, which is said."""
    standin.private(admin)
    replies = []
    for path in (SAMPLE, corpus / "articles.jsonl"):
        async with running(standin, path, admins={admin.id}):
            replies.append((await standin.wait_for_reply(standin.say(admin, command))).text)

    assert replies == [ENGLISH("folder-sample"), ENGLISH("folder-file")]
