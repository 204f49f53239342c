"""The whole way of a question: the traps of news, each on a small text or on the sample."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from retrieval.answering import answer
from retrieval.asking import Kind
from retrieval.expected import find
from retrieval.following import Carried
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, Note, NoteKind, Outcome, Reason, Side
from tests.retrieval.building import article, day, indexed, named, shown

NOW = day("2023-05-05")


def speakers(found: Answer) -> list[str]:
    """Who says each snippet."""
    return [named(snippet.speaker) for snippet in found.snippets]


def test_the_accuser_who_uses_the_deniers_word() -> None:
    """ "Direct involvement" in an accuser's mouth denies nothing."""
    corpus = indexed(
        "Bo Lund warned of the danger of such direct involvement in the strike on the port.",
        "Ann Roe said that she had nothing to do with the strike on the port.",
        "Cy Dow denied involvement in the strike.",
    )

    found = answer("Who denied involvement in the strike on the port?", corpus)

    assert found.outcome is Outcome.ANSWERED
    assert set(speakers(found)) == {"Ann Roe", "Cy Dow"}


def test_the_accuser_in_the_sample(sample_corpus: IndexedCorpus) -> None:
    """There it is Peskov, who speaks of "direct involvement" and of being "directly involved"."""
    found = answer("Who denied involvement?", sample_corpus, limit=5)

    assert found.outcome is Outcome.ANSWERED
    assert not any("Peskov" in name for name in speakers(found))
    assert sum("Zelenskyy" in name for name in speakers(found)) >= 1
    assert sum("Kirby" in name for name in speakers(found)) >= 1


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Who accused the US?", "Russia accused the US of fraud."),
        ("Who accused Russia?", "The US accused Russia of fraud."),
        ("Who did the US accuse?", "The US accused Russia of fraud."),
        ("What did Russia accuse the US of?", "Russia accused the US of fraud."),
    ],
)
def test_agent_and_patient(question: str, first: str) -> None:
    """The same words, the other way round."""
    corpus = indexed("The US accused Russia of fraud.", "Russia accused the US of fraud.")

    assert shown(answer(question, corpus))[0] == first


def test_who_accused_whom_in_the_sample(sample_corpus: IndexedCorpus) -> None:
    """It is Russia, by its name or one of its voices, that accuses Ukraine."""
    found = answer("Who accused Ukraine of trying to assassinate Putin?", sample_corpus, limit=1)

    assert re.search("Russia|Kremlin|Moscow|Peskov", speakers(found)[0])


def test_who_speaks_is_not_whom_they_speak_of(sample_corpus: IndexedCorpus) -> None:
    """What Kirby said of Peskov is not what Peskov said."""
    kirby = answer("What did John Kirby say about Peskov?", sample_corpus, limit=1)
    peskov = answer("What did Peskov say about Washington?", sample_corpus, limit=1)

    assert "Kirby" in speakers(kirby)[0]
    assert "Peskov" in speakers(peskov)[0]


def test_the_accused_is_no_speaker() -> None:
    """Whoever is accused says nothing by it."""
    corpus = indexed("Bo Lund accused Ann Roe of fraud. Ann Roe said that it was a lie.")

    found = answer("What did Ann Roe say about the fraud?", corpus, limit=1)

    assert shown(found) == ["Ann Roe said that it was a lie."]


def test_arrested_before_arrest_warrants() -> None:
    """Where somebody was arrested, the warrants come later."""
    corpus = indexed(
        "The court issued an arrest warrant for Ann Roe on Friday.",
        "Police arrested Bo Lund on Monday.",
    )

    assert shown(answer("Who was arrested?", corpus))[0] == "Police arrested Bo Lund on Monday."


def test_arrest_warrants_arrest_nobody() -> None:
    """Where nobody was arrested, the warrants are related, and no answer."""
    corpus = indexed(
        "The court issued an arrest warrant for Ann Roe on Friday. It sits in Leeds.",
        "The park has trees and a pond.",
    )

    assert answer("Who was arrested?", corpus).outcome is Outcome.RELATED


def test_several_right_numbers() -> None:
    """Each is shown, with what it counts."""
    corpus = indexed(
        "Two drones were shot down over the palace.",
        "Of 24 drones 18 were shot down over the city.",
        "One drone was shot down in the south.",
        "It rained in the north.",
    )

    texts = " ".join(shown(answer("How many drones were shot down?", corpus)))

    assert all(part in texts for part in ("Two drones", "24 drones 18", "One drone"))


