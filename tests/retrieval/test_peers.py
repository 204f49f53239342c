"""The simpler ways to answer that the product is compared with."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from corpus.models import Article
from retrieval.indexing import index_corpus
from retrieval.models import Outcome
from retrieval.peers import PEERS, Peer, Recipe, okapi, split

BRIDGE = Article(id="bridge", title="Bridge", text="The bridge closed on Monday. Nobody was hurt.")
FERRY = Article(id="ferry", title="Ferry", text="A ferry carries commuters. It is slow.")
PARK = Article(id="park", title="Park", text="The park has new trees. Children planted them.")


@pytest.mark.parametrize("name", PEERS)
def test_the_sentence_with_the_words_is_first(name: str) -> None:
    """A peer ranks sentences and articles, each by its own score."""
    peer = Peer(index_corpus([BRIDGE, FERRY, PARK], "1"), PEERS[name])

    answer = peer.answer("which ferry carries commuters", 2)

    assert answer.outcome is Outcome.ANSWERED
    assert answer.snippets[0].span.text.startswith("A ferry carries commuters")
    assert answer.articles[0].article is FERRY
    assert len(answer.snippets) == len(answer.articles) == 2


@pytest.mark.parametrize("name", PEERS)
@pytest.mark.parametrize("articles", [[], [replace(BRIDGE, text="", title="")]])
def test_without_a_sentence_nothing_is_found(articles: list[Article], name: str) -> None:
    """The packages divide by zero there; their peers do not."""
    answer = Peer(index_corpus(articles, "1"), PEERS[name]).answer("bridge", 3)

    assert answer.outcome is Outcome.NOTHING
    assert answer.snippets == ()


@pytest.mark.parametrize("name", PEERS)
@given(question=st.text())
def test_confidence_is_a_share(name: str, question: str) -> None:
    """Okapi's scores may be negative or large; a question may have no word at all."""
    peer = Peer(index_corpus([BRIDGE, FERRY], "1"), PEERS[name])

    assert 0 <= peer.answer(question, 1).confidence <= 1


def test_a_package_that_is_missing_is_told() -> None:
    """Who has not installed it is not shown an ImportError."""
    assert all(recipe.is_installed for recipe in PEERS.values())
    assert not Recipe(split, okapi, "no_such_package").is_installed
