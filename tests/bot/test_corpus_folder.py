"""The corpus folder as admins change it: names are harmless, nothing is overwritten, all can be taken back."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from bot.corpus_folder import ADDED, INCOMING, CorpusFolder, Landing
from bot.errors import FolderError
from bot.removed import FILE, Removal, Restoration, removed_ids
from bot.writing import write_whole
from bot.written import written
from corpus.loading import SAMPLE, load
from tests.bot.administering import KEPT, OLD
from tests.bot.running import write_articles

TODAY = date(2026, 11, 23)
HOSTILE = [
    "../../etc/passwd", "..\\..\\boot.ini", "/abs/olute.txt", ".hidden", "~$lock.txt", "#save#",
    "nul\0byte.txt", "a" * 4000 + ".txt", "con.txt", "", ".", "..", "مقالة.txt", "x.tar.gz.exe", "b.txt~",
    "line\nbreak.md", "-rf.txt", "mapping.toml", "golden.jsonl", "README.md", ".removed.jsonl",
]  # fmt: skip


@pytest.fixture(name="corpus")
def _corpus(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "corpus", OLD, KEPT)


def names(folder: Path) -> list[str]:
    """All files below *folder*."""
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def test_a_file_comes_and_goes(corpus: Path) -> None:
    """It is read before it is part of the corpus, is part of it after, and can be taken back."""
    folder, before = CorpusFolder(corpus), names(corpus)

    staged = folder.stage("Rain in May.txt", b"It rained.\n\nAgain.", TODAY)
    waiting = load(corpus)
    change = Landing(folder, staged.token)
    change.make()
    landed = load(corpus)
    change.take_back()

    assert staged.target == Path(ADDED, "2026-11-23-rain-in-may.txt")
    assert [article.text for article in staged.articles] == ["It rained.\n\nAgain."]
    assert len(waiting.articles) == 2
    assert {article.id for article in landed.articles} == {
        "old", "kept", "added/2026-11-23-rain-in-may",
    }  # fmt: skip
    assert staged.articles[0] in [*landed.articles]
    assert names(corpus) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(corpus: Path, name: str) -> None:
    """Whatever a file is called, it lands in the one folder, by a name that is read."""
    folder, before = CorpusFolder(corpus), names(corpus)

    staged = folder.stage(name, b"It rained.", TODAY)
    Landing(folder, staged.token).make()

    (new,) = set(names(corpus)) - set(before)
    assert new == staged.target.as_posix()
    assert staged.target.parent == Path(ADDED)
    assert staged.target.name.startswith("2026-11-23-")
    assert names(corpus.parent) == sorted(f"corpus/{each}" for each in [*before, new])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_and_text(tmp_path: Path, name: str, text: str) -> None:
    """No name and no text leads out of the folder or stops the bot."""
    corpus = tmp_path / "any"
    corpus.mkdir(exist_ok=True)
    folder = CorpusFolder(corpus)

    staged = folder.stage(name, text.encode("utf-8", "replace"), TODAY)
    folder.drop(staged.token)

    assert len(staged.target.parts) == 2
    assert len(staged.target.name.encode()) < 200
    assert names(tmp_path) == []


def test_nothing_is_overwritten(corpus: Path) -> None:
    """A second file of a name gets another one; one that came meanwhile is not replaced."""
    folder = CorpusFolder(corpus)
    first, second = (folder.stage("rain.txt", b"It rained.", TODAY) for _ in range(2))
    Landing(folder, first.token).make()

    late = Landing(folder, second.token)
    with pytest.raises(FolderError, match="is there already"):
        late.make()
    third = folder.stage("rain.md", b"It rained.", TODAY)

    assert third.target.name == "2026-11-23-rain-2.md"


def test_a_folder_that_leads_out(corpus: Path, tmp_path: Path) -> None:
    """Where somebody has linked the folder to elsewhere, nothing is put there."""
    folder = CorpusFolder(corpus)
    (tmp_path / "elsewhere").mkdir()
    (corpus / ADDED).symlink_to(tmp_path / "elsewhere")
    staged = folder.stage("rain.txt", b"It rained.", TODAY)

    with pytest.raises(FolderError, match="leads out"):
        Landing(folder, staged.token).make()

    assert names(tmp_path / "elsewhere") == []


@pytest.mark.parametrize(
    "token", ["", "..", "../..", "0123456789abcdef", "x" * 16, "0123456789ABCDEF"]
)
def test_forged_tokens(corpus: Path, token: str) -> None:
    """A token that was never given leads nowhere."""
    folder = CorpusFolder(corpus)

    assert not folder.drop(token)
    assert folder.waiting(token) is None
    with pytest.raises(FolderError):
        Landing(folder, token)
    assert names(corpus) == ["articles.jsonl"]


def test_what_waits_is_bounded(corpus: Path) -> None:
    """Of many that nobody confirms the oldest make room."""
    folder = CorpusFolder(corpus)
    for number in range(30):
        folder.stage(f"{number}.txt", b"It rained.", TODAY)

    assert len([*(corpus / INCOMING).iterdir()]) == 20


def test_obstacles(corpus: Path) -> None:
    """The sample and a single file are not changed."""
    assert CorpusFolder(SAMPLE).obstacle == "folder-sample"
    assert CorpusFolder(corpus / "articles.jsonl").obstacle == "folder-file"
    assert CorpusFolder(corpus).obstacle is None


def test_removed_and_restored(corpus: Path) -> None:
    """The list names what was taken away, once each; what is spoilt in it is left alone."""
    (corpus / FILE).write_text("spoilt\n", encoding="utf-8")

    Removal(corpus, "old", 42).make()
    last = Removal(corpus, "ünï code", None)
    last.make()
    both = removed_ids(corpus)
    last.take_back()
    one = removed_ids(corpus)
    Restoration(corpus, "old").make()

    assert (both, one, removed_ids(corpus)) == (["old", "ünï code"], ["old"], [])
    assert (corpus / FILE).read_text(encoding="utf-8") == "spoilt\n"


def test_written() -> None:
    """A title line and paragraphs become a file that says just that; front matter is taken as it is."""
    whole = written('He said: "no" # not\nFirst.\n\nSecond.\n')
    own = written("---\ntitle: Mine\n---\nText.")

    assert whole is not None
    assert own is not None
    assert whole.name.endswith(".txt")
    assert whole.content.decode().endswith('"\n---\nFirst.\n\nSecond.\n')
    assert own.name.endswith(".md")
    assert written("Title only") is written("\n\nNo title") is written("") is None


def test_a_write_that_fails(corpus: Path) -> None:
    """The old file is as it was, and nothing is left beside it."""
    (corpus / FILE).mkdir()

    with pytest.raises(OSError, match="directory"):
        write_whole(corpus / FILE, b"x")

    assert names(corpus) == ["articles.jsonl"]
