"""The tables of general knowledge: their form, and the entries that answers lean on."""

import unicodedata
from collections import Counter
from importlib.resources import files

import pytest

from retrieval.analysis import STOPWORDS, stem
from retrieval.lexicon import fields, rows

PLAIN = ("synonyms", "asked", "roles", "first_names")
BARRED = ("places", "cities", "organisations")
TABLES = PLAIN + BARRED

REPORTING = (
    "say tell claim allege deny reject refute dismiss accuse blame confirm admit acknowledge"
    " warn announce declare urge demand condemn criticise praise insist reveal believe think"
)
"""Verbs that tell who said what; they have their own table, and "claim" must never equal "deny"."""

OPPOSITES = (
    ("begin", "end"),
    ("win", "lose"),
    ("victory", "defeat"),
    ("increase", "decrease"),
    ("rise", "fall"),
    ("buy", "sell"),
    ("lend", "borrow"),
    ("import", "export"),
    ("attack", "defend"),
    ("advance", "retreat"),
    ("arrest", "release"),
    ("convict", "acquit"),
    ("allow", "ban"),
    ("build", "demolish"),
    ("birth", "death"),
    ("arrive", "leave"),
    ("maximum", "minimum"),
    ("north", "south"),
    ("husband", "father"),
    ("mother", "father"),
    ("kill", "injure"),
    ("immigrate", "emigrate"),
    ("international", "internal"),
)


def _source(name: str) -> str:
    return files("retrieval.lexicon").joinpath(f"{name}.txt").read_text(encoding="utf-8")


def _rows_with(word: str) -> list[tuple[str, ...]]:
    return [row for row in rows("synonyms") if word in row]


def _marks(table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(table)}


