"""Snapshots that are kept in a folder: made, opened, declined, gone back to, damaged."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.appearance import Appearance
from bot.building import Job
from bot.child import Child
from bot.errors import BuildEndedError, SnapshotLostError
from bot.reports import Stage
from bot.snapshots import Snapshot, Snapshots, load_snapshot
from corpus.errors import CorpusNotFoundError
from corpus.loading import SAMPLE, compare

ARTICLE = {"title": "The tram", "text": "The tram left Lyon on Monday, said Ann Roe."}


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    """A folder with one article."""
    folder = tmp_path / "news"
    folder.mkdir()
    write(folder, "tram")
    return folder


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """Where snapshots are kept."""
    return tmp_path / "index"


def write(folder: Path, name: str, text: str = ARTICLE["text"]) -> None:
    """Put an article into the folder."""
    article = {**ARTICLE, "id": name, "text": text}
    (folder / f"{name}.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")


def opened(corpus: Path, root: Path) -> Snapshot:
    """What a program that starts now would ask."""
    return Snapshots(corpus, folder=root).open()


def told(corpus: Path, root: Path) -> tuple[Snapshot, list[Stage]]:
    """The same, and what it was told while it waited."""
    stages: list[Stage] = []
    snapshot = Snapshots(corpus, folder=root).open(lambda stage, *_: stages.append(stage))
    return snapshot, stages


def test_the_second_start_reads_nothing(corpus: Path, root: Path) -> None:
    """It has the same version, the same articles and the same answers."""
    first, reading = told(corpus, root)
    second, again = told(corpus, root)

    assert Stage.INDEXING in reading
    assert again == []
    assert second.corpus.version == first.corpus.version == load_snapshot(corpus).corpus.version
    assert list(second.corpus.articles) == list(first.corpus.articles)
    assert second.answer("Who said the tram left?") == first.answer("Who said the tram left?")
    assert second.examples == first.examples


def test_the_sample_answers_as_from_memory(root: Path) -> None:
    """The whole answer is the same, whether its corpus is on disk or not."""
    kept, memory = opened(SAMPLE, root), load_snapshot(SAMPLE)

    assert list(kept.corpus.articles) == list(memory.corpus.articles)
    for article in memory.corpus.articles:
        assert kept.answer(article.title) == memory.answer(article.title)
    assert kept.contents.publishers == memory.contents.publishers
    assert list(kept.contents.newest) == list(memory.contents.newest)
    changes = compare(memory.corpus, kept.corpus)
    assert [*changes.added, *changes.changed, *changes.removed] == []
    assert kept.status.searched == memory.status.searched


def test_a_change_is_seen_at_the_start(corpus: Path, root: Path) -> None:
    """What came, what changed and what left while nobody looked."""
    write(corpus, "ferry")
    opened(corpus, root)
    write(corpus, "park")
    write(corpus, "tram", "The tram left Paris.")
    (corpus / "ferry.jsonl").unlink()

    after = opened(corpus, root)

    assert [each.id for each in after.corpus.articles] == ["park", "tram"]
    assert after.corpus.articles[1].text == "The tram left Paris."
    assert after.corpus.version == load_snapshot(corpus).corpus.version


def test_what_was_read_counts_only_when_it_is_kept(corpus: Path, root: Path) -> None:
    """A program that ends before it is kept leaves what counted."""
    snapshots = Snapshots(corpus, folder=root)
    first = snapshots.open()
    write(corpus, "ferry")

    draft = snapshots.read()

    assert [kept.version for kept in snapshots.kept()] == [first.corpus.version]
    snapshots.keep(draft)
    assert [kept.version for kept in snapshots.kept()] == [
        draft.corpus.version,
        first.corpus.version,
    ]
    assert [kept.articles for kept in snapshots.kept()] == [2, 1]


def test_what_was_declined_is_not_read_at_the_next_start(corpus: Path, root: Path) -> None:
    """Until the folder changes again: then all of it is read."""
    snapshots = Snapshots(corpus, folder=root)
    first = snapshots.open()
    write(corpus, "ferry")
    snapshots.read()
    snapshots.decline()

    declined, stages = told(corpus, root)
    write(corpus, "park")
    after = opened(corpus, root)

    assert declined.corpus.version == first.corpus.version
    assert stages == []
    assert len(after.corpus.articles) == 3


def test_going_back_lasts(corpus: Path, root: Path) -> None:
    """A restart opens what was gone back to, until the folder changes."""
    snapshots = Snapshots(corpus, folder=root)
    first = snapshots.open()
    write(corpus, "ferry")
    second = snapshots.read()
    snapshots.keep(second)

    back = snapshots.back(first.corpus.version)
    snapshots.keep(back)

    assert opened(corpus, root).corpus.version == first.corpus.version
    assert [kept.version for kept in snapshots.kept()] == [
        first.corpus.version,
        second.corpus.version,
    ]
    assert list(back.corpus.articles) == list(first.corpus.articles)


def test_no_more_are_kept_than_wanted(corpus: Path, root: Path) -> None:
    """The oldest is dropped, and cannot be gone back to."""
    snapshots = Snapshots(corpus, folder=root, keep=2)
    versions = [snapshots.open().corpus.version]
    for name in ("ferry", "park"):
        write(corpus, name)
        snapshots.keep(snapshot := snapshots.read())
        versions.append(snapshot.corpus.version)

    assert [kept.version for kept in snapshots.kept()] == versions[:0:-1]
    assert len([path for path in (root / "snapshots").iterdir() if path.name[0] != "."]) == 2
    with pytest.raises(SnapshotLostError, match="it was not kept"):
        snapshots.back(versions[0])


def test_nothing_changes_when_nothing_has_changed(corpus: Path, root: Path) -> None:
    """The same version in the same files; a new refusal is told all the same."""
    snapshots = Snapshots(corpus, folder=root)
    first = snapshots.open()
    before = sorted((root / "snapshots").rglob("*"))
    (corpus / "broken.jsonl").write_text("no article\n", encoding="utf-8")

    again = snapshots.read()
    snapshots.keep(again)

    assert again.corpus.version == first.corpus.version
    assert again.index is first.index
    assert [error.line for error in again.corpus.refused] == [1]
    assert sorted((root / "snapshots").rglob("*")) == before
    assert [error.line for error in opened(corpus, root).corpus.refused] == [1]


def files(root: Path) -> list[Path]:
    """What a snapshot is made of."""
    (folder,) = (path for path in (root / "snapshots").iterdir() if path.name[0] != ".")
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("harm", ["cut", "other", "gone", "foreign"])
def test_a_damaged_snapshot_is_built_anew(
    corpus: Path, root: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    """Whichever of its files it is, the answers are right, and the log says what was wrong."""
    right = opened(corpus, root).answer("Who said the tram left?")
    for number in range(4):
        path = files(root)[number]
        whole = path.read_bytes()
        if harm == "gone":
            path.unlink()
        else:
            wrong = {"cut": whole[:-9], "other": whole[:-1] + b"?", "foreign": b"GIF89a" + whole}
            path.unlink()  # other snapshots may share the file
            path.write_bytes(wrong[harm])

        assert opened(corpus, root).answer("Who said the tram left?") == right
        assert "is set aside" in caplog.text
        caplog.clear()
    assert len(files(root)) == 4


def test_a_list_of_snapshots_that_is_not_understood(
    corpus: Path, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing counts any more, and everything is read."""
    opened(corpus, root)
    (root / "current.json").write_text('{"kept": 3}', encoding="utf-8")

    assert len(opened(corpus, root).corpus.articles) == 1
    assert "not understood" in caplog.text


