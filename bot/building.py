"""Builds the next snapshot in the index folder: in this process, or in one of its own.

A child is started by `python -m bot.building`. It is told its job in one line, tells in lines of JSON
how far it is and what came of it, and ends when whoever started it does.
"""

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.indexfolder import SNAPSHOTS, Entry, IndexFolder, Refused
from bot.parsing import parsed_elsewhere
from bot.reports import Progress, Stage
from bot.studying import study_ahead
from corpus.archive import FILE, Archive
from corpus.errors import CorpusError
from corpus.loading import Corpus
from retrieval.engines.choice import Wanted, choose, engine, expected_passages, installed
from retrieval.errors import EngineError, StoredIndexError
from retrieval.examples import example_questions
from retrieval.fingerprint import analysis
from retrieval.renewing import renew
from retrieval.saving import Description, Saved, facts_of, open_saved, rows_in, save
from retrieval.writing import Writing

logger = logging.getLogger(__name__)

EXAMPLES = 3
"""Questions offered to somebody who asks for the first time."""

_NICE = 10
"""By how much a child is less urgent than whoever asks questions meanwhile."""

_NEW_OBJECTS = 100_000
"""How many come into being in a child before it looks among them for what is in a cycle."""

_TELLS_EVERY = 0.05
"""Seconds between two lines on how far it is."""


class Job(BaseModel):
    """What is to be built: of which corpus, in which folder, on the base of which snapshot."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corpus: Path
    root: Path
    wanted: Wanted = "auto"
    base: Entry | None = None
    workers: int = 1
    """Processes that study articles at the same time; with one it is this process that does."""


def build(job: Job, progress: Progress | None = None) -> Entry:
    """Write a snapshot of the corpus as it is now, and return what it is; it does not count yet.

    Where there is one of the same articles, that is returned. Raises CorpusError, EngineError, and
    OSError.
    """
    folder = IndexFolder(job.root)
    with folder.held(), closing(Archive.open(job.root / FILE)) as archive:
        elsewhere = partial(parsed_elsewhere, job.workers) if job.workers > 1 else None
        reading = _stage(Stage.READING, progress)
        corpus = archive.read(job.corpus, progress=reading, elsewhere=elsewhere)
        for trouble in archive.troubles:
            logger.warning("%s", trouble)
        refused = tuple(map(Refused.of, corpus.refused))
        found = _written(folder, corpus.version, job.wanted)
        if found is not None:
            return found.model_copy(update={"refused": refused, "removed": corpus.removed})
        base = _base(folder, job.base)
        chosen = choose(job.wanted, _passages(corpus, base), installed())
        fits = base is not None and base.facts.engine == chosen.kind
        unfinished = folder.unfinished(analysis())
        if job.workers > 1:
            begin = base.corpus.volumes.volumes if base else ()
            rows, studying = rows_in(unfinished), _stage(Stage.STUDYING, progress)
            known = Writing(rows, begin)
            study_ahead(corpus, known, rows, workers=job.workers, progress=studying)
        made = renew(
            corpus,
            rows_in(unfinished),
            engine(chosen.kind),
            base=base.corpus if base else None,
            updating=fits,
            progress=_stage(Stage.INDEXING, progress),
        )
        now = datetime.now(UTC)
        described = Description(now, chosen, example_questions(made.corpus, EXAMPLES))
        before = folder.path(job.base) if job.base and fits else None
        save(made, unfinished, described, base=before)
        name = folder.finish(unfinished, corpus.version)
        archive.prune()  # a snapshot has its articles itself
        return Entry(
            name=name,
            version=corpus.version,
            made_at=now,
            articles=len(made.corpus.articles),
            refused=refused,
            removed=corpus.removed,
        )


def _written(folder: IndexFolder, version: str, wanted: Wanted) -> Entry | None:
    """Return what was made of the same articles before, by the same rules and for the engine *wanted*."""
    for name in folder.written(version):
        path = folder.root / SNAPSHOTS / name
        try:
            facts = facts_of(path)
        except StoredIndexError:
            continue
        if facts.engine == choose(wanted, facts.passages, installed()).kind:
            return Entry(name=name, version=version, made_at=facts.made_at, articles=facts.articles)
    return None


def _base(folder: IndexFolder, entry: Entry | None) -> Saved | None:
    if entry is None:
        return None
    try:
        return open_saved(folder.path(entry))
    except StoredIndexError as error:
        folder.set_aside(entry, error)
        return None


def _passages(corpus: Corpus, base: Saved | None) -> int:
    """Return about how many passages a corpus has; what *base* has of it is not read for that."""
    if base is None:
        return expected_passages(corpus.articles)
    known = {row.tobytes() for row in base.corpus.directory.digests}
    fresh = [place for place, digest in enumerate(corpus.digests) if digest not in known]
    shared = (len(corpus.digests) - len(fresh)) / max(1, len(known))
    of_fresh = expected_passages([corpus.articles[place] for place in fresh])
    return of_fresh + round(shared * len(base.corpus.passages))


def _stage(stage: Stage, progress: Progress | None) -> Callable[[int, int], None] | None:
    return None if progress is None else partial(progress, stage)


class Told(BaseModel):
    """A line of a child: how far it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["told"] = "told"
    stage: Stage
    done: int
    total: int


class Built(BaseModel):
    """A line of a child: its last, if all went well."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["built"] = "built"
    entry: Entry


class Failed(BaseModel):
    """A line of a child: its last, if something was in the way that an operator can change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["failed"] = "failed"
    cause: Literal["corpus", "engine", "system"]
    message: str


LINE: TypeAdapter[Told | Built | Failed] = TypeAdapter(Told | Built | Failed)


def main() -> int:
    """Do the job that is told on the first line of the standard input."""
    job = Job.model_validate_json(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(_NICE)
    # What is imported stays, and a corpus is millions of objects of which hardly any is in a cycle.
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 50, 100)
    told_at = 0.0

    def tell(stage: Stage, done: int, total: int) -> None:
        nonlocal told_at
        if done in (0, total) or time.monotonic() - told_at > _TELLS_EVERY:
            told_at = time.monotonic()
            _say(Told(stage=stage, done=done, total=total))

    try:
        _say(Built(entry=build(job, tell)))
    except CorpusError as error:
        _say(Failed(cause="corpus", message=str(error)))
    except EngineError as error:
        _say(Failed(cause="engine", message=str(error)))
    except OSError as error:
        message = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        _say(Failed(cause="system", message=message))
    return 0


def _say(line: BaseModel) -> None:
    sys.stdout.write(line.model_dump_json() + "\n")
    sys.stdout.flush()


def _end_with_parent() -> None:
    """End at once when the other end of the standard input is closed: whoever wanted this is gone."""
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
