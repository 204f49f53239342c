"""Example questions are such that the corpus answers them."""

import pytest

from corpus.loading import SAMPLE, load
from corpus.models import Article
from retrieval.answering import answer
from retrieval.examples import LONGEST, example_questions
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Outcome


@pytest.fixture(name="sample", scope="module")
def _sample() -> IndexedCorpus:
    """The bundled sample."""
    loaded = load(SAMPLE)
    return index_corpus(loaded.articles, loaded.version)


@pytest.mark.parametrize("count", [1, 3])
def test_the_sample_has_examples(sample: IndexedCorpus, count: int) -> None:
    """As many as are wanted, no two alike, short enough for a button, and each is answered."""
    questions = example_questions(sample, count)

    assert len(set(questions)) == count
    assert all(len(question) <= LONGEST for question in questions)
    assert {answer(question, sample).outcome for question in questions} == {Outcome.ANSWERED}


def test_the_same_every_time(sample: IndexedCorpus) -> None:
    """Buttons of yesterday work today: the same corpus has the same examples."""
    assert example_questions(sample, 3) == example_questions(sample, 3)


@pytest.mark.parametrize(
    "articles",
    [
        (),
        (Article(id="a", title="", text="It rained."),),
        (Article(id="a", title="Rain " * 30, text="It rained."),),
        (Article(id="a", title="of the and", text="of the and"),),
    ],
    ids=["empty", "untitled", "long", "stop words"],
)
def test_a_corpus_without_examples(articles: tuple[Article, ...]) -> None:
    """Where nothing can be asked for sure, nothing is offered."""
    assert example_questions(index_corpus(articles, "v"), 3) == ()


def test_examples_ask_after_names() -> None:
    """Who is only counted or has only a role is asked after nowhere, who is named in full is."""
    articles = (
        Article(
            id="a",
            title="Two ferries collide off Lenholm",
            text="Two ferries collided off Lenholm, several officials said.\n"
            "Officials in Lenholm said two ferries collided off the pier.",
        ),
        Article(
            id="b",
            title="Mayor promises bridge over the Sunne",
            text="The mayor's aide, Ana Silva, promised a bridge over the Sunne.\n"
            "Mayor Bo Lind said a bridge over the Sunne was needed.",
        ),
    )

    found = example_questions(index_corpus(articles, "v"), 3)

    assert "What did Bo Lind say?" in found or "What did Ana Silva say?" in found
    assert not any(question.startswith("What did") and "fficials" in question for question in found)
    assert "What did Lenholm say?" not in found