def test_other_rules_are_a_reason_to_read_anew(
    corpus: Path, root: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """After an update nothing is answered by what the old program found out, and nobody is warned."""
    opened(corpus, root)
    monkeypatch.setattr("retrieval.saving.analysis", lambda: "0" * 16)
    caplog.set_level("INFO")

    assert len(opened(corpus, root).corpus.articles) == 1
    assert "made by other rules or tables" in caplog.text
    assert {record.levelname for record in caplog.records} == {"INFO"}


def test_one_that_is_damaged_cannot_be_gone_back_to(corpus: Path, root: Path) -> None:
    """That is said, and what counts still does."""
    snapshots = Snapshots(corpus, folder=root)
    first = snapshots.open()
    damaged = files(root)
    write(corpus, "ferry")
    snapshots.keep(second := snapshots.read())
    for path in damaged:
        path.unlink()

    with pytest.raises(SnapshotLostError, match=first.corpus.version):
        Snapshots(corpus, folder=root).back(first.corpus.version)
    assert opened(corpus, root).corpus.version == second.corpus.version


def test_another_engine_is_built_from_what_is_known(corpus: Path, root: Path) -> None:
    """Whoever asks for another one at a start gets it."""
    pytest.importorskip("tantivy")
    first = opened(corpus, root)

    second = Snapshots(corpus, folder=root, wanted="tantivy").open()

    assert (first.engine.kind, second.engine.kind) == ("rank-bm25", "tantivy")
    assert second.answer("Who said the tram left?").snippets
    third, stages = told_of_tantivy(corpus, root)
    assert third.engine.kind == "tantivy"
    assert stages == []


def told_of_tantivy(corpus: Path, root: Path) -> tuple[Snapshot, list[Stage]]:
    """A start with that engine."""
    stages: list[Stage] = []
    snapshots = Snapshots(corpus, folder=root, wanted="tantivy")
    return snapshots.open(lambda stage, *_: stages.append(stage)), stages


def test_a_folder_that_cannot_be_written_to(
    corpus: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything stays in memory, and the log says why."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    snapshots = Snapshots(corpus, folder=tmp_path / "file" / "index")

    assert len(snapshots.open().corpus.articles) == 1
    assert len(snapshots.kept()) == 1
    assert "stays in memory" in caplog.text


def test_no_corpus(tmp_path: Path, root: Path) -> None:
    """Is said as without a folder."""
    with pytest.raises(CorpusNotFoundError):
        opened(tmp_path / "nowhere", root)


@pytest.fixture(name="in_child")
def _in_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a small corpus is built in a process of its own."""
    monkeypatch.setattr("bot.snapshots._LITTLE", 0)


@pytest.mark.usefixtures("in_child")
def test_a_child_builds_the_same(corpus: Path, root: Path, tmp_path: Path) -> None:
    """And tells how far it is."""
    (corpus / "broken.jsonl").write_text("no article\n", encoding="utf-8")

    first, stages = told(corpus, root)

    assert set(stages) >= {Stage.READING, Stage.INDEXING}
    assert first.corpus.version == load_snapshot(corpus).corpus.version
    assert first.corpus.refused[0].line == 1
    assert first.answer("Who said the tram left?").snippets


def test_a_child_that_is_ended(corpus: Path, root: Path) -> None:
    """Is an error, and changes nothing."""
    child = Child()
    job = Job(corpus=corpus, root=root)

    with pytest.raises(BuildEndedError, match="was ended by signal 9"):
        child.build(job, lambda *_: child.end())
    assert Snapshots(corpus, folder=root).kept() == ()
    assert len(opened(corpus, root).corpus.articles) == 1


def test_a_child_that_fails_says_why(corpus: Path, root: Path, tmp_path: Path) -> None:
    """With what it wrote to its standard error, or with the reason that it gives."""
    root.mkdir()
    (root / "lock").mkdir()

    with pytest.raises(OSError, match="lock"):
        Child().build(Job(corpus=corpus, root=root))
    with pytest.raises(Exception, match="nowhere"):
        Child().build(Job(corpus=tmp_path / "nowhere", root=tmp_path / "other"))


def test_a_child_does_not_outlive_who_started_it(corpus: Path, root: Path) -> None:
    """Its standard input is closed, and it ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.building"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    root.mkdir()
    (root / "lock").touch()
    holder = os.open(root / "lock", os.O_RDWR)
    import fcntl

    fcntl.flock(holder, fcntl.LOCK_EX)  # so that it waits
    process.stdin.write(Job(corpus=corpus, root=root).model_dump_json().encode() + b"\n")
    process.stdin.flush()
    time.sleep(0.1)
    process.stdin.close()

    assert process.wait(20) == 1
    process.stdout.close()
    os.close(holder)


def test_a_start_after_a_kill_finds_a_whole_corpus(corpus: Path, root: Path) -> None:
    """At whatever moment the one that built it was killed."""
    opened(corpus, root)
    write(corpus, "ferry")
    for wait in (0.0, 0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.building"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        assert process.stdin is not None
        process.stdin.write(Job(corpus=corpus, root=root).model_dump_json().encode() + b"\n")
        process.stdin.flush()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.stdin.close()
        process.wait()

        assert len(Snapshots(corpus, folder=root).kept()) == 1

    assert len(opened(corpus, root).corpus.articles) == 2


def test_two_programs_build_one_after_the_other(corpus: Path, root: Path) -> None:
    """Neither is disturbed by the other, and both have the same in the end."""
    found: list[Snapshot] = []
    threads = [
        threading.Thread(target=lambda: found.append(opened(corpus, root))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({snapshot.corpus.version for snapshot in found}) == 1
    assert all(snapshot.answer("Who said the tram left?").snippets for snapshot in found)


def test_what_a_corpus_looks_like(corpus: Path) -> None:
    """Any file that comes, goes or changes, hidden ones too, is seen without opening one."""
    seen = [Appearance.of(corpus)]
    write(corpus, "ferry")
    seen.append(Appearance.of(corpus))
    write(corpus, "ferry", "The ferry came.")
    seen.append(Appearance.of(corpus))
    (corpus / ".removed.jsonl").write_text("{}\n", encoding="utf-8")
    seen.append(Appearance.of(corpus))
    (corpus / "ferry.jsonl").unlink()
    seen.append(Appearance.of(corpus))

    assert len({each.digest for each in seen}) == len(seen)
    assert seen[-1] == Appearance.of(corpus)
    assert seen[0].size == (corpus / "tram.jsonl").stat().st_size
    assert Appearance.of(corpus / "tram.jsonl").size == seen[0].size
    assert Appearance.of(corpus / "nowhere").size == 0
