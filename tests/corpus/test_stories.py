"""Copies of a report, and versions of a page: which are found, and which only look like it."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from corpus.models import Article
from corpus.sentences import sentences
from corpus.signatures import ROW, Signatures, read, signature
from corpus.stories import Stories, alone, fold
from tests.benchmarks import stories as measured
from tests.benchmarks.newsrooms import Newsrooms

NOON = datetime(2024, 3, 4, 12, tzinfo=UTC)

REPORT = [
    "The old bridge over the Arle was closed to all lorries on Monday after divers found cracks in a pier.",
    "Engineers from the county will measure the cracks every morning until the end of the month.",
    "A diversion of eleven miles leads drivers past the quarry and the disused airfield.",
    "The bridge was built in 1931 and was last repaired when its railings had rusted through.",
    "Shop owners in the lower town fear that deliveries will now come hours too late.",
    "The council put aside four million crowns in January for works that have not begun.",
    "Two ferries that had been laid up for the winter may be called back into service.",
    "An independent panel is to say by June whether the whole structure must be replaced.",
]
LOCAL = [
    "In our own street the first lorry turned round at six o'clock with its horn blaring.",
    "Baker Ulla Brandt had to carry forty loaves up the hill by hand before anybody woke.",
    "The school on the far bank has told parents to expect late buses for some weeks.",
]
OTHER = [
    "The rowing club of Esker has won the regatta on the lake for the third year running.",
    "Its eight crossed the line a full length ahead of the students from the capital.",
    "Rain had delayed the start by nearly two hours and soaked the crowd on the banks.",
    "The trophy will be shown in the town hall until the autumn fair opens its gates.",
]
QUOTES = [
    "“We were told of these cracks only this very morning, and we acted within the hour,” said Ana Kovač.",
    "“Nobody who knows this bridge has slept well for years,” said the foreman Piet Loos on the bank.",
]


def article(*text: str, id: str = "a", publisher: str | None = None, **given: object) -> Article:
    """An article of these sentences, two in a paragraph."""
    lines = [" ".join(text[start : start + 2]) for start in range(0, len(text), 2)]
    moment = given.get("moment", NOON)
    assert moment is None or isinstance(moment, datetime)
    url, title = given.get("url"), str(given.get("title", id))
    return Article(
        id=id, title=title, text="\n".join(lines), publisher=publisher, published_at=moment,
        url=None if url is None else str(url),
    )  # fmt: skip


def found(*articles: Article) -> Stories:
    """The stories of these articles."""
    return fold([signature(each) for each in articles])


def told(stories: Stories) -> list[int]:
    """The story of each article."""
    numbers: list[int] = stories.story.tolist()
    return numbers


@pytest.mark.parametrize(
    "copy",
    [
        REPORT,
        REPORT[:3],
        [each.replace("lorries", "trucks").replace("now ", "") for each in REPORT],
        [LOCAL[0], *REPORT[1:5], LOCAL[1]],
        [OTHER[0], *REPORT[2:], *LOCAL],
    ],
    ids=["whole", "cut", "spelt anew", "own lead and local words", "much of its own"],
)
def test_copies(copy: list[str]) -> None:
    """A report that was cut, led anew or added to is one story with the report."""
    stories = found(article(*REPORT), article(*OTHER), article(*copy))

    assert told(stories) == [0, 1, 0]
    assert stories.folded == 1
    assert stories.independent([0, 2]) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([*QUOTES, *REPORT[:4]], [*QUOTES, *LOCAL]),
        ([*REPORT[:4], *QUOTES], [REPORT[0], *LOCAL, *OTHER]),
        (REPORT[:6], [*OTHER, *LOCAL, REPORT[5]]),
    ],
    ids=["the same quotations", "one sentence", "a sentence below"],
)
def test_no_copies(one: list[str], other: list[str]) -> None:
    """Quotations alone are no proof, nor is a sentence or two."""
    stories = found(article(*one), article(*other))

    assert told(stories) == [0, 1]
    assert stories.independent([0, 1]) == 2


def test_what_a_paper_says_everywhere_is_no_proof() -> None:
    """Lines that stand under all articles of a paper make no copies of them."""
    below = [
        "Readers of the Ardmoor Echo can write to its editors at any hour of the day.",
        "The Ardmoor Echo is printed on paper from forests that are planted anew each spring.",
        "Subscribe to the morning letter of the Ardmoor Echo to hear what moves your town.",
        "Every line of the Ardmoor Echo is checked by at least two of its own people.",
    ]
    texts = [REPORT[:3], REPORT[3:6], LOCAL, OTHER[:2], OTHER[2:]]
    articles = [article(*text, *below, publisher="Ardmoor Echo") for text in texts]

    assert told(found(*articles)) == [0, 1, 2, 3, 4]


def test_the_background_of_a_later_report() -> None:
    """A desk that goes on with a story, and ends with what happened before, has written another one."""
    later = article(*LOCAL, *OTHER, *REPORT[:4], moment=NOON + timedelta(days=2))

    assert told(found(article(*REPORT), later)) == [0, 1]


def test_a_report_that_was_made_of_two() -> None:
    """It goes with the one that it has more of; the two do not become one by it."""
    merged = [*REPORT[:6], *OTHER[:3]]

    assert told(found(article(*REPORT), article(*OTHER), article(*merged))) == [0, 1, 0]


def test_one_publisher_is_one_source() -> None:
    """Several reports of a publisher's own count once; a report that others print, too, for itself."""
    stories = found(
        article(*REPORT, publisher="Wire"),
        article(*REPORT[:5], publisher="Echo"),
        article(*OTHER, publisher="Echo"),
        article(*LOCAL, publisher="Echo"),
    )

    assert told(stories) == [0, 0, 2, 3]
    assert stories.independent([0, 1, 2, 3]) == 2
    assert stories.independent([2, 3]) == 1
    assert stories.independent([]) == 0


