"""What holds for every answer, whatever the articles and the question."""

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from corpus.loading import SAMPLE, load
from corpus.passages import paragraphs
from retrieval.answering import answer
from retrieval.evaluation import JudgedQuestion, read_questions
from retrieval.indexed import IndexedCorpus
from retrieval.indexing import index_corpus
from retrieval.models import Answer, Outcome
from tests.retrieval.building import article, day, indexed

GOLDEN = Path(__file__).parents[1] / "golden" / "sample" / "questions.jsonl"
QUESTIONS = read_questions(GOLDEN)

PROSE = st.lists(
    st.sampled_from(
        [
            "Ann Roe denied the fraud. ",
            "“We had nothing to do with it,” she said. ",
            "The US accused Russia of 12 frauds on 4 May 2023. ",
            "Bo Lund, the mayor, said: “It was us. ",
            "He left . . . and St. Ives was quiet. ",
            "\n",
            "It was so. ",
            "\u2028🙂 ",
            "É\u0301mile d’Or’s “” «x» ",
        ]
    ),
    max_size=12,
).map("".join)
TEXTS = st.lists(st.one_of(PROSE, st.text(max_size=300)), max_size=4)
QUESTION = st.one_of(
    st.sampled_from(
        [
            "Who denied the fraud?",
            "what did ann roe say about it",
            "How many frauds were there in May 2023?",
            "Did the US accuse Russia yesterday?",
            "When, where, why and by whom was it said?",
            "Ann Roe denied the fraud, said the mayor",
            "latest",
            "now",
        ]
    ),
    st.text(max_size=400),
)


def check(found: Answer, corpus: IndexedCorpus, limit: int) -> None:
    """Everything that is promised of an answer."""
    assert 0 <= found.confidence <= 1
    assert (found.outcome is Outcome.ANSWERED) == (found.reason is None)
    assert (found.outcome is Outcome.NOTHING) <= (not found.snippets)
    assert len(found.snippets) <= limit
    assert len(found.articles) <= limit
    for snippet in found.snippets:
        text = snippet.article.text
        assert snippet.article in corpus.articles
        assert snippet.span.text == text[snippet.span.start : snippet.span.end]
        assert snippet.span in snippet.context
        assert snippet.span.text == snippet.span.text.strip()
        assert all(lit in snippet.span for lit in snippet.highlights)
        assert all(one.end < other.start for one, other in pairwise(snippet.highlights))
        assert snippet.span in paragraphs(snippet.article)[snippet.paragraph - 1]
        assert sum(c.amount for c in snippet.contributions) == pytest.approx(snippet.score)
        assert snippet.article not in snippet.also_in
        if snippet.speaker is not None:
            assert snippet.speaker.mention.article is snippet.article
            assert snippet.speaker.name
    spans = [(s.article.id, s.span.start, s.span.end) for s in found.snippets]
    assert len(set(spans)) == len(spans)


@given(texts=TEXTS, question=QUESTION, limit=st.integers(0, 6))
def test_every_answer_keeps_its_promises(texts: list[str], question: str, limit: int) -> None:
    """Snippets are verbatim slices; highlights lie in them, apart; contexts hold them."""
    corpus = indexed(*texts)

    check(answer(question, corpus, now=day("2023-05-05"), limit=limit), corpus, limit)


@given(question=st.text(max_size=5000))
@settings(max_examples=60)
def test_any_question_to_the_sample(sample_corpus: IndexedCorpus, question: str) -> None:
    """Up to 5,000 characters, of any kind."""
    check(answer(question, sample_corpus), sample_corpus, 3)