@pytest.mark.parametrize(
    "question",
    [
        "When did the drones attack the Kremlin?",
        "When was the Kremlin attacked?",
        "When was Zelenskyy in The Hague?",
        "when is the parade in moscow",
        "When did Russia send drones to Ukraine?",
    ],
)
def test_a_question_for_a_time_gets_one(sample_corpus: IndexedCorpus, question: str) -> None:
    """The first snippet holds a time, and "may have been" is none."""
    first = answer(question, sample_corpus, limit=1).snippets[0]

    text = first.span.text
    assert find(Kind.TIME, text, (0, len(text)), ())


def test_the_day_somebody_spoke_is_not_the_day_it_happened() -> None:
    """The sentence that tells when it happened is before the one that tells who spoke when."""
    corpus = indexed(
        "On Friday the mayor spoke about the dam for an hour. The dam broke in the night of 3 May."
    )

    assert shown(answer("When did the dam break?", corpus))[0].startswith("The dam broke")


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What did the US deny?", "The US denied the claim."),
        ("who told us nothing", "They told us nothing."),
        ("What did Turkey deny?", "Turkey denied the attack."),
        ("Was the turkey cold?", "The turkey was cold."),
    ],
)
def test_words_that_capitals_tell_apart(question: str, first: str) -> None:
    """The US and us; the country and the bird."""
    corpus = indexed(
        "The US denied the claim.",
        "They told us nothing.",
        "Turkey denied the attack.",
        "The turkey was cold.",
    )

    assert shown(answer(question, corpus))[0] == first


@pytest.mark.parametrize(
    "question",
    [
        "what did zelenski say about the attack on the kremlin",
        "What did Zelensky say about the attack on the Kremlin?",
        "WHAT DID ZELENSKYY SAY ABOUT THE ATTACK ON THE KREMLIN",
    ],
)
def test_a_name_in_any_spelling(sample_corpus: IndexedCorpus, question: str) -> None:
    """Misspelt, in lower case, or in capitals."""
    found = answer(question, sample_corpus, limit=1)

    assert found.outcome is Outcome.ANSWERED
    assert "Zelenskyy" in speakers(found)[0]


def test_a_speaker_by_role(sample_corpus: IndexedCorpus) -> None:
    """Among the first three at least: others speak of the country as well."""
    question = "what did ukraine's president say about the attack on the kremlin?"

    found = answer(question, sample_corpus, limit=3)

    assert found.outcome is Outcome.ANSWERED
    assert any("Zelenskyy" in name for name in speakers(found))


@pytest.mark.parametrize("name", ["Emmanuel Macron", "Antony Blinken", "Sergei Lavrov"])
def test_an_unknown_name_is_refused(sample_corpus: IndexedCorpus, name: str) -> None:
    """Whatever others said on it; and it is told which word is unknown."""
    found = answer(f"What did {name} say about the drone attack?", sample_corpus)

    assert found.outcome is not Outcome.ANSWERED
    assert found.reason is Reason.UNKNOWN_NAME
    assert name.rsplit(maxsplit=1)[-1].lower() in found.unknown


@pytest.mark.parametrize(
    "question",
    [
        "How many people work in the Kremlin?",
        "How much will the repair of the Kremlin dome cost?",
        "How many articles did the court write?",
    ],
)
def test_a_question_for_a_number_that_is_not_there(
    sample_corpus: IndexedCorpus, question: str
) -> None:
    """Another number is no answer."""
    assert answer(question, sample_corpus).outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of bitcoin today?",
        "How do I bake sourdough bread?",
        "Which film won the Oscar for best picture?",
        "quelle heure est-il maintenant",
        "какая сегодня погода",
        "今天天气怎么样",
        "asdf qwer zxcv",
    ],
)
def test_what_the_corpus_knows_nothing_of(sample_corpus: IndexedCorpus, question: str) -> None:
    """Nothing is shown, the unknown words are told, and where was searched."""
    found = answer(question, sample_corpus)

    assert found.outcome is Outcome.NOTHING
    assert found.snippets == ()
    assert found.reason is not None
    assert found.unknown
    assert found.searched.articles == 20


def test_both_sides_of_a_dispute(sample_corpus: IndexedCorpus) -> None:
    """A yes-no question gets the evidence: who claims it and who denies it."""
    found = answer("Did Ukraine attack the Kremlin?", sample_corpus, limit=5)

    assert {Side.CLAIM, Side.DENIAL} <= {snippet.side for snippet in found.snippets}
    for snippet in found.snippets:
        assert snippet.side is None or snippet.speaker is not None


