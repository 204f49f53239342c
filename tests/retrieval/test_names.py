"""Names, the roles before them, their gender, and whom the article means by them."""

import pytest

from retrieval.cast import Cast
from retrieval.names import gender_of, is_plural_role, is_role, names, roles, with_role


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then Ana Silva met Ursula van der Leyen.", ["Ana Silva", "Ursula van der Leyen"]),
        ("In May, J. R. Smith and Mr. O’Neil left.", ["J. R. Smith", "Mr. O’Neil"]),
        ("The storm hit al-Amr and St. Ives.", ["al-Amr", "St. Ives"]),
        ("Ana Silva’s dog and the Sams' house", ["Ana Silva", "Sams"]),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    """Runs of capitalised words with particles and initials, without possessives and stop words."""
    spans = [text[a:b] for a, b in names(text, 0, len(text))]

    assert [name for name in spans if name not in ("Then", "In", "The")] == found


def test_a_role_belongs_to_the_name_behind_it() -> None:
    """The words before a name belong to it when the last of them is a role."""
    text = "On Monday Dutch prime minister Mark Rutte met reporters."
    start = text.index("Mark")

    assert text[with_role(text, 0, start) : start] == "Dutch prime minister "
    assert with_role("They met Mark", 0, 9) == 9


@pytest.mark.parametrize(
    ("mention", "gender"),
    [
        ("Mr Silva", "m"),
        ("spokeswoman Kim Silva", "f"),
        ("Anna Abbot", "f"),
        ("the ministry", "g"),
        ("local officials", "g"),
        ("A White House spokesperson", ""),
        ("White House officials", "g"),
        ("John's colleague", ""),
        ("Qz Silva", ""),
    ],
)
def test_gender(mention: str, gender: str) -> None:
    """A title tells before a given name, a given name before a role; an owner tells nothing."""
    assert gender_of(mention, 0, len(mention)) == gender


def test_roles_know_their_plurals_and_heads() -> None:
    """Plurals are groups, a role of several words is known by its head, a hyphen hides no role."""
    assert roles()["ministers"] == "g"
    assert is_role("chief")
    assert is_role("co-founder")
    assert is_plural_role("officials")
    assert not is_role("table")


def test_the_cast_gives_the_fullest_mention() -> None:
    """A surname stands for the first full mention; somebody with "and" or "of" is left as they are."""
    text = "Kremlin spokesman Igor Pell came. Pell spoke. Bo Lind and Pell left."
    cast = Cast(text)
    alone = text.index("Pell spoke")
    both = text.index("Bo Lind")

    found = cast.fullest(alone, alone + 4)
    pair = cast.fullest(both, both + len("Bo Lind and Pell"))

    assert text[found.start : found.end] == "Kremlin spokesman Igor Pell"
    assert not found.inferred
    assert text[pair.start : pair.end] == "Bo Lind and Pell"


def test_an_acronym_is_nobodys_first_name() -> None:
    """NASA is not the photographer whose name stands behind it."""
    text = "Image: NASA Bill Ingalls. NASA said so."
    cast = Cast(text)
    start = text.index("NASA said")

    found = cast.fullest(start, start + 4)

    assert (found.start, found.end) == (start, start + 4)