def test_where_a_sentence_is_printed() -> None:
    """Sentence by sentence, however they are cut and in whatever order."""
    stories = found(article(*REPORT), article(*LOCAL, *REPORT[2:4]), article(REPORT[3], *OTHER))

    assert [stories.printing(0, number) for number in range(4)] == [(), (), [1], [1, 2]]
    assert stories.one(0, 3, 2, 0)
    assert not stories.one(0, 2, 2, 0)


def test_what_only_repeats_the_fullest() -> None:
    """Of a copy, its own sentences say more; of the fullest article all do."""
    stories = found(article(*REPORT), article(LOCAL[0], *REPORT[:5], LOCAL[1]))
    starts = stories.starts.tolist()

    assert stories.repeats[: starts[1]].tolist() == [0] * len(REPORT)
    assert stories.repeats[starts[1] :].tolist() == [0, 1, 1, 1, 1, 1, 0]


def test_versions_of_a_page() -> None:
    """The newest of one address counts; of the older ones each knows it."""
    page = "https://example.org/bridge"
    stories = found(
        article(*REPORT, url=page, moment=NOON),
        article(*REPORT[:5], *LOCAL, url=f"{page}/?utm_source=x", moment=NOON + timedelta(hours=3)),
        article(
            *REPORT[:6], url="http://www.example.org/bridge#2", moment=NOON + timedelta(hours=1)
        ),
        article(*OTHER, url="https://example.org/regatta"),
    )

    assert stories.newer.tolist() == [1, -1, 1, -1]
    assert stories.superseded == 2
    assert stories.printing(3, 0) == ()
    assert stories.printing(1, 0) == []


@pytest.mark.parametrize(
    ("first", "second", "newer"),
    [
        ("urn:x:7", "urn:x:7#2", [1, -1]),
        ("urn:x:dam", "urn:x:dam#3", [1, -1]),
        ("urn:newsml:x.example:20240304:dam:1", "urn:newsml:x.example:20240304:dam:2", [1, -1]),
        ("urn:x:7", "urn:x:8", [-1, -1]),
        ("tag:x.example,2024:17", "tag:x.example,2024:18", [-1, -1]),
    ],
)
def test_versions_of_an_item_without_address(first: str, second: str, newer: list[int]) -> None:
    """Its id names it; two items that an agency has numbered are two, also under one title."""
    stories = found(
        article(*REPORT, id=first, title="Markets at noon", moment=NOON),
        article(*OTHER, id=second, title="Markets at noon", moment=NOON + timedelta(hours=3)),
    )

    assert stories.newer.tolist() == newer