@pytest.mark.parametrize(
    "unit",
    [
        "what-",
        "what ",
        "who ",
        "kremlin ",
        "Kremlin's ",
        "how many a-",
        "a",
        "🙂",
        "did say ",
        "has ",
    ],
)
@pytest.mark.timeout(30)
def test_a_question_made_to_take_long(sample_corpus: IndexedCorpus, unit: str) -> None:
    """5,000 characters of the same are answered or refused soon."""
    check(answer(unit * (5000 // len(unit)), sample_corpus), sample_corpus, 3)


def outline(found: Answer) -> object:
    """All of an answer that an asker sees."""
    return (
        found.outcome,
        found.reason,
        round(found.confidence, 9),
        [(s.article.id, s.span.start, s.side, {a.id for a in s.also_in}) for s in found.snippets],
        [hit.article.id for hit in found.articles],
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_articles_does_not_matter(sample_corpus: IndexedCorpus, seed: int) -> None:
    """Neither on disk nor in memory: every question of the sample has the same answer."""
    shuffled = list(sample_corpus.articles)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # an order, not a secret
    other = index_corpus(shuffled, "v")

    for question in QUESTIONS:
        one = answer(question.question, sample_corpus)
        assert outline(answer(question.question, other)) == outline(one), question.id


@given(
    texts=st.lists(PROSE, max_size=5), question=QUESTION, order=st.randoms(use_true_random=False)
)
def test_any_articles_in_any_order(texts: list[str], question: str, order: random.Random) -> None:
    """Also where texts are alike, or the same."""
    articles = [article(text, id=f"a{number}") for number, text in enumerate(texts)]
    shuffled = list(articles)
    order.shuffle(shuffled)

    one, other = index_corpus(articles, "v"), index_corpus(shuffled, "v")

    assert outline(answer(question, one)) == outline(answer(question, other))


def test_more_equal_articles_than_are_read() -> None:
    """Which of a hundred alike is shown does not hang on which was loaded first."""
    articles = [
        article(f"The mayor opened the bridge in Leeds. Visitor {n} came.", id=f"a{n:03}")
        for n in range(100)
    ]

    one, other = index_corpus(articles, "v"), index_corpus(articles[::-1], "v")

    question = "Who opened the bridge in Leeds?"
    assert outline(answer(question, one)) == outline(answer(question, other))


UNRELATED = (
    article(
        "A cookery school in Lisbon has taught three thousand pupils to bake. Flour, yeast and patience "
        "are all that it takes, its founder Rita Nunes said. Lessons cost 40 euros.",
        id="bread",
        title="A school of bread",
        day=day("2023-05-04"),
    ),
    article(
        "The violin that was lost on a tram in Graz has been found. Its owner, the musician Eva Holl, "
        "thanked a pupil who had kept it safe for nine days.",
        id="violin",
        title="Violin found",
        day=day("2023-05-05"),
    ),
)


@pytest.fixture(name="enlarged", scope="module", params=UNRELATED, ids=lambda a: str(a.id))
def _enlarged(request: pytest.FixtureRequest) -> IndexedCorpus:
    """The sample and an article on something else."""
    return index_corpus([*load(SAMPLE).articles, request.param], "v")


def test_an_unrelated_article_changes_no_first_snippet(
    sample_corpus: IndexedCorpus, enlarged: IndexedCorpus
) -> None:
    """Whatever was answered is answered by the same sentence, or by its twin."""
    for question in QUESTIONS:
        before = answer(question.question, sample_corpus)
        if before.outcome is not Outcome.ANSWERED:
            continue
        after = answer(question.question, enlarged)
        assert after.outcome is Outcome.ANSWERED, question.id
        assert after.snippets[0].span.text == before.snippets[0].span.text, question.id


def test_an_unrelated_article_is_never_first(enlarged: IndexedCorpus) -> None:
    """No question of the sample is about it."""
    for question in QUESTIONS:
        found = answer(question.question, enlarged, limit=1)
        if question.answerable:
            assert found.snippets[0].article.id not in ("bread", "violin"), question.id


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: str(q.id))
def test_the_golden_questions_are_about_the_sample(
    question: JudgedQuestion, sample_corpus: IndexedCorpus
) -> None:
    """Each piece of evidence stands in its article, so that a figure means something."""
    pieces = [piece for fact in question.evidence for piece in fact]
    for piece in [*pieces, *question.not_evidence]:
        one = sample_corpus.article(piece.article)
        assert one is not None, json.dumps(piece.article)
        assert " ".join(piece.text.split()) in " ".join(one.text.split())


@pytest.mark.parametrize(
    "question",
    [
        "Who denied involvement?",
        "Who was behind the attack?",
        "What did Peskov say about the drones?",
        "How many drones were shot down?",
        "drones",
        "What is the price of bitcoin?",
    ],
)
@given(fewer=st.integers(0, 14), more=st.integers(0, 14))
def test_more_begins_with_what_was_shown(
    sample_corpus: IndexedCorpus, question: str, fewer: int, more: int
) -> None:
    """A higher limit adds snippets behind the same ones, with the same sides and reprints."""
    few, many = (
        answer(question, sample_corpus, limit=limit) for limit in sorted((fewer, fewer + more))
    )

    assert many.snippets[: len(few.snippets)] == few.snippets
    assert len(few.snippets) <= fewer
    assert (many.outcome, many.confidence) == (few.outcome, few.confidence)
