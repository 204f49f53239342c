"""Words that may stand for one another."""

import pytest

from retrieval.analysis import content, tokens
from retrieval.relations import related, relations


def stems(text: str) -> list[str]:
    """The stems of the words that tell something."""
    return [token.stem for token in content(tokens(text))]


def standing_for(text: str) -> dict[str, float]:
    """What may stand for the whole of *text*, and how well."""
    asked = stems(text)
    return {
        " ".join(other.phrase): other.strength
        for where, other in related(asked)
        if where == range(len(asked))
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russia", "Russian"),
        ("Russia", "Moscow"),
        ("Russia", "the Kremlin"),
        ("the United States", "Washington"),
        ("US", "the White House"),
        ("Kiev", "Kyiv"),
        ("the UN", "United Nations"),
        ("attack", "raid"),
        ("prime minister", "premier"),
    ],
)
def test_what_stands_for_what(one: str, other: str) -> None:
    """Countries, their people, capitals and seats of power, abbreviations, synonyms: both ways."""
    there, back = standing_for(one), standing_for(other)

    assert there[" ".join(stems(other))] == back[" ".join(stems(one))]


def test_a_city_is_in_its_country_and_not_the_other_way_round() -> None:
    """What happened in Odesa happened in Ukraine; what is Ukrainian needn't be of Odesa."""
    assert "odesa" in standing_for("Ukraine")
    assert "ukrain" not in standing_for("Odesa")


def test_a_word_of_many_meanings_asks_for_them_and_answers_none() -> None:
    """Who asks for pot may be told of marijuana; who asks for marijuana is not told of a pot."""
    assert "marijuana" in standing_for("pot")
    assert "pot" not in standing_for("marijuana")


def test_a_phrase_that_its_small_words_make_is_known_only_with_them() -> None:
    """To go up is to rise; to go, or to go with the stop word missing, is not."""
    spoken = [token.stem for token in tokens("prices went up")]

    assert tuple(stems("rise")) in {other.phrase for _, other in related(spoken)}
    assert tuple(stems("rise")) not in {
        other.phrase for _, other in related(stems("prices went up"))
    }


def test_a_people_is_nearer_to_a_country_than_a_synonym_to_a_word() -> None:
    """The strengths are in the order of how sure each relation is."""
    russia = standing_for("Russia")

    assert russia["russian"] > russia["moscow"] > russia["novosibirsk"]
    assert standing_for("UN")["unit nation"] > standing_for("attack")["raid"]


def test_a_country_is_no_pronoun() -> None:
    """Nothing stands for "us", which is a stop word besides."""
    assert list(related(["us"])) == []
    assert standing_for("US")


def test_phrases_are_found_where_they_stand() -> None:
    """Each with the places of its words, also beside other words."""
    found = {
        (tuple(where), other.phrase) for where, other in related(stems("old White House denial"))
    }

    assert ((1, 2), ("washington",)) in found
    assert all(0 <= min(where) <= max(where) < 4 for where, _ in found)


def test_words_that_no_table_has() -> None:
    """Nothing is made up."""
    assert list(related(["xyzzy"])) == []
    assert list(related([])) == []


def test_the_tables_are_sound() -> None:
    """Nothing stands for itself, nothing is empty or too long, each strength is a share."""
    for phrase, others in relations().items():
        assert phrase
        for other in others:
            assert other.phrase
            assert other.phrase != phrase
            assert 0 < other.strength < 1
