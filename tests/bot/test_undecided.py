"""What waits to be confirmed when the program ends: it is not in, neither at once nor later."""

import signal
from datetime import date
from pathlib import Path

import pytest

from bot.corpus_folder import ADDED, INCOMING, CorpusFolder, Landing
from bot.removed import FILE as REMOVED, Removal, Restoration
from bot.transaction import Change
from bot.undecided import FILE, Undecided, taken_back_at_start
from tests.bot.administering import KEPT, OLD, QUESTION, ended, golden, write_golden
from tests.bot.running import write_articles
from tests.bot.test_process import START, started
from tests.standin import Standin

BRIDGE = "Painters finished the old bridge on Sunday.\n\nIt is green now."


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus", OLD, KEPT)


def files(corpus: Path) -> dict[str, bytes]:
    """The files of the folder, besides what is aside."""
    every = (path for path in corpus.rglob("*") if path.is_file() and INCOMING not in path.parts)
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in every}


def waiting(corpus: Path, change: Change) -> None:
    """Let *change* wait in a program that ends without a word."""
    change.make()
    undecided = Undecided(corpus)
    undecided.begin(change)
    undecided.close()


def addition(corpus: Path) -> Landing:
    """A file that is to be added."""
    folder = CorpusFolder(corpus)
    staged = folder.stage("bridge.txt", BRIDGE.encode(), date(2024, 3, 4))
    return Landing(folder, staged.token)


def alarms(standin: Standin) -> list[str] | None:
    """What admins were told without having asked."""
    texts = [str(call.parameters.get("text", "")) for call in standin.calls]
    return [text for text in texts if "waited to be confirmed when I was stopped" in text] or None


@pytest.mark.parametrize("kind", ["add", "remove", "restore"])
def test_each_change_is_taken_back(corpus: Path, kind: str) -> None:
    """At the next start the folder is as it was, and what it was about is told once."""
    Removal(corpus, "gone", 1).make()
    before = files(corpus)
    changes: dict[str, Change] = {
        "add": addition(corpus),
        "remove": Removal(corpus, "old", 42),
        "restore": Restoration(corpus, "gone"),
    }
    change = changes[kind]
    waiting(corpus, change)
    between = files(corpus)

    assert taken_back_at_start(corpus) == change.about
    assert between != before
    assert files(corpus) == before
    assert taken_back_at_start(corpus) is None


def test_what_waits_in_a_running_program_is_left_alone(corpus: Path) -> None:
    """Another instance of the bot may start meanwhile."""
    change = Removal(corpus, "old", 42)
    change.make()
    undecided = Undecided(corpus)
    undecided.begin(change)

    assert taken_back_at_start(corpus) is None
    assert b"old" in (corpus / REMOVED).read_bytes()
    undecided.end()
    assert not (corpus / FILE).exists()


@pytest.mark.parametrize(
    "note",
    ["", "{", '{"about": "x"}', '{"about": "x", "before": {"../mine": null}}',
     '{"about": "x", "before": {"a": "%"}}'],
)  # fmt: skip
def test_a_note_that_is_none(corpus: Path, note: str) -> None:
    """It does nothing, leads nowhere, and keeps nobody from starting."""
    mine = corpus.parent / "mine"
    mine.write_text("kept")
    (corpus / FILE).write_text(note)
    before = files(corpus)

    assert taken_back_at_start(corpus) is None
    assert (mine.read_text(), files(corpus)) == ("kept", before)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
async def test_an_addition_that_waits_is_not_in_after_a_restart(
    standin: Standin, corpus: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    """Not even by the next reload; admins are told, and the audit trail has it."""
    admin = standin.user(42, "Adam")
    standin.private(admin)
    write_golden(
        corpus, golden("none", "who finished the old bridge?"), golden("denied", QUESTION, OLD)
    )
    settings = {
        "ONRECORD_CORPUS": str(corpus),
        "ONRECORD_STATE": str(tmp_path / "state.sqlite3"),
        "ONRECORD_INDEX": str(tmp_path / "index"),
    }
    async with started(standin, tmp_path, **settings) as program:
        asked = standin.say(admin, f"/add Bridge\n{BRIDGE}")
        shown = await standin.wait_for_reply(asked, seconds=START)
        await standin.wait_for_answer(standin.press(admin, shown, "Add"))
        await standin.wait_for_edit(shown, "Nothing has changed yet", versions=2)
        landed = len(list((corpus / ADDED).iterdir()))
        await program.end(sign)
    async with started(standin, tmp_path, **settings):
        audit = await standin.wait_for_reply(standin.say(admin, "/audit"), seconds=START)
        reload = await ended(standin, standin.say(admin, "/reload"))
        told = await standin.world.until(lambda: alarms(standin), START)

    assert landed == 1
    assert list((corpus / ADDED).iterdir()) == []
    assert "because the program had ended" in audit.text
    assert "Added: 0 articles" in reload.text
    assert told
