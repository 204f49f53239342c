"""Questions that follow another: what they leave unsaid is what the earlier answer was about."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st
from pydantic import TypeAdapter

from retrieval.answering import answer
from retrieval.following import NOTHING, Carried, carried_from
from retrieval.indexed import IndexedCorpus
from retrieval.models import Answer, NoteKind, Outcome
from tests.retrieval.building import named

NOW = datetime(2023, 5, 5, 9, tzinfo=UTC)


@pytest.fixture(name="talk")
def _talk(sample_corpus: IndexedCorpus) -> "Talk":
    """Asks about the sample."""
    return Talk(sample_corpus)


class Talk:
    """Asks two questions, the second with what the first was about."""

    def __init__(self, corpus: IndexedCorpus) -> None:
        self._corpus = corpus

    def __call__(self, first: str, second: str) -> Answer:
        carried = carried_from(answer(first, self._corpus, now=NOW))
        return answer(second, self._corpus, now=NOW, carried=carried)


def added(found: Answer) -> list[object]:
    """What the answer says was added to its question."""
    return [note.values["name"] for note in found.understood if note.kind is NoteKind.ABOUT]


def speakers(found: Answer) -> list[str]:
    """Who says each snippet."""
    return [named(snippet.speaker) for snippet in found.snippets]


def test_one_word_asks_more_of_the_same(talk: Talk) -> None:
    """ "When?" is about all that the earlier question was about."""
    found = talk("What did Peskov say about the drones?", "when?")

    assert added(found) == ["Peskov", "drones"]
    assert "Peskov" in found.snippets[0].context.text + speakers(found)[0]


def test_a_pronoun_is_who_was_asked_about(talk: Talk) -> None:
    """By the fullest name that was shown; the new topic takes the place of the old."""
    found = talk("What did Peskov say about the drones?", "and what did he say about the damage?")

    assert added(found) == ["Dmitry Peskov"]
    assert found.outcome is Outcome.ANSWERED
    assert all("spokesman" in one or "Peskov" in one for one in speakers(found))
    assert "damage" in found.snippets[0].span.text


def test_a_pronoun_beside_a_name(talk: Talk) -> None:
    """A question that names somebody else, too, is still about whom the pronoun means."""
    found = talk("What did Peskov say?", "and what did he say about Washington?")

    assert added(found) == ["Dmitry Peskov"]
    assert found.outcome is Outcome.ANSWERED
    assert all("Peskov" in one for one in speakers(found)[:3])
    assert "Washington" in found.snippets[0].span.text


def test_a_pronoun_is_who_was_shown_where_nobody_was_asked_about(talk: Talk) -> None:
    """ "He" is the first who denied it."""
    found = talk("Who denied involvement?", "what did he say in The Hague?")

    assert added(found) == ["Volodymyr Zelenskyy"]
    assert any("Zelenskyy" in one for one in speakers(found))


def test_another_name_is_asked_the_same(talk: Talk) -> None:
    """ "And Ukraine?" asks whether it did so, too; whom the first was about is left out."""
    found = talk("Who denied involvement?", "and Ukraine?")

    assert added(found) == ["denied", "involvement"]
    assert speakers(found)[0] == "Ukraine"
    assert "denies" in found.snippets[0].span.text


def test_who_else_leaves_out_nobody(talk: Talk) -> None:
    """Who was shown first is not what is looked for."""
    found = talk("Who denied involvement?", "who else?")

    assert added(found) == ["denied", "involvement"]
    assert len(set(speakers(found))) > 1


@pytest.mark.parametrize(
    "second",
    [
        "What did Zelenskyy say in The Hague?",
        "Which refineries were hit in Krasnodar?",
        "Did Kyiv reject the charge of Moscow?",
    ],
)
def test_a_question_of_its_own_carries_nothing(talk: Talk, second: str) -> None:
    """It names its people and its topic, and is answered as if nothing had gone before."""
    found = talk("What did Peskov say about the drones?", second)

    assert added(found) == []
    assert found.snippets == talk("What was hit?", second).snippets


def test_what_that_is_was_said_before(talk: Talk) -> None:
    """A question that names somebody else points back to the topic alone."""
    found = talk("What did Peskov say about the drones?", "What did the White House say about it?")

    assert added(found) == ["drones"]
    assert "White House" in speakers(found)[0]


def test_the_days_are_carried_too(talk: Talk) -> None:
    """ "And in Odesa?" is about the days that were asked about."""
    found = talk("What happened in Kyiv yesterday?", "and in Odesa?")

    assert added(found) == []
    assert [note.kind for note in found.understood] == [NoteKind.DAYS]
    assert "Odesa" in found.snippets[0].span.text


def test_days_of_its_own_take_their_place(talk: Talk) -> None:
    """Only one time is asked about."""
    found = talk("What happened in Kyiv yesterday?", "and in Odesa since March?")

    assert [note.kind for note in found.understood] == [NoteKind.SINCE]


def test_her_is_nobody_whose_name_is_his(sample_corpus: IndexedCorpus) -> None:
    """A given name of the other gender is not meant."""
    carried = Carried(names=("Kremlin",), people=("Dmitry Peskov", "Karine Jean-Pierre"))

    found = answer("and what did she say?", sample_corpus, carried=carried)

    assert added(found) == ["Karine Jean-Pierre"]


def test_a_follow_up_of_a_follow_up(sample_corpus: IndexedCorpus) -> None:
    """Names go on from answer to answer."""
    first = answer("What did Peskov say about the drones?", sample_corpus)
    second = answer("and about the damage?", sample_corpus, carried=carried_from(first))
    third = answer("when?", sample_corpus, carried=carried_from(second))

    assert added(third) == ["Peskov", "damage"]


@given(
    question=st.text(max_size=60),
    first=st.sampled_from(
        ["Who denied involvement?", "What happened in Kyiv yesterday?", "drones"]
    ),
)
def test_json_keeps_what_is_carried(
    sample_corpus: IndexedCorpus, question: str, first: str
) -> None:
    """It can be put away and taken out again, and any question can follow it."""
    kept = TypeAdapter(Carried)
    carried = carried_from(answer(first, sample_corpus, now=NOW))

    restored = kept.validate_python(json.loads(kept.dump_json(carried)))

    assert restored == carried
    assert (
        answer(question, sample_corpus, now=NOW, carried=restored).understood
        == answer(question, sample_corpus, now=NOW, carried=carried).understood
    )


def test_nothing_is_carried_of_nothing(sample_corpus: IndexedCorpus) -> None:
    """An answer to no words is about nothing."""
    assert carried_from(answer("?", sample_corpus)).names == NOTHING.names
