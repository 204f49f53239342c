"""/stats and /gaps, as an admin sees them: over the wire, with real counts and a real state."""

import csv
import io
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.monitoring.tallying import ANSWER_MS, LANGUAGE, QUESTION
from bot.rendering.catalogue import words_for
from bot.state import Tally, Unanswered
from retrieval.models import Outcome
from tests.bot.running import Running, running, write_articles
from tests.standin import Fault, Standin, User

ENGLISH = words_for("en")
QUESTION_TEXT = "who denied involvement?"
UNKNOWN = "what did the glaciologists say about permafrost?"
ARTICLE = {"id": "a1", "text": "The mayor denied involvement in the affair on Friday."}


@pytest.fixture(name="adam")
def _adam(standin: Standin) -> User:
    """An admin with a private chat."""
    adam = standin.user(42, "Adam")
    standin.private(adam)
    return adam


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann", language_code="de-AT")


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus", ARTICLE)


@pytest.fixture(name="bot")
async def _bot(standin: Standin, adam: User, corpus: Path) -> AsyncIterator[Running]:
    """A bot that keeps questions."""
    async with running(standin, corpus, admins={adam.id}, keep_questions=True) as bot:
        yield bot


async def ask(standin: Standin, who: User, *texts: str) -> None:
    """Ask one after another, and wait for the replies."""
    for text in texts:
        await standin.wait_for_reply(standin.say(who, text))


async def test_today(standin: Standin, bot: Running, adam: User, ann: User) -> None:
    """What was asked a moment ago is counted: endings, time, languages, unanswered words."""
    await ask(standin, ann, QUESTION_TEXT, QUESTION_TEXT, UNKNOWN)

    told = await standin.wait_for_reply(standin.say(adam, "/stats"))

    today, _, week = told.text.partition(ENGLISH("stats-week"))
    for part in (today, week):
        assert ENGLISH("stats-questions", questions=3) in part
        assert ENGLISH("stats-ending-answered", count=2) in part
        assert ENGLISH("stats-ending-nothing", count=1) in part
        assert "half within about" in part
        assert "de (3)" in part
    assert "permafrost (1)" in told.text
    assert "glaciologists (1)" in told.text
    assert "involvement" not in told.text


async def test_the_week(standin: Standin, bot: Running, adam: User) -> None:
    """Earlier days count for the week; older ones do not. The times are those of all answers."""
    today = datetime.now(UTC).date()
    await bot.state.journal.count(
        [
            Tally(today - timedelta(days=6), QUESTION, "answered", 40),
            Tally(today - timedelta(days=6), ANSWER_MS, "100", 94),
            Tally(today - timedelta(days=1), ANSWER_MS, "5012", 6),
            Tally(today - timedelta(days=1), LANGUAGE, "fr", 7),
            Tally(today - timedelta(days=7), QUESTION, "answered", 1_000),
        ]
    )

    told = await standin.wait_for_reply(standin.say(adam, "/stats"))

    today_text, _, week = told.text.partition(ENGLISH("stats-week"))
    assert ENGLISH("stats-questions", questions=0) in today_text
    assert ENGLISH("stats-questions", questions=40) in week
    assert ENGLISH("stats-latency", median=0.1, p95=5.0) in week
    assert "fr (7)" in week


async def test_the_picture(standin: Standin, bot: Running, adam: User, ann: User) -> None:
    """A picture of the week comes beside the text, once something was asked."""
    pytest.importorskip("PIL")
    await ask(standin, adam, "/stats")
    await ask(standin, ann, QUESTION_TEXT)
    asked = standin.say(adam, "/stats")

    picture = await standin.wait_for_reply(asked, ENGLISH("stats-plot"))

    assert picture.media is not None
    assert "photo" in picture.media
    assert len([each for each in standin.sent(adam) if each.media]) == 1


