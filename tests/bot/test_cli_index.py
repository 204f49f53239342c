"""`onrecord index`, and the processes that study for it."""

import os
import signal
from pathlib import Path

import pytest

from bot import studying
from bot.crew import Crew
from bot.errors import BuildEndedError
from bot.indexfolder import IndexFolder
from bot.snapshots import Snapshots
from bot.speed import Speed, lasting
from bot.studying import study_ahead
from corpus.archive import Archive
from retrieval.fingerprint import analysis
from retrieval.saving import rows_in
from retrieval.writing import Writing
from tests.bot.command_line import BRIDGE, FERRY, onrecord, write_corpus

MANY = [BRIDGE, FERRY] + [
    {"id": f"n{n}", "title": f"No. {n}", "text": f"Ana Silva said that {n} ferries were late."}
    for n in range(40)
]


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small corpus be worth workers, and more than one share."""
    monkeypatch.setattr(studying, "FEW", 1)
    monkeypatch.setattr(studying, "SHARE", 10)


def test_an_indexed_corpus_is_there_for_whoever_asks_next(tmp_path: Path) -> None:
    """The command says what it did; a question after it reads nothing anew."""
    corpus = write_corpus(tmp_path / "news", MANY)
    environ = {"ONRECORD_INDEX": str(tmp_path / "kept"), "ONRECORD_CORPUS": str(corpus)}

    ended = onrecord("index", "--workers", "2", environ=environ)
    asked = onrecord("ask", "who said that 7 ferries were late?", environ=environ)

    assert ended.code == 0
    assert ended.out.startswith("42 articles, 42 passages in ")
    assert ended.out.endswith(f", kept in {tmp_path / 'kept'}\n")
    assert ended.err == ""
    assert "Ana Silva said that 7 ferries were late." in asked.out
    assert len(Snapshots(corpus, folder=tmp_path / "kept").kept()) == 1


def test_what_is_refused_is_counted(tmp_path: Path) -> None:
    """The rest is indexed, and that is no failure."""
    corpus = write_corpus(tmp_path / "news", MANY)
    (corpus / "b.jsonl").write_text("{\n{\n")
    ended = onrecord("index", "--corpus", str(corpus))

    assert ended.code == 0
    assert ended.err == "onrecord: 2 parts could not be read; onrecord check says which\n"


@pytest.mark.parametrize("number", ["0", "-1", "x", "257"])
def test_a_number_of_workers_that_is_none_is_refused(number: str) -> None:
    """As a command line that makes no sense."""
    ended = onrecord("index", f"--workers={number}")

    assert ended.code == 2
    assert "is not a number from 1 to 256" in ended.err


def test_without_a_folder_there_is_nothing_to_be_done(tmp_path: Path) -> None:
    """The setting is named, with the reason."""
    (tmp_path / "file").write_text("x")
    memory = onrecord("index", environ={"ONRECORD_INDEX": "none"})
    nowhere = onrecord("index", environ={"ONRECORD_INDEX": str(tmp_path / "file" / "x")})

    assert (memory.code, nowhere.code) == (1, 1)
    assert memory.err == "onrecord: ONRECORD_INDEX: there is no folder to keep the index in\n"
    assert nowhere.err.endswith("x: not a directory\n")


def test_several_workers_make_what_one_makes(tmp_path: Path) -> None:
    """The same version, and the same rows in the same order."""
    corpus = write_corpus(tmp_path / "news", MANY)
    found = []
    for workers in (1, 3):
        folder = tmp_path / f"kept-{workers}"
        snapshot = Snapshots(corpus, folder=folder, workers=workers).open()
        sentences = [list(snapshot.index.sentences[n]) for n in range(len(MANY))]
        found.append((snapshot.corpus.version, list(snapshot.index.articles), sentences))

    assert found[0] == found[1]


def test_what_was_studied_is_not_studied_again(tmp_path: Path) -> None:
    """After an interruption in the middle the shares that are whole are taken as they are; it says so."""
    corpus = write_corpus(tmp_path / "news", MANY)
    kept = tmp_path / "kept"
    folder = IndexFolder(kept)
    archive = Archive.open(kept / "articles.sqlite3")
    read, rows = archive.read(corpus), rows_in(folder.unfinished(analysis()))

    def stop(done: int, total: int) -> None:
        assert total == 42
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study_ahead(read, Writing(rows, ()), rows, workers=2, progress=stop)
    archive.close()
    left = len(Writing(rows, ()))
    told: list[int] = []
    study_ahead(
        read, Writing(rows, ()), rows, workers=2, progress=lambda done, _: told.append(done)
    )

    assert 10 <= left < 42
    assert told[0] == left
    assert told[-1] == 42
    ended = onrecord("index", "--corpus", str(corpus), environ={"ONRECORD_INDEX": str(kept)})
    assert ended.err == "going on from an earlier run: 42 articles were studied by then\n"
    assert ended.out.startswith("42 articles")


def test_a_worker_that_is_killed_is_an_error() -> None:
    """Nobody waits for it for ever."""
    with Crew("bot.studying", 1) as crew:
        os.kill(crew.workers[0].pid, signal.SIGKILL)
        with pytest.raises(BuildEndedError, match="signal 9"):
            list(crew.work(["", ""]))


def test_a_worker_that_fails_is_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    """What it said of that is on the standard error of whoever started it."""
    with Crew("bot.studying", 2) as crew, pytest.raises(BuildEndedError, match="ended with code 1"):
        list(crew.work(["no job", "no job"]))

    assert "validation error" in capfd.readouterr().err


def test_a_worker_ends_with_whoever_started_it() -> None:
    """Its standard input is what it lives by."""
    with Crew("bot.studying", 1) as crew:
        [worker] = crew.workers
        assert worker.stdin is not None
        worker.stdin.close()

        assert worker.wait(30) == 0


def test_the_speed_is_that_of_the_last_while() -> None:
    """And the time that is left is what it comes to."""
    now = [0.0]
    speed = Speed(lambda: now[0])
    for second in range(100):
        now[0] = float(second)
        speed.note(second * 10 if second < 50 else 500 + (second - 50) * 2)

    assert speed.per_second == pytest.approx(2, rel=0.1)
    assert speed.left(798) == pytest.approx(100, rel=0.1)
    assert Speed().left(5) is None


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "0 s"), (89, "89 s"), (180, "3 min"), (7500, "2 h 5 min")]
)
def test_how_long_something_lasts(seconds: float, said: str) -> None:
    """In the words of a person."""
    assert lasting(seconds) == said
