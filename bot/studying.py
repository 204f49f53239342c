"""Studies the articles of a corpus beforehand, with several processes: that is most of the indexing.

A worker is started by `python -m bot.studying`. It is told a share of the articles in one line, writes
their rows into the folder where the next snapshot is made, says how far it is, and is told the next.
What it has written stays, whatever becomes of it and of whoever started it.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from bot.errors import BuildEndedError
from corpus.loading import Corpus
from corpus.rows import Rows, StoredArticles
from retrieval.indexing import Studied
from retrieval.rows import article_row
from retrieval.volumes import Row, Volume
from retrieval.writing import Writing

SHARE = 256
"""Articles that are studied and then written in one go: what a kill undoes, for each worker."""

FEW = 256
"""Articles for which no workers are worth the second in which they start."""

_TELLS_EVERY = 16
"""Articles between two lines on how far it is."""

Progress = Callable[[int, int], None]


class Share(BaseModel):
    """What a worker is to do: articles by digest and place, out of *archive* into *folder*."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    archive: Path
    folder: Path
    articles: tuple[tuple[str, str], ...]


class Done(BaseModel):
    """A line of a worker: *more* articles are studied; *whole*: that was its share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    more: int
    whole: bool = False


def study_ahead(
    corpus: Corpus,
    known: Writing,
    folder: Path,
    *,
    workers: int,
    progress: Progress | None = None,
) -> None:
    """Write the rows of all articles that are not *known* into *folder*, with so many processes.

    *progress* is told (articles studied, articles in all), what is known included. Does nothing for
    a corpus in memory. Raises BuildEndedError if a worker ends, and OSError.
    """
    articles = corpus.articles
    if not isinstance(articles, StoredArticles):
        return
    # In the order in which they are taken afterwards, so that these rows are read one after the other.
    order = sorted(range(len(articles)), key=articles.ids.__getitem__)
    fresh = [place for place in order if known.find(articles.digests[place]) is None]
    if len(fresh) < FEW:
        return
    size = max(1, min(SHARE, -(-len(fresh) // workers)))
    shares = [
        Share(
            archive=articles.path,
            folder=folder,
            articles=tuple(
                (articles.digests[place].hex(), articles.sources[place])
                for place in fresh[start : start + size]
            ),
        )
        for start in range(0, len(fresh), size)
    ]
    with Crew(min(workers, len(shares))) as crew:
        done = len(articles) - len(fresh)
        if progress is not None:
            progress(done, len(articles))
        for more in crew.work(shares):
            done += more
            if progress is not None:
                progress(done, len(articles))


class Crew:
    """Some workers, which end with whoever started them."""

    def __init__(self, workers: int) -> None:
        command = [sys.executable, "-m", "bot.studying"]
        self.workers = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
            for _ in range(workers)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self.workers:
            worker.kill()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            worker.wait()

    def work(self, shares: Sequence[Share]) -> Iterator[int]:
        """Have all *shares* done; yield how many articles more are studied, as they are."""
        waiting: queue.SimpleQueue[Share] = queue.SimpleQueue()
        for share in shares:
            waiting.put(share)
        said: queue.SimpleQueue[Done | int] = queue.SimpleQueue()
        for worker in self.workers:
            threading.Thread(target=_employ, args=(worker, waiting, said), daemon=True).start()
        left = len(shares)
        while left:
            line = said.get()
            if isinstance(line, int):
                raise BuildEndedError(line, "while articles were studied")
            left -= line.whole
            yield line.more


def _employ(
    worker: "subprocess.Popen[bytes]",
    waiting: "queue.SimpleQueue[Share]",
    said: "queue.SimpleQueue[Done | int]",
) -> None:
    """Give a worker one share after the other, and pass on what it says; at last how it ended."""
    with contextlib.suppress(queue.Empty):
        while True:
            share = waiting.get_nowait()
            try:
                for done in _asked(worker, share):
                    said.put(done)
            except (OSError, ValueError):  # its pipes are closed, or it says something else
                said.put(worker.wait())
                return


def _asked(worker: "subprocess.Popen[bytes]", share: Share) -> Iterator[Done]:
    """Give a worker a share, and yield what it says. Raises OSError and ValueError if it does not."""
    if worker.stdin is None or worker.stdout is None:
        raise ValueError("the process has no pipes")
    worker.stdin.write(share.model_dump_json().encode() + b"\n")
    worker.stdin.flush()
    whole = False
    while not whole:
        done = Done.model_validate_json(worker.stdout.readline())
        whole = done.whole
        yield done


def _studied(share: Share) -> Iterator[Done]:
    """Study a share and write its rows."""
    wanted = [(bytes.fromhex(digest), source) for digest, source in share.articles]
    rows: list[Row] = []
    for (digest, _), article in zip(wanted, Rows(share.archive).articles(wanted), strict=True):
        rows.append(Row(digest, article_row(article), Studied.of(article).row))
        if len(rows) % _TELLS_EVERY == 0:
            yield Done(more=_TELLS_EVERY)
    Volume.of(rows).save(share.folder)
    yield Done(more=len(rows) % _TELLS_EVERY, whole=True)


def main() -> int:
    """Do the shares that are told on the standard input, a line each, until it ends."""
    # Ctrl-C is for whoever started this; that one's end is the end of this, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    while True:
        for done in _studied(Share.model_validate_json(lines.get())):
            sys.stdout.write(done.model_dump_json() + "\n")
            sys.stdout.flush()


def _listen(lines: "queue.SimpleQueue[str]") -> None:
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
