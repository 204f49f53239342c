"""Articles into an indexed corpus: everything that a question needs and no question changes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.models import Article, Span
from corpus.passages import passages
from corpus.sentences import lines
from retrieval.analysis import content, search_terms, tokens
from retrieval.attribution import Said, attribute
from retrieval.engine import Engine, Index
from retrieval.engines.bm25 import RankBm25
from retrieval.models import Searched


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: where it stands, the stems of its content words in order, who says it."""

    start: int
    end: int
    stems: tuple[str, ...]
    said: Said


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: some sentences of an article. *first* is the number of the first of them."""

    article: int
    first: int
    sentences: int


@dataclass(frozen=True, eq=False)
class IndexedCorpus:
    """Articles that can be asked. Never changes once made; safe from several threads.

    Passages are numbered as the index numbers them; `sentences[a]` are the sentences of article *a*.
    """

    articles: tuple[Article, ...]
    version: str
    index: Index
    passages: tuple[Passage, ...]
    sentences: tuple[tuple[Sentence, ...], ...]

    @cached_property
    def searched(self) -> Searched:
        """What an answer is looked for in."""
        dates = sorted(a.published_at for a in self.articles if a.published_at is not None)
        return Searched(
            articles=len(self.articles),
            passages=len(self.passages),
            oldest=dates[0] if dates else None,
            newest=dates[-1] if dates else None,
        )

    @cached_property
    def _by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    def article(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        return self._by_id.get(article_id)

    def span(self, article: int, sentence: Sentence) -> Span:
        """Return the span of a sentence of article number *article*."""
        return Span(self.articles[article], sentence.start, sentence.end)

    def __repr__(self) -> str:
        return f"<IndexedCorpus {self.version}: {len(self.articles)} articles>"


def index_corpus(
    articles: Sequence[Article],
    version: str,
    *,
    engine: Engine | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> IndexedCorpus:
    """Cut, analyse and index *articles*. *progress* is told (articles done, articles in all)."""
    all_passages: list[Passage] = []
    all_sentences: list[tuple[Sentence, ...]] = []

    def passages_terms() -> Iterator[Iterator[str]]:
        for number, article in enumerate(articles):
            title = list(content(tokens(article.title)))
            sentences: list[Sentence] = []
            cut = list(passages(article))
            said = iter(attribute(article.text, [bounds for passage in cut for bounds in passage]))
            for passage in cut:
                all_passages.append(Passage(number, len(sentences), len(passage)))
                found = [list(content(tokens(article.text, *bounds))) for bounds in passage]
                for bounds, sentence in zip(passage, found, strict=True):
                    stems = tuple(token.stem for token in sentence)
                    sentences.append(Sentence(*bounds, stems, next(said)))
                yield search_terms([t for sentence in found for t in sentence], title)
            all_sentences.append(tuple(sentences))
            if progress is not None:
                progress(number + 1, len(articles))

    index = (engine or RankBm25()).build(passages_terms())
    return IndexedCorpus(tuple(articles), version, index, tuple(all_passages), tuple(all_sentences))


def paragraph_starts(article: Article) -> list[int]:
    """Return where each paragraph of *article* starts, ascending."""
    return [start for start, _ in lines(article.text, 0, len(article.text))]
