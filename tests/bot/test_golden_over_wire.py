"""/reload and /reload check in the chat, with golden questions: what breaks waits for a decision."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library import Library
from bot.rendering.catalogue import words_for
from bot.state import Action, ReloadOutcome
from tests.bot.administering import (
    KEPT,
    NEW,
    OLD,
    QUESTION,
    corpus_of,
    end_of,
    ended,
    golden,
    write_golden,
)
from tests.bot.running import Running, open_library, running, write_articles
from tests.standin import Standin, User

ENGLISH = words_for("en")


@pytest.fixture(name="admin")
def _admin(standin: Standin) -> User:
    return standin.user(42, "Adam")


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    """Two articles, and a golden question that one of them answers."""
    corpus = corpus_of(tmp_path / "corpus")
    write_golden(corpus, golden("denied", QUESTION, OLD))
    return corpus


@pytest.fixture(name="bot")
async def _bot(standin: Standin, admin: User, corpus: Path) -> AsyncIterator[Running]:
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id, 43}) as bot:
        yield bot


async def test_nothing_breaks(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """A reload that breaks nothing is in place at once, and says how many are right."""
    write_articles(corpus, OLD, KEPT, {**NEW, "text": "The bridge was painted."})

    notice = await ended(standin, standin.say(admin, "/reload"))

    assert notice.text.startswith("Reloaded in")
    assert "Golden questions: 1, answered rightly: 1 before, 1 now" in notice.text


async def test_confirm(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """What breaks one waits; until it is confirmed the old articles answer, then the new ones."""
    write_articles(corpus, NEW, KEPT)
    notice = await ended(standin, standin.say(admin, "/reload"))
    shown = notice.text
    before = await standin.wait_for_reply(standin.say(admin, QUESTION))
    other = standin.user(43, "Eve")

    press = standin.press(other, notice, "Confirm")
    await standin.wait_for_answer(press)
    await standin.wait_for_edit(notice, "Reloaded", versions=2)
    after = await standin.wait_for_reply(standin.say(admin, QUESTION))

    assert shown.startswith("Nothing has changed yet: with the new articles, 1 golden question")
    assert QUESTION in shown
    assert before.marked("blockquote") == [OLD["text"]]
    assert after.marked("blockquote") == [NEW["text"]]
    lines = await bot.state.journal.reloads()
    assert [(each.action, each.outcome, each.by) for each in lines] == [
        (Action.CONFIRM, ReloadOutcome.LOADED, 43),
        (Action.RELOAD, ReloadOutcome.WAITING, 42),
    ]
    assert lines[0].new_version == bot.library.snapshot.corpus.version
    assert lines[1].new_version is None


async def test_confirm_works_once(
    bot: Running, standin: Standin, admin: User, corpus: Path
) -> None:
    """Who presses a second time, or an old button, is told that it is over."""
    write_articles(corpus, NEW, KEPT)
    notice = await ended(standin, standin.say(admin, "/reload"))
    data = notice.button("Confirm")["callback_data"]
    await standin.wait_for_answer(standin.press(admin, notice, "Cancel"))
    await standin.wait_for_edit(notice, "Cancelled", versions=2)

    again = await standin.wait_for_answer(standin.forge(admin, notice, data))
    after = await standin.wait_for_reply(standin.say(admin, QUESTION))

    assert again["text"] == ENGLISH("offer-gone")
    assert after.marked("blockquote") == [OLD["text"]]
    noted = (await bot.state.journal.reloads())[0]
    assert (noted.action, noted.outcome) == (Action.CANCEL, ReloadOutcome.CANCELLED)


async def test_buttons_are_for_admins(
    bot: Running, standin: Standin, admin: User, corpus: Path
) -> None:
    """In a group anybody can press; only admins are obeyed."""
    group = standin.group(-1001, "Desk")
    write_articles(corpus, NEW, KEPT)
    asked = standin.say(admin, "/reload@on_the_record_bot", chat=group)
    notice = await ended(standin, asked)

    answers = [
        await standin.wait_for_answer(standin.press(standin.user(7, "Max"), notice, button))
        for button in ("Confirm", "Cancel")
    ]
    await standin.wait_for_answer(standin.press(admin, notice, "Confirm"))
    await standin.wait_for_edit(notice, "Reloaded", versions=2)

    assert [answer["text"] for answer in answers] == [ENGLISH("admins-press")] * 2


async def test_overtaken(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """What waits is over when another reload comes; also after a restart its buttons say so."""
    write_articles(corpus, NEW, KEPT)
    first = await ended(standin, standin.say(admin, "/reload"))
    second = await ended(standin, standin.say(admin, "/reload"))

    gone = await standin.wait_for_answer(standin.press(admin, first, "Confirm"))
    await standin.wait_for_answer(standin.press(admin, second, "Confirm"))
    await standin.wait_for_edit(second, "Reloaded", versions=2)

    assert gone["text"] == ENGLISH("offer-gone")


class Hasty(Library):
    """What waits does so for no time."""

    offer_lasts = 0.05


async def test_expired(standin: Standin, admin: User, corpus: Path) -> None:
    """Nobody decides: it is over, which is noted."""
    standin.private(admin)
    library = open_library(corpus, Hasty)
    write_articles(corpus, NEW, KEPT)
    async with running(standin, corpus, admins={admin.id}, library=library) as bot:
        notice = await ended(standin, standin.say(admin, "/reload"))
        lines = await bot.state.journal.reloads()
        while len(lines) < 2:
            lines = await bot.state.journal.reloads()
        gone = await standin.wait_for_answer(standin.press(admin, notice, "Confirm"))

    assert gone["text"] == ENGLISH("offer-gone")
    assert (lines[0].action, lines[0].cause, lines[0].by) == (Action.CANCEL, "expiry", None)


async def test_the_limit(standin: Standin, admin: User, corpus: Path) -> None:
    """As many as the operator bears may break."""
    standin.private(admin)
    library = open_library(corpus, Bearing)
    write_articles(corpus, NEW, KEPT)
    async with running(standin, corpus, admins={admin.id}, library=library):
        notice = await ended(standin, standin.say(admin, "/reload"))

    assert notice.text.startswith("Reloaded")
    assert f"No longer answered rightly: 1 question\n  {QUESTION}" in notice.text


class Bearing(Library):
    """Bears one broken question."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options, golden_limit=1)  # type: ignore[arg-type] # as they come


