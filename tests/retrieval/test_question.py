"""A question into a query."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from retrieval.analysis import exact, in_title, pair
from retrieval.asking import Kind
from retrieval.following import NOTHING, Carried
from retrieval.indexed import IndexedCorpus
from retrieval.models import Note, NoteKind
from retrieval.query import Query
from retrieval.question import LONGEST, PHRASED, query_of, understand

NOW = datetime(2023, 5, 5, 9, 30, tzinfo=UTC)


@pytest.fixture(name="ask")
def _ask(sample_corpus: IndexedCorpus) -> "Asker":
    """Reads questions against the sample."""
    return Asker(sample_corpus)


class Asker:
    """Reads questions against one corpus."""

    def __init__(self, corpus: IndexedCorpus) -> None:
        self._vocabulary = corpus.vocabulary

    def __call__(
        self, question: str, *, now: datetime | None = None, carried: Carried = NOTHING
    ) -> Query:
        return understand(question, self._vocabulary, now=now, carried=carried)


def forms(query: Query) -> list[str]:
    """The words looked for."""
    return [word.form for word in query.words]


def of(query: Query, numbers: frozenset[int]) -> set[str]:
    """The words with these numbers."""
    return {query.words[number].form for number in numbers}


def test_words_that_say_nothing_are_not_looked_for(ask: Asker) -> None:
    """Neither stop words nor light ones ("happened"), each word once."""
    query = ask("What happened at the Kremlin, the Kremlin's dome?")

    assert forms(query) == ["kremlin", "dome"]


def test_light_words_where_there_is_nothing_else(ask: Asker) -> None:
    """They are better than no question at all."""
    assert forms(ask("What did he say?")) == ["say"]
    assert forms(ask("who is it of the")) == []
    assert forms(ask(" ?! ")) == []


def test_names_and_other_words(ask: Asker) -> None:
    """A name weighs more than a word as rare, and is known in lower case."""
    query = ask("did peskov mention the dome")

    assert [word.form for word in query.words if word.is_name] == ["peskov"]
    assert all(word.weight > 0 for word in query.words)


def test_an_unknown_name_is_one_by_its_capital(ask: Asker) -> None:
    """Except where a sentence or a headline begins every word with one."""
    assert [w.is_name for w in ask("What did Macron think?").words if not w.known] == [True]
    assert [w.is_name for w in ask("Macron?").words] == [False]
    shouted = ask("Did President Macron Really Deny Everything Yesterday?")
    assert not any(word.is_name for word in shouted.words if not word.known)


def test_a_correction_is_said(ask: Asker) -> None:
    """The asker sees how a misspelt word was read."""
    query = ask("what did zelenski say about the atack")

    assert forms(query) == ["zelenskyy", "attack"]
    assert query.understood == (
        Note(NoteKind.READ_AS, {"word": "zelenski", "meant": "zelenskyy"}),
        Note(NoteKind.READ_AS, {"word": "atack", "meant": "attack"}),
    )
    assert all(word.known for word in query.words)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Peskov say about the damage?", {"peskov"}),
        ("what did zelenski say about the kremlin", {"zelenskyy"}),
        ("What did the Kremlin spokesman say?", {"kremlin", "spokesman"}),
        ("What did the mayor say about the drones?", {"mayor"}),
        ("What did the dome say?", set()),
        ("Who denied involvement?", set()),
    ],
)
def test_whose_words_are_asked_for(ask: Asker, question: str, speaker: set[str]) -> None:
    """By name or role, however spelt; a thing says nothing."""
    query = ask(question)

    assert of(query, query.speaker) == speaker


def test_the_verb_of_a_question(ask: Asker) -> None:
    """It is looked for less than the rest: other verbs do the same."""
    query = ask("Who denied involvement?")

    assert query.kind is Kind.WHO
    assert query.acts == {"deny"}
    assert query.asks_speaker
    assert of(query, query.act_words) == {"denied"}
    assert query.terms["deni"] < query.terms["involv"]


def test_what_is_counted(ask: Asker) -> None:
    """ "How many drones" wants drones."""
    query = ask("How many drones did Russia launch?")

    assert of(query, query.counted) == {"drones"}
    assert query.kind is Kind.NUMBER


def test_what_is_searched_for(ask: Asker) -> None:
    """Stems first, then words as written, neighbours, and words of titles."""
    terms = ask("burnt copper sheets").terms

    assert terms["sheet"] > terms[exact("sheets")] > terms[in_title("sheet")] > 0
    assert terms[pair("copper", "sheet")] > 0


def test_a_stand_in_is_searched_for_less_than_the_word(ask: Asker) -> None:
    """Where the corpus has the word, as half of it; a headline's words are its article's own."""
    terms = ask("Who planned the attack?").terms

    assert "kyiv" in ask("What hit Kiev?").terms
    assert 0 < terms["raid"] <= 0.5 < terms["attack"]
    assert "raid" not in ask("Drone attack on the copper dome of the Kremlin on Wednesday").terms


def test_names_of_an_earlier_question(ask: Asker) -> None:
    """They are added where the new one hasn't got them, and that is said."""
    query = ask("And about the damage?", carried=Carried(names=("Dmitry Peskov",)))

    assert forms(query) == ["damage", "dmitry", "peskov"]
    assert query.understood == (Note(NoteKind.ABOUT, {"name": "Dmitry Peskov"}),)
    again = ask("What did Dmitry Peskov see?", carried=Carried(names=("Dmitry Peskov",)))
    assert again.understood == ()


