"""A question as it is understood: its words, what may stand for them, and what would answer it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from retrieval.analysis import exact, in_title, pair
from retrieval.asking import Kind
from retrieval.dates import Asked
from retrieval.models import NOTHING_CARRIED, Carried, Note, Terms
from retrieval.relations import Phrase

NAME_WEIGHT = 1.3
"""How much more a name counts than another word as rare."""

# What the further terms of a search weigh beside a word's stem.
_EXACT = 0.5
_PAIR = 0.2
_TITLE = 0.15
_STAND = 0.5
"""What may stand for a word that the corpus has itself."""
_ACT = 0.3
"""A reporting verb is hardly searched for: the answer may use any verb of its group."""


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of the question. *weight* is its IDF, times what its part in the question adds.

    *known* is false when the corpus has no such word, nor one that it is a misspelling of.
    """

    stem: str
    form: str
    weight: float
    is_name: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """What may stand in a sentence for some words of the question, and how well (0 to 1)."""

    words: tuple[int, ...]
    phrase: Phrase
    strength: float
    derived: bool = False
    """Whether it only begins like the word: not good enough to look for where the word is known."""


@dataclass(frozen=True)
class Query:
    """A question as it is understood."""

    question: str
    words: tuple[Word, ...]
    light: frozenset[str]
    """The stems of its words that are too light to search for ("called", "type")."""
    stands: tuple[Stand, ...]
    kind: Kind
    dates: Asked
    understood: tuple[Note, ...]
    """What was read into it and is to be shown to the asker."""
    about: Carried = NOTHING_CARRIED
    """What a question that follows may carry."""
    is_claim: bool = False
    """Whether nothing is asked: a headline, or a claim whose sources are looked for."""
    asks_news: bool = False
    """Whether nothing is asked but what is new: "what happened yesterday?", "latest news"."""
    acts: frozenset[str] = frozenset()
    """The groups of reporting verbs asked about ("deny"), none for neutral ones."""
    asks_speaker: bool = False
    """Whether it asks who said something."""
    speaker: frozenset[int] = frozenset()
    """The numbers of the words that name whose words are asked for."""
    act_words: frozenset[int] = frozenset()
    """The numbers of the words of the reporting verb."""
    counted: frozenset[int] = frozenset()
    """The numbers of the words for what "how many" counts."""
    suffered: frozenset[int] = frozenset()
    """The numbers of the words for what was done to whom is asked for: "who was arrested?"."""
    unit: str = ""
    """The unit in which "how old", "how far" ... is answered; "" where any number will do."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the question's words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def rest(self) -> tuple[int, ...]:
        """The numbers of the words that say what a statement is about; of all words without one."""
        apart = self.speaker | self.act_words
        every = range(len(self.words))
        return tuple(i for i in every if i not in apart) or tuple(every)

    def stands_for(self, number: int, stems: Collection[str]) -> bool:
        """Tell whether a word of the question, or what may stand for it, is among *stems*."""
        if self.words[number].stem in stems:
            return True
        phrases = (stand.phrase for stand in self.stands if number in stand.words)
        return any(all(part in stems for part in phrase) for phrase in phrases)

    @cached_property
    def terms(self) -> Terms:
        """What is searched for."""
        found: dict[str, float] = {}
        for i, word in enumerate(self.words):
            factor = (NAME_WEIGHT if word.is_name else 1.0) * (_ACT if i in self.act_words else 1.0)
            found[word.stem] = factor
            found[exact(word.form)] = _EXACT * factor
            found[in_title(word.stem)] = _TITLE * factor
        for one, other in pairwise(self.words):
            found[pair(one.stem, other.stem)] = _PAIR
        for stand in self.stands:
            worth = self._worth_searching(stand)
            for part in stand.phrase if worth else ():
                found[part] = max(found.get(part, 0.0), worth)
        return found

    def _worth_searching(self, stand: Stand) -> float:
        """Return what a stand-in weighs in the search, 0 for one that finds too much."""
        if not any(self.words[i].known for i in stand.words):
            return stand.strength
        of_act = not self.act_words.isdisjoint(stand.words)
        # A headline has the words of its article itself.
        if self.is_claim or stand.derived or of_act or len(stand.phrase) > 1:
            return 0.0
        return _STAND * stand.strength