@pytest.mark.parametrize("question", ["", " ", "?!", "🙂", "of the", "\u200b", "\ud800"])
def test_a_question_without_a_word(sample_corpus: IndexedCorpus, question: str) -> None:
    """There is nothing to look for, and that is the reason."""
    found = answer(question, sample_corpus)

    assert found.outcome is Outcome.NOTHING
    assert found.reason is Reason.EMPTY_QUESTION


def test_an_empty_corpus() -> None:
    """There is nothing to look in."""
    found = answer("Who denied it?", indexed())

    assert (found.outcome, found.reason) == (Outcome.NOTHING, Reason.EMPTY_CORPUS)
    assert found.searched.articles == 0


@pytest.mark.parametrize("texts", [("The bridge closed.",), ("The bridge closed.",) * 2])
def test_a_tiny_corpus_answers(texts: tuple[str, ...]) -> None:
    """One passage, or a word in each, is enough."""
    assert shown(answer("Which bridge closed?", indexed(*texts))) == ["The bridge closed."]


DATED = indexed(
    article("The mayor opened the bridge in Leeds.", id="old", day=day("2023-04-20")),
    article("The mayor opened the tunnel in Leeds.", id="thursday", day=day("2023-05-04")),
    article("The mayor opened the school in Leeds.", id="undated"),
)


def test_days_are_kept_strictly() -> None:
    """Asked for yesterday, no older article is shown, and none without a day."""
    found = answer("What did the mayor open yesterday?", DATED, now=NOW)

    assert [snippet.article.id for snippet in found.snippets] == ["thursday"]
    assert [note.kind for note in found.understood] == [NoteKind.DAYS]
    assert found.newest_match == day("2023-05-04")


def test_no_article_of_those_days() -> None:
    """That is said, and it is no matter of words."""
    found = answer("What did the mayor open today?", DATED, now=NOW)

    assert (found.outcome, found.reason) == (Outcome.NOTHING, Reason.NO_DATES)
    assert found.snippets == ()


def test_a_single_article_of_those_days_among_many() -> None:
    """However many others have the words of the question, and have them better."""
    others = [
        article(
            f"The mayor opened bridge {n}. Bridges: the mayor opened them.", id=f"b{n:03}", day=NOW
        )
        for n in range(300)
    ]
    one = article(
        "In the east of the town the mayor opened a bridge after years of works and delays.",
        id="one",
        day=day("2023-04-20"),
    )

    found = answer("Which bridge did the mayor open before 1 May 2023?", indexed(*others, one))

    assert [snippet.article.id for snippet in found.snippets] == ["one"]


def test_the_newest_only_when_asked() -> None:
    """Else the better sentence is first, however old."""
    corpus = indexed(
        article("The mayor opened the bridge.", id="new", day=day("2023-05-04")),
        article("The mayor opened the old bridge.", id="old", day=day("2020-05-04")),
    )

    asked = answer("Who opened the bridge most recently?", corpus).snippets[0]
    unasked = answer("Who opened the old bridge?", corpus).snippets[0]

    assert (asked.article.id, unasked.article.id) == ("new", "old")


def test_a_name_of_an_earlier_question(sample_corpus: IndexedCorpus) -> None:
    """A follow-up is about them, and that is said."""
    found = answer(
        "And about the damage?", sample_corpus, carried=Carried(names=("Dmitry Peskov",)), limit=1
    )

    assert Note(NoteKind.ABOUT, {"name": "Dmitry Peskov"}) in found.understood
    assert "Peskov" in found.snippets[0].context.text or "Peskov" in speakers(found)[0]


def test_a_pasted_headline_finds_its_article(sample_corpus: IndexedCorpus) -> None:
    """Of 20 that tell the same story at least 17 have their own article among the first three."""
    found = [
        one in [hit.article for hit in answer(one.title, sample_corpus).articles]
        for one in sample_corpus.articles
    ]

    assert sum(found) >= 17


def test_several_threads_find_the_same(sample_corpus: IndexedCorpus) -> None:
    """One corpus serves all of them at once."""
    questions = [article.title for article in sample_corpus.articles]
    one_by_one = [shown(answer(question, sample_corpus)) for question in questions]

    with ThreadPoolExecutor(4) as pool:
        at_once = pool.map(lambda question: shown(answer(question, sample_corpus)), questions)

    assert list(at_once) == one_by_one
