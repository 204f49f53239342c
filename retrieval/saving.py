"""An indexed corpus in a folder: saved whole, opened by mapping, checked before it is used.

    snapshot            what it is, and an array for each thing that is known of all articles
    rows/NAME.rows      the articles, and what was found out about each
    engine/             the index, in the engine's own files

The file `snapshot` is written last: a folder without it is not finished.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.models import Article
from corpus.packed import Digests
from corpus.signatures import Signatures
from corpus.stories import Stories
from retrieval.directory import DIGEST, Directory, Passages
from retrieval.engine import UpdatableIndex
from retrieval.engines.arrays import Array, read, write
from retrieval.engines.choice import Choice, Kind, engine
from retrieval.errors import StaleIndexError, StoredIndexError
from retrieval.fingerprint import analysis
from retrieval.indexed import Chance, IndexedCorpus
from retrieval.renewing import Made
from retrieval.sequences import Picked
from retrieval.strings import Strings
from retrieval.vocabulary import Vocabulary
from retrieval.volumes import Volume, Volumes, linked
from retrieval.wordcount import WordCount

FORMAT: Final = 1
"""Changes whenever a folder is not understood by a program that reads another format."""

_FILE = "snapshot"
_ROWS = "rows"
_ENGINE = "engine"


class Facts(BaseModel):
    """What a saved corpus is. *examples* are questions that it answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = FORMAT
    analysis: str
    version: str
    articles: int
    passages: int
    made_at: datetime
    engine: Kind
    reason: str
    chance: tuple[float, float]
    examples: tuple[str, ...]
    volumes: tuple[str, ...]

    @property
    def choice(self) -> Choice:
        """The engine, and why it was chosen."""
        return Choice(self.engine, self.reason)


@dataclass(frozen=True)
class Saved:
    """A corpus that was opened: *order* has for each article its place among those it was made from."""

    corpus: IndexedCorpus
    facts: Facts
    order: npt.NDArray[np.uint32]

    def articles(self) -> "SavedArticles":
        """Return the articles in the order in which they were read."""
        return SavedArticles(self.corpus, np.argsort(self.order))


class SavedArticles(Picked[Article]):
    """The articles of a corpus in another order; their digests and ids take no reading."""

    def __init__(self, corpus: IndexedCorpus, numbers: npt.NDArray[np.integer]) -> None:
        super().__init__(corpus.articles, numbers)
        self.digests: Sequence[bytes] = Digests(corpus.directory.digests[numbers].tobytes())
        self.ids: Sequence[str] = Picked(corpus.directory.ids, numbers)

    def chosen(self, numbers: Iterable[int]) -> Sequence[Article]:
        """Return the articles with these numbers, in their order."""
        return Picked(self._things, self.numbers[np.fromiter(numbers, np.int64)])


def rows_in(folder: Path) -> Path:
    """Return where the rows of a corpus in *folder* are: to be written there before it is saved."""
    return folder / _ROWS


@dataclass(frozen=True)
class Description:
    """What is to be noted of a corpus that is saved."""

    made_at: datetime
    choice: Choice
    examples: tuple[str, ...]


def save(made: Made, folder: Path, described: Description, *, base: Path | None = None) -> None:
    """Write what was *made* with its rows in *folder*. Files that are in *base*, too, are shared.

    Raises OSError.
    """
    corpus = made.corpus
    target = folder / _ENGINE
    target.mkdir(parents=True, exist_ok=True)
    if base is not None:
        for path in (base / _ENGINE).glob("*.segment"):
            linked(path, target / path.name)
    made.index.save(target)
    facts = Facts(
        analysis=analysis(),
        version=corpus.version,
        articles=len(corpus.articles),
        passages=len(corpus.passages),
        made_at=described.made_at,
        engine=described.choice.kind,
        reason=described.choice.reason,
        chance=(corpus.chance.short, corpus.chance.long),
        examples=described.examples,
        volumes=tuple(volume.name for volume in corpus.volumes.volumes),
    )
    arrays = {**_arrays_of(corpus), "order": made.order}
    write(folder / _FILE, _FILE, facts.model_dump(mode="json"), arrays)


def facts_of(folder: Path) -> Facts:
    """Return what a saved corpus is. Raises StoredIndexError, also if it is of another version."""
    return _facts(folder / _FILE, read(folder / _FILE, _FILE).facts)


