"""What is tantivy's own: its files, and how near its ranking is to the default one's."""

import gc
import os
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from corpus.passages import passages
from retrieval.analysis import content, exact, in_title, pair, search_terms, tokens
from retrieval.engines.arrays import write
from retrieval.engines.bm25 import RankBm25
from retrieval.engines.generations import CURRENT
from retrieval.engines.tantivy import Tantivy, TantivyIndex
from retrieval.errors import StoredIndexError
from retrieval.models import Terms
from tests.benchmarks.made_up import Newsroom
from tests.retrieval.engine_contract import BRIDGE, FERRY, PARK

ASKED = {"bridge": 1.0, "tree": 0.5, "ferry": 2.0}


@pytest.fixture(name="index")
def _index(tmp_path: Path) -> TantivyIndex:
    """Three passages."""
    (tmp_path / "building").mkdir()
    return Tantivy(tmp_path / "building").build([BRIDGE, FERRY, PARK])


@pytest.fixture(name="folder")
def _folder(index: TantivyIndex, tmp_path: Path) -> Path:
    """Where they are saved."""
    index.save(tmp_path / "saved")
    return tmp_path / "saved"


def generations(folder: Path) -> list[Path]:
    """The indexes in a folder."""
    return [path for path in folder.iterdir() if path.is_dir()]


def test_what_is_opened_is_what_was_saved(index: TantivyIndex, folder: Path) -> None:
    """Also after an update, which takes the place of what was saved."""
    opened = Tantivy().open(folder)
    assert list(opened.search(ASKED, 9)) == list(index.search(ASKED, 9)) != []

    opened.updated([2, -1], [["tram"]]).save(folder)

    again = Tantivy().open(folder)
    assert [hit.passage for hit in again.search({"tram": 1.0, "bridge": 9.0}, 9)] == [0, 1]
    assert len(generations(folder)) == 1
    assert list(opened.search(ASKED, 9)) == list(index.search(ASKED, 9))


def test_an_index_may_be_saved_twice(folder: Path) -> None:
    """Nothing is lost, nor kept twice."""
    Tantivy().open(folder).save(folder)

    assert len(Tantivy().open(folder)) == 3
    assert len(generations(folder)) == 1


def test_what_is_not_saved_takes_its_folder_with_it(tmp_path: Path) -> None:
    """No index that was built for one reload stays on the disk for ever."""
    engine = Tantivy(tmp_path)
    index = engine.build([BRIDGE])
    other = index.updated([-1], [FERRY])
    assert len(generations(tmp_path)) == 2

    del index
    gc.collect()
    assert generations(tmp_path) == [other.folder]


def test_an_update_that_fails_leaves_nothing_behind(index: TantivyIndex) -> None:
    """The index of before goes on."""

    def broken() -> Iterator[list[str]]:
        yield ["tram"]
        raise RuntimeError("the text is gone")

    with pytest.raises(RuntimeError, match="the text is gone"):
        index.updated([0, -1], broken())

    with pytest.raises(RuntimeError, match="the text is gone"):
        Tantivy(index.folder.parent).build(broken())

    assert generations(index.folder.parent) == [index.folder]
    assert index.frequency("bridge") == 2


def test_files_are_copied_where_they_cannot_be_shared(
    index: TantivyIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On another disk, for example."""

    def refuse(*_arguments: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    index.save(tmp_path / "elsewhere")

    assert Tantivy().open(tmp_path / "elsewhere").frequency("bridge") == 2


def test_a_damaged_file_is_refused(folder: Path) -> None:
    """Each file has its checksum, tantivy's own as well."""
    (generation,) = generations(folder)
    path = next(generation.glob("*.idx"))
    content = path.read_bytes()
    path.unlink()  # it is shared with the index that was saved
    path.write_bytes(content[:-1] + b"?")

    with pytest.raises(StoredIndexError) as caught:
        Tantivy().open(folder)

    assert str(caught.value).startswith(f"{path}: damaged, the checksum is another")


def test_a_missing_file_is_named(folder: Path) -> None:
    """As is the file that says which index counts."""
    (generation,) = generations(folder)
    path = next(generation.glob("*.idx"))
    path.unlink()
    with pytest.raises(StoredIndexError, match=r"\.idx: no such file; build the index again"):
        Tantivy().open(folder)

    (folder / CURRENT).unlink()
    with pytest.raises(StoredIndexError, match="current: no such file"):
        Tantivy().open(folder)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({}, "does not say which index counts"), ({"files": {}, "folder": "x"}, "does not say")],
)
def test_a_list_of_files_that_is_none_is_refused(
    folder: Path, facts: dict[str, dict[str, str] | str], reason: str
) -> None:
    """Whole, and of this format, but not what was written."""
    write(folder / CURRENT, "generation", facts, {})  # type: ignore[arg-type]  # plain JSON

    with pytest.raises(StoredIndexError, match=reason):
        Tantivy().open(folder)


def test_what_tantivy_cannot_open_is_refused(folder: Path) -> None:
    """Of another version of tantivy, perhaps: every file is as it was written."""
    (generation,) = generations(folder)
    (generation / "meta.json").write_text("{}")
    index = Tantivy().build([])
    (index.folder / "meta.json").write_text("{}")
    index.save(folder)

    with pytest.raises(StoredIndexError, match="tantivy cannot open it"):
        Tantivy().open(folder)


def made_up(number: int) -> tuple[list[list[str]], list[Terms]]:
    """Passages of made-up news with all the analyzer's terms, and what questions search for."""
    chance = random.Random(5)  # noqa: S311 - words, not secrets
    indexed: list[list[str]] = []
    asked: list[Terms] = []
    for article in Newsroom().articles(number):
        title = list(content(tokens(article.title)))
        for passage in passages(article):
            words = list(content(tokens(article.text, passage[0][0], passage[-1][1])))
            indexed.append(list(search_terms(words, title)))
            some = chance.sample(words, min(len(words), chance.randint(3, 8)))
            terms = {w.stem: 1.0 for w in some} | {exact(w.form): 0.5 for w in some}
            terms |= {in_title(w.stem): 0.15 for w in some}
            terms |= {pair(some[0].stem, some[1].stem): 0.2}
            asked.append(terms)
    return indexed, asked


def test_its_ranking_is_nearly_that_of_the_default_engine() -> None:
    """Of the first ten passages at least 19 of 20 are the same, as is the first of nearly all."""
    indexed, asked = made_up(300)
    ours, theirs = RankBm25().build(indexed), Tantivy().build(indexed)
    same, first, questions = 0, 0, 100
    for terms in islice(asked, 0, None, len(asked) // questions):
        one, other = ours.search(terms, 10), theirs.search(terms, 10)
        same += len({hit.passage for hit in one} & {hit.passage for hit in other})
        first += one[0].passage == other[0].passage

    assert same >= 0.95 * 10 * questions
    assert first >= 0.97 * questions