def _filed(table: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {row[0][0]: row for row in fields(table)}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_names_its_source(name: str) -> None:
    """The comment lines at the head of a table say where its rows come from."""
    head = [line for line in _source(name).splitlines()[:8] if line.startswith("#")]

    assert any("Source:" in line for line in head)


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    """A row, in whatever order its entries are, stands once in its table."""
    counted = Counter(tuple(sorted(row)) for row in rows(name))

    assert [row for row, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_entries_are_folded(name: str) -> None:
    """Entries are lower case and without accents, as the analyzer folds the words of a text."""
    entries = [entry for row in rows(name) for entry in row]

    assert [e for e in entries if e != unicodedata.normalize("NFKD", e).casefold()] == []
    assert [e for e in entries if not e.isascii()] == []


@pytest.mark.parametrize("name", TABLES)
def test_underscores_join_words(name: str) -> None:
    """An underscore stands between two words, so that no entry begins or ends with a blank."""
    entries = [entry for row in rows(name) for entry in row]

    assert [entry for entry in entries if not all(entry.split("_"))] == []


@pytest.mark.parametrize(("name", "width"), [("places", 5), ("cities", 2), ("organisations", 2)])
def test_barred_tables_have_their_fields(name: str, width: int) -> None:
    """Every row has as many fields as its table promises, and the first names exactly one thing."""
    table = fields(name)

    assert [row for row in table if len(row) != width or len(row[0]) != 1] == []


@pytest.mark.parametrize("name", BARRED)
def test_what_a_row_is_filed_under_is_unique(name: str) -> None:
    """No two rows of a table are filed under one name, so that looking a name up is no gamble."""
    counted = Counter(row[0][0] for row in fields(name))

    assert [entry for entry, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", ["roles", "first_names"])
def test_a_word_has_one_gender(name: str) -> None:
    """A role or a name stands once, with one of the marks that its table explains."""
    marks = {"roles": {"m", "f", "-", "g"}, "first_names": {"m", "f"}}[name]

    assert {mark for _, mark in rows(name)} == marks
    assert len({word for word, _ in rows(name)}) == len(rows(name))


def test_fields_reads_dashes_as_nothing_and_underscores_as_blanks() -> None:
    """A field without entries is empty, and an entry of several words is what a text would say."""
    usa = _filed("places")["usa"]

    assert "white house" in usa[3]
    assert _filed("places")["austria"] == (
        ("austria",),
        ("austrian", "austrians"),
        ("vienna",),
        (),
        (),
    )


def test_synonym_rows_are_short_groups() -> None:
    """A group has two to eight members: one alone says nothing, a long one says anything."""
    assert [row for row in rows("synonyms") if not 2 <= len(row) <= 8] == []
    assert len(rows("synonyms")) >= 5000


def test_a_stem_stands_in_ten_groups_at_most() -> None:
    """A word, or another word of the same stem, cannot become a hub that ties unlike groups."""
    counted = Counter(key for row in rows("synonyms") for key in {_stems(word) for word in row})

    assert [key for key, times in counted.items() if times > 10] == []


def test_synonyms_of_a_group_differ_for_the_analyzer() -> None:
    """Two members with one stem would be one member, and a stop word is never searched for."""
    single = [[word for word in row if "_" not in word] for row in rows("synonyms")]

    assert [row for row in rows("synonyms") if len({_stems(word) for word in row}) < len(row)] == []
    assert [word for row in single for word in row if word in STOPWORDS] == []


def test_no_group_lies_within_another() -> None:
    """A group that another holds entire adds nothing."""
    groups = [frozenset(row) for row in rows("synonyms")]
    holding: dict[str, list[frozenset[str]]] = {}
    for group in groups:
        for word in group:
            holding.setdefault(word, []).append(group)

    assert [(a, b) for a in groups for word in a for b in holding[word] if a < b] == []


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_opposites_share_no_group(one: str, other: str) -> None:
    """A question about one thing is never answered by its opposite: not by word, not by stem."""
    groups = [{_stems(word) for word in row} for row in rows("synonyms")]

    assert [group for group in groups if {_stems(one), _stems(other)} <= group] == []


def test_what_is_asked_one_way_is_filed_once_and_answered_by_another_word() -> None:
    """A row of the one-way table names no word twice, and no two rows start alike."""
    table = rows("asked")

    assert [row for row in table if len(row) < 2 or len({_stems(e) for e in row}) < len(row)] == []
    assert len({_stems(row[0]) for row in table}) == len(table)


def test_what_is_asked_is_never_answered_by_a_stop_word() -> None:
    """What is left of an entry without its stop words is something to look for."""
    entries = {entry for row in rows("asked") for entry in row}

    assert [e for e in entries if set(e.split("_")) <= STOPWORDS] == []


def test_nothing_is_answered_by_a_negation() -> None:
    """Small words are not searched for: "not guilty" in an article would be read as guilty."""
    answering = [*rows("synonyms"), *(row[1:] for row in rows("asked"))]

    assert [row for row in answering for e in row if {"not", "without"} & set(e.split("_"))] == []


@pytest.mark.parametrize(("one", "other"), OPPOSITES)
def test_what_is_asked_is_not_answered_by_its_opposite(one: str, other: str) -> None:
    """Nor does the one-way table lead from a thing to its opposite."""
    pairs = {(_stems(row[0]), _stems(written)) for row in rows("asked") for written in row[1:]}

    assert pairs & {(_stems(one), _stems(other)), (_stems(other), _stems(one))} == set()


def test_reporting_verbs_are_left_to_their_own_table() -> None:
    """Claim and denial cannot be mixed up here, for neither is here."""
    verbs = set(REPORTING.split())

    assert [row for row in rows("synonyms") if verbs & set(row)] == []


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("begin", "start"),
        ("end", "finish"),
        ("founded", "establish"),
        ("buy", "purchase"),
        ("kill", "die"),
        ("death", "casualty"),
        ("injure", "wounded"),
        ("earliest", "first"),
        ("big", "huge"),
        ("ban", "outlaw"),
        ("live", "reside"),
        ("locate", "situate"),
        ("build", "construct"),
        ("write", "author"),
        ("film", "movie"),
        ("marry", "spouse"),
        ("resign", "step_down"),
        ("drone", "uav"),
        ("intercept", "shoot_down"),
        ("explode", "blast"),
        ("prison", "jail"),
        ("responsible", "behind"),
    ],
)
def test_common_paraphrases_are_known(asked: str, written: str) -> None:
    """What people ask by one word, articles tell by another."""
    assert [row for row in _rows_with(asked) if written in row] != []


def test_no_synonym_is_read_as_a_form_of_another_word() -> None:
    """The analyzer takes "found" for find; a group of founders must not hold it."""
    forms = {form for row in rows("irregular") for form in row[1:]}
    singles = {word for row in rows("synonyms") for word in row if "_" not in word}

    assert singles & forms <= {"children", "data", "media", "people"}


@pytest.mark.parametrize(
    ("country", "field", "entry"),
    [
        ("russia", 1, "russian"),
        ("russia", 2, "moscow"),
        ("russia", 3, "kremlin"),
        ("russia", 4, "russian federation"),
        ("ukraine", 2, "kyiv"),
        ("ukraine", 2, "kiev"),
        ("usa", 1, "american"),
        ("usa", 3, "pentagon"),
        ("usa", 4, "united states"),
        ("uk", 3, "downing street"),
        ("uk", 4, "britain"),
        ("france", 3, "elysee"),
        ("european union", 2, "brussels"),
        ("turkey", 4, "turkiye"),
        ("uae", 4, "united arab emirates"),
    ],
)
def test_countries_are_known_by_their_names(country: str, field: int, entry: str) -> None:
    """A country is found by its people, its capital, its seat of power and its other names."""
    assert entry in _filed("places")[country][field]


def test_every_country_has_its_row() -> None:
    """The members of the United Nations and the countries that news treats as such are there."""
    others = {"taiwan", "kosovo", "palestine", "vatican", "scotland", "wales", "england"}

    assert len(fields("places")) >= 193
    assert others | {"northern ireland", "hong kong", "european union"} <= _filed("places").keys()


def test_cities_lie_in_countries_of_the_table() -> None:
    """The country of every city is one of places.txt, so that the two tables can be joined."""
    countries = _filed("places").keys()

    assert [row for row in fields("cities") if row[1][0] not in countries] == []
    assert len(fields("cities")) >= 300
    assert _filed("cities")["the hague"][1] == ("netherlands",)


def test_no_city_is_a_country_or_a_capital_too() -> None:
    """A name stands for one place only; capitals stand with their countries."""
    known = {
        entry for row in fields("places") for part in (row[0], row[2], row[4]) for entry in part
    }

    assert [row[0][0] for row in fields("cities") if row[0][0] in known] == []


@pytest.mark.parametrize(
    ("role", "mark"),
    [
        ("president", "-"),
        ("prime_minister", "-"),
        ("spokesman", "m"),
        ("spokeswoman", "f"),
        ("spokesperson", "-"),
        ("king", "m"),
        ("queen", "f"),
        ("analyst", "-"),
        ("governor", "-"),
        ("ministry", "g"),
        ("officials", "g"),
        ("police", "g"),
        ("newspaper", "g"),
        ("residents", "g"),
    ],
)
def test_roles_tell_who_can_speak(role: str, mark: str) -> None:
    """Those who speak in the news are known, with the pronoun that may stand for them."""
    assert _marks("roles")[role] == mark


def test_roles_are_many_enough() -> None:
    """Both kinds are there: single persons, and bodies that speak."""
    marks = Counter(mark for _, mark in rows("roles"))

    assert marks["g"] >= 150
    assert marks["m"] + marks["f"] + marks["-"] >= 250


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("volodymyr", "m"),
        ("mary", "f"),
        ("fatima", "f"),
        ("recep", "m"),
        ("jinping", "m"),
        ("narendra", "m"),
        ("yuriko", "f"),
        ("ngozi", "f"),
        ("benjamin", "m"),
        ("agnieszka", "f"),
    ],
)
def test_first_names_of_many_languages(name: str, mark: str) -> None:
    """A name tells whether a later "he" or "she" can be its bearer."""
    assert _marks("first_names")[name] == mark


def test_first_names_are_neither_places_nor_used_by_both() -> None:
    """Jordan is a country, and Robin may be anybody: such names tell nothing."""
    names = _marks("first_names").keys()
    places = {
        entry
        for table in ("places", "cities")
        for row in fields(table)
        for part in row
        for entry in part
    }

    assert len(names) >= 700
    assert names & places == set()
    assert names & {"robin", "alex", "kim", "sasha", "andrea", "will", "may", "said"} == set()


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("un", "united nations"),
        ("fbi", "federal bureau of investigation"),
        ("ecb", "european central bank"),
        ("isw", "institute for the study of war"),
        ("nato", "north atlantic treaty organization"),
        ("icc", "international criminal court"),
    ],
)
def test_organisations_are_known_by_both_names(short: str, full: str) -> None:
    """An abbreviation leads to the name that an article may spell out."""
    assert full in _filed("organisations")[short][1]


def test_no_abbreviation_is_a_stop_word() -> None:
    """WHO would turn every "who" into the World Health Organization."""
    assert _filed("organisations").keys() & STOPWORDS == set()


def _stems(entry: str) -> tuple[str, ...]:
    return tuple(stem(part) for part in entry.split("_"))