@pytest.mark.parametrize("moment", [None, NOON])
def test_versions_that_cannot_be_told_apart(moment: datetime | None) -> None:
    """Without dates, or with the same, nobody knows which is newer: both count."""
    page = "https://example.org/bridge"
    stories = found(*(article(*text, url=page, moment=moment) for text in (REPORT, REPORT[:5])))

    assert stories.newer.tolist() == [-1, -1]


def test_an_address_that_many_share() -> None:
    """Articles of one address that have nothing in common are no versions of each other."""
    page = "https://example.org/today"
    later = article(*OTHER, id="b", url=page, moment=NOON + timedelta(days=1))

    assert found(article(*REPORT, url=page), later).newer.tolist() == [-1, -1]


def test_the_labelled_set() -> None:
    """Nearly all copies are found, and nearly nothing else: see `tests.benchmarks.stories`."""
    made = measured.read()
    right, pairs, _ = measured.judged(made, measured.folded(made))

    assert len(right & pairs) >= 0.98 * len(pairs)
    assert len(right & pairs) >= 0.9 * len(right)


@given(st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_the_order_of_articles(seed: int, chance) -> None:  # type: ignore[no-untyped-def]  # hypothesis' own Random
    """However they come, the same articles have newer versions, and nothing is left in two minds."""
    made = [each.article for each in Newsrooms(seed).articles(25)]
    shuffled = made.copy()
    chance.shuffle(shuffled)

    one, other = found(*made), found(*shuffled)

    assert {made[n].id for n in np.flatnonzero(one.newer >= 0)} == {
        shuffled[n].id for n in np.flatnonzero(other.newer >= 0)
    }
    for stories in (one, other):
        assert (stories.story[stories.story] == stories.story).all()
        assert (stories.story <= np.arange(len(stories))).all()


@given(st.text(), st.text(min_size=1))
def test_any_text_has_a_signature(title: str, text: str) -> None:
    """A row for each sentence, the same every time; an article is a copy of itself or of nothing."""
    one = Article(id="a", title=title, text=text)
    signed = signature(one)

    assert signed == signature(one)
    assert len(read(signed)[1]) == len(list(sentences(text)))
    assert told(fold([signed, signed])) in ([0, 0], [0, 1])


def test_signatures_are_kept_together() -> None:
    """As many bytes as they are, and each is found again."""
    every = [signature(article(*text)) for text in (REPORT, LOCAL, OTHER)]
    kept = Signatures.of(every)

    assert list(kept) == every
    assert kept[-1] == every[-1]
    assert kept[:2] == every[:2]
    assert fold(kept).arrays.keys() == fold(every).arrays.keys()


def test_what_is_no_signature() -> None:
    """Bytes of another length are refused."""
    with pytest.raises(ValueError, match="not a signature"):
        read(b"12345")
    with pytest.raises(ValueError, match="not all are signatures"):
        fold([signature(article(*OTHER)) + b"1"])


def test_stories_are_kept_as_arrays() -> None:
    """What was kept is what was found; an array that is missing is named."""
    stories = found(article(*REPORT), article(*REPORT[:4]), article(*OTHER))
    again = Stories.of_arrays(stories.arrays)

    assert all((again.arrays[name] == array).all() for name, array in stories.arrays.items())
    with pytest.raises(KeyError):
        Stories.of_arrays({})


@pytest.mark.parametrize("count", [0, 1, 3])
def test_nothing_in_common(count: int) -> None:
    """No articles, and articles of which nothing is known, have stories, too."""
    known = alone([2] * count)
    stories = found(*(article(text) for text in REPORT[:count]))

    assert told(known) == told(stories) == list(range(count))
    assert known.folded == known.superseded == stories.folded == 0
    assert all(known.independent(pair) == 2 for pair in combinations(range(count), 2))
    assert ROW.itemsize == 36