def test_good_english_is_no_slip(ask: Asker) -> None:
    """A word that no article has, and that the tables know, is not read as one that looks like it."""
    query = ask("Who drowned when the boat sank?")

    assert query.understood == ()
    assert "drown" in query.stems


def test_chats_leave_out_letters(ask: Asker) -> None:
    """What is typed in a hurry is read as it is meant."""
    query = ask("whos sayin teh ppl didnt do it")

    assert query.kind is Kind.WHO
    assert "peopl" in query.stems
    assert not query.stems & {"teh", "didnt", "whos"}


def test_days_are_understood_and_not_looked_for(ask: Asker) -> None:
    """No article of yesterday has to say "yesterday"."""
    query = ask("Who denied involvement yesterday?", now=NOW)

    assert forms(query) == ["denied", "involvement"]
    assert [note.kind for note in query.understood] == [NoteKind.DAYS]
    assert query.dates.strict


def test_a_long_question_keeps_its_rarest_words(ask: Asker) -> None:
    """Known ones before unknown ones, in their order."""
    query = ask(" ".join(f"Word{number}" for number in range(300)) + " about the copper dome?")

    assert len(query.words) == LONGEST
    assert forms(query)[-2:] == ["copper", "dome"]


def test_only_words_are_read_of_the_end_of_a_very_long_question(ask: Asker) -> None:
    """How it asks is in its beginning, or it would take long; each word is searched for all the same."""
    rest = " and what did the Kremlin say of the copper dome?"

    query = ask("When did it burn?" + " " * PHRASED + rest * 1000)

    assert query.kind is Kind.TIME
    assert not query.speaker
    assert {"copper", "dome"} <= set(forms(query))


def test_words_of_the_corpus_as_a_question(sample_corpus: IndexedCorpus) -> None:
    """What calibration asks: nothing but words."""
    query = query_of(["copper", "dome"], sample_corpus.vocabulary)

    assert forms(query) == ["copper", "dome"]
    assert query.kind is Kind.ANY
    assert not query.acts
    assert not query.speaker
    assert query.dates.range is None


def test_a_stand_in_serves_for_its_word(ask: Asker) -> None:
    """By the word itself, by one phrase, but not by half of a phrase."""
    query = ask("What did Washington think?")

    number = forms(query).index("washington")
    assert query.stands_for(number, {"washington"})
    assert query.stands_for(number, {"white", "hous"})
    assert not query.stands_for(number, {"white"})
    assert not query.stands_for(number, set())


@given(
    question=st.text(max_size=400),
    carried=st.builds(
        Carried,
        names=st.lists(st.text(max_size=20), max_size=2).map(tuple),
        terms=st.lists(st.text(max_size=20), max_size=2).map(tuple),
        people=st.lists(st.text(max_size=20), max_size=2).map(tuple),
        said=st.sampled_from(["", "said", "denied"]),
        by_name=st.booleans(),
        kind=st.sampled_from(["", *Kind]),
    ),
)
def test_any_question(sample_corpus: IndexedCorpus, question: str, carried: Carried) -> None:
    """Every weight is above 0, and every number is that of a word."""
    query = understand(question, sample_corpus.vocabulary, now=NOW, carried=carried)

    every = range(len(query.words))
    assert len(query.words) <= LONGEST
    assert all(weight > 0 for weight in query.terms.values())
    assert all(i in every for i in query.speaker | query.act_words | query.counted)
    assert all(i in every for stand in query.stands for i in stand.words)
    assert all(word.weight > 0 for word in query.words)
