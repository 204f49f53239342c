"""Copies and versions where an answer is looked for."""

from datetime import UTC, datetime, timedelta

from corpus.models import Article
from retrieval.answering import answer
from retrieval.indexing import index_corpus
from retrieval.models import Answer

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)

REPORT = (
    "The harbour master denied on Monday that the old bridge had been closed for want of money.",
    "The harbour master told the council that the old bridge would open again before Easter.",
    "The harbour master refused to say what the new steel for the old bridge is going to cost.",
    "Engineers had found cracks in two piers of the old bridge during their winter inspection.",
    "Lorries are being led past the quarry and the disused airfield until the repairs are done.",
)
OWN = "The harbour master denied in a letter to this paper that he had ever ordered the closing of the old bridge."


def article(
    name: str,
    *text: str,
    url: str | None = None,
    hours: int = 0,
    publisher: str | None = None,
) -> Article:
    """An article of these sentences."""
    return Article(
        id=name,
        title="The old bridge",
        text="\n".join(text),
        url=url,
        publisher=publisher,
        published_at=NOON + timedelta(hours=hours),
    )


def asked(question: str, *articles: Article, limit: int = 3) -> Answer:
    """The answer of a corpus of these articles."""
    return answer(question, index_corpus(articles, "v1"), limit=limit)


def copies(number: int) -> list[Article]:
    """A report and so many copies of it, each cut elsewhere."""
    cut = [REPORT[: 3 + each % 3] for each in range(number)]
    return [article("wire", *REPORT), *(article(f"p{n:03}", *text) for n, text in enumerate(cut))]


def test_independent_sources_are_counted() -> None:
    """Five articles print it, two are independent."""
    again = article("own", OWN, REPORT[0], publisher="Echo")
    found = asked("who denied that the bridge had been closed?", *copies(3), again)

    first = found.snippets[0]
    assert len(first.also_in) == 4
    assert first.independent == 2


def test_copies_crowd_nobody_out() -> None:
    """However many print one report, what another paper alone has is found beside it."""
    own = article("own", OWN, "He wrote it on the back of a ferry ticket.", publisher="Echo")
    found = asked("what did the harbour master deny about the old bridge?", *copies(60), own)

    shown = [snippet.article.id for snippet in found.snippets]
    assert "own" in shown
    assert len(set(shown) - {"own"}) == 1
    assert max(len(snippet.also_in) for snippet in found.snippets) == 60


def test_what_a_copy_has_of_its_own_is_found() -> None:
    """Paragraphs that only one paper added to a report."""
    local = "Baker Ulla Brandt carried forty loaves over the frozen river by hand."
    copy = article("copy", *REPORT, *(local for _ in range(1)))
    found = asked("who carried the loaves?", article("wire", *REPORT), copy)

    assert found.snippets[0].span.text == local


def test_a_copy_of_another_day() -> None:
    """Asked for the articles of a day, its copies are found, though they only repeat an earlier report."""
    late = article("late", *REPORT[:4], hours=48)
    found = asked(
        "who denied on 6 March 2024 that the bridge had been closed?", article("a", *REPORT), late
    )

    assert "late" in {hit.article.id for hit in found.articles}


def test_the_newest_version_answers() -> None:
    """What a page said before its correction answers nothing, and can be looked up still."""
    page = "https://example.org/bridge"
    before = article("v1", "The bridge cost seven million crowns.", *REPORT, url=page)
    after = article(
        "v2", "The bridge cost nine million crowns.", *REPORT, url=f"{page}?utm_medium=x", hours=2
    )
    corpus = index_corpus([before, after], "v1")

    found = answer("how much did the bridge cost?", corpus)

    assert [snippet.span.text for snippet in found.snippets][:1] == [after.text.splitlines()[0]]
    assert {s.article.id for s in found.snippets} == {"v2"}
    assert all(snippet.also_in == () for snippet in found.snippets)
    assert {hit.article.id for hit in found.articles} == {"v2"}
    assert found.searched.articles == 1
    assert corpus.article("v1") == before
    assert corpus.newer("v1") == after
    assert corpus.newer("v2") is None
    assert corpus.newer("unknown") is None


def test_the_news_has_each_story_once() -> None:
    """The newest of a story stands for it, and no older version of a page."""
    other = article("other", "A regatta was rowed on the lake in heavy rain.", hours=-5)
    page = [article(f"v{n}", OWN, url="https://example.org/a", hours=n) for n in (1, 2)]
    found = asked("what is new?", *copies(4), other, *page, limit=9)

    assert {snippet.article.id for snippet in found.snippets} >= {"v2", "other"}
    assert "v1" not in {snippet.article.id for snippet in found.snippets}
    assert len(found.snippets) == 3


def test_the_order_of_articles_changes_nothing() -> None:
    """The same articles give the same answer, however they come."""
    articles = [*copies(5), article("own", OWN)]
    one = asked("who denied that the bridge had been closed?", *articles)
    other = asked("who denied that the bridge had been closed?", *reversed(articles))

    assert one == other
