"""Text into terms: the same for articles and questions."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from retrieval.analysis import (
    STOPWORDS,
    content,
    exact,
    in_title,
    pair,
    search_terms,
    stem,
    tokens,
)


def stems(text: str) -> list[str]:
    """The stems of every word."""
    return [token.stem for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deny", "denied"),
        ("lose", "lost"),
        ("strike", "struck"),
        ("say", "said"),
        ("child", "children"),
        ("colour", "color"),
        ("organisations", "organization"),
        ("analyse", "analyzed"),
        ("centre", "center"),
        ("programmes", "program"),
        ("Zürich", "zurich"),
        ("naïve", "naive"),
        ("Moscow’s", "Moscow"),
        ("boss's", "BOSS"),
        ("12", "twelve"),
        ("1,000,000", "1000000"),
        ("1990's", "1990"),
        ("9th", "9"),
        ("ﬁle", "file"),
        ("Malmo\u0308", "Malmö"),
        ("U.S.", "USA"),
        ("US", "U.S.A."),
        ("US’s", "US"),
        ("U.K.", "UK"),
    ],
)
def test_one_word_in_two_forms(one: str, other: str) -> None:
    """An article and a question meet though they write a word differently."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("US", "us"),
        ("Myers", "my"),
        ("1990s", "1990"),
        ("1,5", "15"),
        ("hour", "hor"),
        ("four", "for"),
        ("our", "or"),
    ],
)
def test_two_words_that_look_alike(one: str, other: str) -> None:
    """The country is no pronoun, a name's last letter no possessive, a comma no thousand's."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Turkey’s offer", ["turkey", "offer"]),
        ("O’Brien can't go.", ["o'brien", "can't", "go"]),
        ("the 1990s, 50km, 24/7", ["the", "1990s", "50km", "24", "7"]),
        ("$2.5m or 5%", ["2.5m", "or", "5"]),
        ("co-operate #tag @user ice_cream", ["co", "operate", "tag", "user", "ice", "cream"]),
        ("U.S. D.C.", ["usa", "dc"]),
        ("Кремль отрицает", ["кремль", "отрицает"]),
        ("", []),
        ("… — “”", []),
    ],
)
def test_what_is_a_word(text: str, forms: list[str]) -> None:
    """Figures with letters stay whole; marks, hyphens and signs part words."""
    assert [token.form for token in tokens(text)] == forms


def test_offsets_are_into_the_text() -> None:
    """Also when only a part of it is read."""
    text = "The bridge closed on Monday."

    found = list(tokens(text, 4, 17))

    assert [text[token.start : token.end] for token in found] == ["bridge", "closed"]


def test_stop_words_say_nothing() -> None:
    """They are left out by how they are written: "us" is one, the US is not."""
    found = content(tokens("They told us that the US was not to blame"))

    assert [token.stem for token in found] == ["tell", "usa", "blame"]
    assert "us" in STOPWORDS
    assert [token.is_content for token in tokens("the bridge")] == [False, True]


def test_the_terms_of_a_passage() -> None:
    """Stems, forms, neighbours, and the title's words, each told apart by a mark."""
    passage = list(content(tokens("The bridges closed")))
    title = list(content(tokens("Bridge closures")))

    terms = list(search_terms(passage, title))

    assert terms == [
        "bridg",
        exact("bridges"),
        "close",
        exact("closed"),
        pair("bridg", "close"),
        in_title("bridg"),
        in_title("closur"),
    ]


def test_a_passage_without_words_has_its_title() -> None:
    """And nothing has no terms."""
    assert list(search_terms([], list(tokens("Bridge")))) == ["^bridg"]
    assert list(search_terms([], [])) == []


@given(st.text())
def test_words_are_parts_of_the_text(text: str) -> None:
    """In order, apart, never empty; and no term can be taken for one of another kind."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.form
        assert token.stem
        assert token.stem[0] not in "=+^"
        end = token.end


@given(st.text())
def test_every_letter_is_in_a_word(text: str) -> None:
    """Whatever the script: what has no case, no blanks or no stemmer can be found all the same."""
    inside = {i for token in tokens(text) for i in range(token.start, token.end)}

    assert all(i in inside for i, char in enumerate(text) if char.isalpha() or char.isdecimal())


@given(st.text(alphabet=st.characters(categories=["Ll"], max_codepoint=0x24F), min_size=1))
def test_accents_do_not_matter(word: str) -> None:
    """Composed and decomposed letters are the same."""
    composed = unicodedata.normalize("NFC", word)
    decomposed = unicodedata.normalize("NFD", word)

    assert stems(composed) == stems(decomposed)


@pytest.mark.parametrize("unit", ["1,", "1", "a'", "A.", "a\u0301", "9a", "1st", "’s"])
@pytest.mark.timeout(60)
def test_a_megabyte_without_a_blank(unit: str) -> None:
    """Time is linear in the length, whatever stands there."""
    text = unit * (1_000_000 // len(unit))

    assert sum(1 for _ in tokens(text)) > 0
