"""The words of a corpus: rarity, names, misspellings, derivations."""

import pytest
from hypothesis import given, strategies as st

from retrieval.analysis import stem
from retrieval.indexed import IndexedCorpus
from tests.retrieval.building import indexed

CORPUS = indexed(
    "Today Volodymyr Zelenskyy met Mark Rutte. The turkey in Turkey was cold, he said.",
    "When Zelenskyy spoke, the colonial army attacked. A colony is a colony. The turkey ran.",
    "The army was in Odesa, said Zelenskyy, and saw the attack on Odesa.",
)


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("zelenski", "zelenskyy"),
        ("zelensky", "zelenskyy"),
        ("zelenskiy", "zelenskyy"),
        ("ruttte", "rutt"),
        ("odessa", "odesa"),
    ],
)
def test_a_misspelt_name(misspelt: str, meant: str) -> None:
    """Names have many spellings, in lower case as well."""
    assert CORPUS.vocabulary.meant_by(stem(misspelt), name=False) == meant
    assert CORPUS.vocabulary.meant_by(stem(misspelt.title()), name=True) == meant


def test_a_misspelt_word() -> None:
    """One letter is enough to miss a word; another name is no misspelling of it."""
    assert CORPUS.vocabulary.meant_by("atack", name=False) == "attack"
    assert CORPUS.vocabulary.meant_by("atack", name=True) is None


@pytest.mark.parametrize("word", ["macron", "xyzzy", "odin", "zel", "1234567", "zelenskyy", ""])
def test_a_word_that_means_no_other(word: str) -> None:
    """Unlike any, too short, a number, or known as it is."""
    assert CORPUS.vocabulary.meant_by(word, name=True) is None
    assert CORPUS.vocabulary.meant_by(word, name=False) is None


def test_names_are_written_with_a_capital() -> None:
    """As a rule, and not only because they begin a sentence."""
    known = CORPUS.vocabulary

    assert known.is_name("zelenskyy")
    assert known.is_name("odesa")
    assert not known.is_name("armi")
    assert not known.is_name("turkey")
    assert not known.is_name("today")
    assert not known.is_name("macron")


def test_the_rarer_the_more_it_tells() -> None:
    """And a word in every passage tells something still."""
    known = CORPUS.vocabulary

    assert known.idf("macron") > known.idf("rutt") > known.idf("armi") > known.idf("zelenskyy") > 0


def test_a_derivation_shares_its_beginning() -> None:
    """ "colony" helps to find "colonial"; short words and figures have none."""
    assert "coloni" in CORPUS.vocabulary.derived_from("colonist")
    assert CORPUS.vocabulary.derived_from("armi") == ()
    assert CORPUS.vocabulary.derived_from("20000") == ()
    assert "zelenskyy" not in CORPUS.vocabulary.derived_from("zelenskyy")


def test_what_is_in_it() -> None:
    """Stems, and nothing else."""
    assert "zelenskyy" in CORPUS.vocabulary
    assert "the" not in CORPUS.vocabulary
    assert 7 not in CORPUS.vocabulary
    assert 10 < len(CORPUS.vocabulary) < 30


def test_an_empty_corpus_has_no_words() -> None:
    """And none that is like another."""
    known = indexed().vocabulary

    assert len(known) == 0
    assert known.meant_by("zelenski", name=False) is None
    assert known.idf("zelenski") > 0


@given(st.text(), st.booleans())
def test_any_word(word: str, name: bool) -> None:
    """What is meant or derived is known; nothing is an error."""
    known = CORPUS.vocabulary

    meant = known.meant_by(word, name=name)

    assert meant is None or (meant in known and word not in known)
    assert all(other in known for other in known.derived_from(word))
    assert known.idf(word) > 0


def test_the_sample_knows_its_people(sample_corpus: IndexedCorpus) -> None:
    """Each of them by the spelling of others."""
    known = sample_corpus.vocabulary

    assert known.meant_by("peskow", name=True) == "peskov"
    assert known.meant_by("lavrov", name=True) is None