async def test_without_what_draws(
    standin: Standin, bot: Running, adam: User, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the library the text comes alone, and which command installs it."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    await ask(standin, ann, QUESTION_TEXT)

    reply = await standin.wait_for_reply(standin.say(adam, "/stats"), "pip install")

    assert "on-the-record[plot]" in reply.text
    assert not [each for each in standin.sent(adam) if each.media]


@pytest.mark.parametrize("command", ["/stats", "/gaps"])
async def test_for_admins_in_private_only(
    standin: Standin, bot: Running, adam: User, ann: User, command: str
) -> None:
    """Others are told their number; in a group nobody is told anything, an admin neither."""
    group = standin.group(-1001, "Desk")

    other = await standin.wait_for_reply(standin.say(ann, command))
    public = await standin.wait_for_reply(
        standin.say(adam, f"{command}@on_the_record_bot", chat=group)
    )
    nobody = await standin.wait_for_reply(
        standin.say_anonymously(group, f"{command}@on_the_record_bot")
    )

    assert other.text == words_for("de")("admin-only", command=command, user="11")
    assert {public.text, nobody.text} == {ENGLISH("admin-private", command=command)}


async def test_gaps_that_are_not_kept(standin: Standin, adam: User, corpus: Path) -> None:
    """Without the operator's leave no question is kept, and /gaps says how to give it."""
    async with running(standin, corpus, admins={adam.id}) as bot:
        await ask(standin, adam, UNKNOWN)
        gaps = await standin.wait_for_reply(standin.say(adam, "/gaps"))
        stats = await standin.wait_for_reply(standin.say(adam, "/stats"))

        assert await bot.state.journal.unanswered() == []
    assert "ONRECORD_KEEP_QUESTIONS=true" in gaps.text
    assert ENGLISH("stats-terms-off") in stats.text
    assert "permafrost" not in stats.text


async def test_leafing_through_gaps(standin: Standin, bot: Running, adam: User) -> None:
    """The newest first, a page at a time."""
    before = datetime.now(UTC)
    for number in range(25):
        await bot.state.journal.keep(
            Unanswered(
                question=f"where is number {number}?",
                outcome=Outcome.NOTHING,
                asked_at=before - timedelta(minutes=number),
            )
        )
    asked = standin.say(adam, "/gaps")

    first = await standin.wait_for_reply(asked)
    assert [n for n in range(25) if f"number {n}?" in first.text] == [*range(10)]
    await standin.wait_for_answer(standin.press(adam, first, ENGLISH("button-more")))
    second = await standin.wait_for_edit(first)

    assert [n for n in range(25) if f"number {n}?" in second.text] == [*range(10, 20)]
    assert ENGLISH("list-page", page=2, pages=3) in second.text


async def test_gaps_as_a_file(standin: Standin, bot: Running, adam: User) -> None:
    """All of them, for a spreadsheet, which is to take none for a formula; nobody is named."""
    await ask(standin, adam, UNKNOWN, '=HYPERLINK("http://evil.example","glaciers")')
    gaps = await standin.wait_for_reply(standin.say(adam, "/gaps"))
    await standin.wait_for_answer(standin.press(adam, gaps, ENGLISH("button-export")))

    sent = await standin.wait_for_message(adam, ENGLISH("gaps-exported", count=2))

    assert sent.media is not None
    file = standin.world.files.by_id[sent.media["document"]["file_id"]]
    rows = [*csv.reader(io.StringIO(file.content.decode("utf-8-sig")))]
    assert rows[0] == ["asked_at", "question", "outcome", "reason", "language"]
    assert rows[1][1].startswith("'=HYPERLINK")
    assert rows[2][1] == UNKNOWN
    assert str(adam.id) not in {cell for row in rows for cell in row}


async def test_gaps_pressed_by_others(standin: Standin, bot: Running, adam: User) -> None:
    """Whoever is no admin any more, or never was, gets nothing by a button."""
    await ask(standin, adam, UNKNOWN)
    gaps = await standin.wait_for_reply(standin.say(adam, "/gaps"))
    eve = standin.user(66, "Eve")
    query = standin.press(eve, gaps, ENGLISH("button-export"))

    await standin.wait_for_answer(query)
    await standin.wait_for_reply(standin.say(adam, "/help"))

    assert not [each for each in standin.world.sent if each.media]


async def test_sent_once_where_the_connection_breaks(
    standin: Standin, bot: Running, adam: User, ann: User
) -> None:
    """A picture of which nobody knows whether it arrived is not sent again."""
    pytest.importorskip("PIL")
    await ask(standin, ann, QUESTION_TEXT)
    standin.fail_next("sendPhoto", Fault.dropped(executed=True))
    asked = standin.say(adam, "/stats")

    await standin.wait_for_reply(asked, ENGLISH("stats-plot"))
    await standin.wait_for_reply(standin.say(adam, "/help"))

    assert len([each for each in standin.sent(adam) if each.media]) == 1