def open_saved(folder: Path) -> Saved:
    """Open a corpus that was saved. Its files are mapped, and not to be changed.

    Raises StoredIndexError for one that is missing, damaged or foreign, and StaleIndexError for one
    that was made by other rules.
    """
    path = folder / _FILE
    stored = read(path, _FILE)
    facts = _facts(path, stored.facts)
    arrays: Mapping[str, Any] = stored.arrays
    opened = [Volume.open(folder / _ROWS, Path(name).name) for name in facts.volumes]
    index: UpdatableIndex = engine(facts.engine).open(folder / _ENGINE)
    try:
        volumes = Volumes(opened, arrays["places"])
        corpus = _corpus(facts, arrays, volumes, index)
        order = arrays["order"]
    except KeyError as error:
        raise StoredIndexError(path, f"there is no array {error}; {_REMEDY}") from None
    if not _fits(corpus, order):
        raise StoredIndexError(path, f"the arrays do not belong together; {_REMEDY}")
    return Saved(corpus, facts, order)


_REMEDY = "build the index again"


def _arrays_of(corpus: IndexedCorpus) -> dict[str, Array]:
    directory, words = corpus.directory, corpus.vocabulary.counted
    return {
        "ids": directory.ids.letters,
        "id_ends": directory.ids.ends,
        "published": directory.published,
        "publishers": directory.publishers.letters,
        "publisher_ends": directory.publishers.ends,
        "publisher": directory.publisher,
        "sha256": directory.sha256,
        "digests": directory.digests,
        "places": corpus.volumes.places,
        "counts": corpus.passages.counts,
        "lengths": corpus.passages.lengths,
        "stems": words.stems.letters,
        "stem_ends": words.stems.ends,
        "capitals": words.capitals,
        "lower": words.lower,
        "holders": words.articles,
        "signatures": corpus.signatures.letters,
        "signature_ends": corpus.signatures.ends,
        **corpus.stories.arrays,
    }


def _corpus(
    facts: Facts, arrays: Mapping[str, Any], volumes: Volumes, index: UpdatableIndex
) -> IndexedCorpus:
    words = WordCount(
        Strings(arrays["stems"], arrays["stem_ends"]),
        arrays["capitals"],
        arrays["lower"],
        arrays["holders"],
    )
    return IndexedCorpus(
        articles=volumes.articles(),
        version=facts.version,
        index=index,
        vocabulary=Vocabulary(index, words),
        passages=Passages(arrays["counts"], arrays["lengths"]),
        sentences=volumes.studies(),
        directory=Directory(
            ids=Strings(arrays["ids"], arrays["id_ends"]),
            published=arrays["published"],
            publishers=Strings(arrays["publishers"], arrays["publisher_ends"]),
            publisher=arrays["publisher"],
            sha256=arrays["sha256"],
            digests=arrays["digests"],
        ),
        volumes=volumes,
        signatures=Signatures(arrays["signatures"], arrays["signature_ends"]),
        stories=Stories.of_arrays(arrays),
        chance=Chance(*facts.chance),
    )


def _facts(path: Path, found: Mapping[str, Any]) -> Facts:
    if found.get("format") != FORMAT:
        other = found.get("format")
        raise StaleIndexError(path, f"format {other}, and this program reads {FORMAT}; {_REMEDY}")
    try:
        facts = Facts.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise StoredIndexError(path, f"{place}: {first['msg']}; {_REMEDY}") from None
    if facts.analysis != analysis():
        reason = "made by other rules or tables than this program has"
        raise StaleIndexError(path, f"{reason}; {_REMEDY}")
    return facts


def _fits(corpus: IndexedCorpus, order: Array) -> bool:
    """Tell whether the arrays belong together."""
    directory, size, words = corpus.directory, len(corpus.articles), corpus.vocabulary.counted
    of_articles = (directory.ids, directory.published, directory.publisher, corpus.passages.counts)
    return (
        {len(each) for each in (*of_articles, order)} == {size}
        and directory.sha256.shape == directory.digests.shape == (size, DIGEST)
        and int(corpus.passages.first[-1]) == len(corpus.passages) == len(corpus.index)
        and len(corpus.signatures) == len(corpus.stories) == size
        and len(words.stems) == len(words.capitals) == len(words.lower) == len(words.articles)
    )
