"""Measures are asked for in words that say their unit."""

import pytest

from retrieval.asking import Kind, is_question, kind_of, unit, without_frame
from retrieval.expected import find, in_unit


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How old is the mayor?", "age"),
        ("How far is the ferry from the pier?", "distance"),
        ("How long did the trial last?", "extent"),
        ("how heavy was the load", "weight"),
        ("How hot was it?", "heat"),
        ("How many ferries are there?", ""),
        ("Who is old?", ""),
    ],
)
def test_the_unit_asked_for(question: str, asked: str) -> None:
    """Old is answered in years, far in kilometres; many in anything."""
    assert unit(question) == asked


@pytest.mark.parametrize(
    ("asked", "text", "numbers"),
    [
        ("age", "Ann Roe, 43, paid 12 euros.", ["43"]),
        ("age", "A 7-year-old boy won 3 times.", ["7"]),
        ("distance", "Two boats sank 12 miles off.", ["12"]),
        ("extent", "It took 9 days and 4 tries.", ["9"]),
        ("weight", "The 3 men lifted 80 kg.", ["80"]),
        ("heat", "At 31 degrees 5 men fainted.", ["31"]),
        ("", "Two men paid 12 euros.", ["Two", "12"]),
    ],
)
def test_a_number_in_another_unit_is_no_answer(asked: str, text: str, numbers: list[str]) -> None:
    """How old she is is not said by what she paid."""
    found = find(Kind.NUMBER, text, (0, len(text)), set())

    assert [text[slice(*span)] for span in in_unit(asked, text, found)] == numbers


def test_a_request_for_sources_is_about_the_claim() -> None:
    """The words of requesting are not looked for."""
    assert without_frame("Is there a source for the mayor resigned?") == "the mayor resigned"
    assert without_frame("Is it true that the ferry sank?") == "the ferry sank"
    assert without_frame("sources close to the mayor") == "sources close to the mayor"


def test_a_long_statement_is_no_question() -> None:
    """A claim is pasted as it is; a few words are a search."""
    assert not is_question("The mayor of the old town has resigned over the broken bridge")
    assert is_question("mayor resigned yesterday")
    assert kind_of("Was he mayor when the bridge broke?") is Kind.YES_NO
