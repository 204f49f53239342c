"""Studies the articles of a corpus beforehand, with several processes: that is most of the indexing.

A worker is started by `python -m bot.studying`. It is told a share of the articles in one line, writes
their rows into the folder where the next snapshot is made, says how far it is, and is told the next.
What it has written stays, whatever becomes of it and of whoever started it.
"""

from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.crew import Crew, serve
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
    with Crew("bot.studying", min(workers, len(shares))) as crew:
        done = len(articles) - len(fresh)
        if progress is not None:
            progress(done, len(articles))
        for more in crew.work(share.model_dump_json() for share in shares):
            done += int(more)
            if progress is not None:
                progress(done, len(articles))


def _study(job: str, say: Callable[[str], None]) -> None:
    """Study a share and write its rows; say now and then how many more are studied."""
    share = Share.model_validate_json(job)
    wanted = [(bytes.fromhex(digest), source) for digest, source in share.articles]
    rows: list[Row] = []
    for (digest, _), article in zip(wanted, Rows(share.archive).articles(wanted), strict=True):
        rows.append(Row(digest, article_row(article), Studied.of(article).row))
        if len(rows) % _TELLS_EVERY == 0:
            say(str(_TELLS_EVERY))
    Volume.of(rows).save(share.folder)
    say(str(len(rows) % _TELLS_EVERY))


def main() -> None:
    """Do shares until there are no more."""
    serve(_study)


if __name__ == "__main__":
    main()
