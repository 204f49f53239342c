"""Small articles and corpora for tests."""

from datetime import UTC, datetime

from corpus.models import Article
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Answer, Speaker


def article(text: str, *, id: str = "a", title: str = "", day: datetime | None = None) -> Article:
    """An article that is mostly its text."""
    return Article(id=id, title=title, text=text, published_at=day)


def indexed(*texts: str | Article) -> IndexedCorpus:
    """A corpus of articles, or of texts that become articles "a0", "a1" ..."""
    articles = [
        text if isinstance(text, Article) else article(text, id=f"a{number}")
        for number, text in enumerate(texts)
    ]
    return index_corpus(articles, "v1")


def day(text: str) -> datetime:
    """Noon of a day, in UTC."""
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=UTC)


def shown(answer: Answer) -> list[str]:
    """The text of each snippet, best first."""
    return [snippet.span.text for snippet in answer.snippets]


def named(speaker: Speaker | None) -> str:
    """The name of a speaker, empty for none."""
    return "" if speaker is None else speaker.name
