"""Who is meant by a pronoun, a role or a surname, by what stands around it."""

import pytest

from tests.retrieval.attributing import speakers


def test_he_is_the_subject_rather_than_who_had_spoken_before() -> None:
    """The subject of the main clause goes before somebody in it who is told of in the pluperfect."""
    text = (
        "John Marsh was answering Peter Holm, who had told reporters of it. It was false, he said."
    )

    assert speakers(text) == ["John Marsh", "John Marsh"]


def test_he_is_who_was_met_and_spoke() -> None:
    """Where only the one in the relative clause speaks, he goes on speaking."""
    text = "John Marsh met Peter Holm, who said it was over. He added that he was glad."

    assert speakers(text) == ["Peter Holm", "Peter Holm"]


@pytest.mark.parametrize(
    "reported", ["Marsh would still come", "President John Marsh would come", "John Marsh lied"]
)
def test_he_is_not_whom_he_speaks_of(reported: str) -> None:
    """The subject of a reported clause is not who reports it, and who does goes on."""
    text = f"John Marsh left. Peter Holm said so. {reported}, he said. He was sure, he added."

    assert speakers(text) == [None, "Peter Holm", "Peter Holm", "Peter Holm"]


def test_she_is_no_document() -> None:
    """Statements and studies are no persons; somebody with a role is, be it behind a time."""
    text = (
        "On Monday a lawyer for the bank spoke. Those statements were new. She added that it paid."
    )

    assert speakers(text) == [None, None, "a lawyer for the bank"]


def test_what_somebody_unknown_says_of_others_is_not_theirs() -> None:
    """Of "she added that ..." nobody in the clause behind is the speaker."""
    assert speakers("She added that the council had not denied it.") == [None]


def test_one_of_two_callings_is_one() -> None:
    """ "And" in an apposition makes no two persons of one."""
    text = "“It was cold,” says Anna Lund, a nurse and a poet. She says it still is."

    assert speakers(text)[-1] == "Anna Lund, a nurse and a poet"


def test_it_is_a_body_or_a_country() -> None:
    """A country that speaks is meant by "it", not the body before it nor people in the plural."""
    text = "The ministry was calm. France says it was hit, and fans said so. It accused nobody, it said."

    assert speakers(text) == [None, "France", "France"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Governor Ivan Petrov left the region. Its governor said so.", "Governor Ivan Petrov"),
        ("Bo Lind, the mayor, left the city. Its mayor said so.", "Bo Lind, the mayor"),
        ("They heard mayor Bo Lind of Lyon. It was so, its mayor said.", "mayor Bo Lind"),
        ("The city is safe. Its mayor said so.", "Its mayor"),
        ("Mayor Bo Lind left. Its leaders said so.", "Its leaders"),
        ("It was calm. Its mayor Bo Lind said so.", "mayor Bo Lind"),
    ],
)
def test_whose_role_is_owned(text: str, speaker: str) -> None:
    """ "Its governor" is who is named with that role near by; else it stays as it is."""
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("In London Holm said it was safe.", "Holm"),
        ("In New York Holm said it was safe.", "Holm"),
        ("In London Peter Holm said it was safe.", "Peter Holm"),
        ("In Lenham Holm said it was safe.", "Holm"),
        ("In Moscow officials said it was safe.", "officials"),
    ],
)
def test_a_place_is_no_first_name(sentence: str, speaker: str) -> None:
    """Names side by side do not run together where the first stands behind a preposition of place."""
    assert speakers(sentence) == [speaker]


def test_a_name_does_not_reach_over_a_full_stop() -> None:
    """The role that ends one sentence is not that of the name which begins the next."""
    text = "So said Paul Hay, the Green spokesman. Norland has left. Norland said no."

    assert speakers(text)[-1] == "Norland"
