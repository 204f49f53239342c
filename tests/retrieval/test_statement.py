"""What a question asks of somebody's words."""

import pytest
from hypothesis import given, strategies as st

from retrieval.statement import AskedStatement


@pytest.mark.parametrize(
    ("question", "verb", "acts"),
    [
        ("Who denied involvement?", "denied", {"deny"}),
        ("who else has denied it", "denied", {"deny"}),
        ("Who publicly rejects the plan?", "rejects", {"deny", "refuse"}),
        ("Who blamed whom?", "blamed", {"accuse"}),
        ("Who warned of floods?", "warned", {"warn"}),
        ("Which officials warned of floods?", "warned", {"warn"}),
        ("which western countries have condemned it", "condemned", {"condemn"}),
        ("Who said that the damage was minor?", "said", set()),
    ],
)
def test_a_question_for_speakers(question: str, verb: str, acts: set[str]) -> None:
    """Who does it is asked for; saying alone is no particular act."""
    asked = AskedStatement.read(question)

    assert asked.asks_speaker
    assert asked.speaker == ""
    assert asked.verb == verb
    assert asked.acts == acts


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Peskov say about the damage?", "Peskov"),
        ("what did the kremlin spokesman say", "the kremlin spokesman"),
        ("Why does the mayor of Lyon deny it?", "the mayor of Lyon"),
        ("Who did Kirby accuse?", "Kirby"),
        ("Did Lavrov accuse Washington?", "Lavrov"),
        ("How did Putin react, according to Peskow?", "Peskow"),
        ("According to the police, what happened?", "the police"),
        ("What is Kirby's view on Peskov?", "Kirby"),
        ("What is Rutte’s stance?", "Rutte"),
        ("What was the response of the White House to it?", "the White House"),
        ("Which warning by the army, and when?", "the army"),
        ("What\nis the Kremlin's\nposition?", "the Kremlin"),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str) -> None:
    """By a verb, by a noun, or "according to"."""
    asked = AskedStatement.read(question)

    assert not asked.asks_speaker
    assert asked.speaker.strip() == speaker


def test_the_act_of_a_speaker() -> None:
    """What Kirby denies is another thing than what he says."""
    assert AskedStatement.read("What did Kirby deny?").acts == {"deny"}
    assert AskedStatement.read("What did Kirby say?").acts == frozenset()


@pytest.mark.parametrize(
    "question",
    [
        "Who was accused of lying?",
        "Who is publicly accused?",
        "Was Putin accused by Kirby?",
        "Who is Maria Berg?",
        "What happened in Kyiv?",
        "drones",
        "",
    ],
)
def test_a_question_that_asks_of_no_statement(question: str) -> None:
    """In the passive, whoever is accused isn't who speaks."""
    assert AskedStatement.read(question) == AskedStatement()


@given(st.text(max_size=500))
def test_any_words(question: str) -> None:
    """Nothing that somebody writes is an error; the speaker is in their words."""
    asked = AskedStatement.read(question)

    assert asked.speaker in question
    assert asked.verb in question


@pytest.mark.parametrize(
    "unit",
    [
        "what-",
        "what ",
        "what's ",
        "which-a'",
        "who did ",
        "how many a-",
        "did say ",
        "a",
        "has ",
        " ",
    ],
)
@pytest.mark.timeout(30)
def test_a_question_made_to_take_long(unit: str) -> None:
    """5,000 characters are read at once; a pattern that goes back and forth would take minutes."""
    assert not AskedStatement.read(unit * (5000 // len(unit))).verb.strip(unit)
