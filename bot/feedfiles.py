"""The articles of feeds that are fetched, in the corpus folder, and what their servers said."""

import hashlib
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from bot.outside import Fetched, FetchError
from bot.writing import write_whole
from corpus.loading import load
from corpus.models import Article

FOLDER = "feeds"
"""Below the corpus folder: a file for each feed."""

MOST_ARTICLES = 5_000
"""Articles of one feed that are kept; the oldest make room."""

_KINDS = re.compile(r"(?:application|text)/(?:[\w.+-]*(?:xml|json)|plain)")


class Seen(BaseModel):
    """What a feed's server said the last time; kept beside the articles, in a hidden file.

    *failures*: how often in a row it could not be fetched; *due*: the time, as a timestamp, up to
    which it is left alone for that.
    """

    etag: str = ""
    modified: str = ""
    gone: bool = False
    failures: int = Field(default=0, ge=0)
    due: float = 0.0


@dataclass(frozen=True)
class Store:
    """The articles of the feed *url* in the folder *corpus*. All of it blocks and raises OSError."""

    corpus: Path
    url: str

    @property
    def file(self) -> Path:
        """Where the articles are."""
        host = re.sub(r"[^a-z0-9.-]", "-", (urlsplit(self.url).hostname or "feed").lower())[:80]
        mark = hashlib.sha256(self.url.encode()).hexdigest()[:8]
        return self.corpus / FOLDER / f"{host.strip('.-') or 'feed'}-{mark}.jsonl"

    def seen(self) -> Seen:
        """What is known of the last time; of what the server said nothing if the articles are gone."""
        try:
            seen = Seen.model_validate_json(self._note.read_bytes())
        except (FileNotFoundError, ValidationError):
            return Seen()
        if seen.gone or self.file.is_file():
            return seen
        return seen.model_copy(update={"etag": "", "modified": ""})

    def note(self, seen: Seen) -> None:
        """Keep what the server said."""
        self._note.parent.mkdir(exist_ok=True)
        write_whole(self._note, seen.model_dump_json().encode())

    def add(self, fetched: Fetched) -> bool:
        """Add what came; return whether that changed anything. Raises FetchError if it is no feed."""
        kind = fetched.headers.get("content-type", "text/xml").partition(";")[0].strip().lower()
        if not _KINDS.fullmatch(kind) or "xhtml" in kind:
            raise FetchError(f"{self.url}: is no feed but {kind[:60]}")
        came = _read(fetched.content, ".json" if "json" in kind else ".xml")
        if isinstance(came, str):
            raise FetchError(f"{self.url}: {came}")
        self.file.parent.mkdir(exist_ok=True)
        if self.file.parent.is_symlink():
            raise FetchError(f"{self.file.parent}: leads out of the corpus folder")
        old = self.file.read_bytes() if self.file.exists() else b""
        new = _gathered(old, came)
        if new != old:
            write_whole(self.file, new)
        # Afterwards: what was not written must be asked for again.
        said = fetched.headers
        self.note(Seen(etag=said.get("etag", ""), modified=said.get("last-modified", "")))
        return new != old

    @property
    def _note(self) -> Path:
        return self.file.with_name(f".{self.file.name}.seen")


def _read(content: bytes, suffix: str) -> tuple[Article, ...] | str:
    """The articles of a feed, or why there are none."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"feed{suffix}").write_bytes(content)
        read = load(Path(folder))
        return tuple(read.articles) or str(next(iter(read.refused), "holds no article"))


def _gathered(old: bytes, came: tuple[Article, ...]) -> bytes:
    """The file with what *came* added: what is known is replaced in its place, the rest comes last."""
    lines = {json.loads(line)["id"]: line for line in old.decode().split("\n") if line}
    lines |= {article.id: _line(article) for article in reversed(came)}
    return "".join(f"{line}\n" for line in list(lines.values())[-MOST_ARTICLES:]).encode()


def _line(article: Article) -> str:
    at = article.published_at
    fields = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "publisher": article.publisher,
        "published_at": at.isoformat() if at else None,
        "language": article.language,
        "is_summary": article.is_summary or None,
    }
    return json.dumps({name: value for name, value in fields.items() if value is not None})