async def test_many_break(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """A long list of what breaks is leafed through, and the buttons stay below it."""
    many = [golden(f"q{n}", f"who denied everything, number {n}?", OLD) for n in range(20)]
    write_golden(corpus, *many)
    write_articles(corpus, NEW, KEPT)
    notice = await ended(standin, standin.say(admin, "/reload"))
    first = notice.text

    await standin.wait_for_answer(standin.press(admin, notice, "More"))
    await standin.wait_for_edit(notice, "Page 2 of", versions=3)

    assert "Page 1 of" in first
    assert [button["text"] for button in notice.buttons()][-2:] == ["Confirm", "Cancel"]


async def test_a_broken_line_of_golden_questions(
    bot: Running, standin: Standin, admin: User, corpus: Path
) -> None:
    """It is refused with its address; the reload goes on."""
    write_golden(corpus, "{")

    notice = await ended(standin, standin.say(admin, "/reload"))

    assert notice.text.startswith("Reloaded")
    assert "Refused: 1\n  golden.jsonl:1: " in notice.text


async def test_check(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """A check tells what would change, be refused and break, and changes nothing."""
    write_articles(corpus, NEW, KEPT, {"id": "bad", "text": "x", "published_at": "Wednsday"})

    notice = await ended(standin, standin.say(admin, "/reload check"))
    after = await standin.wait_for_reply(standin.say(admin, QUESTION))

    assert notice.text.startswith("Looked through in")
    for line in (
        "Added: 1 article\n  New story",
        "Changed: 0 articles",
        "Removed: 1 article\n  Old story",
        'Refused: 1\n  articles.jsonl:3: published_at: not a date: "Wednsday"',
        "Golden questions: 1, answered rightly: 1 before, 0 now",
        f"No longer answered rightly: 1 question\n  {QUESTION}",
    ):
        assert line in notice.text
    assert after.marked("blockquote") == [OLD["text"]]
    noted = (await bot.state.journal.reloads())[0]
    assert (noted.action, noted.outcome) == (Action.CHECK, ReloadOutcome.CHECKED)
    assert noted.detail == "+1 ~0 -1 !1 * 1>0"
    assert [call for call in standin.calls if call.method == "sendDocument"] == []


async def test_a_long_check(bot: Running, standin: Standin, admin: User, corpus: Path) -> None:
    """What is too much for a message comes as a file, too."""
    wrong = [{"id": f"bad{n}", "text": "x", "published_at": "Wednsday"} for n in range(30)]
    write_articles(corpus, OLD, KEPT, *wrong)
    asked = standin.say(admin, "/reload check")

    await standin.wait_for_call("sendDocument")

    (document,) = [message for message in asked.replies if message.media]
    assert document.media is not None
    content = standin.world.files.by_id[document.media["document"]["file_id"]].content.decode()
    assert content.count("published_at: not a date") == 30
    assert document.text == ENGLISH("check-file")


async def test_a_word_too_many(bot: Running, standin: Standin, admin: User) -> None:
    """/reload with something else behind it says what there is."""
    reply = await standin.wait_for_reply(standin.say(admin, "/reload everything"))

    assert reply.text == ENGLISH("reload-how")


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_other_languages(bot: Running, standin: Standin, corpus: Path, language: str) -> None:
    """An admin is told all of it in their language."""
    admin = standin.user(43, "Eve", language_code=language)
    words = words_for(language)
    write_articles(corpus, NEW, KEPT)
    notice = await standin.wait_for_reply(standin.say(admin, "/reload"))
    heading = str(words("offer-heading", questions=1)).strip()[:20]
    await standin.wait_for_edit(notice, heading, versions=1)

    await standin.wait_for_answer(standin.press(admin, notice, words("button-cancel")))
    version = bot.library.snapshot.corpus.version
    await standin.wait_for_edit(notice, words("offer-cancelled", version=version), versions=1)


async def test_end_of_restart(standin: Standin, admin: User, corpus: Path) -> None:
    """What waited is over after a restart, and the button says so."""
    standin.private(admin)
    async with running(standin, corpus, admins={admin.id}):
        write_articles(corpus, NEW, KEPT)
        notice = await ended(standin, standin.say(admin, "/reload"))
    async with running(standin, corpus, admins={admin.id}):
        gone = await standin.wait_for_answer(standin.press(admin, notice, "Confirm"))

    assert gone["text"] == ENGLISH("offer-gone")
    assert await end_of(standin, notice) is notice
