"""The tables of looser relations: general and particular words, and what people say for one another."""

from collections import Counter
from itertools import combinations

import pytest

from retrieval.analysis import stem
from retrieval.lexicon import rows
from retrieval.relations import Phrase, relations
from tests.retrieval.test_lexicon import OPPOSITES, REPORTING

LOOSER = ("concepts", "kinds")


def stems(entry: str) -> Phrase:
    """The stems of an entry of a table."""
    return tuple(stem(part) for part in entry.removesuffix(":").split("_"))


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposites_are_no_one_idea(one: str, other: str) -> None:
    """A question about one thing is never answered by its opposite: not by word, not by stem."""
    groups = [{stems(word) for word in row} for row in rows("concepts")]

    assert [group for group in groups if {stems(one), stems(other)} <= group] == []


@pytest.mark.parametrize("name", LOOSER)
def test_reporting_verbs_are_left_to_their_own_table(name: str) -> None:
    """Claim and denial cannot be mixed up here, for neither is here."""
    verbs = set(REPORTING.split())

    assert [row for row in rows(name) if verbs & set(row)] == []


@pytest.mark.parametrize("name", LOOSER)
def test_every_entry_of_a_row_is_another_word(name: str) -> None:
    """A row of one says nothing, nor does a word twice in it."""
    groups = [[stems(word) for word in row] for row in rows(name)]

    assert [row for row in groups if len(set(row)) < len(row) or len(row) < 2] == []


def test_no_idea_lies_within_another() -> None:
    """A row that another holds entire adds nothing."""
    pairs = combinations([frozenset(map(stems, row)) for row in rows("concepts")], 2)

    assert [(a, b) for a, b in pairs if a <= b or b <= a] == []


def test_general_words_are_filed_once() -> None:
    """A class is whole: it has one row, headed by its name."""
    heads = [row[0] for row in rows("kinds")]

    assert all(head.endswith(":") for head in heads)
    assert [head for head, times in Counter(heads).items() if times > 1] == []


@pytest.mark.parametrize(
    ("asked", "written"),
    [("sport", "rugby"), ("metal", "copper"), ("artwork", "mural"), ("disease", "cholera")],
)
def test_a_particular_word_answers_for_a_general_one(asked: str, written: str) -> None:
    """More surely than the general one for a particular one."""
    down = {other.phrase: other.strength for other in relations()[stems(asked)]}
    up = {other.phrase: other.strength for other in relations()[stems(written)]}

    assert down[stems(written)] > up[stems(asked)] > 0


def test_particular_words_do_not_answer_for_each_other() -> None:
    """A son is no daughter, though both are children."""
    assert stems("daughter") not in {other.phrase for other in relations()[stems("son")]}
