"""What kind of thing a question asks for, and where a sentence has one."""

import pytest
from hypothesis import given, strategies as st

from retrieval.analysis import stem
from retrieval.asking import Kind, counted, kind_of, measured
from retrieval.expected import find

SENTENCE = (
    "On Thursday about 2,000 people fled from Odesa to Kyiv because of three drones, said Anna Berg "
    "of the Red Cross on 4 May 2023 at 10:30."
)


def found(kind: Kind, text: str, asked: str = "") -> list[str]:
    """What a sentence has of a kind, apart from the words that are asked."""
    stems = {stem(word) for word in asked.split()}
    return [text[start:end] for start, end in find(kind, text, (0, len(text)), stems)]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who denied it?", Kind.WHO),
        ("Whose drone was it?", Kind.WHO),
        ("Which countries denied it?", Kind.WHO),
        ("What company made it?", Kind.WHO),
        ("How many drones were hit?", Kind.NUMBER),
        ("how long has it lasted", Kind.NUMBER),
        ("What is the population of Kyiv?", Kind.NUMBER),
        ("What was the death toll?", Kind.NUMBER),
        ("When did it fall?", Kind.TIME),
        ("In which year did it fall?", Kind.TIME),
        ("Where did it fall?", Kind.PLACE),
        ("Which city was hit?", Kind.PLACE),
        ("Why did it fall?", Kind.REASON),
        ("What caused the fire?", Kind.REASON),
        ("Is there a reason for it?", Kind.YES_NO),
        ("Was Putin in the Kremlin when it was hit?", Kind.YES_NO),
        ("Isn't it over?", Kind.YES_NO),
        ("Who was there when it fell?", Kind.WHO),
        ("When was the man who fell found?", Kind.TIME),
        ("What is a tribunal?", Kind.ANY),
        ("How did it start?", Kind.ANY),
        ("drones over Kyiv", Kind.ANY),
        ("", Kind.ANY),
    ],
)
def test_the_kind_of_a_question(question: str, kind: Kind) -> None:
    """By the word of asking that comes first."""
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "noun"),
    [
        ("How many drones were shot down?", "drones"),
        ("How many people?", ""),
        ("how many attack drones did Russia send", "drones"),
        ("How many of the houses are empty?", "houses"),
        ("How much does it cost?", ""),
        ("Who counts?", ""),
    ],
)
def test_what_is_counted(question: str, noun: str) -> None:
    """A sentence that counts something else has no answer."""
    assert counted(question) == noun


def test_words_of_measuring_are_no_words_to_look_for() -> None:
    """No answer to "how long" says "long"."""
    question = "And how long has it lasted?"

    start, end = measured(question)

    assert question[start:end] == "how long"
    assert measured("Who was it?") == (0, 0)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (Kind.WHO, ["Odesa", "Kyiv", "Anna Berg", "Red Cross"]),
        (Kind.NUMBER, ["2,000", "three", "4", "2023", "10", "30"]),
        (Kind.TIME, ["On Thursday", "4 May 2023", "10:30"]),
        (Kind.PLACE, ["Odesa", "Kyiv"]),
        (Kind.YES_NO, []),
        (Kind.ANY, []),
    ],
)
def test_what_a_sentence_has(kind: Kind, wanted: list[str]) -> None:
    """Names, numbers, times and places, each where it stands; a number ends before its full stop."""
    assert found(kind, SENTENCE) == wanted


def test_a_sentence_has_a_reason() -> None:
    """By the words that give one."""
    assert "because" in found(Kind.REASON, SENTENCE)
    assert found(Kind.REASON, "The bridge closed.") == []


@pytest.mark.parametrize(
    ("kind", "asked", "left"),
    [
        (Kind.WHO, "anna berg", ["Odesa", "Kyiv", "Red Cross"]),
        (Kind.PLACE, "Kyiv", ["Odesa"]),
        (Kind.NUMBER, "2000 4 May 2023 10 30", ["three"]),
        (Kind.TIME, "thursday on 4 may 2023", ["10:30"]),
    ],
)
def test_what_the_question_says_itself_is_no_answer(
    kind: Kind, asked: str, left: list[str]
) -> None:
    """Who asks what Anna Berg said isn't told "Anna Berg"."""
    assert found(kind, SENTENCE, asked) == left


@pytest.mark.parametrize(
    "text",
    [
        "It fell in 2019.",
        "It fell in the 1990s.",
        "It fell last week.",
        "It fell two days later.",
        "It fell in the early hours of Wednesday.",
        "It fell at 9 p.m. there.",
        "It fell in Sept 2021.",
        "It fell in the 19th century.",
        "It fell overnight.",
    ],
)
def test_a_time_is_told_in_many_ways(text: str) -> None:
    """Dates, days, hours, years, and times counted from another."""
    assert len(found(Kind.TIME, text)) == 1


@pytest.mark.parametrize(
    "text", ["It may fall.", "They march on.", "It fell second.", "The sun set."]
)
def test_what_only_looks_like_a_time(text: str) -> None:
    """A small "may" is no month by its own."""
    assert [time for time in found(Kind.TIME, text) if time not in ("may", "march")] == []


@given(st.sampled_from(Kind), st.text(), st.frozensets(st.text(max_size=5), max_size=3))
def test_what_is_found_is_part_of_the_text(kind: Kind, text: str, asked: frozenset[str]) -> None:
    """In order and never empty, within the bounds, whatever the text."""
    bounds = (min(2, len(text)), len(text))

    spans = find(kind, text, bounds, asked)

    assert spans == sorted(spans)
    assert all(bounds[0] <= start < end <= bounds[1] for start, end in spans)


@given(st.text(max_size=300))
def test_any_words_have_a_kind(question: str) -> None:
    """And what is counted or measured is a part of them."""
    assert kind_of(question) in Kind
    assert counted(question) in question
    start, end = measured(question)
    assert 0 <= start <= end <= len(question)
