"""The words of one question as a corpus knows them: names told, slips mended, each with its weight."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retrieval.analysis import Token, content, tokens
from retrieval.models import Note, NoteKind
from retrieval.query import NAME_WEIGHT, Word
from retrieval.relations import english, related
from retrieval.vocabulary import Vocabulary

FAINT = 0.4
"""What a word of an earlier question weighs beside words of its own."""


def _is_title_case(question: str) -> bool:
    """Tell whether nearly every word is capitalised, as in a headline: then a capital tells nothing."""
    letters: list[str] = re.findall(r"[^\W\d_]{4,}", question)
    return len(letters) > 2 and sum(word[0].isupper() for word in letters) > 0.8 * len(letters)


class Reading:
    """The words of one question, taken one by one, and what was corrected on the way."""

    def __init__(self, question: str, vocabulary: Vocabulary) -> None:
        self._question = question
        self._vocabulary = vocabulary
        self._title_case = _is_title_case(question)
        self._first = next(tokens(question), None)
        self._meant: dict[str, str] = {}
        self.tokens: list[Token] = []
        self.words: list[Word] = []
        self.corrections: list[Note] = []
        self.added: list[str] = []
        self._added_names: list[str] = []
        self._added_terms: list[str] = []

    @property
    def named(self) -> Sequence[Token]:
        """The question's own words that are names."""
        return [t for t, word in zip(self.tokens, self.words, strict=False) if word.is_name]

    @property
    def names(self) -> Sequence[str]:
        """The names that it is about, as they are written, the question's own first."""
        return [*name_groups(self._question, self.named), *self._added_names]

    @property
    def terms(self) -> Sequence[str]:
        """Its other words."""
        own = zip(self.tokens, self.words, strict=False)
        return [*(t.form for t, word in own if not word.is_name), *self._added_terms]

    def take(self, token: Token) -> None:
        """Read one word of the question itself."""
        self.tokens.append(token)
        self.words.append(self._read(token, capitalised=self._has_capital(token)))

    def add(self, phrases: Iterable[str], *, faint: bool, capitalised: bool) -> None:
        """Read what is added to the question, after its own words: those that it has not itself."""
        for phrase in phrases:
            fresh = [t for t in content(tokens(phrase)) if t.stem not in self._meant]
            for token in fresh:
                word = self._read(token, capitalised=capitalised)
                factor = FAINT if faint else 1.0
                self.words.append(replace(word, weight=word.weight * factor))
            if fresh:
                self.added.append(phrase)
                (self._added_names if capitalised else self._added_terms).append(phrase)

    def _has_capital(self, token: Token) -> bool:
        """Tell whether a word is written as a name is: with a capital that nothing else explains."""
        if self._title_case or self._first is None or token.start == self._first.start:
            return False
        return self._question[token.start].isupper()

    def _read(self, token: Token, *, capitalised: bool) -> Word:
        known = token.stem in self._vocabulary
        # What the tables have a known word for is no slip: "Russia" where all say "Russian".
        replaced = any(
            all(part in self._vocabulary for part in other.phrase)
            for _, other in related([token.stem])
        )
        # A word of the language that no article has is no slip of the pen, either.
        slip = not known and not replaced and token.stem not in english()
        meant = self._vocabulary.meant_by(token.stem, name=capitalised) if slip else None
        if known:
            word = known_word(token.stem, token.form, self._vocabulary)
        elif meant is not None:
            word = known_word(meant, meant, self._vocabulary)
            self.corrections.append(Note(NoteKind.READ_AS, {"word": token.form, "meant": meant}))
        else:
            weight = self._vocabulary.idf(token.stem) * (NAME_WEIGHT if capitalised else 1.0)
            word = Word(token.stem, token.form, weight, capitalised, known=False)
        self._meant[token.stem] = word.stem
        return word

    def known_as(self, phrase: str) -> frozenset[str]:
        """Return the stems that a phrase of the question has in the corpus."""
        return frozenset(self._meant.get(t.stem, t.stem) for t in content(tokens(phrase)))


def name_groups(question: str, named: Sequence[Token]) -> Iterator[str]:
    """Yield the names in a question, those side by side as one, as they are written."""
    start, end = -1, -1
    for token in sorted(named):
        if start >= 0 and question[end : token.start].isspace():
            end = token.end
            continue
        if start >= 0:
            yield question[start:end]
        start, end = token.start, token.end
    if start >= 0:
        yield question[start:end]


def known_word(stem_of_word: str, form: str, vocabulary: Vocabulary) -> Word:
    """Return a word of the corpus, as a question has it in this *form*."""
    name = vocabulary.is_name(stem_of_word)
    weight = vocabulary.idf(stem_of_word) * (NAME_WEIGHT if name else 1.0)
    return Word(stem_of_word, form, weight, name, known=True)
