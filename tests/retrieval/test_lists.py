"""Lists of speakers: the mention covers the list, or a whole member of it."""

import pytest

from tests.retrieval.attributing import speakers


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Ruiz, Holm and Feld said it was safe.", "Ruiz, Holm and Feld"),
        ("Ruiz, Holm, and Feld said it was safe.", "Ruiz, Holm, and Feld"),
        ("On Monday, Ruiz, Holm and Feld said it was safe.", "Ruiz, Holm and Feld"),
        ("Ruiz, Holm and Feld have both denied it.", "Ruiz, Holm and Feld"),
        ("Analysts at Ruiz, Holm and Feld said it was safe.", "Analysts at Ruiz, Holm and Feld"),
        (
            "The mayor, the police and two lawyers said it was safe.",
            "The mayor, the police and two lawyers",
        ),
        ("It was safe, said Ana Ruiz, Bo Holm and Kim Feld.", "Ana Ruiz, Bo Holm and Kim Feld"),
        (
            "“It was perfectly safe,” said Ana Ruiz, Bo Holm, and Kim Feld.",
            "Ana Ruiz, Bo Holm, and Kim Feld",
        ),
    ],
)
def test_a_list_speaks_as_one(sentence: str, speaker: str) -> None:
    """Names with commas between them and "and" before the last are one subject."""
    assert speakers(sentence) == [speaker]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("In Paris, Ruiz and Holm said it was safe.", "Ruiz and Holm"),
        ("In Paris, Ruiz, Holm and Feld said it was safe.", "Ruiz, Holm and Feld"),
        ("Shaw had met Ruiz, Holm and Feld said.", "Holm and Feld"),
        ("The bridge is safe, Holm and Feld said.", "Holm and Feld"),
        ("It was safe, said Ana Ruiz, and Bo Holm agreed.", "Ana Ruiz"),
    ],
)
def test_what_stands_before_a_comma_need_not_belong(sentence: str, speaker: str) -> None:
    """A place, an object or another clause before the comma is no member of the list."""
    assert speakers(sentence) == [speaker]
