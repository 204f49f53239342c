"""How well the words of a question are met."""

import pytest

from retrieval.indexed import IndexedCorpus
from retrieval.matching import Matcher
from retrieval.query import Query
from retrieval.question import understand
from tests.retrieval.building import article, indexed

CORPUS = indexed(
    article(
        "Ann Roe opened the bridge in Leeds. It was repaired by the Russian firm. A raid hit the port.",
        id="a",
        title="Repairs",
    ),
    article(
        "Bo Lund accused Ann Roe of fraud. The mayor, Ann Roe, said she had nothing to do with the fraud. "
        "Bo Lund knows how dangerous such direct involvement is.",
        id="b",
    ),
)


def asked(question: str, corpus: IndexedCorpus = CORPUS) -> tuple[Query, Matcher]:
    """A query and its matcher."""
    query = understand(question, corpus.vocabulary)
    return query, Matcher(query, corpus)


def test_words_are_met_in_a_sentence() -> None:
    """By the same stem wholly, by what stands for it in part, else not at all."""
    query, matcher = asked("Did the attack on the bridges hurt Moscow?")

    assert [word.form for word in query.words] == ["attack", "bridges", "hurt", "moscow"]
    assert matcher.in_sentence(0, 0) == (0.0, 1.0, 0.0, 0.0)
    attack, bridge, hurt, moscow = matcher.in_sentence(0, 1)
    assert (attack, bridge, hurt) == (0.0, 0.0, 0.0)
    assert 0.5 < moscow < 1
    assert 0 < matcher.in_sentence(0, 2)[0] < 1


def test_a_sentence_borrows_from_beside_it() -> None:
    """From its neighbours, most from the one that its pronoun means, and from its title."""
    _, matcher = asked("bridge repairs port")
    weights = CORPUS.weights

    bridge, repair, port = matcher.in_and_beside(0, 1)

    assert bridge == weights.before_pronoun
    assert repair == 1.0
    assert port == weights.after
    assert matcher.in_and_beside(0, 0)[1] == weights.title
    assert matcher.in_and_beside(0, 2)[1] == max(weights.before, weights.title)


def test_a_sentence_has_its_speakers_words() -> None:
    """A quotation needn't name whose it is."""
    corpus = indexed("Ann Roe, the mayor, spoke on Monday. “The bridge is safe,” she said.")
    _, matcher = asked("Is the mayor's bridge safe?", corpus)

    met = matcher.in_and_beside(0, 1)

    assert met == (corpus.weights.of_speaker, 1.0, 1.0)


def test_a_share_is_by_weight() -> None:
    """The rarer a word, the more of the question it is."""
    query, matcher = asked("the bridge that Ann opened")

    assert matcher.share((1.0,) * len(query.words)) == pytest.approx(1.0)
    assert matcher.share((0.0,) * len(query.words)) == 0.0
    halves = [matcher.share(tuple(float(i == j) for j in range(3))) for i in range(3)]
    assert sum(halves) == pytest.approx(1.0)


def test_a_phrase_stands_only_whole() -> None:
    """ "United States" is the US; united or states alone is not."""
    corpus = indexed("The United States agreed.", "The states agreed.", "They were united.")
    _, matcher = asked("Did the US agree?", corpus)

    us = [matcher.in_sentence(number, 0)[0] for number in range(3)]

    assert us[0] > 0.5
    assert us[1:] == [0.0, 0.0]


def test_who_speaks() -> None:
    """The one asked about wholly; somebody else not at all; nobody is no one."""
    _, matcher = asked("What did Ann Roe say?")

    assert matcher.speaker(1, 1) == pytest.approx(1.0)
    assert matcher.speaker(1, 0) == 0.0
    assert matcher.speaker(0, 2) == 0.0


def test_a_role_may_stand_elsewhere() -> None:
    """ "The mayor of Leeds" speaks where her name is given alone, and less surely than by both."""
    corpus = indexed("Ann Roe said it was over. The mayor of Leeds said it was late. It rained.")
    _, matcher = asked("What did Ann Roe of Leeds say?", corpus)

    assert 0.5 < matcher.speaker(0, 0) < 1
    assert 0 < matcher.speaker(0, 1) < 1
    assert matcher.speaker(0, 2) == 0.0


def test_what_is_done_by_saying() -> None:
    """By the verb of the group wholly; a denial without such a verb counts less."""
    _, accuses = asked("Who accused Roe of fraud?")
    _, denies = asked("Who denied the fraud?")

    assert accuses.act(1, 0) == 1.0
    assert accuses.act(1, 1) == 0.0
    assert 0 < denies.act(1, 1) < 1
    assert denies.act(1, 2) == 0.0, "an accuser who speaks of involvement denies nothing"


def test_who_does_it_and_to_whom() -> None:
    """Who accuses the US is not told by what the US accuses others of."""
    corpus = indexed("The US accused Russia of fraud.", "Russia accused the US of fraud.")
    _, matcher = asked("Who accused the US?", corpus)

    assert matcher.act(0, 0) == 0.0
    assert matcher.act(1, 0) == 1.0


def test_a_question_without_words() -> None:
    """Nothing is met, and nothing is divided by zero."""
    _, matcher = asked("who is it")

    assert matcher.in_sentence(0, 0) == ()
    assert matcher.share(()) == 0.0
    assert matcher.speaker(1, 0) == 0.0
