"""The library answers from one snapshot, replaces it as a whole, and changes nothing on failure."""

import asyncio
import gc
import json
import shutil
import sys
import threading
import weakref
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import ReloadFailedError, ReloadRunningError
from bot.library import Library
from bot.reports import Stage
from bot.snapshots import Snapshots, load_snapshot
from corpus.errors import CorpusNotFoundError
from retrieval.models import Outcome

RAIN = {"id": "rain", "title": "Rain", "text": "Heavy rain flooded the harbour."}
SNOW = {"id": "snow", "title": "Snow", "text": "Deep snow closed the airport."}


def write(folder: Path, *articles: dict[str, str]) -> None:
    """Make *folder* hold these articles only."""
    folder.mkdir(exist_ok=True)
    text = "".join(json.dumps(article) + "\n" for article in articles)
    (folder / "news.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A corpus of one article."""
    write(tmp_path / "news", RAIN)
    return tmp_path / "news"


@pytest.fixture(name="library")
async def _library(folder: Path) -> AsyncIterator[Library]:
    """A library of that corpus."""
    library = Library(Snapshots(folder), load_snapshot(folder))
    yield library
    library.close()


class Gate:
    """A progress that stops a load until it is opened."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.opened = threading.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        self._loop.call_soon_threadsafe(self.reached.set)
        assert self.opened.wait(10)


async def test_every_engine_answers_alike_and_is_kept_when_reloading(folder: Path) -> None:
    """Whichever searches, the answer is the same; and a reload asks for the same one again."""
    write(folder, RAIN, SNOW)
    default, tantivy = (load_snapshot(folder, wanted=w) for w in ("rank-bm25", "tantivy"))
    library = Library(Snapshots(folder, wanted="tantivy"), tantivy)

    await library.reload()
    found = await library.ask("What closed the airport?")
    library.close()

    wanted = default.answer("What closed the airport?").snippets[0].span.text
    assert found.snippets[0].span.text == wanted == SNOW["text"]
    assert library.snapshot.engine.kind == tantivy.engine.kind == "tantivy"
    assert default.engine.kind == "rank-bm25"


async def test_asking(library: Library) -> None:
    """A question is answered from the corpus, and says from which version."""
    found = await library.ask("what flooded the harbour?")

    assert found.outcome is Outcome.ANSWERED
    assert found.corpus_version == library.snapshot.corpus.version


async def test_reload(library: Library, folder: Path) -> None:
    """A reload tells what changed, and the new articles answer from then on."""
    before = library.snapshot
    write(folder, {**RAIN, "text": "Light rain flooded the harbour."}, SNOW)

    report = await library.reload()

    assert [article.id for article in report.changes.added] == ["snow"]
    assert [article.id for article in report.changes.changed] == ["rain"]
    assert report.changes.removed == ()
    assert report.old_version == before.corpus.version != report.new_version
    assert report.new_version == library.snapshot.corpus.version
    assert library.snapshot.loaded_at > before.loaded_at
    assert (await library.ask("what closed the airport?")).outcome is Outcome.ANSWERED


async def test_stages(library: Library) -> None:
    """Progress tells of reading first, then of indexing, both to the end."""
    told: list[tuple[Stage, bool]] = []

    await library.reload(lambda stage, done, total: told.append((stage, done == total)))

    assert list(dict.fromkeys(stage for stage, _ in told)) == [Stage.READING, Stage.INDEXING]
    assert (Stage.READING, True) in told
    assert told[-1] == (Stage.INDEXING, True)


async def test_questions_during_a_reload(library: Library, folder: Path) -> None:
    """A question asked meanwhile is answered at once, from the old corpus."""
    write(folder, SNOW)
    gate, old = Gate(), library.snapshot.corpus.version
    running = library.reload(gate)
    await gate.reached.wait()

    found = await library.ask("what flooded the harbour?")

    assert not running.done()
    assert (found.outcome, found.corpus_version) == (Outcome.ANSWERED, old)
    gate.opened.set()
    await running


async def test_one_reload_at_a_time(library: Library) -> None:
    """A second one is refused while one is running, and welcome afterwards."""
    gate = Gate()
    running = library.reload(gate)

    with pytest.raises(ReloadRunningError):
        await library.reload()

    gate.opened.set()
    await running
    await library.reload()


async def test_a_question_outlives_its_corpus(library: Library, folder: Path) -> None:
    """What was asked before the swap is answered from what was current then."""
    old = library.snapshot.corpus.version
    asked = [asyncio.ensure_future(library.ask("what flooded the harbour?")) for _ in range(20)]
    write(folder, SNOW)

    await library.reload()

    assert {(await each).corpus_version for each in asked} == {old}


async def test_the_old_corpus_is_freed(library: Library, folder: Path) -> None:
    """Nothing keeps a corpus that was replaced and that nobody reads any more."""
    watched: list[weakref.ref[object]] = [
        weakref.ref(library.snapshot),
        weakref.ref(library.snapshot.index),
    ]
    write(folder, SNOW)

    await library.reload()
    library.close()

    assert [watch() for watch in watched] == [None, None]


@pytest.mark.parametrize("what", ["gone", "all refused"])
async def test_a_failed_reload(library: Library, folder: Path, what: str) -> None:
    """A corpus that cannot be read leaves the old one in place and says why."""
    before = library.snapshot
    (folder / "news.jsonl").write_text("{\n", encoding="utf-8")
    if what == "gone":
        shutil.rmtree(folder)

    with pytest.raises(ReloadFailedError) as failed:
        await library.reload()

    reason = "no such file or folder" if what == "gone" else "no article could be read; first of 1"
    assert str(failed.value).startswith(f"{folder}: {reason}")
    assert library.snapshot is before
    assert (await library.ask("what flooded the harbour?")).outcome is Outcome.ANSWERED


async def test_a_reload_that_breaks(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody thought of fails the reload alike, and the log has its cause."""

    def broken(stage: Stage, done: int, total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ReloadFailedError, match="unexpected ZeroDivisionError, see the log"):
        await library.reload(broken)

    assert "ZeroDivisionError" in caplog.text
    await library.reload()


def test_loading_leaves_the_program_as_it_was(folder: Path) -> None:
    """The garbage collector and the length of a thread's turn are as before, also after an error."""
    before = gc.isenabled(), sys.getswitchinterval()

    load_snapshot(folder)
    with pytest.raises(CorpusNotFoundError):
        load_snapshot(folder / "nowhere")

    assert (gc.isenabled(), sys.getswitchinterval()) == before


def test_status(folder: Path) -> None:
    """A snapshot tells what it searches, and how much was refused."""
    (folder / "more.jsonl").write_text("{\n", encoding="utf-8")
    snapshot = load_snapshot(folder)

    assert (snapshot.status.searched.articles, snapshot.status.refused) == (1, 1)
    assert snapshot.status.version in repr(snapshot)
