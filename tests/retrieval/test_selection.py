"""Ranked sentences into snippets: what is shown, folded, labelled and highlighted."""

from itertools import pairwise

import pytest

from retrieval.answering import answer
from retrieval.indexed import IndexedCorpus
from retrieval.models import Side
from tests.retrieval.building import article, indexed, named, shown

DISPUTE = indexed(
    article(
        "The army blamed the rebels for the attack on the port. It was a long night in the town.",
        id="army",
    ),
    article("The rebels denied the attack on the port. They were asleep, they said.", id="rebels"),
    article("The port was rebuilt in a year after the attack.", id="port"),
)


def test_both_sides_are_labelled() -> None:
    """A claim and its denial, each with its speaker; what takes no side has no label."""
    found = answer("Did the rebels attack the port?", DISPUTE)

    sides = {(named(snippet.speaker), snippet.side) for snippet in found.snippets}
    assert {("The army", Side.CLAIM), ("The rebels", Side.DENIAL)} <= sides
    assert {side for name, side in sides if not name} <= {None}


def test_one_side_alone_is_not_labelled() -> None:
    """Neither where only one is found, nor where one is asked for."""
    alone = indexed("The army blamed the rebels for the attack on the port.")

    assert [s.side for s in answer("Did the rebels attack the port?", alone).snippets] == [None]
    denials = answer("Who denied the attack on the port?", DISPUTE).snippets
    assert {snippet.side for snippet in denials} == {None}


def test_a_republished_sentence_is_shown_once() -> None:
    """With the other articles that print it, small edits aside."""
    corpus = indexed(
        article("The mayor opened the new bridge over the river on Monday.", id="a"),
        article("The mayor opened the new bridge over the river Monday.", id="b"),
        article("The mayor opened the new bridge over the river on Monday.", id="c"),
        article("The mayor closed the park.", id="d"),
    )

    first, *rest = answer("Who opened the bridge?", corpus).snippets

    assert {first.article.id, *(other.id for other in first.also_in)} == {"a", "b", "c"}
    assert all("bridge" not in snippet.span.text for snippet in rest)


def test_a_sentence_printed_twice_in_one_article() -> None:
    """Is shown once, and is in no other."""
    corpus = indexed("The mayor opened the bridge. It rained. The mayor opened the bridge.")

    found = answer("Who opened the bridge?", corpus)

    assert shown(found).count("The mayor opened the bridge.") == 1
    assert all(snippet.also_in == () for snippet in found.snippets)


def test_the_sample_has_one_story_in_two_articles(sample_corpus: IndexedCorpus) -> None:
    """It is folded."""
    found = answer("Who was lying about the drones, said the White House?", sample_corpus)

    pair = {"white-house-rejects-claim", "us-hits-back-at-moscow"}
    assert any({s.article.id, *(a.id for a in s.also_in)} >= pair for s in found.snippets)


def test_several_speakers_in_turn() -> None:
    """Who asks "who" wants different people: one who denies it at length is heard once first."""
    corpus = indexed(
        "Ann Roe denied the fraud at the council. Ann Roe denied the fraud in the council again. "
        "Ann Roe denied that fraud at a council. Bo Lund denied fraud as well. It rained on that day."
    )

    found = answer("Who denied the fraud at the council?", corpus, limit=2)

    assert {named(snippet.speaker) for snippet in found.snippets} == {"Ann Roe", "Bo Lund"}


def test_a_pronoun_is_shown_with_the_sentence_before() -> None:
    """Or nobody knew who "she" is."""
    text = "Ann Roe is the mayor of Leeds. She opened the old bridge. It rained."
    corpus = indexed(text)

    found = answer("Who opened the old bridge?", corpus).snippets[0]

    assert found.span.text == "She opened the old bridge."
    assert found.context.text == "Ann Roe is the mayor of Leeds. She opened the old bridge."


def test_an_inferred_speaker_is_shown_in_the_context() -> None:
    """Back to the sentence that names them, unless that is far away."""
    near = indexed("Ann Roe spoke in Leeds. The rain had stopped. “The dome is safe,” she said.")
    found = answer("Is the dome safe?", near).snippets[0]

    assert found.speaker is not None
    assert found.speaker.inferred
    assert found.speaker.mention in found.context
    assert found.span in found.context


def test_what_needs_no_context_has_none() -> None:
    """A sentence that stands by itself is its own context."""
    corpus = indexed("It rained. Ann Roe opened the bridge in Leeds.")

    found = answer("Who opened the bridge?", corpus).snippets[0]

    assert found.context == found.span


def test_hedges_are_never_cut() -> None:
    """A snippet is the whole sentence, with "alleged", "apparently" and "according to"."""
    hedged = "The rebels apparently fired the alleged rocket at the port, according to the army."
    corpus = indexed(hedged, "It rained in the town.")

    assert shown(answer("Who fired the rocket at the port?", corpus)) == [hedged]


@pytest.mark.parametrize(
    ("question", "lit"),
    [
        ("How many drones were destroyed?", {"drones", "destroyed", "18", "24"}),
        ("When were drones destroyed?", {"drones", "destroyed", "On Thursday"}),
        ("Who destroyed drones?", {"drones", "destroyed", "Kyiv"}),
    ],
)
def test_what_matched_and_what_answers_is_highlighted(question: str, lit: set[str]) -> None:
    """The words of the question, and the span that it asks for."""
    corpus = indexed("On Thursday 18 of 24 drones were destroyed over Kyiv.")

    (snippet,) = answer(question, corpus).snippets

    assert {span.text for span in snippet.highlights} == lit


def test_touching_highlights_are_one() -> None:
    """They are apart from each other, as Telegram wants them."""
    corpus = indexed("Ann Roe Lund opened the bridge.")

    (snippet,) = answer("Did Roe open the bridge, and who else?", corpus).snippets

    bounds = [(span.start, span.end) for span in snippet.highlights]
    assert all(one[1] < other[0] for one, other in pairwise(bounds))


def test_far_worse_sentences_are_not_shown() -> None:
    """Three snippets are no aim in themselves."""
    corpus = indexed(
        "The copper dome of the palace in Leeds burnt on Monday night.",
        "A night train stopped.",
        "The weather was fine.",
    )

    found = answer("When did the copper dome of the palace in Leeds burn?", corpus)

    assert len(found.snippets) == 1


@pytest.mark.parametrize("limit", [-1, 0, 1, 2])
def test_the_limit(limit: int) -> None:
    """Never more than asked for."""
    assert len(answer("attack on the port", DISPUTE, limit=limit).snippets) == max(0, limit)
